#ifndef ADAPTERS_HTML_XML_LIBRARY_H
#define ADAPTERS_HTML_XML_LIBRARY_H

#include <libxml/HTMLparser.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * libxml2, opened when HTML is first read: it brings ICU with it, and would double the time that
 * every other command needs to start. Each member is the function of libxml2 of that name. The
 * library stays open until the program ends. Its structs are never looked into: their members are
 * deprecated one by one since 2.14.
 */
struct xml_library {
	htmlParserCtxtPtr (*create_parser)(htmlSAXHandlerPtr sax, void *user_data,
		const char *chunk, int size, const char *filename, xmlCharEncoding encoding);
	int (*use_options)(htmlParserCtxtPtr parser, int options);
	int (*parse_chunk)(htmlParserCtxtPtr parser, const char *chunk, int size, int terminate);
	int (*line_number)(void *parser);
	void (*free_parser)(htmlParserCtxtPtr parser);
	const htmlEntityDesc *(*lookup_entity)(const xmlChar *name);
	xmlParserCtxtPtr (*create_xml_parser)(xmlSAXHandlerPtr sax, void *user_data,
		const char *chunk, int size, const char *filename);
	int (*use_xml_options)(xmlParserCtxtPtr parser, int options);
	int (*parse_xml_chunk)(xmlParserCtxtPtr parser, const char *chunk, int size, int terminate);
	void (*free_xml_parser)(xmlParserCtxtPtr parser);
};

/* Fills *library; opens libxml2 at the first call. STATUS_IO, with words, without it. */
enum status xml_library_open(struct xml_library *library, struct error *error);

#endif
