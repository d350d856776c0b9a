#include "adapters/html/xml_library.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

struct entry {
	const char *name;
	size_t offset; /* of its pointer in struct xml_library */
};

static const struct entry entries[] = {
	{"htmlCreatePushParserCtxt", offsetof(struct xml_library, create_parser)},
	{"htmlCtxtUseOptions", offsetof(struct xml_library, use_options)},
	{"htmlParseChunk", offsetof(struct xml_library, parse_chunk)},
	{"xmlSAX2GetLineNumber", offsetof(struct xml_library, line_number)},
	{"htmlFreeParserCtxt", offsetof(struct xml_library, free_parser)},
	{"htmlEntityLookup", offsetof(struct xml_library, lookup_entity)},
	{"xmlCreatePushParserCtxt", offsetof(struct xml_library, create_xml_parser)},
	{"xmlCtxtUseOptions", offsetof(struct xml_library, use_xml_options)},
	{"xmlParseChunk", offsetof(struct xml_library, parse_xml_chunk)},
	{"xmlFreeParserCtxt", offsetof(struct xml_library, free_xml_parser)},
};

enum status xml_library_open(struct xml_library *library, struct error *error)
{
	void *handle = dlopen(XML2_SONAME, RTLD_NOW | RTLD_LOCAL);

	if (!handle) {
		error_set(error, "libxml2 cannot be opened: %s: install it", dlerror());
		return STATUS_IO;
	}
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		void *function = dlsym(handle, entries[i].name);

		if (!function) {
			error_set(error, "libxml2 is too old: it has no %s", entries[i].name);
			return STATUS_IO;
		}
		memcpy((char *)library + entries[i].offset, &function, sizeof(function));
	}
	return STATUS_OK;
}
