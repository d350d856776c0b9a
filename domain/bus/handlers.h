#ifndef DOMAIN_BUS_HANDLERS_H
#define DOMAIN_BUS_HANDLERS_H

#include "domain/bus/event_queue.h"
#include "domain/bus/result.h"
#include "domain/bus/unit_of_work.h"

/* What a handler works with: lent by the bus for one command, inside a begun unit of work. */
struct handling {
	struct repository *bookmarks;
	struct journal *journal;
	struct star_ledger *stars;
	struct link_store *links;
	struct browser_ledger *browsers;
	struct due_ledger *due;
	struct event_queue *events; /* what happened is recorded here */
	struct result *result;      /* what the asker hears */
	enum command_type command;
	const char *subject; /* of the change, once one is opened */
	int64_t joins;       /* the change to become part of; 0 for a new one */
	bool must_join;      /* never a new one in its place */
	int64_t now;
	bool rehearsal; /* set by a handler: roll back, tell nobody, and yet answer OK */
};

/*
 * A handler changes the library through the ports, or returns why it will not. Whatever it
 * returns but STATUS_OK rolls everything back.
 */
typedef enum status (*handle_fn)(struct handling *handling, const struct command *command);

/* The handler of a command, from the one table of commands (domain/bus/command.c). Never NULL. */
handle_fn command_handler(enum command_type type);

enum status handle_add_bookmarks(struct handling *handling, const struct command *command);
enum status handle_edit_bookmarks(struct handling *handling, const struct command *command);
enum status handle_delete_bookmarks(struct handling *handling, const struct command *command);
enum status handle_restore_bookmarks(struct handling *handling, const struct command *command);
enum status handle_empty_trash(struct handling *handling, const struct command *command);
enum status handle_rename_tags(struct handling *handling, const struct command *command);
enum status handle_delete_tags(struct handling *handling, const struct command *command);
enum status handle_take_in_bookmarks(struct handling *handling, const struct command *command);
enum status handle_undo(struct handling *handling, const struct command *command);
enum status handle_redo(struct handling *handling, const struct command *command);
enum status handle_request_stars(struct handling *handling, const struct command *command);
enum status handle_begin_stars(struct handling *handling, const struct command *command);
enum status handle_take_in_stars(struct handling *handling, const struct command *command);
enum status handle_finish_stars(struct handling *handling, const struct command *command);
enum status handle_batch(struct handling *handling, const struct command *command);
enum status handle_note_incident(struct handling *handling, const struct command *command);
enum status handle_record_links(struct handling *handling, const struct command *command);
enum status handle_begin_work(struct handling *handling, const struct command *command);
enum status handle_finish_work(struct handling *handling, const struct command *command);
enum status handle_forget_links(struct handling *handling, const struct command *command);

/*
 * The four ways a handler changes a bookmark. Each writes the row, keeps in the journal what is
 * needed to take it back (opening the change with the first), and records the event.
 */
enum status change_add(struct handling *handling, struct bookmark *bookmark);

/* The same, without a word on who has the address: for a handler that goes on after DUPLICATE. */
enum status change_try_add(struct handling *handling, struct bookmark *bookmark);

enum status change_edit(struct handling *handling, const struct bookmark *before,
	struct bookmark *after); /* sets after->modified */

/* The same, counted as updated; or as unchanged, when there is nothing to write. */
enum status change_edit_if_different(
	struct handling *handling, const struct bookmark *before, struct bookmark *after);

/* The same of the one with this id, as edit changes it; NOT_FOUND, without a word. */
enum status change_edit_by(struct handling *handling, int64_t id,
	void (*edit)(const void *self, struct bookmark *bookmark), const void *self);

/*
 * Marks one that is in use as gone from where it came from, unless it is so already or spare, which
 * may be NULL, says otherwise; counted as gone. One that is not there is no error.
 */
enum status change_mark_unstarred(
	struct handling *handling, int64_t id, bool (*spare)(const struct bookmark *bookmark));

enum status change_delete(struct handling *handling, const struct bookmark *bookmark);
enum status change_restore(struct handling *handling, const struct bookmark *bookmark);

#endif
