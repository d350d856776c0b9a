#include <string.h>

#include "domain/search/letters.h"
#include "domain/search/match_step.h"

/* The folded text of a row. */
struct text {
	const char *begin;
	const char *end;
};

static const char *first_place(const struct match_step *word, struct text text, size_t row)
{
	if (word->found)
		return word->found->places[row - word->found->first];
	return needle_find(&word->needle, text.begin, text.end);
}

/* The title stands first, so where it holds the word, it has the first one. */
static bool is_in_title(const struct match_step *word, struct text text, size_t row)
{
	const char *place = first_place(word, text, row);

	return place && !memchr(text.begin, '\0', (size_t)(place - text.begin));
}

static bool is_at_start(const struct match_step *word, struct text text, size_t row)
{
	const char *place = first_place(word, text, row);

	while (place) {
		if (letter_starts_word(text.begin, place))
			return true;
		place = needle_find(&word->needle, place + 1, text.end);
	}
	return false;
}

static struct text text_of(const struct row_table *table, size_t row)
{
	return (struct text){
		table->folded + table->folded_at[row], table->folded + table->folded_at[row + 1]};
}

/* The tags stand last, between the last two NULs. */
static const char *tags_of(struct text row)
{
	return (const char *)memrchr(row.begin, '\0', (size_t)(row.end - row.begin) - 1) + 1;
}

static bool letter_ranks(const struct match_step *letter, const struct row_table *table, size_t row,
	enum match_rank rank)
{
	const struct text text = text_of(table, row);
	const char *tags;

	if (rank == RANK_TITLE)
		return (letter->letters & table->title_letters[row]) != 0;
	if (rank == RANK_STARTS)
		return (letter->letters & table->start_letters[row]) != 0;
	tags = tags_of(text);
	return memchr(tags, *letter->text, (size_t)(text.end - tags)) != NULL;
}

static bool word_ranks(const struct match_step *word, const struct row_table *table, size_t row,
	enum match_rank rank)
{
	struct text text = text_of(table, row);

	if (rank == RANK_TITLE)
		return is_in_title(word, text, row);
	if (!(word->places & IN_TAGS))
		text.end = tags_of(text);
	if (rank == RANK_STARTS)
		return is_at_start(word, text, row);
	return (word->places & IN_TAGS) && needle_find(&word->needle, tags_of(text), text.end);
}

/* At the beginning of a word its letters stand together. */
static bool fuzzy_ranks(const struct match_step *fuzzy, const struct row_table *table, size_t row,
	enum match_rank rank)
{
	struct match_fields fields;

	if (rank == RANK_TITLE && (fuzzy->letters & ~table->title_letters[row]))
		return false;
	if (rank == RANK_STARTS)
		return is_at_start(fuzzy, text_of(table, row), row);
	match_fields_find(&fields, table, row, rank == RANK_TITLE ? 1 : 4);
	return match_fuzzy_in(fuzzy, &fields, rank == RANK_TITLE ? IN_TITLE : IN_TAGS);
}

static bool holds(const struct match_step *step, const struct match_rows *rows, size_t row)
{
	uint64_t bit[MATCH_RUN / 64] = {1};

	match_step(step, rows, row, 1, bit);
	return bit[0];
}

/* Of alternatives one is enough, but it must be one that holds. */
bool match_ranks(const struct match_step *step, const struct match_rows *rows, size_t row,
	enum match_rank rank)
{
	if (!step->has_words)
		return true;
	if (step->is_letter)
		return letter_ranks(step, rows->table, row, rank);
	if (step->kind == QUERY_WORD)
		return word_ranks(step, rows->table, row, rank);
	if (step->kind == QUERY_FUZZY)
		return fuzzy_ranks(step, rows->table, row, rank);
	for (size_t i = 0; i < step->count; i++) {
		bool one = match_ranks(&step->children[i], rows, row, rank);

		if (step->kind == QUERY_OR && one && holds(&step->children[i], rows, row))
			return true;
		if (step->kind == QUERY_AND && !one)
			return false;
	}
	return step->kind == QUERY_AND;
}
