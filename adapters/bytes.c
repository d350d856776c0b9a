#include "adapters/bytes.h"

#include <string.h>

#include "domain/memory.h"

void bytes_append(struct bytes *bytes, const char *from, size_t length)
{
	if (bytes->length + length + 1 > bytes->capacity) {
		bytes->capacity = (bytes->length + length + 1) * 3 / 2;
		bytes->data = memory_resize(bytes->data, bytes->capacity, 1);
	}
	memcpy(bytes->data + bytes->length, from, length);
	bytes->length += length;
	bytes->data[bytes->length] = '\0';
}
