#ifndef ADAPTERS_SYSTEM_DESKTOP_H
#define ADAPTERS_SYSTEM_DESKTOP_H

#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * Programs of the user's desktop that do something for us, such as opening an address or keeping
 * a text to be pasted. Which of them there are differs, so they come in tables.
 */
struct desktop_program {
	const char *variable; /* has to be set; NULL: none has */
	char *words[4];       /* ends in a NULL */
};

/* The first of the table that is there; NULL if none is. */
const struct desktop_program *desktop_program_find(
	const struct desktop_program *programs, size_t count);

/*
 * Starts a program apart from our terminal, with this input (see spawn.h) and no output. It has a
 * moment to fail: then STATUS_IO. One that is still there after it does its work, and is left
 * alone.
 */
enum status desktop_program_run(char *const *words, int input, struct error *error);

/*
 * Hands a text to the desktop's clipboard, by wl-copy, xclip, xsel or pbcopy, whichever is there
 * and has a display; the text goes to its standard input. Line breaks and other controls are left
 * out, as one that is pasted into a shell would run. STATUS_NOT_FOUND if there is no helper.
 */
enum status clipboard_copy(const char *text, struct error *error);

#endif
