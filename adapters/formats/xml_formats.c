#include "adapters/formats/formats.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/formats/dates.h"
#include "adapters/formats/record.h"
#include "adapters/html/xml_parser.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/base/timestamp.h"

/* Who wrote a <metadata>, which keeps what XBEL has no place for. */
#define METADATA_OWNER "barky"

/* Whose text is being read. */
enum part { IN_NOTHING, IN_TITLE, IN_NOTES, IN_TIME };

struct xml_source {
	struct bookmark_source source; /* first, so that a source is one of these */
	struct input *input;
	const struct xml_variant *variant;
	struct xml_parser *parser;
	struct record_queue queue;
	struct folders folders;
	enum part part;
	struct buffer text; /* of the part */
	bool has_root;
	bool at_end;
};

/* Two formats that differ in their elements. */
struct xml_variant {
	const char *what;
	const char *root; /* its first element */
	struct xml_events events;
};

static void add_date(int64_t *date, const char *const *attributes, const char *name)
{
	const char *value = xml_attribute(attributes, name);

	if (value)
		*date = date_of_text(value);
}

static void add_attribute(struct buffer *field, const char *const *attributes, const char *name)
{
	const char *value = xml_attribute(attributes, name);

	if (value)
		buffer_add_string(field, value);
}

static void rename_folder(struct folders *folders, const char *name)
{
	if (!folders->count)
		return; /* the title of the whole */
	folders_leave(folders);
	folders_enter(folders, folder_is_root(name) ? NULL : name);
}

static void on_text(void *self, const char *text, size_t length)
{
	struct xml_source *source = self;

	if (source->part != IN_NOTHING)
		buffer_add(&source->text, text, length);
}

static void begin_part(struct xml_source *source, enum part part)
{
	source->part = part;
	buffer_clear(&source->text);
}

static void end_part(struct xml_source *source)
{
	struct record *record = record_queue_last(&source->queue);
	const char *text = buffer_text(&source->text);

	if (record && source->part == IN_TITLE)
		buffer_add_string(&record->title, text);
	else if (record && source->part == IN_NOTES)
		buffer_add_string(&record->notes, text);
	else if (record && source->part == IN_TIME && record->bookmark.added == NO_DATE)
		record->bookmark.added = date_of_text(text);
	else if (source->part == IN_TITLE)
		rename_folder(&source->folders, text_trim((char *)text));
	source->part = IN_NOTHING;
}

static void begin_xbel_bookmark(struct xml_source *source, const char *const *attributes, long line)
{
	struct record *record = record_queue_open(&source->queue);

	record->place = line;
	add_attribute(&record->url, attributes, "href");
	add_date(&record->bookmark.added, attributes, "added");
	add_date(&record->bookmark.modified, attributes, "modified");
	folders_add_to(&source->folders, record);
}

/* Its tags, and what barky's own files have besides. */
static void take_metadata(struct xml_source *source, const char *const *attributes)
{
	struct record *record = record_queue_last(&source->queue);
	const char *tags = xml_attribute(attributes, "tags");

	if (record && tags)
		record_add_tags(record, tags, TAGS_BY_COMMAS);
}

static void on_xbel_start(void *self, const char *name, const char *const *attributes, long line)
{
	struct xml_source *source = self;

	source->has_root |= strcmp(name, "xbel") == 0;
	if (strcmp(name, "folder") == 0)
		folders_enter(&source->folders, NULL);
	else if (strcmp(name, "bookmark") == 0)
		begin_xbel_bookmark(source, attributes, line);
	else if (strcmp(name, "title") == 0)
		begin_part(source, IN_TITLE);
	else if (strcmp(name, "desc") == 0)
		begin_part(source, IN_NOTES);
	else if (strcmp(name, "time_added") == 0)
		begin_part(source, IN_TIME); /* KDE's */
	else if (strcmp(name, "metadata") == 0)
		take_metadata(source, attributes);
}

static void on_xbel_end(void *self, const char *name)
{
	struct xml_source *source = self;

	if (strcmp(name, "folder") == 0)
		folders_leave(&source->folders);
	else if (strcmp(name, "bookmark") == 0)
		record_queue_end(&source->queue);
	else if (strcmp(name, "title") == 0 || strcmp(name, "desc") == 0 ||
		 strcmp(name, "time_added") == 0)
		end_part(source);
}

static const char *outline_address(const char *const *attributes)
{
	static const char *const names[] = {"url", "htmlUrl", "xmlUrl", "href"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *address = xml_attribute(attributes, names[i]);

		if (address && *address)
			return address;
	}
	return NULL;
}

