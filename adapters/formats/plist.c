#include "adapters/formats/formats.h"

#include <stdlib.h>
#include <string.h>
#ifdef HAVE_LIBPLIST
#include <plist/plist.h>
#endif

#include "adapters/formats/record.h"
#include "adapters/formats/json_source.h"
#include "adapters/html/xml_parser.h"
#include "adapters/system/shared_library.h"
#include "domain/base/memory.h"

#define DOCUMENT_MAX (64u << 20)
#define DEPTH_MAX    256

/* A value of a few bytes costs some hundred here; a bookmark takes ten times as much text. */
#define BYTES_A_PART 16
#define PARTS_FREE   10000

/*
 * A property list made a JSON document: what is open, and the key before the next value. Safari's
 * dictionaries become the folders and bookmarks that json_record.h walks.
 */
struct plist_reader {
	json_t *open[DEPTH_MAX + 1]; /* dictionaries and arrays */
	char *keys[DEPTH_MAX + 1];   /* of each, of its next value */
	size_t depth;
	json_t *root;
	struct buffer text;
	size_t parts;
	size_t parts_max;
	bool too_much;
};

static const char *text_of(const json_t *dictionary, const char *key)
{
	return json_string_value(json_object_get(dictionary, key));
}

static void set_text(json_t *to, const char *key, const char *text)
{
	if (text)
		json_object_set_new(to, key, json_string(text));
}

/* A leaf of Safari's: {"URLString": …, "URIDictionary": {"title": …}, "ReadingList": {…}}. */
static json_t *bookmark_of(const json_t *leaf)
{
	const json_t *reading = json_object_get(leaf, "ReadingList");
	json_t *bookmark = json_object();

	set_text(bookmark, "url", text_of(leaf, "URLString"));
	set_text(bookmark, "title", text_of(json_object_get(leaf, "URIDictionary"), "title"));
	set_text(bookmark, "added", text_of(reading, "DateAdded"));
	set_text(bookmark, "notes", text_of(reading, "PreviewText"));
	return bookmark;
}

/* The bar, the menu and the reading list are Safari's own, and no tags. */
static json_t *folder_of(const json_t *list)
{
	const char *title = text_of(list, "Title");
	json_t *folder = json_object();

	if (title && !folder_is_root(title) && strncmp(title, "com.apple.", 10) != 0)
		set_text(folder, "title", title);
	json_object_set(folder, "children", json_object_get(list, "Children"));
	return folder;
}

static json_t *meaning_of(json_t *take)
{
	json_t *meaning = NULL;

	if (text_of(take, "URLString"))
		meaning = bookmark_of(take);
	else if (json_is_array(json_object_get(take, "Children")))
		meaning = folder_of(take);
	if (!meaning)
		return take;
	json_decref(take);
	return meaning;
}

static void put_value(struct plist_reader *reader, json_t *take)
{
	json_t *parent = reader->depth ? reader->open[reader->depth - 1] : NULL;
	const char *key = reader->depth ? reader->keys[reader->depth - 1] : NULL;

	if (json_is_array(parent))
		json_array_append_new(parent, take);
	else if (parent && key)
		json_object_set_new(parent, key, take);
	else if (!parent && !reader->root)
		reader->root = take;
	else
		json_decref(take);
}

static void plist_on_start(void *self, const char *name, const char *const *attributes, long line)
{
	struct plist_reader *reader = self;
	bool is_list = strcmp(name, "dict") == 0 || strcmp(name, "array") == 0;

	(void)attributes;
	(void)line;
	buffer_clear(&reader->text);
	reader->too_much |=
		++reader->parts > reader->parts_max || (is_list && reader->depth == DEPTH_MAX);
	if (!is_list || reader->too_much)
		return;
	reader->open[reader->depth] = *name == 'd' ? json_object() : json_array();
	reader->keys[reader->depth++] = NULL;
}

static void close_list(struct plist_reader *reader)
{
	json_t *list;

	if (!reader->depth)
		return;
	list = reader->open[--reader->depth];
	free(reader->keys[reader->depth]);
	put_value(reader, meaning_of(list));
}

static void plist_on_end(void *self, const char *name)
{
	struct plist_reader *reader = self;

	if (reader->too_much)
		return;
	if (strcmp(name, "dict") == 0 || strcmp(name, "array") == 0) {
		close_list(reader);
	} else if (strcmp(name, "key") == 0 && reader->depth) {
		free(reader->keys[reader->depth - 1]);
		reader->keys[reader->depth - 1] = buffer_take(&reader->text);
	} else if (strcmp(name, "string") == 0 || strcmp(name, "date") == 0) {
		put_value(reader, json_string(buffer_text(&reader->text)));
	}
}

static void plist_on_text(void *self, const char *text, size_t length)
{
	struct plist_reader *reader = self;

	buffer_add(&reader->text, text, length);
}

