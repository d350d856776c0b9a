#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/formats/lists.h"
#include "domain/base/text.h"

/* Org 9.3: brackets are escaped, and the backslashes before them or at the end doubled. */
static void add_address(struct buffer *out, const char *url)
{
	while (*url) {
		size_t slashes = strspn(url, "\\");
		bool doubled = !url[slashes] || strchr("[]", url[slashes]);

		for (size_t i = 0; i < slashes; i++)
			buffer_add_string(out, doubled ? "\\\\" : "\\");
		url += slashes;
		if (!*url)
			break;
		if (strchr("[]", *url))
			buffer_add_char(out, '\\');
		buffer_add_char(out, *url++);
	}
}

/* Whether a title can be a link's description as it stands. */
static bool is_plain_title(const char *title)
{
	size_t length = strlen(title);

	return !strstr(title, "]]") && (length == 0 || title[length - 1] != ']') &&
	       title[0] != '[' && !strpbrk(title, "\r\n");
}

static void add_description(struct buffer *out, const char *title, bool is_plain)
{
	for (; *title; title++) {
		char c = strchr("\r\n", *title) ? ' ' : *title;

		if (!is_plain && c == '[')
			c = '{';
		if (!is_plain && c == ']')
			c = '}';
		buffer_add_char(out, c);
	}
}

/* Letters, digits, "_", "@", "#" and "%" are all that a tag of Org may hold. */
static bool is_plain_tag(const char *tag)
{
	while (*tag) {
		size_t length = strchr("_@#%", *tag) ? 1 : text_letter_or_digit(tag);

		if (!length)
			return false;
		tag += length;
	}
	return true;
}

static bool are_plain_tags(const struct tag_set *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		if (!is_plain_tag(tags->tags[i]))
			return false;
	return true;
}

static void add_tags(struct buffer *out, const struct tag_set *tags)
{
	bool any = false;

	for (size_t i = 0; i < tags->count; i++) {
		if (!is_plain_tag(tags->tags[i]))
			continue;
		buffer_print(out, "%s%s:", any ? "" : " :", tags->tags[i]);
		any = true;
	}
}

/* What the headline cannot hold as it is. */
static void add_drawer(struct buffer *out, const struct bookmark *bookmark)
{
	bool plain_title = is_plain_title(bookmark->title);
	bool plain_tags = are_plain_tags(&bookmark->tags);

	if (plain_title && plain_tags)
		return;
	buffer_add_string(out, "  :PROPERTIES:\n");
	if (!plain_title) {
		buffer_add_string(out, "  :TITLE: ");
		add_description(out, bookmark->title, true);
		buffer_add_char(out, '\n');
	}
	if (!plain_tags) {
		char *tags = tag_set_join(&bookmark->tags);

		buffer_print(out, "  :TAGS: %s\n", tags);
		free(tags);
	}
	buffer_add_string(out, "  :END:\n");
}

static void begin(struct buffer *out)
{
	(void)out;
}

static void add_bookmark(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	buffer_add_string(out, "* [[");
	add_address(out, bookmark->url);
	if (*bookmark->title) {
		buffer_add_string(out, "][");
		add_description(out, bookmark->title, is_plain_title(bookmark->title));
	}
	buffer_add_string(out, "]]");
	add_tags(out, &bookmark->tags);
	buffer_add_char(out, '\n');
	add_drawer(out, bookmark);
}

static void end(struct buffer *out, size_t count)
{
	(void)out;
	(void)count;
}

static const char *const endings[] = {".org", NULL};

const struct format_writer org_writer = {endings, true, begin, add_bookmark, end};
