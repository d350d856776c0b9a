#include <string.h>

#include "adapters/formats/lists.h"

/* Marks that CommonMark would take for its own; a backslash takes that away. */
static void add_title(struct buffer *out, const char *title)
{
	for (; *title; title++) {
		if (strchr("\\`*_[]()<>#&!|~", *title))
			buffer_add_char(out, '\\');
		buffer_add_char(out, strchr("\r\n", *title) ? ' ' : *title);
	}
}

static void add_bracketed(struct buffer *out, const char *url)
{
	buffer_add_char(out, '<');
	for (; *url; url++) {
		if (strchr("\\<>", *url))
			buffer_add_char(out, '\\');
		buffer_add_char(out, *url);
	}
	buffer_add_char(out, '>');
}

static void add_link(struct buffer *out, const struct bookmark *bookmark)
{
	bool is_plain = !strpbrk(bookmark->url, " \t<>\\()");

	if (!*bookmark->title && is_plain) {
		add_bracketed(out, bookmark->url);
		return;
	}
	buffer_add_char(out, '[');
	add_title(out, bookmark->title);
	buffer_add_string(out, "](");
	if (is_plain)
		buffer_add_string(out, bookmark->url);
	else
		add_bracketed(out, bookmark->url);
	buffer_add_char(out, ')');
}

static size_t longest_run(const char *text, char mark)
{
	size_t longest = 0, run = 0;

	for (; *text; text++) {
		run = *text == mark ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

/* A code span is fenced by more backticks than it holds in a row. */
static void add_tag(struct buffer *out, const char *tag)
{
	size_t fence = longest_run(tag, '`') + 1;

	buffer_add_char(out, ' ');
	for (size_t i = 0; i < fence; i++)
		buffer_add_char(out, '`');
	if (fence > 1)
		buffer_add_char(out, ' ');
	buffer_add_string(out, tag);
	if (fence > 1)
		buffer_add_char(out, ' ');
	for (size_t i = 0; i < fence; i++)
		buffer_add_char(out, '`');
}

static void begin(struct buffer *out)
{
	(void)out;
}

static void add_bookmark(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	buffer_add_string(out, "- ");
	add_link(out, bookmark);
	for (size_t i = 0; i < bookmark->tags.count; i++)
		add_tag(out, bookmark->tags.tags[i]);
	buffer_add_char(out, '\n');
}

static void end(struct buffer *out, size_t count)
{
	(void)out;
	(void)count;
}

static const char *const endings[] = {".md", ".markdown", NULL};

const struct format_writer markdown_writer = {endings, true, begin, add_bookmark, end};
