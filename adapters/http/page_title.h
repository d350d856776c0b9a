#ifndef ADAPTERS_HTTP_PAGE_TITLE_H
#define ADAPTERS_HTTP_PAGE_TITLE_H

#include <signal.h>

#include "adapters/http/http_client.h"

/*
 * The title of a page, fetched: at most 10 seconds, 1 MiB and 10 redirects, which may lead to other
 * hosts, as nothing secret is sent along; http and https only. Reading ends with the title; where
 * the page stalls or breaks off, what came is looked through. Cookies are kept from one redirect to
 * the next, and no longer.
 */
struct page_title;

/*
 * title is lent, cleaned, "" where the page has none or is no HTML, or the status is not OK:
 * NETWORK, REMOTE, or INVALID of an address that is none of the web.
 */
typedef void (*page_title_done_fn)(
	void *self, enum status status, const char *title, const struct error *error);

/* done is called once, inside http_client_wait(), unless it is cancelled before. */
struct page_title *page_title_ask(
	struct http_client *client, const char *url, page_title_done_fn done, void *self);
void page_title_cancel(struct page_title *title); /* not after done was called */

/*
 * The same, and the whole of the page's head is read: what the page says of itself is there for the
 * length of the call of done, "" if it says nothing.
 */
struct page_title *page_title_ask_with_description(
	struct http_client *client, const char *url, page_title_done_fn done, void *self);
const char *page_title_description(const struct page_title *title);

/*
 * The same, waiting for it. INTERRUPTED once *stop is set; stop and error may be NULL. *title is
 * never NULL afterwards, and the caller's to free.
 */
enum status page_title_fetch(struct http_client *client, const char *url,
	const volatile sig_atomic_t *stop, char **title, struct error *error);

#endif
