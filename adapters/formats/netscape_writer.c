#include "adapters/formats/netscape.h"

#include <inttypes.h>
#include <string.h>

/* HTML holds no control characters but these; all others stay out. */
static bool is_left_out(unsigned char c)
{
	return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

static const char *escape_of(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	case '\r': return "&#13;";
	default: return NULL;
	}
}

static void add_escaped(struct buffer *out, const char *text)
{
	for (const char *plain = text;; text++) {
		const char *escape = escape_of(*text);

		if (*text && !escape && !is_left_out((unsigned char)*text))
			continue;
		buffer_add(out, plain, (size_t)(text - plain));
		plain = text + 1;
		if (!*text)
			return;
		if (escape)
			buffer_add_string(out, escape);
	}
}

/* 0 means an unknown date to those who read such files, so the first second goes as text. */
static void add_date(struct buffer *out, const char *name, int64_t seconds)
{
	if (seconds == 0)
		buffer_print(out, " %s=\"1970-01-01T00:00:00Z\"", name);
	else
		buffer_print(out, " %s=\"%" PRId64 "\"", name, seconds);
}

/* A list without a comma is split at blanks, so a single tag with a blank gets a comma. */
static void add_tags(struct buffer *out, const struct tag_set *tags)
{
	if (tags->count == 0)
		return;
	buffer_add_string(out, " TAGS=\"");
	for (size_t i = 0; i < tags->count; i++) {
		if (i)
			buffer_add_char(out, ',');
		add_escaped(out, tags->tags[i]);
	}
	if (tags->count == 1 && strpbrk(tags->tags[0], " \t\n\r\f"))
		buffer_add_char(out, ',');
	buffer_add_char(out, '"');
}

static void begin(struct buffer *out)
{
	buffer_add_string(out,
		"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"
		"<!-- This is an automatically generated file.\n"
		"     It will be read and overwritten.\n"
		"     DO NOT EDIT! -->\n"
		"<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">\n"
		"<TITLE>Bookmarks</TITLE>\n"
		"<H1>Bookmarks</H1>\n"
		"<DL><p>\n");
}

static void add_bookmark(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	buffer_add_string(out, "    <DT><A HREF=\"");
	add_escaped(out, bookmark->url);
	buffer_add_char(out, '"');
	add_date(out, "ADD_DATE", bookmark->added);
	add_date(out, "LAST_MODIFIED", bookmark->modified);
	add_tags(out, &bookmark->tags);
	buffer_add_char(out, '>');
	add_escaped(out, bookmark->title);
	buffer_add_string(out, "</A>\n");
	if (!*bookmark->notes)
		return;
	buffer_add_string(out, "    <DD>");
	add_escaped(out, bookmark->notes);
	buffer_add_char(out, '\n');
}

static void end(struct buffer *out, size_t count)
{
	(void)count;
	buffer_add_string(out, "</DL><p>\n");
}

static const char *const endings[] = {".html", ".htm", NULL};

const struct format_writer netscape_writer = {endings, true, begin, add_bookmark, end};
