#ifndef DOMAIN_BUS_HANDLERS_H
#define DOMAIN_BUS_HANDLERS_H

#include "domain/base/status.h"

struct command;
struct handling;

/* The handlers, for the one table of commands (domain/bus/command.c): see handle_fn. */
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

#endif
