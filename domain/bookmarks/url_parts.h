#ifndef DOMAIN_BOOKMARKS_URL_PARTS_H
#define DOMAIN_BOOKMARKS_URL_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/buffer.h"

/*
 * An address taken apart, and the parts of a web address made comparable. It is the split of
 * RFC 3986 appendix B, which never fails: a parser of valid URIs would refuse a good part of
 * what people keep (blanks, "|", "100%", "[" in a query).
 */
struct url_span {
	const char *start; /* lent, not NUL-terminated */
	size_t length;
};

struct url_parts {
	struct url_span scheme; /* without its colon */
	bool has_authority;     /* "//" stands behind the scheme */
	struct url_span user;   /* "user:password", without its "@" */
	bool has_user;
	struct url_span host; /* with the brackets of an IPv6 address */
	struct url_span port; /* digits; empty if there is none */
	struct url_span path;
	struct url_span query;    /* without its "?" */
	struct url_span fragment; /* without its "#" */
};

/* Length of the scheme at the beginning, by its syntax alone ("host:8080" has "host"); 0 if none.
 */
size_t url_scheme_length(const char *url);

/*
 * The spans point into url. http and https are read as a browser reads them: "\" ends the host,
 * and "http:a" is "http://a".
 */
void url_split(const char *url, struct url_parts *parts);

bool url_scheme_is(const struct url_parts *parts, const char *scheme); /* whatever the case */
bool url_parts_are_web(const struct url_parts *parts);                 /* http or https */

/*
 * True of most web addresses: a plain host, a path without escapes, dot segments and a "/" at its
 * end, and nothing else. They are their own normal form. False says nothing.
 */
bool url_is_plainly_normal(const char *url);

/* The normal form of a web address: see url_normal_form(). The caller frees it. */
char *url_parts_normal(const struct url_parts *parts);

/* Lower case, an internationalised name as punycode. The caller frees it. */
char *url_host_normal(struct url_span host);

/*
 * Percent escapes made uniform (RFC 3986 sections 2 and 6.2.2): characters that no URI may hold,
 * and a "%" that begins no escape, are escaped; escapes of unreserved characters are decoded, the
 * others written in upper case. Doing it again changes nothing.
 */
void url_escape(const char *text, size_t length, struct buffer *out);

#endif
