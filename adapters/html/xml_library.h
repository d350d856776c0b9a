#ifndef ADAPTERS_HTML_XML_LIBRARY_H
#define ADAPTERS_HTML_XML_LIBRARY_H

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * libxml2, opened when XML or a named reference of HTML is first read: it brings ICU with it, and
 * would double the time that every other command needs to start. Each member is the function of
 * libxml2 that is named beside it.
 */
struct xml_library {
	const htmlEntityDesc *(*lookup_entity)(const xmlChar *name); /* htmlEntityLookup */
	xmlParserCtxtPtr (*create_parser)(xmlSAXHandlerPtr sax, void *user_data, const char *chunk,
		int size, const char *filename);                  /* xmlCreatePushParserCtxt */
	int (*use_options)(xmlParserCtxtPtr parser, int options); /* xmlCtxtUseOptions */
	int (*parse_chunk)(xmlParserCtxtPtr parser, const char *chunk, int size,
		int terminate);                       /* xmlParseChunk */
	void (*free_parser)(xmlParserCtxtPtr parser); /* xmlFreeParserCtxt */
	void (*free_document)(xmlDocPtr document);    /* xmlFreeDoc */
	const xmlError *(*last_error)(void *parser);  /* xmlCtxtGetLastError */
	int (*line_number)(void *parser);             /* xmlSAX2GetLineNumber */
};

/* Fills *library; opens libxml2 at the first call. STATUS_IO, with words, without it. */
enum status xml_library_open(struct xml_library *library, struct error *error);

#endif
