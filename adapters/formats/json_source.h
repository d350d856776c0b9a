#ifndef ADAPTERS_FORMATS_JSON_SOURCE_H
#define ADAPTERS_FORMATS_JSON_SOURCE_H

#include <jansson.h>

#include "adapters/formats/formats.h"

/* The bookmarks of a document that was made of something else; it is the source's. */
struct bookmark_source *json_source_of_document(struct input *input, json_t *take);
void json_source_close(struct bookmark_source *source);

#endif
