#include "adapters/formats/formats.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/formats/dates.h"
#include "adapters/formats/record.h"
#include "adapters/html/html_tokenizer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

#define DEPTH_MAX 512

/* Whose text is being read. */
enum part { IN_NOTHING, IN_TITLE, IN_NOTES, IN_FOLDER_NAME, IN_FOLDER_NOTES };

/*
 * The Netscape bookmark file as it is met with. <DL> opens a folder, named by the heading before
 * it; <A> begins a bookmark, which the text of a <DD> behind it belongs to; the next <DT>, <A>,
 * heading, <DL> or </DL> ends it. No other element counts, so it does not matter how they nest.
 */
struct netscape_source {
	struct bookmark_source source; /* first, so that a source is one of these */
	struct input *input;
	struct html_tokenizer *tokenizer;
	struct folders folders;
	enum part part;
	struct buffer heading; /* of the next folder */
	bool has_heading;
	bool heading_is_root;
	bool h1_is_folder;     /* Instapaper's; everyone else's is the title of the page */
	bool uses_items;       /* <DT> was seen: an <A> in a <DD> is markup of the note */
	bool is_bookmark_file; /* its head says so, or a <DL> was seen */
	bool too_deep;
	bool at_end;
	struct record_queue queue;
};

static void end_record(struct netscape_source *source)
{
	record_queue_end(&source->queue);
	source->part = IN_NOTHING;
}

static int64_t first_date(const char *const *attributes, const char *const *names)
{
	for (; *names; names++) {
		const char *value = html_attribute(attributes, *names);
		int64_t date = value ? date_of_text(value) : NO_DATE;

		if (date != NO_DATE)
			return date;
	}
	return NO_DATE;
}

static void add_losses(struct record *record, const char *const *attributes)
{
	static const struct {
		const char *attribute;
		enum loss loss;
	} losses[] = {
		{"private", LOSS_PRIVATE}, {"toread", LOSS_TO_READ}, {"shortcuturl", LOSS_KEYWORD}};

	for (size_t i = 0; i < sizeof(losses) / sizeof(losses[0]); i++) {
		const char *value = html_attribute(attributes, losses[i].attribute);

		if (value && loss_is_said(value))
			record_lose(record, losses[i].loss);
	}
}

static void begin_record(struct netscape_source *source, const char *const *attributes, long line)
{
	static const char *const added[] = {"add_date", "time_added", NULL};
	static const char *const modified[] = {"last_modified", NULL};
	const char *url = html_attribute(attributes, "href");
	const char *tags = html_attribute(attributes, "tags");
	struct record *record;

	if (!url && html_attribute(attributes, "name"))
		return; /* the target of a link within the page */
	record = record_queue_open(&source->queue);
	record->place = line;
	if (url)
		buffer_add_string(&record->url, url);
	record->bookmark.added = first_date(attributes, added);
	record->bookmark.modified = first_date(attributes, modified);
	folders_add_to(&source->folders, record);
	if (tags)
		record_add_tags(record, tags, TAGS_BY_COMMAS_OR_BLANKS);
	add_losses(record, attributes);
	source->has_heading = false;
	source->is_bookmark_file = true;
	source->part = IN_TITLE;
}

/* A link within a note has nothing but its address. */
static bool is_markup_of_note(const struct netscape_source *source, const char *const *attributes)
{
	static const char *const of_bookmarks[] = {
		"add_date", "last_modified", "last_visit", "tags", "icon", "private"};

	if (source->part != IN_NOTES && source->part != IN_FOLDER_NOTES)
		return false;
	for (size_t i = 0; i < sizeof(of_bookmarks) / sizeof(of_bookmarks[0]); i++)
		if (html_attribute(attributes, of_bookmarks[i]))
			return false;
	return source->uses_items;
}

static bool is_heading(const struct netscape_source *source, const char *name)
{
	return name[0] == 'h' && name[1] >= (source->h1_is_folder ? '1' : '2') && name[1] <= '6' &&
	       !name[2];
}

static void begin_heading(struct netscape_source *source, const char *const *attributes)
{
	end_record(source);
	buffer_clear(&source->heading);
	source->has_heading = true;
	source->heading_is_root = html_attribute(attributes, "personal_toolbar_folder") ||
				  html_attribute(attributes, "unfiled_bookmarks_folder") ||
				  html_attribute(attributes, "mobile_bookmarks_folder");
	source->part = IN_FOLDER_NAME;
}

