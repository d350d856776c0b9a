#ifndef ADAPTERS_HTML_PAGE_CHARSET_H
#define ADAPTERS_HTML_PAGE_CHARSET_H

#include <stddef.h>

/* Names of charsets as pages give them; each is the caller's to free, or NULL. */

/* Of "text/html; charset=utf-8". */
char *page_charset_of_type(const char *content_type);

/* Of a <meta charset> or <meta http-equiv> within the first 1024 bytes. */
char *page_charset_of_meta(const char *page, size_t length);

#endif
