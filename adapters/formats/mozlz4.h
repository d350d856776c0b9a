#ifndef ADAPTERS_FORMATS_MOZLZ4_H
#define ADAPTERS_FORMATS_MOZLZ4_H

#include <stdbool.h>

#include "adapters/files/input.h"

/*
 * Firefox's .jsonlz4: "mozLz40", a NUL, the size as four bytes with the least first, and one block
 * of LZ4 (https://searchfox.org/mozilla-central/source/toolkit/components/lz4).
 */
bool mozlz4_is_one(const struct input *input);

/* Adds the text within. STATUS_INVALID: damaged, too large, or built without lz4. */
enum status mozlz4_read(struct input *input, struct buffer *text, struct error *error);

#endif
