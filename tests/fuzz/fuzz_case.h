#ifndef TESTS_FUZZ_CASE_H
#define TESTS_FUZZ_CASE_H

#include <stddef.h>
#include <stdint.h>

/* What libFuzzer calls with each input. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Reads bytes as a format, by its name or (NULL) by recognising them, and aborts if what comes of
 * them breaks the promise of domain/bookmarks/bookmark_source.h: text is UTF-8 without blanks at
 * its edges, an address has a scheme, a record that is skipped or refused has a reason.
 */
void fuzz_format(const char *format, const uint8_t *data, size_t size);

#endif
