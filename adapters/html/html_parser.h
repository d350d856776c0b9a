#ifndef ADAPTERS_HTML_HTML_PARSER_H
#define ADAPTERS_HTML_HTML_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * HTML as a stream of events, by libxml2's push parser: no tree is built, memory is flat. Names
 * are in lower case, text and values are UTF-8 with their entities decoded once. Scripts and
 * styles are text like any other, so that an unescaped "<script>" in a title does not swallow
 * what follows it.
 */
struct html_events {
	/* attributes: name, value (NULL if it has none), …, NULL; NULL if there are none */
	void (*start)(void *self, const char *name, const char *const *attributes, long line);
	void (*end)(void *self, const char *name);
	void (*text)(void *self, const char *text, size_t length);
};

struct html_parser;

/* NULL with a reason if libxml2 is not there. */
struct html_parser *html_parser_new(
	const struct html_events *events, void *self, struct error *error);
void html_parser_free(struct html_parser *parser); /* NULL is nothing */

/*
 * UTF-8 without NULs, in pieces cut anywhere; last says that nothing follows. STATUS_INVALID for
 * markup that is nested too deep, or a single piece of it that is too long.
 */
enum status html_parser_feed(struct html_parser *parser, const char *bytes, size_t length,
	bool last, struct error *error);

/* The value of an attribute, "" if it has none; NULL if it is not there. */
const char *html_attribute(const char *const *attributes, const char *name);

#endif
