#ifndef DOMAIN_SEARCH_QUERY_DATES_H
#define DOMAIN_SEARCH_QUERY_DATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The dates of a query, in UTC: 2024, 2024-05, 2024-05-01; <, <=, >, >= before one; or a range
 * 2023-01..2023-06 with its ends, either of which may be missing. Gives from <= time < until,
 * INT64_MIN and INT64_MAX where it is open. False if it cannot be read: *at says where.
 */
bool query_dates_read(const char *text, size_t length, int64_t *from, int64_t *until, size_t *at);

#endif
