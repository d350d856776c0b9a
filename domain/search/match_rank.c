#include "domain/search/bits.h"
#include "domain/search/match_step.h"

static bool word_stands(
	const struct match_step *word, const struct row_table *table, size_t row, enum sense sense)
{
	return match_look(word, table, row).stands >> sense & 1;
}

/* The rest of the row need not be read where only these are still to be known. */
static bool is_in_tags(const struct match_step *word, const struct row_table *table, size_t row)
{
	return (word->places & IN_TAGS) &&
	       needle_find(&word->needle, row_table_field(table, row, SENSE_TAGS),
		       row_table_field(table, row, ROW_FIELDS)) != NULL;
}

/* A fuzzy word's letters stand together where it begins a word. */
static bool fuzzy_stands(
	const struct match_step *word, const struct row_table *table, size_t row, enum sense sense)
{
	if (sense == SENSE_STARTS)
		return word_stands(word, table, row, sense);
	return match_fuzzy_in(word, table, row, sense);
}

/* What was seen when it was matched need not be looked for again. */
static bool stands(const struct match_question *question, size_t row)
{
	const struct match_step *word = question->step;
	const struct row_table *table = question->rows->table;
	const enum sense sense = *(const enum sense *)question->more;
	struct match_sight *sight = word->sight;
	struct match_seen seen;

	if (sight->looked[row] >> sense & 1)
		return sight->stands[row] >> sense & 1;
	if (word->kind == QUERY_FUZZY)
		return fuzzy_stands(word, table, question->first + row, sense);
	if (sense == SENSE_TAGS)
		return is_in_tags(word, table, question->first + row);
	seen = match_look(word, table, question->first + row);
	sight->stands[row] = seen.stands;
	sight->looked[row] = seen.looked;
	return seen.stands >> sense & 1;
}

static void word_ranks(const struct match_step *word, const struct match_rows *rows, size_t first,
	size_t count, enum match_rank rank, uint64_t *bits)
{
	static const enum sense wanted[] = {
		[RANK_TITLE] = SENSE_TITLE,
		[RANK_STARTS] = SENSE_STARTS,
		[RANK_TAGS] = SENSE_TAGS,
	};
	const struct match_question question = {word, rows, first, stands, &wanted[rank]};
	uint64_t open[RUN_WORDS];

	if (!match_known(word, wanted[rank], rows, first, count, bits, open))
		return;
	match_ask(&question, count, open);
	bits_or(bits, open, BITS_WORDS(count));
}

void match_ranks(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, enum match_rank rank, uint64_t *bits)
{
	if (!step->has_words || rank == RANK_REST)
		return;
	if (step->kind == QUERY_OR) {
		match_any(step, rows, first, count, rank, bits);
		return;
	}
	if (!step->count)
		word_ranks(step, rows, first, count, rank, bits);
	for (size_t i = 0; i < step->count; i++)
		match_ranks(&step->children[i], rows, first, count, rank, bits);
}
