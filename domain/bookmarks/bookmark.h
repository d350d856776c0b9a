#ifndef DOMAIN_BOOKMARKS_BOOKMARK_H
#define DOMAIN_BOOKMARKS_BOOKMARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/link.h"
#include "domain/bookmarks/tag_set.h"

/*
 * One bookmark. The strings are valid UTF-8, never NULL after bookmark_init(), and owned by the
 * struct; title and notes may be empty. Times are seconds since 1970-01-01T00:00:00Z.
 */
struct bookmark {
	int64_t id; /* never used again; 0 before the library gave one */
	char *url;  /* as it was given */
	char *title;
	char *notes;
	struct tag_set tags;
	int64_t added;
	int64_t modified;
	int64_t deleted; /* when it went into the trash; 0 if it is not there */
	char *source;    /* "manual", "github:USER", "file:FORMAT" */
	bool unstarred;  /* its star was taken back, or it is gone from the browser it came from */
	struct bookmark_link link; /* beside it: as a catalogue read it; compared by nobody */
};

void bookmark_init(struct bookmark *bookmark);
void bookmark_finish(struct bookmark *bookmark);
void bookmark_copy(struct bookmark *to, const struct bookmark *from); /* to was initialised */
bool bookmark_equal(const struct bookmark *a, const struct bookmark *b);

/*
 * What a change can do to a bookmark: its fields, in one table, which is walked by whatever
 * compares, copies, undoes, tells of or keeps them. A field that is added here is in all of these.
 */
enum bookmark_field_type { BOOKMARK_TEXT, BOOKMARK_TAGS, BOOKMARK_TIME, BOOKMARK_FLAG };

struct bookmark_field {
	const char *name; /* as JSON, CSV and events have it */
	char letter;      /* in what the journal keeps to undo a change; never another's */
	enum bookmark_field_type type;
	size_t offset;
	bool is_shown;             /* to programs, and kept by barky's own files */
	bool is_told;              /* bookmark_differences() names it */
	const char *label;         /* to people, in a change: "address"; of a flag, when it is set;
				      NULL: it is not spoken of */
	const char *label_cleared; /* of a flag */
};

/* In the order in which JSON, CSV and a row of the library have them. */
enum { BOOKMARK_FIELDS = 9 };
extern const struct bookmark_field bookmark_fields[BOOKMARK_FIELDS];

/* What a field holds: the one of these that is its type. Lent. */
union bookmark_value {
	const char *text;
	const struct tag_set *tags;
	int64_t time;
	bool flag;
};

union bookmark_value bookmark_field_value(
	const struct bookmark_field *field, const struct bookmark *bookmark);

/*
 * For a bookmark whose texts are not its own: puts a value in as it is, and frees nothing. Not of
 * tags, which every bookmark has for itself.
 */
void bookmark_field_lend(
	const struct bookmark_field *field, struct bookmark *bookmark, union bookmark_value value);

bool bookmark_field_equal(
	const struct bookmark_field *field, const struct bookmark *a, const struct bookmark *b);
void bookmark_field_copy(
	const struct bookmark_field *field, struct bookmark *to, const struct bookmark *from);

/* A field as text: tags joined by commas, a time in seconds, a flag as 0 or 1. The caller frees. */
char *bookmark_field_print(const struct bookmark_field *field, const struct bookmark *bookmark);
void bookmark_field_read(
	const struct bookmark_field *field, struct bookmark *bookmark, const char *text);

/*
 * The names of the fields in which two differ: "title,tags"; "" if in none. The time of the change
 * itself and the trash are not told.
 */
enum { BOOKMARK_FIELDS_SIZE = 128 };
void bookmark_differences(const struct bookmark *a, const struct bookmark *b,
	char fields[static BOOKMARK_FIELDS_SIZE]);

/* Replaces one of the strings of a bookmark by a copy of text. */
void bookmark_set(char **field, const char *text);
void bookmark_take(char **field, char *take); /* the same, by the text itself */

/*
 * How a title and a note come in, whatever the way: valid UTF-8, blanks and line ends at the edges
 * dropped; in a title line breaks become blanks. The caller frees them.
 */
char *bookmark_clean_title(const char *title);
char *bookmark_clean_notes(const char *notes);

/* What people are shown as its title: the address where there is none. Lent. */
const char *bookmark_label(const struct bookmark *bookmark);

#endif