/* An outline with an address is a bookmark, one without is a folder; either may hold more. */
static void begin_outline(struct xml_source *source, const char *const *attributes, long line)
{
	const char *address = outline_address(attributes);
	const char *text = xml_attribute(attributes, "text");
	const char *title = text && *text ? text : xml_attribute(attributes, "title");
	const char *category = xml_attribute(attributes, "category");
	struct record *record;

	if (!address) {
		folders_enter(&source->folders, title);
		return;
	}
	record = record_queue_open(&source->queue);
	record->place = line;
	buffer_add_string(&record->url, address);
	buffer_add_string(&record->title, title ? title : "");
	add_attribute(&record->notes, attributes, "description");
	add_date(&record->bookmark.added, attributes, "created");
	folders_add_to(&source->folders, record);
	if (category)
		record_split_tags(&record->bookmark.tags, category, ",/");
	record_queue_end(&source->queue);
	folders_enter(&source->folders, NULL);
}

static void on_opml_start(void *self, const char *name, const char *const *attributes, long line)
{
	struct xml_source *source = self;

	source->has_root |= strcmp(name, "opml") == 0;
	if (strcmp(name, "outline") == 0)
		begin_outline(source, attributes, line);
}

static void on_opml_end(void *self, const char *name)
{
	struct xml_source *source = self;

	if (strcmp(name, "outline") == 0)
		folders_leave(&source->folders);
}

static enum status read_piece(struct bookmark_source *base, struct error *error)
{
	struct xml_source *source = (struct xml_source *)base;
	struct buffer text = {0};
	bool more;
	enum status status = input_read_text(source->input, &text, &more, error);

	if (status == STATUS_OK)
		status = xml_parser_feed(
			source->parser, buffer_text(&text), text.length, !more, error);
	buffer_finish(&text);
	source->at_end = !more;
	if (status == STATUS_OK && source->at_end && !source->has_root)
		status = error_fail(STATUS_INVALID, error, "it is not %s", source->variant->what);
	return status;
}

static enum source_step xml_next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct xml_source *source = (struct xml_source *)base;

	return record_queue_yield(&source->queue, &source->at_end, read_piece, base, found, error);
}

static void xml_close(struct bookmark_source *base)
{
	struct xml_source *source = (struct xml_source *)base;

	xml_parser_free(source->parser);
	record_queue_finish(&source->queue);
	folders_finish(&source->folders);
	buffer_finish(&source->text);
	free(source);
}

static struct bookmark_source *xml_open(const struct format_reader *reader, struct input *input,
	enum status *status, struct error *error)
{
	const struct xml_variant *variant = reader->variant;
	struct xml_source *source;

	*status = input_begin_text(input, INPUT_DECLARED, error);
	if (*status != STATUS_OK)
		return NULL;
	source = memory_new(sizeof(*source));
	*source = (struct xml_source){
		.source.next = xml_next,
		.input = input,
		.variant = variant,
		.queue.lost_counts = input->lost,
	};
	source->parser = xml_parser_new(&variant->events, source, error);
	if (source->parser)
		return &source->source;
	*status = STATUS_IO;
	xml_close(&source->source);
	return NULL;
}

/* Behind the declaration or comment at "<"; NULL if it does not end. */
static const char *skip_declaration(const char *at)
{
	const char *end = strchr(at, '>'), *subset;

	if (strncmp(at, "<!--", 4) == 0) {
		end = strstr(at, "-->");
		return end ? end + 3 : NULL;
	}
	subset = strncmp(at, "<!DOCTYPE", 9) == 0 ? strchr(at, '[') : NULL;
	if (subset && end && subset < end) {
		subset = strchr(subset, ']');
		end = subset ? strchr(subset, '>') : NULL;
	}
	return end ? end + 1 : NULL;
}

static const char *first_element(const char *text)
{
	for (;;) {
		const char *at = text + strspn(text, " \t\r\n");

		if (at[0] != '<' || (at[1] != '!' && at[1] != '?'))
			return at;
		text = skip_declaration(at);
		if (!text)
			return "";
	}
}

static int xml_detect(const struct format_reader *reader, struct input *input)
{
	const struct xml_variant *variant = reader->variant;
	const char *element = first_element(input->text_head);
	size_t length = strlen(variant->root);

	return *element == '<' && strncmp(element + 1, variant->root, length) == 0 &&
			       strchr(" \t\r\n/>", element[1 + length])
		       ? DETECTED_CERTAINLY
		       : 0;
}

