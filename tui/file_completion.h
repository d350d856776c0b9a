#ifndef TUI_FILE_COMPLETION_H
#define TUI_FILE_COMPLETION_H

#include "tui/screen.h"

/*
 * Names of files in a prompt. The screen reads no folder itself: the engine is asked, and when it
 * answers, and the line is still what it was, Tab goes through the names.
 */

/* Does the word at the end of the prompt's line name a file? */
bool file_completion_is_wanted(const struct prompt *prompt);

void file_completion_ask(struct screen *screen);
void file_completion_hear(struct screen *screen, const char *asked, const char *names);

#endif
