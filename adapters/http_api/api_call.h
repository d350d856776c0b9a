#ifndef ADAPTERS_HTTP_API_API_CALL_H
#define ADAPTERS_HTTP_API_API_CALL_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "adapters/bootstrap.h"
#include "adapters/http/page_title.h"
#include "domain/base/buffer.h"
#include "domain/base/error.h"

struct MHD_Connection;
struct api_call;
struct library_search;
struct http_api;

/* One row of the table of routes. */
struct api_route {
	const char *method;
	const char *path; /* a "#" stands for a number, which becomes the call's id */
	void (*handle)(struct api_call *call);
	bool body;     /* a JSON object is expected */
	bool streamed; /* the answer goes on for as long as the client listens */
};

/*
 * One request on its way through its handler. The handler answers by api_answer() or one of the
 * refusals, at once or, after api_ask_title(), when the title has come.
 */
struct api_call {
	struct http_api *api;
	struct library *library;
	struct library_search *search; /* rows that are kept from call to call */
	struct MHD_Connection *connection;
	const struct api_route *route;
	int64_t id;
	json_t *body;       /* of a route with a body */
	struct buffer sent; /* the body as it comes in */
	bool too_large;     /* more than may be sent came */
	bool started;       /* its handler was called */
	bool suspended;
	unsigned status;   /* of HTTP; 0: not answered yet */
	struct buffer out; /* the answer's body, JSON or empty */
	char allow[64];    /* of a 405 */
	struct page_title *title;
	void (*on_title)(struct api_call *call, const char *title, const char *description);
	char *url; /* the handler's own, freed with the call */
	struct api_call *next;
};

/* Fills call->route; else call->allow with the methods that the path has, if it has any. */
void api_route_find(struct api_call *call, const char *method, const char *url);

/* A parameter of the address, decoded; NULL if it is not there. Lent. */
const char *api_argument(const struct api_call *call, const char *name);

bool api_has_argument(const struct api_call *call, const char *name); /* "?name" is enough */

/* A parameter that is a number; the fallback where there is none. False: it was refused. */
bool api_number(struct api_call *call, const char *name, size_t fallback, size_t *number);

/* What is in call->out, under this status. */
void api_answer(struct api_call *call, unsigned status);

/* {"field": ["why"]} under 400; without a field {"detail": "why"} under the status. */
void api_refuse_field(struct api_call *call, const char *field, const char *why);
void api_refuse(struct api_call *call, unsigned status, const char *why);

/* What a status of ours means over HTTP; a refused value is that of field. */
void api_fail(
	struct api_call *call, enum status status, const struct error *error, const char *field);

/*
 * Fetches a page's title and what it says of itself, and goes on with on_title ("" of what cannot
 * be had), other calls meanwhile.
 */
void api_ask_title(struct api_call *call, const char *url,
	void (*on_title)(struct api_call *, const char *title, const char *description));

/* Hands the library's bus a command, in the name of this API. result is the caller's. */
enum status api_handle(struct api_call *call, struct command *command, struct result *result);

/* "http://127.0.0.1:9090/api/bookmarks/": the route's own address as the client named it. Yours. */
char *api_own_address(const struct api_call *call);

#endif
