#ifndef DOMAIN_SEARCH_MATCH_STEP_H
#define DOMAIN_SEARCH_MATCH_STEP_H

#include "domain/search/letters.h"
#include "domain/search/matcher.h"
#include "domain/search/needle.h"
#include "domain/search/regex.h"

#define RUN_WORDS (MATCH_RUN / 64)

/* In what sense a row can hold a step's text: at all, or in one place. */
enum sense {
	SENSE_TITLE,
	SENSE_URL,
	SENSE_NOTES,
	SENSE_TAGS,
	SENSE_STARTS, /* at the beginning of a word, in whatever place */
	SENSE_ROW,
	SENSES
};

/* What the index of a block says of a sense, of all rows. */
struct known {
	uint64_t *possible; /* the rows outside do not hold it; NULL: all may */
	uint64_t *sure;     /* these do; NULL: none is known to */
	bool exact;         /* all that may do */
};

/*
 * Where a word stands in the rows of the run that was asked last, as far as that was seen, so that
 * to rank them is not to look again: of each row the senses in which it does, and those in which
 * it is known whether it does, in bits 1 << sense.
 */
struct match_sight {
	uint8_t stands[MATCH_RUN];
	uint8_t looked[MATCH_RUN];
};

/* The letters of a fuzzy word, if it is short and all of them are ASCII. */
#define FUZZY_LONGEST 16

struct fuzzy_letters {
	char distinct[FUZZY_LONGEST];
	uint8_t order[FUZZY_LONGEST]; /* the word, in indices into distinct */
	uint8_t count;                /* of distinct; 0: it is another word */
	uint8_t length;
};

void fuzzy_letters_of(struct fuzzy_letters *letters, const char *text, size_t length);

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
	struct fuzzy_letters fuzzy;
	unsigned cost;
	bool has_words; /* it, or one below it, is a word that ranks */
	bool is_alone;  /* the word is the whole query: its best place is all that counts */
	struct match_sight *sight; /* of a word that ranks; else NULL */
	struct known known[SENSES];
	struct match_step *children;
	size_t count;
};

/* Is its text one letter of which the index knows all? */
static inline bool match_is_letter(const struct match_step *step)
{
	return step->length == 1 && letter_is_plain((unsigned char)*step->text);
}

/* Looks for a word in a row until its rank is sure; returns the senses, as in match_sight. */
struct match_seen {
	uint8_t stands;
	uint8_t looked;
};

struct match_seen match_look(
	const struct match_step *word, const struct row_table *table, size_t row);

/*
 * Asks the index of a block what it says of a step and all below it, also of how they rank where
 * that is wanted; what was known before is forgotten, and all that is left where there is none.
 */
void match_consult(struct match_step *step, struct row_block *block, bool ranks);
void match_forget(struct match_step *step);

/*
 * Leaves of bits the rows of which it is known that they hold a step in a sense, and gives in open
 * those that may; false if there are none of these. A run begins at a multiple of 64.
 */
bool match_known(const struct match_step *step, enum sense sense, const struct match_rows *rows,
	size_t first, size_t count, uint64_t *bits, uint64_t *open);

/* Narrows bits to what is possible by the index alone, of the whole of a query. */
void match_possible(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits);

/* May these parts (enum row_part) of the rows in bits be read? Drops all of them where not. */
void match_trust(
	const struct match_rows *rows, size_t first, size_t count, unsigned parts, uint64_t *bits);

/* What a row's text is asked for: row is one of a run. */
struct match_question {
	const struct match_step *step;
	const struct match_rows *rows;
	size_t first; /* of the run */
	bool (*holds)(const struct match_question *question, size_t row);
	const void *more; /* what else it needs to know */
};

/* Leaves of bits those that it holds for, reading the texts of no others. */
void match_ask(const struct match_question *question, size_t count, uint64_t *bits);

/* Narrows bits as matcher_narrow() does, by one term. */
void match_term(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits);

/* By a fuzzy word. */
void match_fuzzy_rows(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits);

/* Narrows bits by a step of any kind. */
void match_step(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *bits);

/* Are the letters of text in [begin, end), in this order? Both are folded. */
bool match_fuzzy(const char *text, size_t length, const char *begin, const char *end);

/* The same in one place of a row; a tag counts alone. */
bool match_fuzzy_in(
	const struct match_step *step, const struct row_table *table, size_t row, enum sense place);

/*
 * Narrows bits by alternatives. To rank as this, one is enough, but it must be one that holds; to
 * match at all is RANK_REST.
 */
void match_any(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, enum match_rank rank, uint64_t *bits);

/* Leaves of bits, rows that match, those whose words stand where this rank asks for them. */
void match_ranks(const struct match_step *step, const struct match_rows *rows, size_t first,
	size_t count, enum match_rank rank, uint64_t *bits);

#endif
