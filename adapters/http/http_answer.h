#ifndef ADAPTERS_HTTP_HTTP_ANSWER_H
#define ADAPTERS_HTTP_HTTP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * How a request ended. All of it is lent for the length of the done function. status is OK
 * whenever a whole HTTP answer came, whatever its code; else NETWORK (no connection, TLS, time)
 * or REMOTE (a body that is cut off, too long, or not what its headers say), and reason says why.
 */
struct http_answer {
	enum status status;
	struct error error;
	bool unreachable; /* no connection could be made: asking again at once is no use */
	bool timed_out;
	bool too_long; /* it goes on past what was allowed */
	long code;     /* 200, 404 …; 0 if none came */
	const char *url;
	const char *body; /* ends with a NUL that length does not count */
	size_t length;
	const char *headers; /* see http_answer_header() */
	size_t headers_length;
};

/*
 * A header of the answer by its name in lower case; several of one name are joined by ", ".
 * NULL if there is none. The caller frees it.
 */
char *http_answer_header(const struct http_answer *answer, const char *name);

#endif
