#include <string.h>

#include "domain/search/bits.h"
#include "domain/search/match_step.h"

void match_trust(
	const struct match_rows *rows, size_t first, size_t count, unsigned parts, uint64_t *bits)
{
	for (size_t row = 0; row < count; row += ROW_GROUP) {
		size_t end = row + ROW_GROUP < count ? row + ROW_GROUP : count;

		if (bits_next(bits, row, end) < end &&
			!row_block_trust(rows->block, first + row, end - row, parts))
			memset(bits, 0, BITS_WORDS(count) * sizeof(*bits));
	}
}

/* The rows that are asked, and from how far on they are brought into the cache. */
struct asked {
	const struct row_table *table;
	size_t count;
	uint32_t rows[MATCH_RUN];
};

#define TEXT_AHEAD  8
#define PLACE_AHEAD 24

/*
 * Rows stand far apart, so where their texts are, and later these, set out well before they are
 * read. Always inline: a compiler drops calls of a function that does nothing else.
 */
__attribute__((always_inline)) static inline void fetch(const struct asked *asked, size_t i)
{
	const struct row_table *table = asked->table;

	if (i + PLACE_AHEAD < asked->count) {
		__builtin_prefetch(&table->folded_at[asked->rows[i + PLACE_AHEAD]]);
		__builtin_prefetch(&table->fields[asked->rows[i + PLACE_AHEAD]]);
	}
	if (i + TEXT_AHEAD < asked->count) {
		const char *text = row_table_field(table, asked->rows[i + TEXT_AHEAD], 0);

		__builtin_prefetch(text);
		__builtin_prefetch(text + 64);
		__builtin_prefetch(text + 128);
	}
}

void match_ask(const struct match_question *question, size_t count, uint64_t *bits)
{
	struct asked asked;

	asked.table = question->rows->table;
	asked.count = 0;
	match_trust(question->rows, question->first, count, ROW_TEXT, bits);
	for (size_t i = bits_next(bits, 0, count); i < count; i = bits_next(bits, i + 1, count))
		asked.rows[asked.count++] = (uint32_t)(question->first + i);
	for (size_t i = 0; i < asked.count; i++) {
		size_t row = asked.rows[i] - question->first;

		fetch(&asked, i);
		if (!question->holds(question, row))
			bits_drop(bits, row);
	}
}
