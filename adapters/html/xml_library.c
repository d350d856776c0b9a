#include "adapters/html/xml_library.h"

#include <stddef.h>

#include "adapters/system/shared_library.h"

static const struct library_function functions[] = {
	{"htmlEntityLookup", offsetof(struct xml_library, lookup_entity)},
	{"xmlCreatePushParserCtxt", offsetof(struct xml_library, create_parser)},
	{"xmlCtxtUseOptions", offsetof(struct xml_library, use_options)},
	{"xmlParseChunk", offsetof(struct xml_library, parse_chunk)},
	{"xmlFreeParserCtxt", offsetof(struct xml_library, free_parser)},
	{"xmlFreeDoc", offsetof(struct xml_library, free_document)},
	{"xmlCtxtGetLastError", offsetof(struct xml_library, last_error)},
	{"xmlSAX2GetLineNumber", offsetof(struct xml_library, line_number)},
};

enum status xml_library_open(struct xml_library *library, struct error *error)
{
	return shared_library_open(
		XML2_SONAME, functions, sizeof(functions) / sizeof(functions[0]), library, error);
}
