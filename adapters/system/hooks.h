#ifndef ADAPTERS_SYSTEM_HOOKS_H
#define ADAPTERS_SYSTEM_HOOKS_H

#include "domain/bus/signal.h"

/*
 * The user's own programs, told of events: in a folder, one named for each kind of event (such as
 * bookmarks_added), or "any". Each gets the event as one line of JSON (adapters/json/event_json.h)
 * on its standard input, and nothing of it as an argument. It runs beside us, after the commit;
 * whatever becomes of it changes nothing, and after 10 s it is ended with its children. A few run
 * at a time, in the order of the events.
 *
 * Only a regular file that is executable, the user's own and writable by nobody else is run.
 */
struct hooks;

/* A line for people about a hook that failed, made safe to print. */
typedef void (*hooks_say_fn)(void *self, const char *line);

/* folder is copied. NULL if there is no such folder, which is the usual case and costs nothing. */
struct hooks *hooks_new(const char *folder, hooks_say_fn say, void *self);

/* "hooks" beside the configuration file; NULL for NULL; the caller frees it. */
char *hooks_folder(const char *config_path);

/* Hears of every event from now on. signals has to outlive the hooks. */
void hooks_connect(struct hooks *hooks, struct signals *signals);

/* Reaps those that have ended, ends those that are late, starts those that wait; true while some
 * are running. Called now and then by whoever goes on for long. */
bool hooks_turn(struct hooks *hooks);

/* Disconnects, and waits for those that are left, as long as they may. NULL is nothing. */
void hooks_free(struct hooks *hooks);

#endif