/* The document in an XML property list; NULL with a reason. */
static json_t *read_xml(const struct buffer *xml, struct error *error)
{
	static const struct xml_events events = {plist_on_start, plist_on_end, plist_on_text};
	struct plist_reader reader = {.parts_max = PARTS_FREE + xml->length / BYTES_A_PART};
	struct xml_parser *parser = xml_parser_new(&events, &reader, error);
	enum status status = STATUS_IO;

	if (parser)
		status = xml_parser_feed(parser, xml->text, xml->length, true, error);
	xml_parser_free(parser);
	while (reader.depth)
		close_list(&reader);
	buffer_finish(&reader.text);
	if (status == STATUS_OK && !reader.too_much && reader.root)
		return reader.root;
	if (status == STATUS_OK)
		error_set(error, "%s",
			reader.too_much ? "it is made of too many empty parts"
					: "it is no property list");
	json_decref(reader.root);
	return NULL;
}

static bool is_binary(const struct input *input)
{
	return input->head_length > 8 && memcmp(input->head, "bplist0", 7) == 0;
}

#ifdef HAVE_LIBPLIST

struct plist_library {
	void (*from_binary)(const char *bytes, uint32_t length, plist_t *plist);
	void (*to_xml)(plist_t plist, char **xml, uint32_t *length);
	void (*free_plist)(plist_t plist);
	void (*free_xml)(char *xml);
};

static const struct library_function functions[] = {
	{"plist_from_bin", offsetof(struct plist_library, from_binary)},
	{"plist_to_xml", offsetof(struct plist_library, to_xml)},
	{"plist_free", offsetof(struct plist_library, free_plist)},
	{"plist_mem_free|plist_to_xml_free", offsetof(struct plist_library, free_xml)},
};

/* A binary property list written as XML, by libplist. */
static enum status unpack(struct buffer *bytes, struct error *error)
{
	struct plist_library library;
	enum status status = shared_library_open(LIBPLIST_SONAME, functions,
		sizeof(functions) / sizeof(functions[0]), &library, error);
	plist_t plist = NULL;
	char *xml = NULL;
	uint32_t length = 0;

	if (status != STATUS_OK)
		return status;
	library.from_binary(bytes->text, (uint32_t)bytes->length, &plist);
	if (plist)
		library.to_xml(plist, &xml, &length);
	buffer_clear(bytes);
	if (xml)
		buffer_add(bytes, xml, length);
	else
		error_set(error, "the property list is damaged");
	status = xml ? STATUS_OK : STATUS_INVALID;
	library.free_xml(xml);
	library.free_plist(plist);
	return status;
}

#else

static enum status unpack(struct buffer *bytes, struct error *error)
{
	(void)bytes;
	return error_fail(STATUS_INVALID, error,
		"this barky was built without libplist, which binary property lists need; "
		"\"plutil -convert xml1\" writes it as XML");
}

#endif

static enum status read_bytes(struct input *input, struct buffer *xml, struct error *error)
{
	enum status status = STATUS_OK;
	bool more = true;

	if (is_binary(input)) {
		status = input_read_all(input, DOCUMENT_MAX, xml, error);
		return status == STATUS_OK ? unpack(xml, error) : status;
	}
	if (input->size > DOCUMENT_MAX)
		return error_fail(
			STATUS_INVALID, error, "it is larger than %u MiB", DOCUMENT_MAX >> 20);
	status = input_begin_text(input, INPUT_DECLARED, error);
	while (status == STATUS_OK && more)
		status = input_read_text(input, xml, &more, error);
	return status;
}

/* A .webloc holds an address alone; its name is the title. */
static void name_webloc(json_t *document, const struct input *input)
{
	char *title;

	if (!text_of(document, "URL"))
		return;
	title = input_title(input);
	set_text(document, "title", title);
	free(title);
}

static struct bookmark_source *plist_open(const struct format_reader *reader, struct input *input,
	enum status *status, struct error *error)
{
	struct buffer xml = {0};
	json_t *document = NULL;

	(void)reader;
	*status = read_bytes(input, &xml, error);
	if (*status == STATUS_OK)
		document = read_xml(&xml, error);
	buffer_finish(&xml);
	if (!document) {
		if (*status == STATUS_OK)
			*status = STATUS_INVALID;
		return NULL;
	}
	name_webloc(document, input);
	return json_source_of_document(input, document);
}

static int plist_detect(const struct format_reader *reader, struct input *input)
{
	const char *text = input->text_head;

	(void)reader;
	if (is_binary(input))
		return DETECTED_CERTAINLY;
	if (text[strspn(text, " \t\r\n")] != '<')
		return 0;
	return strstr(text, "<!DOCTYPE plist") || strstr(text, "<plist version")
		       ? DETECTED_CERTAINLY
		       : 0;
}

const struct format_reader plist_reader = {plist_detect, plist_open, json_source_close, NULL};
