#ifndef TUI_FOREGROUND_H
#define TUI_FOREGROUND_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/bus/command.h"

/*
 * Port: programs that have the terminal for themselves while the screen has given it back, and
 * are waited for.
 */
struct foreground {
	/*
	 * The user's editor on a text form of some bookmarks. On STATUS_OK edits holds what was
	 * changed (an array of count, 0 if nothing was), until the next call, and *draft, the
	 * caller's, is the file that holds what was typed, for the request that carries it out.
	 */
	enum status (*edit)(struct foreground *foreground, const struct bookmark *bookmarks,
		size_t bookmark_count, const struct bookmark_edit **edits, size_t *count,
		char **draft, struct error *error);

	/* Opens addresses in a text browser, one after the other. */
	enum status (*open)(struct foreground *foreground, const char *const *urls, size_t count,
		bool any_scheme, struct error *error);

	/* A command of the user's, by its place among those of the screen, on some bookmarks. */
	enum status (*run)(struct foreground *foreground, size_t command,
		const struct bookmark *bookmarks, size_t count, struct error *error);
};

#endif
