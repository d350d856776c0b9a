#ifndef DOMAIN_BOOKMARKS_BOOKMARK_H
#define DOMAIN_BOOKMARKS_BOOKMARK_H

#include <stdbool.h>
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
 * The names of the fields in which two differ, as JSON has them: "title,tags"; "" if in none. The
 * time of the change itself and the trash are no fields here.
 */
#define BOOKMARK_FIELDS_SIZE sizeof("url,title,notes,tags,date_added,source,unstarred")
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
