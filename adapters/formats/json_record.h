#ifndef ADAPTERS_FORMATS_JSON_RECORD_H
#define ADAPTERS_FORMATS_JSON_RECORD_H

#include <jansson.h>
#include <stdbool.h>

#include "adapters/formats/record.h"

/*
 * One JSON object made a bookmark. Programs give the same things different names:
 *
 *   barky     url title notes tags[] date_added date_modified source unstarred
 *   linkding  url title description notes tag_names[] date_added date_modified
 *   Pinboard  href description extended tags"a b" time
 *   buku      uri title description tags"a,b"
 *   Raindrop  link title note excerpt tags[] created lastUpdate
 *   wallabag  url title tags[] created_at updated_at
 *   GitHub    html_url full_name description topics[] language, alone or as repo with starred_at
 *
 * Returns false with a reason if it is none of them, or a field is of the wrong type. A date that
 * cannot be read is none.
 */
bool json_record_fill(struct record *record, const json_t *object, struct error *error);

#endif
