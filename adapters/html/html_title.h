#ifndef ADAPTERS_HTML_HTML_TITLE_H
#define ADAPTERS_HTML_HTML_TITLE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The title of an HTML page, as browsers have it, cleaned as bookmark_clean_title() does; what
 * <meta property="og:title"> says if it has none, "" without that. The charset is told by a byte
 * order mark, else by the Content-Type header, else by a <meta> at the page's beginning; else it is
 * UTF-8 if the page is valid UTF-8, and Windows-1252 if not. The page may be cut anywhere. The
 * caller frees it.
 */
char *html_title_read(const char *page, size_t length, const char *content_type);

/*
 * The same, and what the page says of itself: <meta name="description">, else og:description, with
 * blanks as a title has them; "" if nothing. Only what stands before the page's body counts. Both
 * are the caller's.
 */
struct html_head {
	char *title;
	char *description;
};

void html_head_read(
	const char *page, size_t length, const char *content_type, struct html_head *head);

/* Whether a page that is still arriving holds its title already: no more of it need be read. */
bool html_title_is_whole(const char *page, size_t length);

#endif
