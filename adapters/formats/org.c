#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/formats/line_reader.h"
#include "domain/base/text.h"

struct org_source {
	struct line_source base; /* first, so that a source is one of these */
	bool is_held;            /* the present line was read ahead */
	struct buffer entry;     /* a line with links */
	const char *at;          /* in the entry; NULL: the next one is to be read */
	long place;
	struct buffer title; /* of its drawer */
	struct buffer tags;
};

/* The address from at up to the "]" that ends it, without its escapes; NULL if there is no end. */
static const char *take_address(const char *at, struct buffer *url)
{
	for (;;) {
		size_t slashes = strspn(at, "\\");
		char mark = at[slashes];
		bool halved = mark == '[' || mark == ']' || !mark;

		for (size_t i = 0; i < (halved ? slashes / 2 : slashes); i++)
			buffer_add_char(url, '\\');
		at += slashes;
		if (!mark)
			return NULL;
		if (mark == ']' && slashes % 2 == 0)
			return at;
		buffer_add_char(url, mark);
		at++;
	}
}

/*
 * "[[address][title]]" or "[[address]]": its end. NULL if it is none; then *after is where it goes
 * on, NULL if there cannot be another link in the line.
 */
static const char *org_take_link(const char *at, struct record *record, const char **after)
{
	const char *end = take_address(at + 2, &record->url);

	*after = end;
	if (!end)
		return NULL;
	if (end[1] == ']')
		return end + 2;
	if (end[1] != '[')
		return NULL;
	at = end + 2;
	end = *after = strstr(at, "]]");
	if (!end)
		return NULL;
	buffer_add(&record->title, at, (size_t)(end - at));
	return end + 2;
}

/* Links within the file are none. */
static const char *find_link(const char *at, struct record *record)
{
	while (at && (at = strstr(at, "[["))) {
		const char *end, *after;

		record_clear(record);
		end = org_take_link(at, record, &after);
		if (end && record->url.length && !strchr("*#", record->url.text[0]))
			return end;
		at = end ? end : after;
	}
	return NULL;
}

/* Where ":a:b:" at the end of a headline may begin: behind the link (buku's tags may hold blanks),
 * or behind the last blank. */
static const char *find_tags(const char *line, const char *end)
{
	const char *link = line, *start = end;

	for (const char *next = line; (next = strstr(next, "]]")); next += 2)
		link = next + 2;
	link += strspn(link, " \t");
	if (*link == ':' && link > line)
		return link;
	while (start > line && !strchr(" \t", start[-1]))
		start--;
	return start;
}

static void add_headline_tags(struct record *record, const char *line)
{
	const char *end = line + strlen(line), *start;
	struct buffer list = {0};

	while (end > line && strchr(" \t", end[-1]))
		end--;
	start = find_tags(line, end);
	if (end - start < 3 || *start != ':' || end[-1] != ':' || start == line)
		return;
	buffer_add(&list, start + 1, (size_t)(end - 1 - (start + 1)));
	for (char *colon = list.text; *colon; colon++)
		if (*colon == ':')
			*colon = ',';
	record_add_folder(record, list.text);
	buffer_finish(&list);
}

static enum status next_line(struct org_source *source, bool *there, struct error *error)
{
	if (source->is_held) {
		source->is_held = false;
		*there = true;
		return STATUS_OK;
	}
	return line_reader_next(&source->base.lines, there, error);
}

static bool line_begins_with(const char *line, const char *mark)
{
	line += strspn(line, " \t");
	return strncasecmp(line, mark, strlen(mark)) == 0;
}

static void keep_property(const char *line, const char *name, struct buffer *value)
{
	if (!line_begins_with(line, name))
		return;
	buffer_clear(value);
	buffer_add_string(value, line + strspn(line, " \t") + strlen(name));
	text_trim((char *)buffer_text(value));
	value->length = strlen(value->text);
}

