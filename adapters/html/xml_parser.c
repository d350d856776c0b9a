#include "adapters/html/xml_parser.h"

#include <libxml/xmlversion.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/html/xml_library.h"
#include "domain/base/memory.h"

/* What libxml2 is handed at once; it takes an int, and looks through all it has for each tag. */
#define PIECE 16384

struct xml_parser {
	struct xml_library library;
	xmlParserCtxtPtr context;
	const struct xml_events *events;
	void *self;
};

static void on_start(void *user, const xmlChar *name, const xmlChar **attributes)
{
	static const char *const none[] = {NULL};
	struct xml_parser *parser = user;

	if (parser->events->start)
		parser->events->start(parser->self, (const char *)name,
			attributes ? (const char *const *)attributes : none,
			parser->library.line_number(parser->context));
}

static void on_end(void *user, const xmlChar *name)
{
	struct xml_parser *parser = user;

	if (parser->events->end)
		parser->events->end(parser->self, (const char *)name);
}

static void on_text(void *user, const xmlChar *text, int length)
{
	struct xml_parser *parser = user;

	if (parser->events->text)
		parser->events->text(parser->self, (const char *)text, (size_t)length);
}

struct xml_parser *xml_parser_new(const struct xml_events *events, void *self, struct error *error)
{
	xmlSAXHandler handler = {
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
	};
	struct xml_parser *parser = memory_new(sizeof(*parser));

	parser->events = events;
	parser->self = self;
	if (xml_library_open(&parser->library, error) == STATUS_OK) {
		parser->context = parser->library.create_parser(&handler, parser, NULL, 0, NULL);
		if (!parser->context)
			error_set(error, "libxml2 gives no parser");
	}
	if (!parser->context) {
		free(parser);
		return NULL;
	}
	/* Without NOENT "&amp;" in an attribute comes as "&#38;"; declared entities are not kept.
	 */
	parser->library.use_options(parser->context,
		XML_PARSE_RECOVER | XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR |
			XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC);
	return parser;
}

void xml_parser_free(struct xml_parser *parser)
{
	if (!parser)
		return;
	/* Where a file declares entities libxml2 makes a document for them, which nobody else
	 * frees. */
	if (parser->context->myDoc)
		parser->library.free_document(parser->context->myDoc);
	parser->context->myDoc = NULL;
	parser->library.free_parser(parser->context);
	free(parser);
}

/* What libxml2 takes for fatal; of everything else it makes the best. */
static enum status xml_check(struct xml_parser *parser, struct error *error)
{
	const xmlError *last = parser->library.last_error(parser->context);

	if (!last || last->level != XML_ERR_FATAL || last->code == XML_ERR_UNDECLARED_ENTITY)
		return STATUS_OK;
	return error_fail(STATUS_INVALID, error, "line %d: its XML is damaged, or nested too deep",
		last->line);
}

enum status xml_parser_feed(
	struct xml_parser *parser, const char *bytes, size_t length, bool last, struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t at = 0; at < length && status == STATUS_OK; at += PIECE) {
		size_t piece = length - at < PIECE ? length - at : PIECE;

		parser->library.parse_chunk(parser->context, bytes + at, (int)piece, 0);
		status = xml_check(parser, error);
	}
	if (last && status == STATUS_OK) {
		parser->library.parse_chunk(parser->context, "", 0, 1);
		status = xml_check(parser, error);
	}
	return status;
}

const char *xml_attribute(const char *const *attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(attributes[0], name) == 0)
			return attributes[1];
	return NULL;
}
