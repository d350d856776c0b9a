#ifndef TUI_PALETTE_H
#define TUI_PALETTE_H

#include "tui/screen.h"

/* What a prompt offers while one types, above its line: commands, values, tags, files. */

/* The names that a line of ":" can be completed to. */
void palette_complete_command(
	const struct screen *screen, struct completion *completion, const struct line_editor *line);

/* Words that complete the tags' field or prompt, which is at the word begun. */
void palette_complete_tags(
	struct screen *screen, struct completion *completion, const struct line_editor *line);

/* Words that complete a value at the end of a prompt's line: "is:", ":theme "; false if none. */
bool palette_complete_value(struct screen *screen, struct prompt *prompt);

/*
 * Names of files in a prompt. The screen reads no folder itself: the engine is asked, and when it
 * answers, and the line is still what it was, Tab goes through the names.
 */

/* Does the word at the end of the prompt's line name a file? */
bool palette_wants_files(const struct prompt *prompt);

void palette_ask_for_files(struct screen *screen);
void palette_hear_files(struct screen *screen, const char *asked, const char *names);

/* Draws it at the lower end of the body. */
void palette_draw(struct screen *screen, struct canvas *canvas, const struct area *body);

#endif
