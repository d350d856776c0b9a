#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "adapters/formats/line_reader.h"
#include "domain/bookmarks/url.h"

/* Links are matched in one go but for brackets within brackets; more is a trap. */
#define BUDGET_FREE   4096
#define BUDGET_A_BYTE 16
#define TAG_MAX       65536

struct markdown_source {
	struct line_source base; /* first, so that a source is one of these */
	const char *at;          /* in the line; NULL: the next line is to be read */
	bool in_code;            /* between ``` */
	size_t budget;           /* how much may still be looked at to match the line's brackets */
};

static bool is_mark(char c)
{
	return c && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c);
}

/* Adds a text without its backslashes before marks. */
static void add_unescaped(struct buffer *out, const char *from, const char *to)
{
	for (; from < to; from++) {
		if (*from == '\\' && from + 1 < to && is_mark(from[1]))
			from++;
		buffer_add_char(out, *from);
	}
}

/* The bracket that closes the one at open, or NULL. What it looks at is taken from the budget. */
static const char *closing(const char *open, char opener, char closer, size_t *budget)
{
	int depth = 0;

	for (const char *at = open; *at && *budget > 0; at++, --*budget) {
		if (*at == '\\' && is_mark(at[1]))
			at++;
		else if (*at == opener)
			depth++;
		else if (*at == closer && --depth == 0)
			return at;
	}
	return NULL;
}

/* What stands in the parentheses at open: an address, and perhaps a title. Returns its end. */
static const char *take_destination(const char *open, struct buffer *url, size_t *budget)
{
	const char *start = open + 1 + strspn(open + 1, " \t"), *end;

	if (*start == '<') {
		for (end = start + 1; *end && *end != '>' && *budget > 0; end++, --*budget)
			if (*end == '\\' && is_mark(end[1]))
				end++;
		if (*end != '>')
			return NULL;
		add_unescaped(url, start + 1, end);
		end = strchr(end, ')');
		return end ? end + 1 : NULL;
	}
	end = closing(open, '(', ')', budget);
	if (!end)
		return NULL;
	for (open = start; open < end && !strchr(" \t", *open);)
		open++;
	add_unescaped(url, start, open);
	return end + 1;
}

/* "[title](address)": where it ends, NULL if it is none. */
static const char *markdown_take_link(const char *at, struct record *record, size_t *budget)
{
	const char *close = closing(at, '[', ']', budget), *end;

	if (!close || close[1] != '(')
		return NULL;
	end = take_destination(close + 1, &record->url, budget);
	if (end)
		add_unescaped(&record->title, at + 1, close);
	return end;
}

/* "<address>" */
static const char *take_autolink(const char *at, struct record *record)
{
	size_t length = strcspn(at + 1, "<> \t");

	if (at[1 + length] != '>')
		return NULL;
	buffer_add(&record->url, at + 1, length);
	return url_has_scheme(buffer_text(&record->url)) ? at + 1 + length + 1 : NULL;
}

/* An address that stands alone, without the punctuation of the sentence behind it. */
static const char *take_bare(const char *at, struct record *record)
{
	size_t length = strcspn(at, " \t<>\"`");

	while (length && strchr(".,;:!?)'", at[length - 1]))
		length--;
	buffer_add(&record->url, at, length);
	return at + length;
}

/* A code span is a tag; its fence may be longer where the tag holds backticks. */
static const char *take_code_tag(const char *at, struct record *record)
{
	size_t fence = strspn(at, "`");
	const char *start = at + fence, *end = start;
	struct buffer tag = {0};

	for (;;) {
		size_t run;

		end += strcspn(end, "`");
		run = strspn(end, "`");
		if (run == 0 || run == fence || end - start > TAG_MAX)
			break;
		end += run;
	}
	if (!*end || end - start > TAG_MAX)
		return NULL;
	buffer_add(&tag, start, (size_t)(end - start));
	record_add_folder(record, tag.text);
	buffer_finish(&tag);
	return end + fence;
}

static const char *take_hash_tag(const char *at, struct record *record)
{
	size_t length = strcspn(at + 1, " \t");
	struct buffer tag = {0};

	if (!length)
		return NULL;
	buffer_add(&tag, at + 1, length);
	record_add_folder(record, tag.text);
	buffer_finish(&tag);
	return at + 1 + length;
}

