#ifndef TESTS_FORMAT_CASE_H
#define TESTS_FORMAT_CASE_H

#include <stddef.h>

/*
 * Everything that a file yields, as text: a line for each bookmark with its address, title, notes,
 * tags and dates between TABs (line breaks as \n, no date as "-"), "! PLACE: REASON" for each
 * record that is skipped, "!! REASON" if the file is refused; the format's name before all. format
 * NULL is recognised by content. The caller frees it.
 */
char *format_case_read(const char *path, const char *format);

/* The same of bytes, by way of a temporary file. */
char *format_case_read_bytes(const void *bytes, size_t length, const char *format);

#endif
