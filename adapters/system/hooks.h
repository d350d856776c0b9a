#ifndef ADAPTERS_SYSTEM_HOOKS_H
#define ADAPTERS_SYSTEM_HOOKS_H

#include <stdbool.h>

#include "adapters/bootstrap.h"

/*
 * The user's own programs, told of what happens: in a folder, each named for what it hears.
 *
 *   EVENT (bookmarks_added), or "any"   after the commit, with the event as a line of JSON
 *   pre-COMMAND (pre-delete_bookmarks)  before it, with the command; an exit code that is not 0
 *                                       refuses it, the first line of standard error says why
 *
 * A hook of events is a consumer of the log with its own kept position, "hook:NAME": it hears every
 * event in order, one at a time. One that fails is tried again after 1, 2 and 4 seconds and then
 * passed over, with HOOK_PASSED_OVER in the log. A courier, a process of its own that is started
 * with the program, carries them, so that no key and no command waits for one. It goes on until all
 * is delivered; what it leaves when it is killed the next one finds. Of several couriers of a
 * library one works.
 *
 * Only a regular file that is executable, the user's own and writable by nobody else is run.
 */
struct hooks;

/* A line for people, made safe to print. */
typedef void (*hooks_say_fn)(void *self, const char *line);

/* "hooks" beside the configuration file; NULL for NULL; the caller frees it. */
char *hooks_folder(const char *config_path);

/*
 * Before the library is opened and before there is a thread: the courier is a fork of this process.
 * NULL if there is no such folder, which is the usual case and costs nothing. library is the path
 * as it was given, or NULL. stays: the program is there for long, so that hooks may come later.
 */
struct hooks *hooks_start(const char *folder, const char *library, bool stays);

/*
 * Hears of every command and event of an open library from now on, which has to outlive the hooks.
 * A hook that is new begins with what happens next.
 */
void hooks_connect(struct hooks *hooks, struct library *library, hooks_say_fn say, void *self);

/* Disconnects; the courier goes on by itself until all is delivered. NULL is nothing. */
void hooks_free(struct hooks *hooks);

#endif
