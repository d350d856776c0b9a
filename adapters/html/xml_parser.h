#ifndef ADAPTERS_HTML_XML_PARSER_H
#define ADAPTERS_HTML_XML_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * XML as a stream of tags and text, by libxml2's push parser: no tree is built, nothing is loaded
 * from elsewhere, no entity but XML's own five is known. Names are as they stand, with their
 * prefix. Members may be NULL.
 */
struct xml_events {
	/* attributes: name, value, …, NULL */
	void (*start)(void *self, const char *name, const char *const *attributes, long line);
	void (*end)(void *self, const char *name);
	void (*text)(void *self, const char *text, size_t length);
};

struct xml_parser;

/* NULL with a reason if libxml2 is not there. */
struct xml_parser *xml_parser_new(const struct xml_events *events, void *self, struct error *error);
void xml_parser_free(struct xml_parser *parser); /* NULL is nothing */

/* UTF-8 in pieces cut anywhere; last says that nothing follows. STATUS_INVALID: it is not XML, or
 * nested more than 256 deep. */
enum status xml_parser_feed(struct xml_parser *parser, const char *bytes, size_t length, bool last,
	struct error *error);

/* The value of an attribute; NULL if it is not there. */
const char *xml_attribute(const char *const *attributes, const char *name);

#endif
