#ifndef ADAPTERS_HTTP_HTTP_DATE_H
#define ADAPTERS_HTTP_HTTP_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* The date of HTTP headers (RFC 9110, IMF-fixdate): "Sun, 06 Nov 1994 08:49:37 GMT"; no locale. */
bool http_date_read(const char *text, int64_t *seconds);

#endif
