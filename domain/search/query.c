#include "domain/search/query.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/search/regex.h"
#include "domain/search/text_scan.h"

void query_free(struct query *query)
{
	if (!query)
		return;
	for (size_t i = 0; i < query->count; i++)
		query_free(query->children[i]);
	free(query->children);
	free(query->text);
	free(query);
}

size_t query_error_column(const struct query_error *error, const char *text)
{
	size_t length = strlen(text);
	char *before = memory_copy_bytes(text, error->at < length ? error->at : length);
	char *shown = text_displayable(before);
	size_t columns = text_width(shown);

	free(before);
	free(shown);
	return columns;
}

struct query *query_copy(const struct query *query)
{
	struct query *copy = memory_new(sizeof(*copy));

	*copy = *query;
	copy->text = query->text ? memory_copy_string(query->text) : NULL;
	copy->children = query->count ? memory_array(query->count, sizeof(*copy->children)) : NULL;
	copy->capacity = query->count;
	for (size_t i = 0; i < query->count; i++)
		copy->children[i] = query_copy(query->children[i]);
	return copy;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_terms(const struct query *a, const struct query *b)
{
	return a->kind == b->kind && a->places == b->places && a->prefix == b->prefix &&
	       a->from == b->from && a->until == b->until && same_text(a->text, b->text);
}

bool query_equal(const struct query *a, const struct query *b)
{
	if (!same_terms(a, b) || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!query_equal(a->children[i], b->children[i]))
			return false;
	return true;
}

/* What a longer word holds, it holds; what is asked of fewer places, was asked of those. */
static bool term_narrows(const struct query *longer, const struct query *shorter)
{
	if (query_equal(longer, shorter))
		return true;
	if (longer->kind != shorter->kind)
		return false;
	if (longer->kind == QUERY_WORD || longer->kind == QUERY_FUZZY)
		return (longer->places & ~shorter->places) == 0 &&
		       strstr(longer->text, shorter->text) != NULL;
	if (longer->kind == QUERY_TAG)
		return shorter->prefix &&
		       strncmp(longer->text, shorter->text, strlen(shorter->text)) == 0;
	return false;
}

static bool any_narrows(const struct query *longer, const struct query *term)
{
	if (longer->kind != QUERY_AND)
		return term_narrows(longer, term);
	for (size_t i = 0; i < longer->count; i++)
		if (term_narrows(longer->children[i], term))
			return true;
	return false;
}

bool query_narrows(const struct query *longer, const struct query *shorter)
{
	if (shorter->kind == QUERY_ALL)
		return true;
	if (shorter->kind != QUERY_AND)
		return any_narrows(longer, shorter);
	for (size_t i = 0; i < shorter->count; i++)
		if (!any_narrows(longer, shorter->children[i]))
			return false;
	return true;
}

/* ---- what it marks ---- */

/* A text, and its folded form with the way back. */
struct marking {
	enum place place;
	const char *text;
	size_t length;
	char *folded;
	size_t folded_length;
	size_t *origins; /* NULL: each byte's own place */
	struct text_range *found;
	size_t count;
	size_t capacity;
};

static void push(struct marking *marking, size_t begin, size_t end)
{
	marking->found = memory_grow(
		marking->found, marking->count, &marking->capacity, sizeof(*marking->found));
	marking->found[marking->count++] = (struct text_range){begin, end};
}

static size_t origin(const struct marking *marking, size_t at)
{
	return marking->origins ? marking->origins[at] : at;
}

/* From folded bytes to those of the text: whole characters, with the marks that follow them. */
static void push_folded(struct marking *marking, size_t begin, size_t end)
{
	size_t last = origin(marking, end - 1);

	while (end < marking->folded_length && origin(marking, end) == last)
		end++;
	push(marking, origin(marking, begin), origin(marking, end));
}

static void mark_word(struct marking *marking, const char *word)
{
	size_t length = strlen(word);
	const char *end = marking->folded + marking->folded_length;
	const char *at = marking->folded;

	while (length && (at = memmem(at, (size_t)(end - at), word, length)) != NULL) {
		size_t begin = (size_t)(at - marking->folded);

		push_folded(marking, begin, begin + length);
		at += length;
	}
}

/* Each letter where it first stands behind the one before; of a list of tags, within one tag. */
static void mark_letters(
	struct marking *marking, const char *letters, const char *at, const char *end)
{
	if (!fuzzy_matches(letters, strlen(letters), at, end))
		return;
	for (size_t step; *letters; letters += step, at += step) {
		size_t begin;

		step = letter_length(letters);
		at = memmem(at, (size_t)(end - at), letters, step);
		begin = (size_t)(at - marking->folded);
		push_folded(marking, begin, begin + step);
	}
}

static bool parts_tags(char byte)
{
	return byte == ',' || byte == '#';
}

static void mark_fuzzy(struct marking *marking, const char *letters)
{
	const char *end = marking->folded + marking->folded_length;
	const char *at = marking->folded;

	if (marking->place != IN_TAGS) {
		mark_letters(marking, letters, at, end);
		return;
	}
	while (at < end) {
		const char *stop = at;

		while (stop < end && !parts_tags(*stop))
			stop++;
		mark_letters(marking, letters, at, stop);
		at = stop + 1;
	}
}

/* A tag stands between commas as it was kept, and between blanks and "#" as it is shown. */
static bool is_edge(const struct marking *marking, const char *at)
{
	return at < marking->folded || at >= marking->folded + marking->folded_length ||
	       parts_tags(*at) || *at == ' ';
}

static void mark_tag(struct marking *marking, const struct query *tag)
{
	size_t length = strlen(tag->text);
	const char *end = marking->folded + marking->folded_length;
	const char *at = marking->folded;

	while (length && (at = memmem(at, (size_t)(end - at), tag->text, length)) != NULL) {
		size_t begin = (size_t)(at - marking->folded);

		if (is_edge(marking, at - 1) && (tag->prefix || is_edge(marking, at + length)))
			push_folded(marking, begin, begin + length);
		at += length;
	}
}

static void mark_regex(struct marking *marking, const char *pattern)
{
	char message[128];
	size_t at = 0;
	size_t begin;
	size_t end;
	struct regex *regex = regex_new(pattern, strlen(pattern), message, sizeof(message), &at);

	for (at = 0; regex && regex_find(regex, marking->text, marking->length, at, &begin, &end);
		at = end)
		push(marking, begin, end);
	regex_free(regex);
}

static bool reaches(const struct query *query, enum place place)
{
	switch (query->kind) {
	case QUERY_WORD:
	case QUERY_FUZZY: return query->places & place;
	case QUERY_TAG: return place == IN_TAGS;
	case QUERY_SITE: return place == IN_URL;
	case QUERY_REGEX: return place != IN_TAGS;
	case QUERY_AND:
	case QUERY_OR: return true;
	case QUERY_ALL:
	case QUERY_NOT:
	case QUERY_SOURCE:
	case QUERY_ADDED:
	case QUERY_MODIFIED:
	case QUERY_CHECKED:
	case QUERY_LINK:
	case QUERY_UNTAGGED:
	case QUERY_UNSTARRED:
	case QUERY_DUPLICATE: break;
	}
	return false;
}

static void mark(struct marking *marking, const struct query *query)
{
	if (!reaches(query, marking->place))
		return;
	if (query->kind == QUERY_WORD || query->kind == QUERY_SITE)
		mark_word(marking, query->text);
	else if (query->kind == QUERY_FUZZY)
		mark_fuzzy(marking, query->text);
	else if (query->kind == QUERY_TAG)
		mark_tag(marking, query);
	else if (query->kind == QUERY_REGEX)
		mark_regex(marking, query->text);
	for (size_t i = 0; i < query->count; i++)
		mark(marking, query->children[i]);
}

static int compare_text_ranges(const void *a, const void *b)
{
	const struct text_range *left = a;
	const struct text_range *right = b;

	return left->begin < right->begin ? -1 : left->begin > right->begin;
}

/* Ranges that touch become one. */
static size_t united(struct text_range *found, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (kept && found[i].begin <= found[kept - 1].end) {
			if (found[i].end > found[kept - 1].end)
				found[kept - 1].end = found[i].end;
		} else {
			found[kept++] = found[i];
		}
	}
	return kept;
}

size_t query_marks(const struct query *query, enum place place, const char *text,
	struct text_range *ranges, size_t capacity)
{
	struct marking marking = {.place = place, .text = text, .length = strlen(text)};
	size_t count;

	if (!query || !reaches(query, place))
		return 0;
	marking.folded =
		text_fold_origins(text, marking.length, &marking.folded_length, &marking.origins);
	mark(&marking, query);
	if (marking.count)
		qsort(marking.found, marking.count, sizeof(*marking.found), compare_text_ranges);
	count = united(marking.found, marking.count);
	if (count > capacity)
		count = capacity;
	if (count)
		memcpy(ranges, marking.found, count * sizeof(*ranges));
	free(marking.folded);
	free(marking.origins);
	free(marking.found);
	return count;
}
