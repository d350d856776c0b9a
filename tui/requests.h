#ifndef TUI_REQUESTS_H
#define TUI_REQUESTS_H

#include "tui/screen.h"

/*
 * Sends a request whose answer is for a purpose; text (copied, may be NULL) and id go with it.
 * Words end with NULL.
 */
void requests_ask(struct screen *screen, enum request_type type, const char *const *words,
	bool flag, enum purpose purpose, const char *text);

/* The same for a command, which is copied; id is the bookmark it is about, 0 if several. */
void requests_command(
	struct screen *screen, const struct command *command, enum purpose purpose, int64_t id);

/* Asks for the title of a page: for the form, or for a bookmark that was added in a change. */
void requests_title(
	struct screen *screen, const char *url, enum purpose purpose, int64_t id, int64_t change);

/* What a token was for; false if that is not known. Stays until requests_forget(). */
bool requests_find(const struct screen *screen, uint64_t token, struct pending *pending);
void requests_forget(struct screen *screen, uint64_t token);
void requests_finish(struct screen *screen);

/* True while a request for this purpose is not answered. */
bool requests_waiting(const struct screen *screen, enum purpose purpose);

#endif
