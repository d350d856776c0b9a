#include "domain/search/search_result.h"

#include <stdlib.h>

#include "domain/base/memory.h"

struct question *question_new(struct query *query, enum row_order order, bool reverse)
{
	struct question *question = memory_new(sizeof(*question));

	question->holders = 1;
	question->query = query;
	question->order = order;
	question->reverse = reverse;
	if (query)
		question->matcher = matcher_new(query);
	return question;
}

void question_free(struct question *question)
{
	if (!question || --question->holders > 0)
		return;
	matcher_free(question->matcher);
	query_free(question->query);
	free(question);
}

static bool in_ranks(const struct question *question)
{
	return question->order == BEST_FIRST && question->matcher &&
	       matcher_ranks(question->matcher);
}

void search_result_init(
	struct search_result *result, struct question *question, const struct shelf *shelf)
{
	*result = (struct search_result){.question = question,
		.stock = stock_share(shelf_stock(shelf)),
		.version = shelf_version(shelf),
		.groups = in_ranks(question) ? RANKS : 1};
	for (size_t i = 0; i < result->groups; i++)
		hits_init(&result->hits[i], stock_table(result->stock, STOCK_BASE)->count);
}

void search_result_finish(struct search_result *result)
{
	for (size_t i = 0; i < result->groups; i++)
		hits_finish(&result->hits[i]);
	free(result->refs);
	stock_free(result->stock);
	question_free(result->question);
	*result = (struct search_result){0};
}

bool search_result_is_listed(const struct search_result *result)
{
	return result->question->order != NEWEST_FIRST && result->question->order != BEST_FIRST;
}

void search_result_count(struct search_result *result)
{
	for (size_t i = 0; i < result->groups; i++) {
		hits_ready(&result->hits[i], result->stock);
		result->count += result->hits[i].count;
	}
}

row_ref search_result_at(const struct search_result *result, size_t position)
{
	size_t group = 0;

	if (result->question->reverse)
		position = result->count - 1 - position;
	if (result->refs)
		return result->refs[position];
	while (position >= result->hits[group].count)
		position -= result->hits[group++].count;
	return hits_at(&result->hits[group], position);
}

static bool position_in_groups(const struct search_result *result, row_ref ref, size_t *position)
{
	size_t before = 0;

	for (size_t i = 0; i < result->groups; i++) {
		if (hits_position(&result->hits[i], ref, position)) {
			*position += before;
			return true;
		}
		before += result->hits[i].count;
	}
	return false;
}

static bool position_in_list(const struct search_result *result, row_ref ref, size_t *position)
{
	for (size_t i = 0; i < result->count; i++) {
		if (result->refs[i] == ref) {
			*position = i;
			return true;
		}
	}
	return false;
}

bool search_result_position(const struct search_result *result, row_ref ref, size_t *position)
{
	bool there = result->refs ? position_in_list(result, ref, position)
				  : position_in_groups(result, ref, position);

	if (there && result->question->reverse)
		*position = result->count - 1 - *position;
	return there;
}
