#ifndef ADAPTERS_FORMATS_RECORD_H
#define ADAPTERS_FORMATS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/formats/fields.h"
#include "domain/base/buffer.h"
#include "domain/bookmarks/bookmark_source.h"

/*
 * One bookmark of a file while it is put together, a field at a time; used again for the next.
 * record_clear() makes it ready; { 0 } needs that too.
 */
struct record {
	struct buffer url;
	struct buffer title;
	struct buffer notes;
	struct buffer origin;     /* empty: it has none */
	struct bookmark bookmark; /* all but these; it is lent them when it is handed out */
	long place;               /* its line, or its number */
	unsigned lost;            /* bits of enum loss */
	size_t *lost_counts;      /* input->lost, where they are counted; NULL: nowhere */
};

/* How a text is a list of tags. */
enum tag_style {
	TAGS_BY_COMMAS,
	TAGS_BY_COMMAS_OR_BLANKS, /* by blanks if it has no comma */
	TAGS_BY_BARS,             /* "a|b" */
	TAGS_BY_SEMICOLONS,       /* "a; b" */
	TAGS_LISTED               /* by commas, perhaps [a,"b c"] */
};

void record_clear(struct record *record);
void record_finish(struct record *record);

/* Of several notes each is kept, with an empty line between. */
void record_add_notes(struct record *record, const char *text, size_t length);

void record_add_tags(struct record *record, const char *list, enum tag_style style);

/* Adds each part of a list between any of these separators. */
void record_split_tags(struct tag_set *tags, const char *list, const char *separators);

/* The name of a folder: a comma in it separates tags. */
void record_add_folder(struct record *record, const char *name);

/* "a/b", the folders above it, but for the names of those that are none ("Unread"). */
void record_add_path(struct record *record, const char *path);
bool record_is_no_folder(const char *name, size_t length);

/* It has something that no bookmark keeps; counted once it is handed out. */
void record_lose(struct record *record, enum loss loss);

/* Where it was from in another library; what is no source of a library is passed over. */
void record_set_origin(struct record *record, const char *source);

/* A field that only barky's own formats have (field_find_own()): a flag or a time. */
void record_set_own(struct record *record, const struct bookmark_field *field, const char *text);

/* "place:…" is a query of Firefox's, not a bookmark; it is passed over in silence. */
bool record_is_query(const struct record *record);

/*
 * Tabs and line ends within the address are dropped, as browsers do (WHATWG URL, 4.4).
 * SOURCE_BOOKMARK with *found pointing into the record, or SOURCE_SKIPPED with a reason: no
 * address or one without a scheme, bytes that are not UTF-8, a NUL.
 */
enum source_step record_yield(
	struct record *record, struct found_bookmark *found, struct error *error);

/* SOURCE_SKIPPED of the record at a place that is damaged otherwise. */
enum source_step record_skip(long place, struct found_bookmark *found);

/*
 * Records that a parser makes faster than they are asked for: one piece of a file may hold many.
 * The last may be open, and is handed out only once it was ended. { 0 } is empty; lost_counts is
 * given to each record.
 */
struct record_queue {
	struct record *records;
	size_t count;
	size_t capacity;
	size_t next;
	bool is_open;
	size_t *lost_counts;
};

struct record *record_queue_open(struct record_queue *queue); /* ends the one before */
struct record *record_queue_last(struct record_queue *queue); /* the open one; else NULL */
void record_queue_end(struct record_queue *queue);

void record_queue_finish(struct record_queue *queue);

/* Reads a further piece of the file into the source's queue. */
typedef enum status (*record_fill_fn)(struct bookmark_source *source, struct error *error);

/*
 * The next of a source: a record of its queue that is a bookmark, which is filled as often as need
 * be until *at_end is set.
 */
enum source_step record_queue_yield(struct record_queue *queue, const bool *at_end,
	record_fill_fn fill, struct bookmark_source *source, struct found_bookmark *found,
	struct error *error);

/* The folders that are open around a bookmark; { 0 } is none. A folder without a name is there,
 * and is no tag. */
struct folders {
	char **names;
	size_t count;
	size_t capacity;
	struct tag_set tags; /* of all of them */
	bool is_stale;       /* so these have to be gathered again */
};

void folders_finish(struct folders *folders);
void folders_enter(struct folders *folders, const char *name); /* NULL: none */
void folders_leave(struct folders *folders); /* nothing is open: nothing happens */
void folders_add_to(struct folders *folders, struct record *record);

/*
 * The names that browsers give to their own root folders: the bar, the menu, "other bookmarks",
 * those of the phone. Whatever the case.
 */
bool folder_is_root(const char *name);

#endif
