#ifndef ADAPTERS_HTTP_HTTP_ANSWER_H
#define ADAPTERS_HTTP_HTTP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/* Why no whole answer came. */
enum http_failure {
	HTTP_NO_FAILURE,
	HTTP_NOT_STARTED, /* the request could not even be made */
	HTTP_UNRESOLVED,  /* the host's name gave no address: now, or ever */
	HTTP_UNCONNECTED, /* refused, or no way there */
	HTTP_INSECURE,    /* TLS: no common version, or a certificate that is not trusted */
	HTTP_TIMED_OUT,
	HTTP_CUT,      /* it ended before it was whole */
	HTTP_TOO_LONG, /* it goes on past what was allowed */
	HTTP_BROKEN    /* whatever else: the connection broke, or it is not HTTP */
};

/*
 * How a request ended. All of it is borrowed for the length of the done function. status is OK
 * whenever a whole HTTP answer came, whatever its code; else NETWORK (no connection, TLS, time)
 * or REMOTE (a body that is cut off, too long, or not what its headers say), and error says why.
 * What had arrived by then is there all the same.
 */
struct http_answer {
	enum status status;
	enum http_failure failure;
	struct error error;
	long code; /* 200, 404 …; 0 if none came */
	const char *url;
	const char *body; /* ends with a NUL that length does not count */
	size_t length;
	const char *headers; /* see http_answer_header() */
	size_t headers_length;
};

/* No connection could be made: asking again at once is no use. */
bool http_answer_is_unreachable(const struct http_answer *answer);

/*
 * A header of the answer by its name in lower case; several of one name are joined by ", ".
 * NULL if there is none. The caller frees it.
 */
char *http_answer_header(const struct http_answer *answer, const char *name);

/* A header that is a whole number from 0 on; -1 if it is not there or is none. */
int64_t http_answer_number(const struct http_answer *answer, const char *name);

/* The header Date, the server's own clock; now if it does not tell it. */
int64_t http_answer_date(const struct http_answer *answer, int64_t now);

/*
 * Seconds of a Retry-After (RFC 9110, 10.2.3), a number or a date by the server's clock, at least
 * 1; -1 without one, and otherwise of one that cannot be read.
 */
int64_t http_answer_retry_after(const struct http_answer *answer, int64_t now, int64_t otherwise);

/*
 * Where a redirect leads, as an address of its own; NULL of what is no redirect or leads to what is
 * no address. The caller frees it.
 */
char *http_answer_redirect(const struct http_answer *answer);

/* The date of HTTP headers (RFC 9110, IMF-fixdate): "Sun, 06 Nov 1994 08:49:37 GMT"; no locale. */
bool http_date_read(const char *text, int64_t *seconds);

#endif
