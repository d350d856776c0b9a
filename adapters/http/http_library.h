#ifndef ADAPTERS_HTTP_HTTP_LIBRARY_H
#define ADAPTERS_HTTP_HTTP_LIBRARY_H

#include <curl/curl.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * libcurl, opened when it is first used: linking it would cost every start 5 ms, though few
 * commands ever speak to the network. Each member is the function of libcurl of that name. The
 * library stays open until the program ends.
 */
struct http_library {
	CURLcode (*global_init)(long flags);
	void (*global_cleanup)(void);
	CURL *(*easy_init)(void);
	CURLcode (*easy_setopt)(CURL *easy, CURLoption option, ...);
	CURLcode (*easy_getinfo)(CURL *easy, CURLINFO info, ...);
	const char *(*easy_strerror)(CURLcode code);
	void (*easy_cleanup)(CURL *easy);
	struct curl_slist *(*slist_append)(struct curl_slist *list, const char *line);
	void (*slist_free_all)(struct curl_slist *list);
	CURLM *(*multi_init)(void);
	CURLMcode (*multi_cleanup)(CURLM *multi);
	CURLMcode (*multi_add_handle)(CURLM *multi, CURL *easy);
	CURLMcode (*multi_remove_handle)(CURLM *multi, CURL *easy);
	CURLMcode (*multi_perform)(CURLM *multi, int *running);
	CURLMcode (*multi_poll)(CURLM *multi, struct curl_waitfd *extra, unsigned int count,
		int timeout_ms, int *ready);
	CURLMsg *(*multi_info_read)(CURLM *multi, int *left);
	CURLU *(*url)(void);
	void (*url_cleanup)(CURLU *url);
	CURLUcode (*url_get)(const CURLU *url, CURLUPart part, char **text, unsigned int flags);
	CURLUcode (*url_set)(CURLU *url, CURLUPart part, const char *text, unsigned int flags);
	void (*free)(void *memory);
};

/* Fills *library; opens libcurl at the first call. STATUS_NETWORK, with words, without it. */
enum status http_library_open(struct http_library *library, struct error *error);

#endif
