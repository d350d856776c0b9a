#ifndef DOMAIN_SEARCH_QUERY_H
#define DOMAIN_SEARCH_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The query language, parsed. Any text is a query: what cannot be an operator is looked for as it
 * stands. Only a regular expression or a date that cannot be read is an error.
 *
 *   query  = any { "OR" any }            both sides must be there, else OR is a word
 *   any    = one { [ "AND" ] one }       blanks join as AND does
 *   one    = { "NOT" } [ "-" ] ( group | term )
 *   group  = "(" query ")"
 *   term   = word | "phrase" | ~fuzzy | #tag | /regex/ | field:value
 *
 * "--" begins a word. A "(" opens a group only at the start of a word or behind its "-", and if the
 * group is closed and not empty.
 */
enum query_kind {
	QUERY_ALL,      /* nothing is asked: everything matches */
	QUERY_AND,      /* children */
	QUERY_OR,       /* children */
	QUERY_NOT,      /* one child */
	QUERY_WORD,     /* text, somewhere within one of places */
	QUERY_FUZZY,    /* the letters of text, in order, within one of places */
	QUERY_TAG,      /* text is a whole tag, or with prefix its beginning */
	QUERY_SITE,     /* text is the host, or a domain above it */
	QUERY_SOURCE,   /* text is the source, or what stands before its colon */
	QUERY_ADDED,    /* from <= added < until */
	QUERY_MODIFIED, /* from <= modified < until */
	QUERY_CHECKED,  /* from <= the last look at the address < until */
	QUERY_LINK,     /* places is what it found: an enum link_state */
	QUERY_UNTAGGED,
	QUERY_UNSTARRED,
	QUERY_DUPLICATE,
	QUERY_REGEX /* text is the pattern; title, address or notes match it */
};

/* Where a word is looked for. */
enum place { IN_TITLE = 1, IN_URL = 2, IN_NOTES = 4, IN_TAGS = 8, ANYWHERE = 15 };

struct query {
	enum query_kind kind;
	unsigned places; /* of enum place, or an enum link_state */
	char *text;      /* folded, but for a regular expression and a site; NULL without text */
	bool prefix;
	int64_t from;
	int64_t until;
	struct query **children;
	size_t count;
	size_t capacity;
};

/* Why a query cannot be read, and where: at is a byte offset into the text. */
struct query_error {
	char message[160];
	size_t at;
};

/* NULL, with *error filled, if it cannot be read. query_free() takes NULL. */
struct query *query_parse(const char *text, struct query_error *error);
struct query *query_copy(const struct query *query);
void query_free(struct query *query);

/* Columns before the place of the error, when the text is shown by text_displayable(). */
size_t query_error_column(const struct query_error *error, const char *text);

/* The words of "is:", in the order in which they are offered: "untagged"; NULL behind the last. */
const char *query_state_word(size_t index);

/* Are they the same question? */
bool query_equal(const struct query *a, const struct query *b);

/* Does whatever matches the longer query surely match the shorter one? False when in doubt. */
bool query_narrows(const struct query *longer, const struct query *shorter);

/* A part of a text, in bytes. */
struct text_range {
	size_t begin;
	size_t end;
};

/*
 * The parts of a text that a query matches, in order and not overlapping, never cutting a
 * character from its marks; at most capacity of them. The text may be a title, an address, a
 * note or a list of tags as it was kept or as it is shown: place says which. query may be NULL.
 */
size_t query_marks(const struct query *query, enum place place, const char *text,
	struct text_range *ranges, size_t capacity);

#endif
