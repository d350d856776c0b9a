#include "domain/search/matcher.h"

#include <stdlib.h>
#include <string.h>

#include "domain/search/bits.h"
#include "domain/search/letters.h"
#include "domain/search/match_step.h"
#include "domain/base/memory.h"

struct matcher {
	struct match_step root;
	bool wants_duplicates;
};

/* Rough: what a step costs a row that reaches it. Long words are rare, so they come early. */
static unsigned cost_of(const struct match_step *step)
{
	switch (step->kind) {
	case QUERY_ALL:
	case QUERY_ADDED:
	case QUERY_MODIFIED:
	case QUERY_UNSTARRED:
	case QUERY_DUPLICATE: return 0;
	case QUERY_SOURCE:
	case QUERY_UNTAGGED: return 1;
	case QUERY_WORD:
	case QUERY_TAG:
	case QUERY_SITE: return step->length < 8 ? 18 - (unsigned)step->length : 10;
	case QUERY_FUZZY: return 40;
	case QUERY_REGEX: return 60;
	case QUERY_AND:
	case QUERY_OR:
	case QUERY_NOT: break;
	}
	return step->count ? step->children[step->count - 1].cost + 20 : 0;
}

static int compare_cost(const void *a, const void *b)
{
	const struct match_step *left = a;
	const struct match_step *right = b;

	return left->cost < right->cost ? -1 : left->cost > right->cost;
}

static void prepare_text(struct match_step *step)
{
	char message[128];
	size_t at;

	step->length = strlen(step->text);
	step->letters = letters_of(step->text, step->length);
	if (step->length)
		needle_init(&step->needle, step->text, step->length);
	if (step->kind == QUERY_WORD && strchr(step->text, ','))
		step->places &= ~(unsigned)IN_TAGS;
	if (step->kind == QUERY_FUZZY)
		fuzzy_letters_of(&step->fuzzy, step->text, step->length);
	if (step->kind == QUERY_REGEX)
		step->regex = regex_new(step->text, step->length, message, sizeof(message), &at);
}

/* A word that was asked of one field only is a filter: where it stands says nothing. */
static bool is_ranking_word(const struct query *query)
{
	return (query->kind == QUERY_WORD || query->kind == QUERY_FUZZY) &&
	       query->places == ANYWHERE && *query->text;
}

static void prepare(struct match_step *step, const struct query *query)
{
	step->kind = query->kind;
	step->places = query->places;
	step->text = query->text;
	step->prefix = query->prefix;
	step->from = query->from;
	step->until = query->until;
	step->count = query->count;
	step->has_words = is_ranking_word(query);
	if (step->text)
		prepare_text(step);
	if (step->count)
		step->children = memory_array(step->count, sizeof(*step->children));
	for (size_t i = 0; i < step->count; i++) {
		prepare(&step->children[i], query->children[i]);
		if (step->kind != QUERY_NOT)
			step->has_words |= step->children[i].has_words;
	}
	if (step->count)
		qsort(step->children, step->count, sizeof(*step->children), compare_cost);
	step->cost = cost_of(step);
}

static void finish(struct match_step *step)
{
	for (size_t i = 0; i < step->count; i++)
		finish(&step->children[i]);
	free(step->children);
	regex_free(step->regex);
}

static bool asks_for(const struct query *query, enum query_kind kind)
{
	if (query->kind == kind)
		return true;
	for (size_t i = 0; i < query->count; i++)
		if (asks_for(query->children[i], kind))
			return true;
	return false;
}

struct matcher *matcher_new(const struct query *query)
{
	struct matcher *matcher = memory_new(sizeof(*matcher));

	prepare(&matcher->root, query);
	matcher->root.is_alone = matcher->root.has_words && !matcher->root.count;
	matcher->wants_duplicates = asks_for(query, QUERY_DUPLICATE);
	return matcher;
}

void matcher_free(struct matcher *matcher)
{
	if (!matcher)
		return;
	match_forget(&matcher->root);
	finish(&matcher->root);
	free(matcher);
}

bool matcher_wants_duplicates(const struct matcher *matcher)
{
	return matcher->wants_duplicates;
}

void matcher_consult(struct matcher *matcher, struct row_block *block, bool ranks)
{
	match_consult(&matcher->root, block, ranks);
}

void match_any(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, enum match_rank rank, uint64_t *bits)
{
	uint64_t found[RUN_WORDS] = {0};
	uint64_t left[RUN_WORDS];

	for (size_t i = 0; i < step->count; i++) {
		memcpy(left, bits, BITS_WORDS(count) * sizeof(*bits));
		bits_subtract(left, found, BITS_WORDS(count));
		match_step(&step->children[i], rows, first, count, left);
		match_ranks(&step->children[i], rows, first, count, rank, left);
		bits_or(found, left, BITS_WORDS(count));
	}
	memcpy(bits, found, BITS_WORDS(count) * sizeof(*bits));
}

static void match_none(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits)
{
	uint64_t found[RUN_WORDS];

	memcpy(found, bits, BITS_WORDS(count) * sizeof(*bits));
	match_step(&step->children[0], rows, first, count, found);
	bits_subtract(bits, found, BITS_WORDS(count));
}

static void match_all(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits)
{
	for (size_t i = 0; i < step->count; i++)
		if (bits_next(bits, 0, count) < count)
			match_step(&step->children[i], rows, first, count, bits);
}

void match_step(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits)
{
	if (step->kind == QUERY_AND)
		match_all(step, rows, first, count, bits);
	else if (step->kind == QUERY_OR)
		match_any(step, rows, first, count, RANK_REST, bits);
	else if (step->kind == QUERY_NOT)
		match_none(step, rows, first, count, bits);
	else if (step->kind != QUERY_ALL)
		match_term(step, rows, first, count, bits);
}

void matcher_narrow(const struct matcher *matcher, const struct match_rows *rows, size_t first,
	size_t count, uint64_t bits[static MATCH_RUN / 64])
{
	match_possible(&matcher->root, rows, first, count, bits);
	match_step(&matcher->root, rows, first, count, bits);
}

bool matcher_ranks(const struct matcher *matcher)
{
	return matcher->root.has_words;
}

void matcher_rank(const struct matcher *matcher, const struct match_rows *rows, size_t first,
	size_t count, enum match_rank rank, uint64_t bits[static MATCH_RUN / 64])
{
	match_ranks(&matcher->root, rows, first, count, rank, bits);
}
