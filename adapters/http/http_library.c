#include "adapters/http/http_library.h"

#include <stddef.h>

#include "adapters/system/shared_library.h"

static const struct library_function functions[] = {
	{"curl_global_init", offsetof(struct http_library, global_init)},
	{"curl_global_cleanup", offsetof(struct http_library, global_cleanup)},
	{"curl_easy_init", offsetof(struct http_library, easy_init)},
	{"curl_easy_setopt", offsetof(struct http_library, easy_setopt)},
	{"curl_easy_getinfo", offsetof(struct http_library, easy_getinfo)},
	{"curl_easy_strerror", offsetof(struct http_library, easy_strerror)},
	{"curl_easy_cleanup", offsetof(struct http_library, easy_cleanup)},
	{"curl_slist_append", offsetof(struct http_library, slist_append)},
	{"curl_slist_free_all", offsetof(struct http_library, slist_free_all)},
	{"curl_multi_init", offsetof(struct http_library, multi_init)},
	{"curl_multi_cleanup", offsetof(struct http_library, multi_cleanup)},
	{"curl_multi_add_handle", offsetof(struct http_library, multi_add_handle)},
	{"curl_multi_remove_handle", offsetof(struct http_library, multi_remove_handle)},
	{"curl_multi_perform", offsetof(struct http_library, multi_perform)},
	{"curl_multi_poll", offsetof(struct http_library, multi_poll)},
	{"curl_multi_info_read", offsetof(struct http_library, multi_info_read)},
	{"curl_url", offsetof(struct http_library, url)},
	{"curl_url_cleanup", offsetof(struct http_library, url_cleanup)},
	{"curl_url_get", offsetof(struct http_library, url_get)},
	{"curl_url_set", offsetof(struct http_library, url_set)},
	{"curl_free", offsetof(struct http_library, free)},
};

enum status http_library_open(struct http_library *library, struct error *error)
{
	return shared_library_open(CURL_SONAME, functions, sizeof(functions) / sizeof(functions[0]),
		       library, error) == STATUS_OK
		       ? STATUS_OK
		       : STATUS_NETWORK;
}
