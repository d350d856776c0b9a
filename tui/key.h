#ifndef TUI_KEY_H
#define TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A key is a number: the Unicode code point that it types (Ctrl-A is 1, Enter 13, Esc 27), or one
 * of the names below; Alt adds KEY_ALT. Keys that terminals cannot tell apart are one key:
 * 13, 10 and keypad Enter; 127, 8 and BSpace.
 */
enum key_name {
	KEYCAP_NONE = 0,
	KEYCAP_TAB = 9,
	KEYCAP_ENTER = 13,
	KEYCAP_ESCAPE = 27,
	KEYCAP_SPACE = 32,
	KEYCAP_FIRST = 0x110000, /* past Unicode's last */
	KEYCAP_UP = KEYCAP_FIRST,
	KEYCAP_DOWN,
	KEYCAP_LEFT,
	KEYCAP_RIGHT,
	KEYCAP_HOME,
	KEYCAP_END,
	KEYCAP_PAGE_UP,
	KEYCAP_PAGE_DOWN,
	KEYCAP_BACKSPACE,
	KEYCAP_DELETE,
	KEYCAP_INSERT,
	KEYCAP_BACK_TAB,
	KEYCAP_CTRL_LEFT,
	KEYCAP_CTRL_RIGHT,
	KEYCAP_F1,
	KEYCAP_F12 = KEYCAP_F1 + 11,
	KEYCAP_PASTE_BEGIN, /* between the terminal and the decoder only */
	KEYCAP_PASTE_END,
	KEYCAP_LAST
};

#define KEY_ALT          0x1000000
#define CTRL_KEY(letter) ((letter)&0x1f)

/* "C-d", "M-b", "Space", "PgDn", "F1", "é"; the longest fits. */
#define KEY_NAME_SIZE 24

void key_print(int32_t key, char name[static KEY_NAME_SIZE]);

/* Reads such a name ("Ctrl-d", "^D" and "Alt-x" too); KEYCAP_NONE if it is none. */
int32_t key_read(const char *name);

/* What the decoder made of its input. A paste's text lives until the next key_decoder call. */
struct input {
	enum { INPUT_NONE, INPUT_KEY, INPUT_PASTE, INPUT_PASTE_STALLED } type;
	int32_t key;
	const char *text; /* valid UTF-8, lines separated by '\n', no other controls but tabs */
	bool cut;         /* the paste was longer than PASTE_MAX */
};

/* Bytes of one paste that are kept. */
#define PASTE_MAX 65536
/* A paste that stands still for so long is told of, once; from then on Esc or C-c ends it. What
 * comes later, over a slow line, still belongs to it: pasted text never runs as keys. */
#define PASTE_PATIENCE_MS 1000

/*
 * From the bytes and named keys of a terminal to keys: UTF-8 in any number of reads, Esc and Alt
 * told apart by whether more came in the same drain, unknown control sequences swallowed to their
 * final byte (an old mouse report, ESC [ M, to the three bytes behind it), pastes collected.
 * Ill-formed bytes are dropped. {0} is a fresh decoder.
 */
struct key_decoder {
	enum {
		DECODER_PLAIN,
		DECODER_ESCAPE,
		DECODER_SEQUENCE,
		DECODER_STRING,
		DECODER_MOUSE
	} state;
	uint32_t partial; /* of a UTF-8 character */
	int missing;      /* bytes of it still to come */
	int length;       /* of all of it */
	int mouse_bytes;  /* of an old mouse report still to come */
	bool parameters;  /* the sequence has had some byte after its "ESC [" */
	bool pasting;
	bool cut;
	bool stalled;
	bool after_return; /* a CR in a paste: the LF after it is the same line end */
	char *paste;
	size_t paste_length;
	size_t paste_capacity;
	int64_t paste_since; /* ms */
};

void key_decoder_finish(struct key_decoder *decoder);

/* One byte (below 256) or one named key. now is any clock in ms. */
struct input key_decoder_put(struct key_decoder *decoder, int32_t unit, int64_t now);

/* Nothing more is waiting: a pending Esc is the key itself. Also tells of a stalled paste. */
struct input key_decoder_drained(struct key_decoder *decoder, int64_t now);

/* ms until key_decoder_drained() would tell of a stalled paste; -1: it would not. */
int key_decoder_wait(const struct key_decoder *decoder, int64_t now);

#endif
