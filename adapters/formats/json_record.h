#ifndef ADAPTERS_FORMATS_JSON_RECORD_H
#define ADAPTERS_FORMATS_JSON_RECORD_H

#include <jansson.h>
#include <stdbool.h>

#include "adapters/formats/record.h"

/*
 * One JSON object made a bookmark, by the names that programs give to its parts (fields.h). A
 * repository of GitHub is one too, alone or as "repo" beside "starred_at". Karakeep keeps the
 * address within "content".
 *
 * Returns false with a reason if a part that is needed is of the wrong type. A date that cannot be
 * read is none.
 */
bool json_record_fill(struct record *record, const json_t *object, struct error *error);

/* Whether it names an address: else it is a folder, or nothing of ours. */
bool json_record_has_address(const json_t *object);

/* The text of an object that stands for its name: {"name": "a"}; NULL if there is none. Lent. */
const char *json_name(const json_t *value);

#endif
