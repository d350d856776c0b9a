#ifndef ADAPTERS_HTTP_API_HTTP_API_H
#define ADAPTERS_HTTP_API_HTTP_API_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/bootstrap.h"
#include "adapters/engine/poll_loop.h"
#include "adapters/http/http_client.h"
#include "adapters/http_api/api_access.h"

/*
 * The library over HTTP, in the shape of linkding's API, so that its browser extensions and clients
 * work with barky (doc/serve.md). libmicrohttpd speaks HTTP, within the wait of the thread that has
 * the library: a source of its poll loop. What is asked for becomes commands on the library's bus,
 * and is answered from its catalogue.
 *
 * Every request needs the token and a Host that is this machine. Bodies of 1 MiB, headers of 16
 * KiB, 64 connections, of which the longest idle one gives way, 10 s of silence.
 */
struct http_api;

struct http_api_setup {
	struct library *library; /* lent, as is the client, for titles of pages */
	struct http_client *http;
	struct poll_loop *loop;
	struct listener listener; /* taken */
	char token[API_TOKEN_DIGITS + 1];

	/* Called before each request: has another library been put in this one's place? It is open.
	 */
	bool (*follow_place)(void *self);
	void *self;
};

/* NULL, with words, without libmicrohttpd, or where it cannot listen. */
struct http_api *http_api_start(const struct http_api_setup *setup, struct error *error);

/* Drops what is under way. NULL is fine. */
void http_api_stop(struct http_api *api);

/* Requests that wait for the title of a page. */
size_t http_api_waiting(const struct http_api *api);

/* The log may hold something new, of this program or another one: event streams look. */
void http_api_notify(struct http_api *api);

#endif
