#ifndef DOMAIN_SEARCH_ROW_BLOCK_H
#define DOMAIN_SEARCH_ROW_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/search/row.h"

/*
 * Many rows in few pieces of memory, made for scanning: the folded texts of all rows stand one
 * behind the other, apart from the texts as they were kept, which only a row that is shown needs.
 *
 * The folded text of a row is "title\0address\0notes\0tag,tag\0". As text_fold() leaves no byte
 * below a blank, what is looked for can never reach across two fields; and as a tag has no comma,
 * one that has a comma is not in a tag. A field that folding did not change is kept once.
 *
 * A block only grows: rows are added behind the others, and their number is their place. One that
 * was made over lent memory (a mapped file) stays as it is.
 */
enum row_flags {
	ROW_TITLE_FOLDED =
		1, /* this field as it was kept is its folded form; in the order of fields */
	ROW_URL_FOLDED = 2,
	ROW_NOTES_FOLDED = 4,
	ROW_TAGS_FOLDED = 8,
	ROW_UNSTARRED = 16,
	ROW_ODD_HOST = 32, /* the host's normal form is more than its lower case */
	ROW_FLAGS = 63
};

/* Where address, notes and tags begin, in bytes from the beginning of the row's folded text. */
#define ROW_FIELDS 4
#define ROW_FAR    UINT16_MAX /* there or beyond */

struct row_fields {
	uint16_t begin[ROW_FIELDS - 1];
};

/* The columns, by row. The texts of row i begin at [i] and end at [i + 1]. */
struct row_table {
	size_t count;
	const int64_t *ids;
	const int64_t *added;
	const int64_t *modified;
	const uint64_t *folded_at;
	const struct row_fields *fields;
	const uint64_t *kept_at;
	const uint16_t *sources; /* an index into source_names */
	const uint8_t *flags;
	const char *folded;
	const char *kept; /* the fields that folding changed, each with its NUL */
	const char *const *source_names;
	size_t source_count;
	const uint32_t *by_id; /* rows in the order of their ids; NULL if that is not known */
	const struct row_index *index; /* domain/search/row_index.h; NULL if there is none */
};

/* Rows are checked, and passed over, in groups of this many. */
#define ROW_GROUP 128

/* What of a block can be damaged apart from the rest: the parts of a group, or an index column. */
enum row_part {
	ROW_ORDER = 1, /* ids, dates added */
	ROW_TEXT = 2,  /* the folded texts and where they are */
	ROW_OTHER = 4, /* the other columns */
	ROW_KEPT = 8,  /* the texts as they were kept; goes with ROW_OTHER */
	ROW_ALL = 15
};

/* Where the columns come from outside, and are to be believed only as far as they were checked. */
struct row_trust {
	bool (*check_group)(void *self, size_t group, enum row_part part);
	bool (*check_column)(void *self, size_t column); /* of the index, which has so many: */
	size_t columns;
	void (*give_back)(void *self); /* memory that was read into */
	void (*release)(void *self);
	void *self;
};

struct row_block;

struct row_block *row_block_new(void);

/*
 * A block over lent columns, which are released when the block is freed. Each part is checked
 * before it is first read, by row_block_trust() or row_block_trust_column().
 */
struct row_block *row_block_over(const struct row_table *table, const struct row_trust *trust);

/*
 * May these parts of these rows be read? False once any check has failed: the block is damaged,
 * and nothing that was found in it may be used. parts are of enum row_part.
 */
bool row_block_trust(struct row_block *block, size_t first, size_t count, unsigned parts);
bool row_block_trust_column(struct row_block *block, size_t column); /* of the index */
bool row_block_trust_all(struct row_block *block);
bool row_block_damaged(const struct row_block *block);

/* Memory that a block over a file takes goes back to the system; reading on brings it again. */
void row_block_give_back(struct row_block *block);

/* Blocks are shared by counting: each holder frees it once. Both take NULL. */
struct row_block *row_block_share(struct row_block *block);
void row_block_free(struct row_block *block);

/* Adds a row behind the others and returns its number. Not to a block over lent columns. */
size_t row_block_add(struct row_block *block, const struct bookmark *bookmark);
size_t row_block_copy(struct row_block *block, const struct row_table *from, size_t row);

/* The columns as they are now; lent until a row is added. */
const struct row_table *row_block_table(const struct row_block *block);

/*
 * Where a field of a row's folded text begins: 0 title, 1 address, 2 notes, 3 tags, and 4 is where
 * the next row does. Field i ends, with its NUL, where field i + 1 begins.
 */
const char *row_table_far_field(const struct row_table *table, size_t row, size_t field);

static inline const char *row_table_field(const struct row_table *table, size_t row, size_t field)
{
	const char *text = table->folded + table->folded_at[row];
	size_t begin;

	if (field == 0)
		return text;
	if (field == ROW_FIELDS)
		return table->folded + table->folded_at[row + 1];
	begin = table->fields[row].begin[field - 1];
	return begin < ROW_FAR ? text + begin : row_table_far_field(table, row, field);
}

/* One row, lent as long as the table. */
void row_table_row(const struct row_table *table, size_t number, struct row *row);

#endif
