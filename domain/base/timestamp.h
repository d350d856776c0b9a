#ifndef DOMAIN_BASE_TIMESTAMP_H
#define DOMAIN_BASE_TIMESTAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Times as text: RFC 3339, UTC, whole seconds, years 0001 to 9999; no locale, no strptime. */
#define TIMESTAMP_SIZE sizeof("9999-12-31T23:59:59Z")

void timestamp_print(int64_t seconds, char text[static TIMESTAMP_SIZE]);

/* Reads "2024-01-31T08:15:00Z", also with a fraction (dropped) or an offset "+02:00". */
bool timestamp_read(const char *text, int64_t *seconds);

/* Seconds of a day in the Gregorian calendar; false if there is no such day. */
bool timestamp_of_day(int year, int month, int day, int64_t *seconds);

#endif
