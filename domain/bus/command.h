#ifndef DOMAIN_BUS_COMMAND_H
#define DOMAIN_BUS_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/bookmarks/bookmark_source.h"
#include "domain/links/link_look.h"
#include "domain/schedule/due_job.h"
#include "domain/stars/star.h"

/*
 * Commands: something asked for, in the imperative. Each has exactly one handler, is one
 * transaction, and may be refused. A command lends its strings and arrays for the length of
 * bus_handle(); whoever sends one to another thread sends a command_clone().
 */
enum command_type {
	ADD_BOOKMARKS,
	EDIT_BOOKMARKS,
	DELETE_BOOKMARKS,
	RESTORE_BOOKMARKS,
	EMPTY_TRASH,
	RENAME_TAGS,
	DELETE_TAGS,
	TAKE_IN_BOOKMARKS,
	UNDO,
	REDO,
	REQUEST_STARS,
	BEGIN_STARS,
	TAKE_IN_STARS,
	FINISH_STARS,
	NOTE_INCIDENT,
	RECORD_LINKS,
	BEGIN_WORK,
	FINISH_WORK,
	FORGET_LINKS,
	BATCH,
	COMMAND_TYPES
};

/* What an edit does to tags. */
enum tag_edit { TAGS_KEEP, TAGS_SET, TAGS_ADJUST };

/* Fields to change: NULL leaves a field as it is. */
struct bookmark_patch {
	const char *url;
	const char *title;
	const char *notes;
	enum tag_edit tag_edit;
	struct tag_set tags;    /* TAGS_SET: these; TAGS_ADJUST: added */
	struct tag_set without; /* TAGS_ADJUST: removed */
};

/*
 * Makes a patch change what differs between two sets of tags and nothing else, so that tags which
 * came from elsewhere meanwhile stay. Its own sets are the caller's to finish.
 */
void bookmark_patch_tags(
	struct bookmark_patch *patch, const struct tag_set *before, const struct tag_set *after);

struct bookmark_edit {
	int64_t id;
	struct bookmark_patch patch;

	/* CONFLICT unless the bookmark was changed last at that time: the editor has seen that one.
	 */
	bool if_modified;
	int64_t modified;
};

/* A bookmark to be made. NULL title or notes are empty. */
struct bookmark_draft {
	const char *url; /* as typed: url_from_typed() is applied */
	const char *title;
	const char *notes;
	struct tag_set tags;
	bool tags_given; /* for an update: an empty set is meant */
};

/*
 * Adds bookmarks by hand. A known address is refused (an item of the result: DUPLICATE, its id) or,
 * with update, its given fields are changed; tags that are given replace the old ones. Unless
 * partial is set the first refused item refuses the command.
 */
struct add_bookmarks {
	const struct bookmark_draft *drafts;
	size_t count;
	bool update;
	bool partial;
};

struct edit_bookmarks {
	const struct bookmark_edit *edits; /* an id that is not there refuses the command */
	size_t count;
};

struct some_bookmarks {
	const int64_t *ids; /* an id that is not there (for RESTORE: not in the trash) refuses it */
	size_t count;
};

/*
 * Drops for good what went into the trash at or before this time; INT64_MAX is everything. It
 * cannot be undone: what the journal kept of those bookmarks goes too.
 */
struct empty_trash {
	int64_t deleted_until;
	bool asked_for; /* by the user: drops what could be redone; the 30 days' purge does not */
};

/* Every tag of from becomes to, everywhere; a tag that is there already is merged into. */
struct rename_tags {
	const char *const *from;
	size_t count;
	const char *to;
};

struct delete_tags {
	const char *const *tags;
	size_t count;
};

/*
 * Takes in everything a source yields, by the rule of imports: a known address has its tags
 * united, the earliest date kept, an empty title or note filled in, and nothing else replaced;
 * one in the trash is added anew. One command, one transaction, one change, whatever the size.
 */
struct take_in_bookmarks {
	struct bookmark_source *source;
	const char *origin;         /* becomes the new bookmarks' source: "file:csv" */
	const struct tag_set *tags; /* added to each; may be NULL */
	bool dry_run;               /* counts as it would have been, then rolls back */

	/*
	 * Whose profile this is, so that a later reading knows what is gone: a bookmark whose entry
	 * was deleted in every browser is marked as a star that was taken back (and counted as
	 * gone), and one that was deleted here does not come back. NULL: a file of its own.
	 */
	const char *browser; /* "firefox" */
	const char *profile; /* its path; NULL exactly when browser is */
};