static enum status read_drawer(struct org_source *source, struct error *error)
{
	bool there, in_drawer = false;
	enum status status;

	buffer_clear(&source->title);
	buffer_clear(&source->tags);
	while ((status = line_reader_next(&source->base.lines, &there, error)) == STATUS_OK &&
		there) {
		const char *line = source->base.lines.line.text;

		if (!in_drawer && !line_begins_with(line, ":PROPERTIES:")) {
			source->is_held = true;
			return STATUS_OK;
		}
		in_drawer = true;
		keep_property(line, ":TITLE:", &source->title);
		keep_property(line, ":TAGS:", &source->tags);
		if (line_begins_with(line, ":END:"))
			return STATUS_OK;
	}
	return status;
}

/* The next line that has a link, with the drawer behind it. */
static enum status read_entry(struct org_source *source, bool *there, struct error *error)
{
	enum status status;

	while ((status = next_line(source, there, error)) == STATUS_OK && *there) {
		const struct buffer *line = &source->base.lines.line;

		if (!line->length || !strstr(line->text, "[["))
			continue;
		buffer_clear(&source->entry);
		buffer_add(&source->entry, line->text, line->length);
		source->place = source->base.lines.number;
		source->at = source->entry.text;
		return read_drawer(source, error);
	}
	return status;
}

/* The drawer belongs to the headline's first link. */
static enum source_step yield(
	struct org_source *source, struct found_bookmark *found, struct error *error)
{
	struct record *record = &source->base.record;

	record->place = source->place;
	if (source->entry.text[0] == '*')
		add_headline_tags(record, source->entry.text);
	if (source->title.length) {
		buffer_clear(&record->title);
		buffer_add(&record->title, source->title.text, source->title.length);
	}
	if (source->tags.length)
		record_add_folder(record, source->tags.text);
	buffer_clear(&source->title);
	buffer_clear(&source->tags);
	return record_yield(record, found, error);
}

static enum source_step org_next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct org_source *source = (struct org_source *)base;
	bool there;

	for (;;) {
		if (source->at && (source->at = find_link(source->at, &source->base.record))) {
			if (record_is_query(&source->base.record))
				continue;
			return yield(source, found, error);
		}
		base->status = read_entry(source, &there, error);
		if (base->status != STATUS_OK)
			return SOURCE_FAILED;
		if (!there)
			return SOURCE_END;
	}
}

static void org_close(struct bookmark_source *base)
{
	struct org_source *source = (struct org_source *)base;

	buffer_finish(&source->entry);
	buffer_finish(&source->title);
	buffer_finish(&source->tags);
	line_source_free(base);
}

static int org_detect(const struct format_reader *reader, struct input *input)
{
	const char *text = input->text_head;
	const char *link = strstr(text, "[[");

	(void)reader;
	if (!link || !strstr(link, "]]") || text[strspn(text, " \t\r\n")] == '<')
		return 0;
	return list_items_with(text, "[[") > 0 ? DETECTED_LIKELY + 5 : DETECTED_PERHAPS;
}

static const struct line_format org_lines = {sizeof(struct org_source), org_next};

const struct format_reader org_reader = {org_detect, line_source_open, org_close, &org_lines};

/* Org 9.3: brackets are escaped, and the backslashes before them or at the end doubled. */
static void write_address(struct buffer *out, const char *url)
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

static void write_tags(struct buffer *out, const struct tag_set *tags)
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

static void write_bookmark(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	buffer_add_string(out, "* [[");
	write_address(out, bookmark->url);
	if (*bookmark->title) {
		buffer_add_string(out, "][");
		add_description(out, bookmark->title, is_plain_title(bookmark->title));
	}
	buffer_add_string(out, "]]");
	write_tags(out, &bookmark->tags);
	buffer_add_char(out, '\n');
	add_drawer(out, bookmark);
}

static const char *const endings[] = {".org", NULL};

const struct format_writer org_writer = {endings, true, NULL, write_bookmark, NULL};
