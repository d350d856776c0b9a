#ifndef ADAPTERS_HTTP_HTTP_CLIENT_H
#define ADAPTERS_HTTP_HTTP_CLIENT_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/http/http_answer.h"

/*
 * GET and HEAD requests, several at once, over one curl multi handle: connections are reused,
 * HTTP/2 where the server has it, bodies compressed. No redirect is followed, no cookie kept, no
 * .netrc read; the peer's certificate is always checked. One thread. libcurl is opened with the
 * first request.
 */
struct http_client;

/* One request under way. Valid until its done function returned or it was cancelled. */
struct http_exchange;

/* The cookies of one chain of redirects, which libcurl sends only where they belong. */
struct http_cookies;

#define HTTP_BODY_MAX    ((size_t)4 * 1024 * 1024)
#define HTTP_HEADERS_MAX ((size_t)256 * 1024)
#define HTTP_CONNECT_MS  10000
#define HTTP_TOTAL_MS    120000

/* Whether what came of a body is enough: no more of it is read, and it counts as whole. */
typedef bool (*http_enough_fn)(void *self, const char *body, size_t length);

struct http_request {
	const char *url;
	const char *const *headers; /* "Name: value", no control characters */
	size_t header_count;
	size_t body_max;       /* bytes after inflation; 0: HTTP_BODY_MAX */
	bool keep_beginning;   /* a longer body is cut there and is no failure */
	http_enough_fn enough; /* asked with done's self, as more of the body comes; may be NULL */
	struct http_cookies
		*cookies; /* borrowed until the answer, which adds to them; may be NULL */
	long total_ms;    /* 0: HTTP_TOTAL_MS */
	bool head;        /* only the headers are asked for */
	bool plain;       /* http is allowed too, else https only */
	bool direct;      /* past any proxy: a loopback server */
	bool fresh;       /* over a connection of its own: the last one may be at fault */
	bool stranger;    /* one of very many hosts: where it is found is soon forgotten */
};

/* Called inside http_client_wait(), never inside http_client_get(). It may ask and cancel. */
typedef void (*http_done_fn)(void *self, const struct http_answer *answer);

/* What a page is asked for with, as browsers do: some servers refuse whoever names HTML alone. */
#define HTTP_ACCEPT_PAGE "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

/* The user's choices; each may be NULL. */
struct http_settings {
	const char *ca_file;    /* certificates to trust instead of those that CURL_CA_BUNDLE or
				   SSL_CERT_FILE name, or else the system's */
	const char *user_agent; /* instead of "barky/VERSION" */
};

/* The settings are copied; NULL: the defaults. */
struct http_client *http_client_new(const struct http_settings *settings);
void http_client_free(struct http_client *client); /* cancels what is under way; NULL is fine */

/* Copies the request. Whatever goes wrong is told by done, at the next wait. */
struct http_exchange *http_client_get(struct http_client *client,
	const struct http_request *request, http_done_fn done, void *self);

/* Its done function will not be called. */
void http_client_cancel(struct http_client *client, struct http_exchange *exchange);

/*
 * Cancels a request that was not sent yet: it waits for a connection, say. False of one that was;
 * it is not sent a second time either, should its connection break.
 */
bool http_client_withdraw(struct http_client *client, struct http_exchange *exchange);

/*
 * The one wait of a thread: until a request made progress, one of these descriptors is ready
 * (revents is set, as by poll()), or the time is over (-1: none; 0: look only). Calls the done
 * functions of what ended. A plain poll() while nothing is under way, so that an idle program
 * sleeps. EINTR returns at once, as if the time were over.
 */
void http_client_wait(
	struct http_client *client, struct pollfd *extra, size_t count, int timeout_ms);

struct http_cookies *http_cookies_new(void);
void http_cookies_free(struct http_cookies *cookies); /* NULL is fine */

#endif
