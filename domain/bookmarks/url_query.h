#ifndef DOMAIN_BOOKMARKS_URL_QUERY_H
#define DOMAIN_BOOKMARKS_URL_QUERY_H

#include <stddef.h>

#include "domain/base/buffer.h"

/*
 * Adds "?" and the parameters of a query in their normal form: escapes made uniform, sorted by
 * name (equal names keep their order), empty ones and utm_*, gclid, fbclid left out. Adds nothing
 * if none is left.
 */
void url_query_normal(const char *query, size_t length, struct buffer *out);

#endif
