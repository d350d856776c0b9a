#ifndef ADAPTERS_HTML_HTML_TOKENIZER_H
#define ADAPTERS_HTML_HTML_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * HTML as a stream of tags and text, read as browsers read it (WHATWG HTML, 13.2.5, without what
 * no page needs: a script's escaped states). No tree is built, nothing is closed that the text
 * does not close: memory is flat, however deep it nests. Names are in lower case, text and values
 * are UTF-8 with their references decoded once and line ends as line feeds. Comments, declarations
 * and processing instructions are passed over.
 *
 * Text comes in pieces, cut anywhere. line counts from 1. Members may be NULL.
 */
struct html_events {
	/* attributes: name, value ("" if it has none), …, NULL */
	void (*start)(void *self, const char *name, const char *const *attributes, long line);
	void (*end)(void *self, const char *name);
	void (*text)(void *self, const char *text, size_t length);
};

/* What stands within some elements is text up to their end tag. */
enum html_content {
	HTML_MARKUP,
	HTML_RCDATA, /* text with references: title, textarea */
	HTML_RAWTEXT /* text as it stands: script, style, noscript, iframe … */
};

struct html_tokenizer;

struct html_tokenizer *html_tokenizer_new(const struct html_events *events, void *self);
void html_tokenizer_free(struct html_tokenizer *tokenizer); /* NULL is nothing */

/* UTF-8 in pieces cut anywhere; last says that nothing follows. STATUS_INVALID: a tag of more than
 * 16 MiB. What is unfinished at the end is dropped, as browsers do. */
enum status html_tokenizer_feed(struct html_tokenizer *tokenizer, const char *bytes, size_t length,
	bool last, struct error *error);

/* Of the element that start() tells of, called from there. */
void html_tokenizer_set_content(struct html_tokenizer *tokenizer, enum html_content content);

/* From within start(): whether the tag ends with "/>", which counts in drawings alone. */
bool html_tokenizer_is_self_closing(const struct html_tokenizer *tokenizer);

/* From within an event: nothing more is told of. */
void html_tokenizer_stop(struct html_tokenizer *tokenizer);

/* The value of an attribute, "" if it has none; NULL if it is not there. */
const char *html_attribute(const char *const *attributes, const char *name);

#endif