/* buku's "<!-- TAGS: a,b -->" */
static const char *take_comment_tags(const char *at, struct record *record)
{
	const char *list = at + 4 + strspn(at + 4, " "), *end;
	struct buffer tags = {0};

	if (strncasecmp(list, "TAGS:", 5) != 0)
		return NULL;
	end = memmem(list, strnlen(list, TAG_MAX), "-->", 3);
	if (!end)
		return NULL;
	buffer_add(&tags, list + 5, (size_t)(end - list - 5));
	record_add_folder(record, tags.text);
	buffer_finish(&tags);
	return end + 3;
}

static const char *markdown_take_tags(const char *at, struct record *record)
{
	for (;;) {
		const char *start = at + strspn(at, " \t"), *end = NULL;

		if (*start == '`')
			end = take_code_tag(start, record);
		else if (*start == '#')
			end = take_hash_tag(start, record);
		else if (strncmp(start, "<!--", 4) == 0)
			end = take_comment_tags(start, record);
		if (!end)
			return at;
		at = end;
	}
}

static bool is_bare(const char *at)
{
	return strncasecmp(at, "http://", 7) == 0 || strncasecmp(at, "https://", 8) == 0;
}

/* The next link at or behind at; NULL if the line has no more. Images and anchors are none. */
static const char *find_link(const char *at, struct record *record, size_t *budget)
{
	for (; *at; at++) {
		const char *end = NULL;

		record_clear(record);
		if (*at == '\\' && is_mark(at[1])) {
			at++;
			continue;
		}
		if (*at == '!' && at[1] == '[' &&
			(end = markdown_take_link(at + 1, record, budget))) {
			at = end - 1;
			continue;
		}
		if (*at == '[')
			end = markdown_take_link(at, record, budget);
		else if (*at == '<')
			end = take_autolink(at, record);
		else if (is_bare(at))
			end = take_bare(at, record);
		if (end && record->url.length && record->url.text[0] != '#')
			return end;
		if (end)
			at = end - 1;
	}
	return NULL;
}

static enum source_step yield(
	struct markdown_source *source, struct found_bookmark *found, struct error *error)
{
	source->base.record.place = source->base.lines.number;
	source->at = markdown_take_tags(source->at, &source->base.record);
	return record_yield(&source->base.record, found, error);
}

/* Once a line. */
static bool is_line_spent(struct markdown_source *source)
{
	bool spent = source->base.lines.number > 0 && source->budget == 0;

	source->budget = 1;
	return spent;
}

static enum source_step markdown_next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct markdown_source *source = (struct markdown_source *)base;
	bool there;

	for (;;) {
		if (source->at && (source->at = find_link(
					   source->at, &source->base.record, &source->budget))) {
			if (record_is_query(&source->base.record))
				continue;
			return yield(source, found, error);
		}
		if (is_line_spent(source)) {
			error_set(error, "it has too many brackets that nothing closes");
			return record_skip(source->base.lines.number, found);
		}
		base->status = line_reader_next(&source->base.lines, &there, error);
		if (base->status != STATUS_OK)
			return SOURCE_FAILED;
		if (!there)
			return SOURCE_END;
		source->at = source->base.lines.line.text;
		source->budget = BUDGET_FREE + source->base.lines.line.length * BUDGET_A_BYTE;
		if (strncmp(source->at + strspn(source->at, " "), "```", 3) == 0)
			source->in_code = !source->in_code;
		if (source->in_code)
			source->at = NULL;
	}
}

/* Most links are items of a list; "](" alone may be anywhere. */
static int markdown_detect(const struct format_reader *reader, struct input *input)
{
	const char *text = input->text_head;
	size_t org = list_items_with(text, "[[");
	size_t links = list_items_with(text, "[") - org + list_items_with(text, "<");

	(void)reader;
	if (text[strspn(text, " \t\r\n")] == '<' || !strchr(text, ':'))
		return 0;
	if (links > org && (strstr(text, "](") || strstr(text, "- <")))
		return DETECTED_LIKELY + 10;
	return strstr(text, "](") ? DETECTED_PERHAPS + 10 : 0;
}

static const struct line_format markdown_lines = {sizeof(struct markdown_source), markdown_next};

const struct format_reader markdown_reader = {
	markdown_detect, line_source_open, line_source_free, &markdown_lines};

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

static void markdown_add_link(struct buffer *out, const struct bookmark *bookmark)
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

static void markdown_add_bookmark(
	struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	buffer_add_string(out, "- ");
	markdown_add_link(out, bookmark);
	for (size_t i = 0; i < bookmark->tags.count; i++)
		add_tag(out, bookmark->tags.tags[i]);
	buffer_add_char(out, '\n');
}

static const char *const endings[] = {".md", ".markdown", NULL};

const struct format_writer markdown_writer = {endings, true, NULL, markdown_add_bookmark, NULL};
