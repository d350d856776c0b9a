#ifndef DOMAIN_BOOKMARKS_URL_H
#define DOMAIN_BOOKMARKS_URL_H

#include <stdbool.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * Addresses: RFC 3986, and internationalised hosts by IDNA 2008 with UTS 46 mapping (libidn2).
 * Strings returned are the caller's to free.
 */

/*
 * What a person typed, made an address: blanks at the ends dropped, "https://" put before it if
 * it has no scheme ("host:8080" has none). STATUS_INVALID for nothing, control characters
 * anywhere, a blank in the host, what is not UTF-8; of web addresses one without a host, with a
 * bracket that is not an IPv6 address's, or with a port that is no number up to 65535.
 */
enum status url_from_typed(const char *typed, char **url, struct error *error);

/*
 * The form in which two addresses are compared ("the same address"). For http and https: scheme
 * and host in lower case, the host as punycode, the default port dropped, characters that no URI
 * may hold escaped as UTF-8, escapes of unreserved characters decoded and the others in upper
 * case, dot segments removed, every "/" at the end of the path dropped, parameters sorted by name
 * (equal names keep their order), empty ones and an empty "?" or "#" dropped, utm_*, gclid and
 * fbclid left out. Other schemes compare as they stand. STATUS_INVALID as above, and for an
 * address without a scheme.
 */
enum status url_normal_form(const char *url, char **normal, struct error *error);

/* javascript:, file:, mailto: are schemes; "host:8080" and "localhost:3000/x" have none. */
bool url_has_scheme(const char *url);

/* http or https as a browser would read it: blanks before it, tabs and line ends within it and
 * its case do not count. */
bool url_is_web(const char *url);

/*
 * The host in lower case, an internationalised one as punycode, without port and user; "" if
 * there is none. Where a browser would go: of "http://good.example\@evil.example" the first.
 */
char *url_host(const char *url);

#endif
