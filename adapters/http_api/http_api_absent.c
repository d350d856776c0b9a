#ifndef HAVE_MICROHTTPD

#include "adapters/http_api/http_api.h"

#include <unistd.h>

struct http_api *http_api_start(const struct http_api_setup *setup, struct error *error)
{
	error_set(error, "this barky was built without libmicrohttpd");
	close(setup->listener.fd);
	return NULL;
}

void http_api_stop(struct http_api *api)
{
	(void)api;
}

size_t http_api_waiting(const struct http_api *api)
{
	(void)api;
	return 0;
}

void http_api_notify(struct http_api *api)
{
	(void)api;
}

#else

typedef int http_api_is_there;

#endif
