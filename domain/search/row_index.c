#include "domain/search/row_index.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/gram_index.h"

struct row_indexer {
	const struct row_table *table;
	struct row_index index;
	struct common_gram *common; /* the index's, and its grams */
	uint64_t *grams;
	struct gram_walk *walk;
};

/* A row that is being indexed: which one of its chunk, and the pieces that its bits go to. */
struct row_marks {
	const struct row_indexer *indexer;
	size_t row;
	uint64_t *pieces;
	size_t words;
	uint64_t letters[INDEX_PARTS];
};

size_t row_index_columns(const struct row_index *index)
{
	return index->column_count + GRAM_COLUMNS;
}

static void mark(const struct row_marks *marks, size_t column)
{
	bits_add(marks->pieces + column * marks->words, marks->row);
}

/* Of all grams that begin here, from two bytes on. */
static void mark_grams(const struct row_marks *marks, const char *at, bool in_title, bool at_start)
{
	const struct row_indexer *indexer = marks->indexer;
	int gram = gram_walk_begin(indexer->walk, at);

	for (size_t i = GRAM_SHORTEST; gram >= 0; i++) {
		const struct common_gram *common = &indexer->common[gram];

		mark(marks, common->column + GRAM_ANYWHERE);
		if (in_title && common->very_common)
			mark(marks, common->column + GRAM_IN_TITLE);
		if (at_start && common->very_common)
			mark(marks, common->column + GRAM_AT_START);
		gram = gram_walk_on(indexer->walk, gram, at[i]);
	}
}

/* A run of bytes of a row, all in one part. */
struct stretch {
	enum index_part part;
	const char *begin;
	const char *end;
};

/* The text ends with a NUL, which is in no gram. */
static void mark_stretch(struct row_marks *marks, const char *row, const struct stretch *stretch)
{
	const bool in_title = stretch->part < INDEX_URL;

	for (const char *at = stretch->begin; at < stretch->end; at++) {
		uint64_t letter = UINT64_C(1) << letter_bit((unsigned char)*at);
		bool at_start = letter_starts_word(row, at);

		marks->letters[stretch->part] |= letter;
		if (at_start)
			marks->letters[INDEX_STARTS] |= letter;
		mark_grams(marks, at, in_title, at_start);
	}
}

/* Where the host of an address ends, or the address. */
static const char *end_of_host(const char *begin, const char *end)
{
	const char *host = memmem(begin, (size_t)(end - begin), "://", 3);
	const char *path;

	if (!host)
		return begin;
	path = memchr(host + 3, '/', (size_t)(end - host) - 3);
	return path ? path : end;
}

/* Cuts what begins here into so many parts of a length. */
static void mark_parts(struct row_marks *marks, const char *row, enum index_part first,
	size_t count, const char *begin, const char *end)
{
	const size_t length = (size_t)(end - begin);

	for (size_t i = 0; i < count; i++)
		mark_stretch(marks, row,
			&(struct stretch){(enum index_part)(first + i), begin + length * i / count,
				begin + length * (i + 1) / count});
}

static void mark_row(struct row_marks *marks, const struct row_table *table, size_t row)
{
	const char *title = row_table_field(table, row, 0);
	const char *url = row_table_field(table, row, 1);
	const char *notes = row_table_field(table, row, 2);
	const char *tags = row_table_field(table, row, 3);
	const char *end = row_table_field(table, row, ROW_FIELDS);
	const char *path = end_of_host(url, notes - 1);

	memset(marks->letters, 0, sizeof(marks->letters));
	mark_parts(marks, title, INDEX_TITLE, PARTS_OF_FIELD, title, url - 1);
	mark_parts(marks, title, INDEX_URL, 1, url, path);
	mark_parts(marks, title, INDEX_URL + 1, PARTS_OF_FIELD - 1, path, notes - 1);
	mark_parts(marks, title, INDEX_NOTES, PARTS_OF_FIELD, notes, tags - 1);
	mark_parts(marks, title, INDEX_TAGS, 1, tags, end - 1);
	for (size_t part = 0; part < INDEX_PARTS; part++)
		for (uint64_t left = marks->letters[part]; left; left &= left - 1)
			mark(marks, index_letter_column(part, (unsigned)__builtin_ctzll(left)));
}

void row_indexer_fill(const struct row_indexer *indexer, size_t chunk, uint64_t *pieces)
{
	const struct row_table *table = indexer->table;
	const size_t first = chunk * INDEX_CHUNK;
	const size_t left = table->count - first;
	struct row_marks marks = {.indexer = indexer,
		.pieces = pieces,
		.words = index_chunk_words(table->count, chunk)};

	memset(pieces, 0, indexer->index.column_count * marks.words * sizeof(*pieces));
	for (; marks.row < INDEX_CHUNK && marks.row < left; marks.row++)
		mark_row(&marks, table, first + marks.row);
}

/* Gives every gram its columns, behind those of the letters; returns how many there are. */
static size_t number_columns(struct common_gram *common, size_t count)
{
	size_t column = (size_t)INDEX_PARTS * LETTERS;

	for (size_t i = 0; i < count; i++) {
		common[i].column = (uint32_t)column;
		column += common[i].very_common ? GRAM_SENSES : 1;
	}
	return column;
}

struct row_indexer *row_indexer_new(const struct row_table *table)
{
	struct row_indexer *indexer = memory_new(sizeof(*indexer));
	struct row_index *index = &indexer->index;

	indexer->table = table;
	indexer->common = common_grams_choose(table, &index->common_count);
	indexer->grams = gram_index_new(table);
	indexer->walk = gram_walk_new(indexer->common, index->common_count);
	index->column_count = number_columns(indexer->common, index->common_count);
	index->common = indexer->common;
	index->grams = indexer->grams;
	return indexer;
}

const struct row_index *row_indexer_index(const struct row_indexer *indexer)
{
	return &indexer->index;
}

void row_indexer_free(struct row_indexer *indexer)
{
	if (!indexer)
		return;
	gram_walk_free(indexer->walk);
	free(indexer->common);
	free(indexer->grams);
	free(indexer);
}