/* Safari alone has folders that no list is around; the bar is called so there. */
static bool is_bar_of_safari(const struct netscape_source *source)
{
	return source->folders.count == 0 &&
	       (strcasecmp(source->heading.text, "Favorites") == 0 ||
		       strcasecmp(source->heading.text, "Favourites") == 0);
}

static bool heading_is_tag(struct netscape_source *source)
{
	bool at_top = source->folders.count <= 1;

	if (!source->has_heading || source->heading_is_root)
		return false;
	text_trim((char *)buffer_text(&source->heading));
	if (at_top && folder_is_root(source->heading.text))
		return false;
	return !is_bar_of_safari(source);
}

static void begin_list(struct netscape_source *source)
{
	bool is_tag = heading_is_tag(source);

	end_record(source);
	folders_enter(&source->folders, is_tag ? buffer_text(&source->heading) : NULL);
	source->has_heading = false;
	source->is_bookmark_file = true;
	source->too_deep |= source->folders.count > DEPTH_MAX;
}

/* Instapaper's lists have no bounds: each heading begins the next folder. */
static void end_heading(struct netscape_source *source)
{
	const char *name = text_trim((char *)buffer_text(&source->heading));

	source->part = IN_NOTHING;
	if (!source->h1_is_folder)
		return;
	folders_leave(&source->folders);
	folders_enter(&source->folders, record_is_no_folder(name, strlen(name)) ? NULL : name);
}

static void begin_description(struct netscape_source *source)
{
	if (record_queue_last(&source->queue))
		source->part = IN_NOTES;
	else
		source->part = source->has_heading ? IN_FOLDER_NOTES : IN_NOTHING;
}

static void netscape_add_text(struct netscape_source *source, const char *text, size_t length)
{
	switch (source->part) {
	case IN_TITLE: buffer_add(&record_queue_last(&source->queue)->title, text, length); break;
	case IN_NOTES: buffer_add(&record_queue_last(&source->queue)->notes, text, length); break;
	case IN_FOLDER_NAME: buffer_add(&source->heading, text, length); break;
	case IN_FOLDER_NOTES:
	case IN_NOTHING: break;
	}
}

/* A title that names such a tag without escaping it means the word: nobody's titles hold scripts.
 */
static bool is_word(const char *name)
{
	return strcmp(name, "script") == 0 || strcmp(name, "style") == 0 ||
	       strcmp(name, "xmp") == 0 || strcmp(name, "plaintext") == 0;
}

static void add_tag_as_text(struct netscape_source *source, const char *open, const char *name)
{
	netscape_add_text(source, open, strlen(open));
	netscape_add_text(source, name, strlen(name));
	netscape_add_text(source, ">", 1);
}

static void netscape_on_start(
	void *self, const char *name, const char *const *attributes, long line)
{
	struct netscape_source *source = self;

	if (strcmp(name, "a") == 0) {
		if (!is_markup_of_note(source, attributes)) {
			end_record(source);
			begin_record(source, attributes, line);
		}
	} else if (strcmp(name, "dt") == 0) {
		source->uses_items = true;
		end_record(source);
	} else if (strcmp(name, "dd") == 0) {
		begin_description(source);
	} else if (strcmp(name, "dl") == 0) {
		begin_list(source);
	} else if (is_heading(source, name)) {
		begin_heading(source, attributes);
	} else if (strcmp(name, "br") == 0) {
		netscape_add_text(source, "\n", 1);
	} else if (is_word(name)) {
		add_tag_as_text(source, "<", name);
	} else if (strcmp(name, "hr") == 0 || strcmp(name, "h1") == 0) {
		end_record(source);
	}
}

static void netscape_on_end(void *self, const char *name)
{
	struct netscape_source *source = self;

	if (strcmp(name, "a") == 0 && source->part == IN_TITLE)
		source->part = IN_NOTHING;
	else if (is_heading(source, name) && source->part == IN_FOLDER_NAME)
		end_heading(source);
	else if (is_word(name))
		add_tag_as_text(source, "</", name);
	else if (strcmp(name, "dl") == 0) {
		end_record(source);
		source->has_heading = false;
		folders_leave(&source->folders);
	}
}

static void netscape_on_text(void *self, const char *text, size_t length)
{
	netscape_add_text(self, text, length);
}

static enum status read_piece(struct bookmark_source *base, struct error *error)
{
	struct netscape_source *source = (struct netscape_source *)base;
	struct buffer text = {0};
	bool more;
	enum status status = input_read_text(source->input, &text, &more, error);

