#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/bits.h"
#include "domain/search/consult.h"
#include "domain/search/gram_index.h"
#include "domain/search/letters.h"
#include "domain/search/match_step.h"
#include "domain/search/row_index.h"

/* Of words up to this length the letters are asked too: rare ones are in no common gram. */
#define SHORT_WORD 3

/* The groups are asked of words from this length on. */
#define GROUPS_FROM 3

/* What is known of the places says it of the row: it is there if it is in one of them. */
static void know_row(const struct consulted *consulted, struct match_step *step)
{
	struct known any = {memory_array(consulted->words, sizeof(uint64_t)),
		memory_array(consulted->words, sizeof(uint64_t)), true};
	struct known *row = &step->known[SENSE_ROW];

	for (enum sense place = SENSE_TITLE; place <= SENSE_TAGS; place++) {
		const struct known *known = &step->known[place];

		if (!(step->places >> place & 1))
			continue;
		bits_or(any.possible, known->possible, consulted->words);
		any.exact &= known->exact;
		if (known->sure)
			bits_or(any.sure, known->sure, consulted->words);
	}
	bits_and(consult_possible(consulted, row), any.possible, consulted->words);
	row->exact |= any.exact;
	row->sure = any.sure;
	free(any.possible);
}

/* The letters of a word together in one place: which ones, by place, and in any of them. */
static void know_letters(const struct consulted *consulted, struct match_step *step)
{
	for (enum sense place = SENSE_TITLE; place <= SENSE_TAGS; place++) {
		struct known *known = &step->known[place];

		if (!(step->places >> place & 1))
			continue;
		consult_possible(consulted, known);
		consult_by_letters(consulted, known, place, step->letters);
		known->exact = match_is_letter(step);
	}
	know_row(consulted, step);
}

/* The word is in no group of rows that lacks one of its threes and fours. */
static void narrow_by_groups(const struct consulted *consulted, struct match_step *step)
{
	const size_t groups = (consulted->rows + ROW_GROUP - 1) / ROW_GROUP;
	const size_t words_of_group = ROW_GROUP / 64;
	uint64_t *rows = consult_possible(consulted, &step->known[SENSE_ROW]);
	uint64_t *possible = memory_array(BITS_WORDS(groups), sizeof(*possible));

	bits_fill(possible, groups);
	gram_index_narrow(consulted->block, step->text, step->length, possible);
	for (size_t word = 0; word < consulted->words; word++)
		if (!bits_has(possible, word / words_of_group))
			rows[word] = 0;
	free(possible);
}

/* Of a fuzzy word only what begins a word stands together. */
static void narrow_by_gram(const struct consulted *consulted, struct match_step *step,
	const struct common_gram *gram, bool begins)
{
	const bool together = step->kind != QUERY_FUZZY;

	consult_by_column(consulted, &step->known[together ? SENSE_ROW : SENSE_STARTS],
		gram->column + GRAM_ANYWHERE);
	if (!gram->very_common || !step->has_words)
		return;
	if (together)
		consult_by_column(
			consulted, &step->known[SENSE_TITLE], gram->column + GRAM_IN_TITLE);
	if (begins)
		consult_by_column(
			consulted, &step->known[SENSE_STARTS], gram->column + GRAM_AT_START);
}

/* A gram that is the whole word says all about it. */
static void settle_by_gram(struct match_step *step, const struct common_gram *gram)
{
	if (gram->length != step->length || step->places != ANYWHERE)
		return;
	if (step->kind == QUERY_WORD)
		step->known[SENSE_ROW].exact = true;
	if (step->kind == QUERY_WORD && step->has_words)
		step->known[SENSE_TITLE].exact = gram->very_common;
	if (step->kind != QUERY_TAG && step->has_words)
		step->known[SENSE_STARTS].exact = gram->very_common;
}

/* The longest common grams from each place on, but none within the one before. */
static void know_grams(const struct consulted *consulted, struct match_step *step)
{
	size_t reached = 0;

	for (size_t at = 0; at + GRAM_SHORTEST <= step->length; at++) {
		const struct common_gram *gram = common_grams_longest(consulted->index->common,
			consulted->index->common_count, step->text + at, step->length - at);

		if (!gram || at + gram->length <= reached)
			continue;
		reached = at + gram->length;
		narrow_by_gram(consulted, step, gram, at == 0);
		if (at == 0)
			settle_by_gram(step, gram);
	}
}

/* At the beginning of a word stands a word's first letter. */
static void know_starts(const struct consulted *consulted, struct match_step *step)
{
	struct known *starts = &step->known[SENSE_STARTS];

	if (!starts->exact)
		consult_by_letter(
			consulted, starts, SENSE_STARTS, letter_bit((unsigned char)*step->text));
	starts->exact |= match_is_letter(step);
}

