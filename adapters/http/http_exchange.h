#ifndef ADAPTERS_HTTP_HTTP_EXCHANGE_H
#define ADAPTERS_HTTP_HTTP_EXCHANGE_H

#include <stdbool.h>

#include "domain/base/buffer.h"
#include "adapters/http/http_client.h"
#include "adapters/http/http_library.h"

/* One request under way, as the client keeps it: private to the client. */
struct http_exchange {
	struct http_exchange *next;
	const struct http_library *library; /* lent; filled once it was opened */
	http_done_fn done;
	void *self;
	CURL *easy; /* NULL if it could not be started */
	struct curl_slist *lines;
	char *url;
	struct buffer headers;
	struct buffer body;
	size_t body_max;
	bool keep_beginning;
	bool cut;      /* the beginning is there, and all that was wanted */
	bool too_long; /* more than was allowed */
	bool unreachable;
	bool timed_out;
	bool ended; /* its answer waits to be told */
	enum status status;
	struct error error;
};

struct http_exchange *http_exchange_new(const struct http_library *library,
	const struct http_request *request, http_done_fn done, void *self);
void http_exchange_free(struct http_exchange *exchange); /* was taken off the multi handle */

/*
 * Makes the easy handle with every limit and setting; false if libcurl cannot. ca_file is NULL for
 * the certificates that the environment names, or else the system's.
 */
bool http_exchange_set_up(
	struct http_exchange *exchange, const struct http_request *request, const char *ca_file);

/* Marks it ended, with what libcurl's code means here. */
void http_exchange_end(struct http_exchange *exchange, CURLcode code);

/* Calls its done function. */
void http_exchange_tell(struct http_exchange *exchange);

#endif
