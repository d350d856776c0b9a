#ifndef ADAPTERS_HTML_HTML_TITLE_H
#define ADAPTERS_HTML_HTML_TITLE_H

#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * The title of an HTML page, cleaned as bookmark_clean_title() does; "" if it has none. The
 * charset is told by a byte order mark, else by the Content-Type header, else by a <meta> at the
 * page's beginning; else it is UTF-8 if the page is valid UTF-8, and Windows-1252 if not. The
 * page may be cut anywhere. The caller frees *title.
 */
enum status html_title_read(const char *page, size_t length, const char *content_type, char **title,
	struct error *error);

#endif
