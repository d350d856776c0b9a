#ifndef TUI_KEY_SEQUENCE_H
#define TUI_KEY_SEQUENCE_H

#include <stddef.h>
#include <stdint.h>

/*
 * What terminals send for keys, beside what their terminfo entry says: both forms of arrows, Home
 * and End, Shift-Tab, Ctrl- and Alt-arrows, the marks of a paste (xterm's control sequences).
 */
struct key_sequence {
	const char *bytes;
	int32_t key; /* enum key_name */
};

const struct key_sequence *key_sequence(size_t index); /* NULL past the end */

#endif