struct undo {
	size_t steps; /* at least 1; fewer are taken if there are no more, none is NOTHING_LEFT */
};

/* Asks for a user's stars. It is only checked: whoever hears of it finds out which server and who
 * is meant, and begins. */
struct request_stars {
	struct star_request request;
};

/*
 * Begins a walk, or carries on one that broke off: remembers it, and tells STARS_REQUESTED. The
 * request's forge and user are what the ledger is to know them by; the result has the walk.
 */
struct begin_stars {
	struct star_request request;
};

/* One page of stars, whole, with the walk's cursor. */
struct take_in_stars {
	const struct star_page *page;
};

/* The end of a walk, good or bad: see domain/stars/star.h. */
struct finish_stars {
	const struct star_walk_end *end;
};

/*
 * Puts into the log what happened to barky itself (COMMAND_REFUSED to LIBRARY_MIGRATED); nothing of
 * a bookmark changes. Given by bus_note(), not by users.
 */
struct note_incident {
	int event; /* an enum event_type */
	const char *subject;
};

/*
 * Writes down what a check of links found, beside the bookmarks: no change, and nothing to undo.
 * With finished the check is over, and LINKS_CHECKED tells its counts.
 */
struct record_links {
	const struct link_look *looks;
	size_t count;
	const struct link_counts *finished; /* of the whole check; NULL while it goes on */
	const char *reason;                 /* why it ended early; NULL or "" if it did not */
};

/* Takes up work that has come round, or says that it still goes on: no change, nothing to undo. */
struct begin_work {
	const struct work_claim *claim;
};

/* Its end, good or bad, which WORK_DONE or WORK_FAILED tells. */
struct finish_work {
	const struct work_end *end;
};

/*
 * Several commands as one: one transaction, one change, all or nothing. Each is asked about before
 * it begins, as if it came alone. Only of commands that a user gives and that undo takes back as
 * part of a change (ADD to RESTORE, RENAME_TAGS, DELETE_TAGS); another one is INVALID.
 */
struct command_batch {
	const struct command *commands;
	size_t count;
};

struct command {
	enum command_type type;

	/*
	 * The change that this becomes part of, for what belongs together over several
	 * transactions (the pages of an import, a title that was fetched later); 0 opens a new
	 * one. One that is undone or gone by now opens a new one too.
	 */
	int64_t change;
	bool must_join; /* refuse (REFUSED) what would open a new one instead */

	/* Who asks, for the events: "bus:auto-tag"; NULL: whom bus_origin() named. */
	const char *origin;

	union {
		struct add_bookmarks add_bookmarks;
		struct edit_bookmarks edit_bookmarks;
		struct some_bookmarks delete_bookmarks;
		struct some_bookmarks restore_bookmarks;
		struct empty_trash empty_trash;
		struct rename_tags rename_tags;
		struct delete_tags delete_tags;
		struct take_in_bookmarks take_in_bookmarks;
		struct undo undo;
		struct undo redo;
		struct request_stars request_stars;
		struct begin_stars begin_stars;
		struct take_in_stars take_in_stars;
		struct finish_stars finish_stars;
		struct note_incident note_incident;
		struct record_links record_links;
		struct begin_work begin_work;
		struct finish_work finish_work;
		struct some_bookmarks forget_links; /* as if they had never been asked */
		struct command_batch batch;
	} as;
};

/* "delete_bookmarks": the name in the journal, in hooks and on the JSON bus. Never NULL; "" of a
 * number that is no command. */
const char *command_name(enum command_type type);
bool command_type_of(const char *name, enum command_type *type);

/*
 * A handler changes the library through the ports (domain/bus/handling.h), or returns why it will
 * not. Whatever it returns but STATUS_OK rolls everything back.
 */
struct handling;
typedef enum status (*handle_fn)(struct handling *handling, const struct command *command);
handle_fn command_handler(enum command_type type); /* never NULL */

/* Whether a batch may hold it. */
bool command_fits_batch(enum command_type type);

/*
 * A deep copy in one piece, for another thread. NULL of a command whose row in command.c has no
 * function that clones: it carries what cannot be copied, as a source of bookmarks.
 */
struct command *command_clone(const struct command *command);
void command_free(struct command *clone);

/*
 * What a command did, as a sentence for people without a full stop: "Deleted 3 bookmarks",
 * "Imported 640 stars (github:octocat)". The caller frees it.
 */
char *describe_change(enum command_type command, size_t bookmarks, const char *subject);

/* The same of what has a name: "Deleted "SQLite"". */
char *describe_change_of(enum command_type command, const char *name, const char *subject);

#endif