	if (status == STATUS_OK)
		status = html_tokenizer_feed(
			source->tokenizer, buffer_text(&text), text.length, !more, error);
	if (status == STATUS_OK && source->too_deep)
		status = error_fail(STATUS_INVALID, error,
			"folders within folders, more than %d deep", DEPTH_MAX);
	buffer_finish(&text);
	source->at_end = !more;
	if (source->at_end)
		end_record(source);
	if (status == STATUS_OK && source->at_end && !source->is_bookmark_file)
		status = error_fail(STATUS_INVALID, error, "it is not a browser's bookmark file");
	return status;
}

static enum source_step netscape_next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct netscape_source *source = (struct netscape_source *)base;

	return record_queue_yield(&source->queue, &source->at_end, read_piece, base, found, error);
}

static void netscape_close(struct bookmark_source *base)
{
	struct netscape_source *source = (struct netscape_source *)base;

	record_queue_finish(&source->queue);
	buffer_finish(&source->heading);
	folders_finish(&source->folders);
	html_tokenizer_free(source->tokenizer);
	free(source);
}

static bool holds(const struct input *input, const char *mark)
{
	return strcasestr(input->text_head, mark);
}

static int netscape_detect(const struct format_reader *reader, struct input *input)
{
	const char *start = input->text_head + strspn(input->text_head, " \t\r\n\f");

	(void)reader;
	if (strncasecmp(start, "<!DOCTYPE NETSCAPE-Bookmark-file", 32) == 0)
		return DETECTED_CERTAINLY;
	if (*start != '<' || !holds(input, "<a"))
		return 0;
	if (holds(input, "NETSCAPE-Bookmark-file") || holds(input, "Pocket Export") ||
		holds(input, "Instapaper: Export"))
		return DETECTED_CERTAINLY;
	return holds(input, "<dt") && holds(input, "<dl") ? DETECTED_LIKELY : 0;
}

static struct bookmark_source *netscape_open(const struct format_reader *reader,
	struct input *input, enum status *status, struct error *error)
{
	static const struct html_events events = {
		netscape_on_start, netscape_on_end, netscape_on_text};
	struct netscape_source *source;

	*status = input_begin_text(input, INPUT_DECLARED, error);
	if (*status != STATUS_OK)
		return NULL;
	source = memory_new(sizeof(*source));
	*source = (struct netscape_source){
		.source.next = netscape_next,
		.input = input,
		.queue.lost_counts = input->lost,
		.h1_is_folder = holds(input, "Instapaper: Export"),
		.is_bookmark_file = netscape_detect(reader, input) == DETECTED_CERTAINLY,
	};
	source->tokenizer = html_tokenizer_new(&events, source);
	return &source->source;
}

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

static void html_add_escaped(struct buffer *out, const char *text)
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
static void write_tags(struct buffer *out, const struct tag_set *tags)
{
	if (tags->count == 0)
		return;
	buffer_add_string(out, " TAGS=\"");
	for (size_t i = 0; i < tags->count; i++) {
		if (i)
			buffer_add_char(out, ',');
		html_add_escaped(out, tags->tags[i]);
	}
	if (tags->count == 1 && strpbrk(tags->tags[0], " \t\n\r\f"))
		buffer_add_char(out, ',');
	buffer_add_char(out, '"');
}

static void netscape_begin(struct buffer *out)
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

static void write_bookmark(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	buffer_add_string(out, "    <DT><A HREF=\"");
	html_add_escaped(out, bookmark->url);
	buffer_add_char(out, '"');
	add_date(out, "ADD_DATE", bookmark->added);
	add_date(out, "LAST_MODIFIED", bookmark->modified);
	write_tags(out, &bookmark->tags);
	buffer_add_char(out, '>');
	html_add_escaped(out, bookmark->title);
	buffer_add_string(out, "</A>\n");
	if (!*bookmark->notes)
		return;
	buffer_add_string(out, "    <DD>");
	html_add_escaped(out, bookmark->notes);
	buffer_add_char(out, '\n');
}

static void netscape_end(struct buffer *out, size_t count)
{
	(void)count;
	buffer_add_string(out, "</DL><p>\n");
}

static const char *const endings[] = {".html", ".htm", NULL};

const struct format_writer netscape_writer = {
	endings, true, netscape_begin, write_bookmark, netscape_end};

const struct format_reader netscape_reader = {netscape_detect, netscape_open, netscape_close, NULL};
