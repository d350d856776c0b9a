#ifndef ADAPTERS_STARS_LINK_HEADER_H
#define ADAPTERS_STARS_LINK_HEADER_H

/*
 * The Link header (RFC 8288): <https://…>; rel="next", <https://…>; rel="last". The order of
 * links and parameters does not matter, rel is compared without case, may be unquoted and hold
 * several words. What cannot be read is passed over.
 */

/* The address of the first link with this relation, or NULL. The caller frees it. */
char *link_header_find(const char *header, const char *relation);

/* The number in an address's parameter "page": 0 if it has none, or none from 1 to a million. */
int link_header_page(const char *url);

#endif
