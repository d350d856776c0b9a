#ifndef DOMAIN_SEARCH_ROW_SEGMENT_H
#define DOMAIN_SEARCH_ROW_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/search/row.h"

/*
 * Many rows as columns, made for scanning: each of the four texts of all rows, folded but for the
 * case of ASCII letters, stands one behind the other with a NUL after each. As text_fold() leaves
 * no byte below a blank, what is looked for never reaches from one row into the next; and as a tag
 * has no comma, one that has a comma is not in a tag. So most texts stand there as they were given;
 * where folding changes more than the case, the text as it was given is kept apart.
 *
 * A segment grows: rows are added behind the others, and their number is their place. Once it is
 * sorted, or if it is one over borrowed memory (a mapped file), it stays as it is.
 */
enum row_field { FIELD_TITLE, FIELD_URL, FIELD_NOTES, FIELD_TAGS, ROW_FIELDS };

/* The columns: texts first, those of the fields by enum row_field, then one number a row. */
enum row_column {
	COLUMN_KEPT = ROW_FIELDS, /* the fields that are not as given, each with its NUL */
	COLUMN_NAMES,             /* of sources, by their number instead of a row's */
	TEXT_COLUMNS,
	COLUMN_IDS = TEXT_COLUMNS,
	COLUMN_ADDED,
	COLUMN_MODIFIED,
	COLUMN_CHECKED,
	COLUMN_SOURCES,
	COLUMN_FLAGS,
	COLUMN_LETTERS,
	COLUMN_BY_ID,
	ROW_COLUMNS
};

/* Sets of columns that are read together. */
#define COLUMNS_FIELDS ((1u << ROW_FIELDS) - 1)
#define COLUMNS_ORDER  (1u << COLUMN_IDS | 1u << COLUMN_ADDED)
#define COLUMNS_ROW    ((1u << COLUMN_LETTERS) - 1) /* all that a row consists of */

/* Rows are indexed, and their texts located, in groups of this many. */
#define ROW_GROUP 128

/*
 * The text of row i begins at bases[i / ROW_GROUP] + offsets[i] and ends, with its NUL, where that
 * of row i + 1 begins; there is an entry more than rows. Behind length SCAN_AHEAD bytes can be read
 * (domain/search/text_scan.h). In a file that somebody changes while it
 * is mapped all of this may turn into anything: no place is believed to be beyond length.
 */
struct text_column {
	const char *bytes;
	const uint64_t *bases;
	const uint32_t *offsets;
	size_t length; /* of the texts of all rows */
};

enum row_flags {
	ROW_TITLE_AS_GIVEN = 1, /* this field stands in its column as given: by enum row_field */
	ROW_URL_AS_GIVEN = 2,
	ROW_NOTES_AS_GIVEN = 4,
	ROW_TAGS_AS_GIVEN = 8,
	ROW_UNSTARRED = 16,
	ROW_ODD_HOST = 32, /* the host's normal form is more than its lower case */
};

/* The state of the bookmark's link stands in the flags from this bit on. */
#define ROW_LINK_SHIFT 6

static inline enum link_state row_flags_link(uint16_t flags)
{
	return (enum link_state)(flags >> ROW_LINK_SHIFT & 7);
}

struct row_table {
	size_t count;
	size_t source_count;
	struct text_column texts[TEXT_COLUMNS];
	const int64_t *ids;
	const int64_t *added;
	const int64_t *modified;
	const uint32_t *checked;  /* the last look at the link, in the seconds that fit; 0: none */
	const uint16_t *sources;  /* the numbers of their names */
	const uint16_t *flags;    /* of enum row_flags */
	const uint64_t *letters;  /* letters_of() the four fields */
	const uint32_t *by_id;    /* rows in the order of their ids; NULL until they are sorted */
	const uint64_t *trigrams; /* domain/search/trigram_index.h; NULL if there are none */
	const uint64_t *present;  /* goes with them */
};

/* Where in a row_table the pointer to a column of numbers is, and the size of one of them. */
struct number_column {
	size_t member;
	size_t size;
};

#define NUMBER_COLUMNS (ROW_COLUMNS - TEXT_COLUMNS)

extern const struct number_column number_columns[NUMBER_COLUMNS];

/* Where the columns come from outside, and are to be believed only once they are verified. */
struct row_origin {
	bool (*verify)(void *self, const void *bytes, size_t length); /* of a column, a part */
	bool (*verify_all)(void *self);
	bool (*changed)(void *self); /* by somebody else, since they were lent */
	void (*release)(void *self);
	void *self;
};

struct row_segment;

struct row_segment *row_segment_new(void);

/* Over borrowed columns, which are released when the segment is freed. */
struct row_segment *row_segment_over(
	const struct row_table *table, const struct row_origin *origin);

void row_segment_free(struct row_segment *segment); /* takes NULL */

/* Adds a row behind the others and returns its number. */
size_t row_segment_add(struct row_segment *segment, const struct bookmark *bookmark);

/* Puts all rows in the order newest first; their order by id is known from then on. */
void row_segment_sort(struct row_segment *segment);

/* Takes an index of the rows as they are; see domain/search/trigram_index.h. */
void row_segment_take_trigrams(struct row_segment *segment, uint64_t *trigrams, uint64_t *present);

/* The columns as they are now; borrowed until a row is added. */
const struct row_table *row_segment_table(const struct row_segment *segment);

/*
 * To be called before these rows of some columns (a set of bits) are read, as often as one likes.
 * False once anything was found damaged: the segment is corrupt, and nothing that was found in it
 * may be used.
 */
bool row_segment_open(struct row_segment *segment, unsigned columns, size_t first, size_t count);
bool row_segment_open_all(struct row_segment *segment);

/* The same of bytes of its columns. */
bool row_segment_verify(struct row_segment *segment, const void *bytes, size_t length);

/* To be asked once all is read, before what was found is used. */
bool row_segment_corrupt(struct row_segment *segment);

/* The row with an id, of a sorted table; false if there is none. */
bool row_table_find(const struct row_table *table, int64_t id, size_t *row);

/* One row, borrowed as long as the table. It has been opened. */
void row_table_row(const struct row_table *table, size_t number, struct row *row);

static inline size_t text_column_begin(const struct text_column *column, size_t row)
{
	const uint64_t place = column->bases[row / ROW_GROUP] + column->offsets[row];

	return place < column->length ? (size_t)place : column->length;
}

/* With its NUL. */
static inline size_t text_column_size(const struct text_column *column, size_t row)
{
	const size_t begin = text_column_begin(column, row);
	const size_t end = text_column_begin(column, row + 1);

	return end > begin ? end - begin : 0;
}

static inline const char *row_table_text(
	const struct row_table *table, size_t row, enum row_field field)
{
	return table->texts[field].bytes + text_column_begin(&table->texts[field], row);
}

/* Where the NUL of a field stands. */
static inline const char *row_table_text_end(
	const struct row_table *table, size_t row, enum row_field field)
{
	const size_t size = text_column_size(&table->texts[field], row);

	return row_table_text(table, row, field) + (size ? size - 1 : 0);
}

static inline const char *row_table_source(const struct row_table *table, size_t row)
{
	const struct text_column *names = &table->texts[COLUMN_NAMES];
	const size_t number = table->sources[row];

	return number < table->source_count ? names->bytes + text_column_begin(names, number) : "";
}

#endif
