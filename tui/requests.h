#ifndef TUI_REQUESTS_H
#define TUI_REQUESTS_H

#include "tui/screen.h"

/*
 * Sends a request, whose answer goes to on_answer with the screen (NULL: none is wanted); note
 * (copied, may be NULL) goes with it. Words end with NULL.
 */
void requests_ask(struct screen *screen, enum request_type type, const char *const *words,
	bool flag, answer_fn on_answer, const char *note);

/*
 * The same for a command, which is copied; id is the bookmark it is about, 0 if several. Lent, to
 * know it again when its answer comes.
 */
const struct request *requests_command(
	struct screen *screen, const struct command *command, answer_fn on_answer, int64_t id);

/* Asks for the title of a page: for the form, or for a bookmark that was added in a change. */
void requests_title(
	struct screen *screen, const char *url, answer_fn on_answer, int64_t id, int64_t change);

/* What is done with answers; self is the screen. */
void on_change_answer(void *self, const struct request *request, struct report *report);
void on_find_answer(void *self, const struct request *request, struct report *report);
void on_title_answer(void *self, const struct request *request, struct report *report);
void on_trash_answer(void *self, const struct request *request, struct report *report);
void on_files_answer(void *self, const struct request *request, struct report *report);
void on_preview_answer(void *self, const struct request *request, struct report *report);
void on_open_answer(void *self, const struct request *request, struct report *report);

/* A text: shown as a view headed by the note, or said. */
void on_text_answer(void *self, const struct request *request, struct report *report);
void on_message_answer(void *self, const struct request *request, struct report *report);

#endif
