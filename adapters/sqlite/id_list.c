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

/* A distance and its sign as a small number: 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 … */
static uint64_t fold_sign(uint64_t distance)
{
	return distance << 1 ^ (distance >> 63 ? UINT64_MAX : 0);
}

static uint64_t unfold_sign(uint64_t folded)
{
	return folded >> 1 ^ (folded & 1 ? UINT64_MAX : 0);
}

/* Seven bits a byte, the lowest first; the top bit says that more follow (as in DWARF's LEB128). */
void id_sequence_put(struct id_sequence *sequence, int64_t id)
{
	uint64_t left = fold_sign((uint64_t)id - sequence->last);

	sequence->last = (uint64_t)id;
	for (; left >= 0x80; left >>= 7)
		buffer_add_char(&sequence->bytes, (char)(left | 0x80));
	buffer_add_char(&sequence->bytes, (char)left);
}

void id_sequence_rewind(struct id_sequence *sequence)
{
	sequence->taken = 0;
	sequence->last = 0;
}

bool id_sequence_take(struct id_sequence *sequence, int64_t *id)
{
	uint64_t folded = 0;
	unsigned int shift = 0;
	unsigned char byte;

	if (sequence->taken == sequence->bytes.length)
		return false;
	do {
		byte = (unsigned char)sequence->bytes.text[sequence->taken++];
		folded |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	sequence->last += unfold_sign(folded);
	*id = (int64_t)sequence->last;
	return true;
}

void id_sequence_finish(struct id_sequence *sequence)
{
	buffer_finish(&sequence->bytes);
	*sequence = (struct id_sequence){0};
}