static void know_word(const struct consulted *consulted, struct match_step *step, bool ranks)
{
	const struct known *row = &step->known[SENSE_ROW];

	if (step->length > 1)
		know_grams(consulted, step);
	if (!row->exact && step->length >= GROUPS_FROM)
		narrow_by_groups(consulted, step);
	if (!row->exact && (step->length <= SHORT_WORD || step->places != ANYWHERE))
		know_letters(consulted, step);
	if (!ranks || !step->has_words)
		return;
	if (!step->known[SENSE_TITLE].exact)
		consult_by_letters(
			consulted, &step->known[SENSE_TITLE], SENSE_TITLE, step->letters);
	consult_by_letters(consulted, &step->known[SENSE_TAGS], SENSE_TAGS, step->letters);
	step->known[SENSE_TAGS].exact |= match_is_letter(step);
	know_starts(consulted, step);
}

/* Its letters stand together only where it ranks as a beginning of a word. */
static void know_fuzzy(const struct consulted *consulted, struct match_step *step, bool ranks)
{
	for (enum sense place = SENSE_TITLE; place <= SENSE_TAGS; place++)
		if (step->places >> place & 1)
			consult_order(consulted, step, place);
	know_row(consulted, step);
	if (!ranks || !step->has_words)
		return;
	if (step->length > 1)
		know_grams(consulted, step);
	know_starts(consulted, step);
}

static void know_tag(const struct consulted *consulted, struct match_step *step)
{
	know_grams(consulted, step);
	narrow_by_groups(consulted, step);
	consult_by_letters(consulted, &step->known[SENSE_ROW], SENSE_TAGS, step->letters);
}

void match_forget(struct match_step *step)
{
	free(step->sight);
	step->sight = NULL;
	for (size_t i = 0; i < SENSES; i++) {
		free(step->known[i].possible);
		free(step->known[i].sure);
		step->known[i] = (struct known){0};
	}
	for (size_t i = 0; i < step->count; i++)
		match_forget(&step->children[i]);
}

static void know(const struct consulted *consulted, struct match_step *step, bool ranks)
{
	if (step->kind == QUERY_WORD && step->length)
		know_word(consulted, step, ranks);
	else if (step->kind == QUERY_FUZZY && step->length)
		know_fuzzy(consulted, step, ranks);
	else if (step->kind == QUERY_TAG && step->length)
		know_tag(consulted, step);
	for (size_t i = 0; i < step->count; i++)
		know(consulted, &step->children[i], ranks);
}

static void open_eyes(struct match_step *step)
{
	if (step->has_words && !step->count)
		step->sight = memory_new(sizeof(*step->sight));
	for (size_t i = 0; i < step->count; i++)
		open_eyes(&step->children[i]);
}

void match_consult(struct match_step *step, struct row_block *block, bool ranks)
{
	const struct row_table *table = row_block_table(block);
	const struct consulted consulted = {
		block, table->index, table->count, BITS_WORDS(table->count)};

	match_forget(step);
	if (ranks)
		open_eyes(step);
	if (table->index)
		know(&consulted, step, ranks);
}

bool match_known(const struct match_step *step, enum sense sense, const struct match_rows *rows,
	size_t first, size_t count, uint64_t *bits, uint64_t *open)
{
	const struct known *known = &step->known[sense];
	const size_t words = BITS_WORDS(count);

	if (rows->indexed && known->possible)
		bits_and(bits, known->possible + first / 64, words);
	if (rows->indexed && known->exact)
		return false;
	memcpy(open, bits, words * sizeof(*bits));
	if (rows->indexed && known->sure)
		bits_subtract(open, known->sure + first / 64, words);
	bits_subtract(bits, open, words);
	return bits_next(open, 0, count) < count;
}

static void possible_of_any(const struct match_step *step, const struct match_rows *rows,
	size_t first, size_t count, uint64_t *bits)
{
	uint64_t any[RUN_WORDS] = {0};
	uint64_t one[RUN_WORDS];

	for (size_t i = 0; i < step->count; i++) {
		memcpy(one, bits, BITS_WORDS(count) * sizeof(*bits));
		match_possible(&step->children[i], rows, first, count, one);
		bits_or(any, one, BITS_WORDS(count));
	}
	memcpy(bits, any, BITS_WORDS(count) * sizeof(*bits));
}

void match_possible(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits)
{
	if (step->kind == QUERY_OR) {
		possible_of_any(step, rows, first, count, bits);
	} else if (step->kind == QUERY_AND) {
		for (size_t i = 0; i < step->count; i++)
			match_possible(&step->children[i], rows, first, count, bits);
	} else if (rows->indexed && step->known[SENSE_ROW].possible) {
		bits_and(bits, step->known[SENSE_ROW].possible + first / 64, BITS_WORDS(count));
	}
}
