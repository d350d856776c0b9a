#ifndef DOMAIN_BUS_EVENT_H
#define DOMAIN_BUS_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bus/command.h"

/*
 * Events: what has happened, in the past tense. Any number of receivers; nobody may object. The
 * journal keeps them in the transaction of the change itself, so they are exactly what happened.
 */
enum event_type {
	BOOKMARKS_ADDED,
	BOOKMARKS_EDITED,   /* also by an import: fields filled in, followed, (un)starred */
	BOOKMARKS_DELETED,  /* into the trash */
	BOOKMARKS_RESTORED, /* out of it */
	TRASH_EMPTIED,
	TAGS_RENAMED,
	TAGS_DELETED,
	CHANGE_UNDONE, /* the bookmarks are what they were before, or gone */
	CHANGE_REDONE,
	STARS_REQUESTED,
	STARS_TAKEN_IN,
	STARS_FINISHED,
	STARS_BROKE_OFF, /* or was stopped, or limited: the next request carries it on */
	COMMAND_REFUSED, /* by a receiver of an about-to signal; the subject says which and why */
	RECEIVER_FAILED, /* of a signal: the subject says of what, and why */
	HOOK_PASSED_OVER,
	LIBRARY_MIGRATED, /* "schema 2" */
	LINKS_ASKED,      /* so what is known of these bookmarks' links may be another */
	LINKS_CHECKED,    /* a check of links is over; its counts are the detail */
	LINK_DIED,
	LINK_HAS_MOVED,
	WORK_DONE, /* that has come round: the subject is the job, the rest the detail */
	WORK_FAILED,
	EVENT_TYPES
};

/* No event names more bookmarks than this: one that concerned more is told in several. */
#define EVENT_BOOKMARKS_MAX 500

/*
 * Events own nothing: bookmarks and subject are lent for the length of a receiver's call. Every
 * bookmark whose row changed is named in some event, so a view is kept true by reading those rows
 * again; one that is no longer there is gone.
 */
struct event {
	enum event_type type;
	int64_t id; /* the journal's number, rising, never used again */
	int64_t at;
	int64_t change;            /* the change that it is part of, 0 if none */
	enum command_type command; /* what was asked for; for undo and redo, what that had been */
	const int64_t *bookmarks;
	size_t count;
	const char *subject; /* "old → new" of tags, "github:octocat" of stars; "" else */
	const char *origin;  /* who asked: "cli", "screen", "bus:auto-tag"; NULL or "" if unknown */
	const char *fields;  /* that changed, as bookmark_differences() names them; NULL or "" */

	/*
	 * What else there is to say, in lines; NULL or "" if nothing. Of BOOKMARKS_DELETED the
	 * addresses, in the order of the bookmarks; of the end of an import of stars, of a check of
	 * links and of work that came round "KEY VALUE".
	 */
	const char *detail;
};

/* "bookmarks_deleted". Never NULL; "" of a number that is no event. */
const char *event_name(enum event_type type);
const char *event_meaning(enum event_type type); /* a line for people, likewise */

/*
 * What happened, as a line for people: "Deleted 3 bookmarks", "Edited "SQLite": title, tags". name
 * is that of the one bookmark it is about; NULL if there are several, or none is known. Yours to
 * free.
 */
char *event_describe(const struct event *event, const char *name);

bool event_type_of(const char *name, enum event_type *type);

#endif
