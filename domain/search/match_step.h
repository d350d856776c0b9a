#ifndef DOMAIN_SEARCH_MATCH_STEP_H
#define DOMAIN_SEARCH_MATCH_STEP_H

#include "domain/search/matcher.h"
#include "domain/search/needle.h"
#include "domain/search/regex.h"

/* Where a word first stands in each row of the run that was asked last. */
struct match_places {
	size_t first; /* row */
	const char *places[MATCH_RUN];
};

/* A node of the query, prepared. Private to the matcher's files. */
struct match_step {
	enum query_kind kind;
	unsigned places;
	struct needle needle; /* of WORD, TAG, SITE; length 0 if there is nothing to find */
	const char *text;     /* the query's */
	size_t length;
	uint64_t letters; /* of text */
	bool prefix;
	int64_t from;
	int64_t until;
	struct regex *regex;
	unsigned cost;
	bool is_letter; /* one plain letter, anywhere: the sets of rows say all about it */
	bool has_words; /* it, or one below it, is a word that ranks */
	struct match_places *found; /* of a word that is the whole query; else NULL */
	struct match_step *children;
	size_t count;
};

/* The four fields of a row's folded text: field i is [begin[i], begin[i + 1] - 1). */
struct match_fields {
	const char *begin[5];
};

/* Only the first so many of them are looked for. */
void match_fields_find(
	struct match_fields *fields, const struct row_table *table, size_t row, size_t count);

/* Narrows bits as matcher_narrow() does, by one term. */
void match_term(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits);

/* Narrows bits by a step of any kind. */
void match_step(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits);

/* Are the letters of text in [begin, end), in this order? Both are folded. */
bool match_fuzzy(const char *text, size_t length, const char *begin, const char *end);

/* The same in any of these places; a tag counts alone. */
bool match_fuzzy_in(
	const struct match_step *step, const struct match_fields *fields, unsigned places);

/* The same in any place of a row. */
bool match_fuzzy_row(const struct match_step *step, const struct match_rows *rows, size_t row);

/* Does a row that matches have its words where this rank asks for them? Of no other row. */
bool match_ranks(const struct match_step *step, const struct match_rows *rows, size_t row,
	enum match_rank rank);

#endif
