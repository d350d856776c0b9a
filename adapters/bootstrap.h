#ifndef ADAPTERS_BOOTSTRAP_H
#define ADAPTERS_BOOTSTRAP_H

#include <signal.h>
#include <stdbool.h>

#include "domain/bus/bus.h"
#include "domain/bookmarks/catalogue.h"

struct database;

struct library_options {
	const char *path;      /* of --db; NULL: as path_of_library() says */
	bool missing_is_empty; /* for commands that only read: no file, an empty library, none made
				*/
	const volatile sig_atomic_t *stop;             /* ends a wait for another program's lock */
	void (*waiting)(void *self, const char *line); /* a line for people, once a wait */
	void *self;
};

/*
 * The composition root: the one place that knows who implements which port. An open library is
 * everything a command needs; what needs more (the network, hooks) is made on top of it by
 * whoever needs it, so that a list pays for none of that.
 */
struct library {
	struct clock clock;
	struct signals signals;
	struct database *database;
	struct unit_of_work *work;
	struct catalogue *catalogue;
	struct bus *bus;
	struct library_options options;
};

/*
 * Opens the library, making it if there is none. *library is { 0 }. What it cannot use is left as
 * it is; the status and the reason say why. The caller closes what was opened, and nothing if that
 * failed.
 */
enum status library_open(
	struct library *library, const struct library_options *options, struct error *error);
void library_close(struct library *library); /* {0} is fine */

/* Drops for good what has been in the trash for more than 30 days. */
enum status library_purge(struct library *library, struct error *error);

#endif
