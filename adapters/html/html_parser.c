#include "adapters/html/html_parser.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/html/html_cut.h"
#include "adapters/html/html_mender.h"
#include "adapters/html/xml_library.h"
#include "domain/base/memory.h"

/* One tag, comment or run of text. */
#define PIECE_MAX (16 << 20)

/*
 * What libxml2 may spend on looking through its stack of open elements, which each end tag may
 * make it do: tags times depth. Thirty thousand bookmarks that are never closed stay below.
 */
#define WORK_MAX (INT64_C(1) << 32)

#define FEED_MAX 16384

struct html_parser {
	struct xml_library library;
	htmlParserCtxtPtr context;
	const struct html_events *events;
	void *self;
	struct html_mender mender;
	struct buffer held; /* mended, and not a whole tag yet */
	int64_t depth;      /* elements that are open */
	int64_t work;       /* see WORK_MAX */
	size_t since_last;  /* bytes fed since libxml2 last understood something */
};

static int line_of(const struct html_parser *parser)
{
	return parser->library.line_number(parser->context);
}

static void on_start(void *user, const xmlChar *name, const xmlChar **attributes)
{
	struct html_parser *parser = user;

	parser->depth++;
	parser->since_last = 0;
	parser->events->start(
		parser->self, (const char *)name, (const char *const *)attributes, line_of(parser));
}

static void on_end(void *user, const xmlChar *name)
{
	struct html_parser *parser = user;

	if (parser->depth > 0)
		parser->depth--;
	parser->since_last = 0;
	parser->events->end(parser->self, (const char *)name);
}

static void on_text(void *user, const xmlChar *text, int length)
{
	struct html_parser *parser = user;

	parser->since_last = 0;
	parser->events->text(parser->self, (const char *)text, (size_t)length);
}

static void on_comment(void *user, const xmlChar *text)
{
	struct html_parser *parser = user;

	(void)text;
	parser->since_last = 0;
}

struct html_parser *html_parser_new(
	const struct html_events *events, void *self, struct error *error)
{
	htmlSAXHandler handler = {
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.comment = on_comment,
	};
	struct html_parser *parser = memory_new(sizeof(*parser));

	parser->events = events;
	parser->self = self;
	if (xml_library_open(&parser->library, error) != STATUS_OK) {
		free(parser);
		return NULL;
	}
	parser->context = parser->library.create_parser(
		&handler, parser, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (!parser->context) {
		error_set(error, "libxml2 gives no parser");
		free(parser);
		return NULL;
	}
	parser->library.use_options(
		parser->context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
					 HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	return parser;
}

void html_parser_free(struct html_parser *parser)
{
	if (!parser)
		return;
	parser->library.free_parser(parser->context);
	html_mender_finish(&parser->mender);
	buffer_finish(&parser->held);
	free(parser);
}

static int64_t count_tags(const char *bytes, size_t length)
{
	const char *end = bytes + length;
	int64_t count = 0;

	while ((bytes = memchr(bytes, '<', (size_t)(end - bytes)))) {
		bytes++;
		count++;
	}
	return count;
}

static enum status check(
	struct html_parser *parser, const char *bytes, size_t length, struct error *error)
{
	parser->work += count_tags(bytes, length) * parser->depth;
	if (parser->work > WORK_MAX) {
		error_set(error, "line %d: its markup is nested too deep", line_of(parser));
		return STATUS_INVALID;
	}
	if (parser->since_last > PIECE_MAX) {
		error_set(error, "line %d: a piece of markup or text of more than %d MiB",
			line_of(parser), PIECE_MAX >> 20);
		return STATUS_INVALID;
	}
	return STATUS_OK;
}

static enum status feed(
	struct html_parser *parser, const char *bytes, size_t length, struct error *error)
{
	parser->since_last += length;
	parser->library.parse_chunk(parser->context, bytes, (int)length, 0);
	return check(parser, bytes, length, error);
}

/* Feeds what can be fed whole; *fed says how much of it that was. */
static enum status feed_whole(
	struct html_parser *parser, const struct buffer *text, size_t *fed, struct error *error)
{
	enum status status = STATUS_OK;
	size_t size;

	*fed = 0;
	while (status == STATUS_OK &&
		(size = html_cut(text->text + *fed, text->length - *fed, FEED_MAX)) > 0) {
		status = feed(parser, text->text + *fed, size, error);
		*fed += size;
	}
	if (status == STATUS_OK && text->length - *fed > PIECE_MAX) {
		error_set(error, "line %d: a tag of more than %d MiB", line_of(parser),
			PIECE_MAX >> 20);
		status = STATUS_INVALID;
	}
	return status;
}

enum status html_parser_feed(struct html_parser *parser, const char *bytes, size_t length,
	bool last, struct error *error)
{
	struct buffer whole = parser->held;
	enum status status;
	size_t fed;

	parser->held = (struct buffer){0};
	html_mender_add(&parser->mender, bytes, length, last, &whole);
	status = feed_whole(parser, &whole, &fed, error);
	if (fed < whole.length && status == STATUS_OK) {
		if (last)
			status = feed(parser, whole.text + fed, whole.length - fed, error);
		else
			buffer_add(&parser->held, whole.text + fed, whole.length - fed);
	}
	if (status == STATUS_OK && last)
		parser->library.parse_chunk(parser->context, "", 0, 1);
	buffer_finish(&whole);
	return status;
}

const char *html_attribute(const char *const *attributes, const char *name)
{
	if (!attributes)
		return NULL;
	for (; attributes[0]; attributes += 2)
		if (strcmp(attributes[0], name) == 0)
			return attributes[1] ? attributes[1] : "";
	return NULL;
}
