#include "adapters/sqlite/id_list.h"

#include <inttypes.h>
#include <stdlib.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"

char *id_list_print(const int64_t *ids, size_t count)
{
	struct buffer text = {0};

	for (size_t i = 0; i < count; i++) {
		size_t first = i;

		while (i + 1 < count && ids[i] < ids[i + 1] && ids[i + 1] - ids[i] == 1)
			i++;
		buffer_print(&text, "%s%" PRId64, first ? "," : "", ids[first]);
		if (i > first)
			buffer_print(&text, "-%" PRId64, ids[i]);
	}
	return buffer_take(&text);
}

size_t id_list_read(const char *text, int64_t **ids, size_t *capacity, size_t max)
{
	size_t count = 0;

	while (*text >= '0' && *text <= '9') {
		char *end;
		int64_t first = strtoll(text, &end, 10);
		int64_t last = *end == '-' ? strtoll(end + 1, &end, 10) : first;

		/* The later must not be the lower: their distance could be any number. */
		for (int64_t i = 0; last >= first && i <= last - first && count < max; i++) {
			*ids = memory_grow(*ids, count, capacity, sizeof(**ids));
			(*ids)[count++] = first + i;
		}
		text = *end == ',' ? end + 1 : end;
	}
	return count;
}
