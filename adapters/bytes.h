#ifndef ADAPTERS_BYTES_H
#define ADAPTERS_BYTES_H

#include <stddef.h>

/* Bytes that grow at their end, always with a NUL behind them. { 0 } is empty; free(data) ends it.
 */
struct bytes {
	char *data; /* NULL until something was appended, were it nothing */
	size_t length;
	size_t capacity;
};

void bytes_append(struct bytes *bytes, const char *from, size_t length);

#endif
