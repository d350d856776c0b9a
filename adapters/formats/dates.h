#ifndef ADAPTERS_FORMATS_DATES_H
#define ADAPTERS_FORMATS_DATES_H

#include <stdint.h>

/*
 * The dates of bookmark files, as seconds since 1970; NO_DATE for what cannot be read. A time
 * without a zone is taken for UTC.
 */

/*
 * A number that is plainly too large for seconds (a year past 9999) is in milliseconds, else in
 * microseconds since 1970 or, from 2339 on, since 1601 (WebKit's), else in nanoseconds. 0 stands
 * for an unknown date.
 */
int64_t date_of_number(int64_t number);

/*
 * A number in digits, RFC 3339 and its looser kin, ISO 8601 without marks, a bare day, RFC 2822,
 * C's asctime(), what web servers log, or a date as people write it in English.
 */
int64_t date_of_text(const char *text);

#endif