/* XML holds no control characters but these; all others stay out. */
static bool xml_leaves_out(unsigned char c)
{
	return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/* Line ends and tabs as numbers, since parsers make blanks of them in attributes. */
static void xml_add_escaped(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&': buffer_add_string(out, "&amp;"); break;
		case '<': buffer_add_string(out, "&lt;"); break;
		case '>': buffer_add_string(out, "&gt;"); break;
		case '"': buffer_add_string(out, "&quot;"); break;
		case '\r': buffer_add_string(out, "&#13;"); break;
		case '\n': buffer_add_string(out, "&#10;"); break;
		case '\t': buffer_add_string(out, "&#9;"); break;
		default:
			/* U+FFFE and U+FFFF are none of XML's characters either */
			if (strncmp(text, "\xef\xbf\xbe", 3) == 0 ||
				strncmp(text, "\xef\xbf\xbf", 3) == 0)
				text += 2;
			else if (!xml_leaves_out((unsigned char)*text))
				buffer_add_char(out, *text);
			break;
		}
	}
}

static void put_attribute(struct buffer *out, const char *name, const char *value)
{
	buffer_print(out, " %s=\"", name);
	xml_add_escaped(out, value);
	buffer_add_char(out, '"');
}

static void put_date(struct buffer *out, const char *name, int64_t seconds)
{
	char text[TIMESTAMP_SIZE];

	timestamp_print(seconds, text);
	put_attribute(out, name, text);
}

static void put_tags(struct buffer *out, const char *name, const struct tag_set *tags)
{
	char *list = tag_set_join(tags);

	put_attribute(out, name, list);
	free(list);
}

static void put_element(struct buffer *out, const char *name, const char *text)
{
	if (!*text)
		return;
	buffer_print(out, "<%s>", name);
	xml_add_escaped(out, text);
	buffer_print(out, "</%s>", name);
}

static void begin_xbel(struct buffer *out)
{
	buffer_add_string(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<!DOCTYPE xbel PUBLIC \"+//IDN python.org//DTD XML Bookmark Exchange Language "
		"1.0//EN//XML\" \"http://pyxml.sourceforge.net/topics/dtds/xbel.dtd\">\n"
		"<xbel version=\"1.0\">\n");
}

static void write_xbel(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	buffer_add_string(out, "<bookmark");
	put_attribute(out, "href", bookmark->url);
	put_date(out, "added", bookmark->added);
	put_date(out, "modified", bookmark->modified);
	buffer_add_char(out, '>');
	put_element(out, "title", bookmark->title);
	if (bookmark->tags.count) {
		buffer_add_string(out, "<info><metadata owner=\"" METADATA_OWNER "\"");
		put_tags(out, "tags", &bookmark->tags);
		buffer_add_string(out, "/></info>");
	}
	put_element(out, "desc", bookmark->notes);
	buffer_add_string(out, "</bookmark>\n");
}

static void end_xbel(struct buffer *out, size_t count)
{
	(void)count;
	buffer_add_string(out, "</xbel>\n");
}

static void begin_opml(struct buffer *out)
{
	buffer_add_string(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
		"<head><title>Bookmarks</title></head>\n<body>\n");
}

static void write_opml(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	buffer_add_string(out, "<outline type=\"link\"");
	put_attribute(out, "text", bookmark->title);
	put_attribute(out, "url", bookmark->url);
	put_date(out, "created", bookmark->added);
	if (bookmark->tags.count)
		put_tags(out, "category", &bookmark->tags);
	if (*bookmark->notes)
		put_attribute(out, "description", bookmark->notes);
	buffer_add_string(out, "/>\n");
}

static void end_opml(struct buffer *out, size_t count)
{
	(void)count;
	buffer_add_string(out, "</body>\n</opml>\n");
}

static const struct xml_variant xbel = {"XBEL", "xbel", {on_xbel_start, on_xbel_end, on_text}};
static const struct xml_variant opml = {"OPML", "opml", {on_opml_start, on_opml_end, NULL}};

static const char *const xbel_endings[] = {".xbel", ".xml", NULL};
static const char *const opml_endings[] = {".opml", NULL};

const struct format_reader xbel_reader = {xml_detect, xml_open, xml_close, &xbel};
const struct format_reader opml_reader = {xml_detect, xml_open, xml_close, &opml};
const struct format_writer xbel_writer = {xbel_endings, true, begin_xbel, write_xbel, end_xbel};
const struct format_writer opml_writer = {opml_endings, true, begin_opml, write_opml, end_opml};
