#ifndef ADAPTERS_SYSTEM_USER_COMMAND_H
#define ADAPTERS_SYSTEM_USER_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "adapters/system/argv.h"
#include "domain/bookmarks/bookmark.h"

/*
 * A program that the user has given a key ([commands] in the configuration): what it is started
 * with is made of the selected bookmarks. No shell is asked, unless the user names one.
 *
 *   mpv {url}                  a word with a field stands once for each bookmark
 *   | jq .                     "|": the bookmarks' JSON on standard input; so it is without a field
 *   & notify-send -- {title}   "&": in the background, out of reach of the terminal
 *
 * Fields: {id} {url} {title} {notes} {tags} {date_added} {date_modified} {source}.
 */
struct user_command {
	struct argv words;
	bool background;
	bool input; /* the JSON is its standard input */
};

/*
 * INVALID with a reason for what is no command: nothing to start, an open quote, a field that
 * there is not, or one within the text that a shell is to run, where a title could be anything.
 * To be finished in any case.
 */
enum status user_command_read(struct user_command *command, const char *text, struct error *error);
void user_command_finish(struct user_command *command);

/*
 * Starts it in the terminal, which is its own meanwhile, and waits. STATUS_IO, and why, where it
 * cannot be started or fails.
 */
enum status user_command_run(const struct user_command *command, const struct bookmark *bookmarks,
	size_t count, struct error *error);

/* Starts it apart from the terminal; what it says on standard error goes to that descriptor. */
enum status user_command_start(const struct user_command *command, const struct bookmark *bookmarks,
	size_t count, int errors, pid_t *process, struct error *error);

#endif
