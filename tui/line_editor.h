#ifndef TUI_LINE_EDITOR_H
#define TUI_LINE_EDITOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/canvas.h"

/* Lines that were entered before, the latest last, without repetitions. {0} is empty. */
struct history {
	char **lines;
	size_t count;
	size_t capacity;
};

#define HISTORY_MAX 200

void history_add(struct history *history, const char *line);
void history_finish(struct history *history);

/*
 * One line of text with a cursor, readline's keys, a kill buffer and (where one is lent) a
 * history. It moves and deletes by grapheme cluster, never within one.
 */
struct line_editor {
	char *text; /* valid UTF-8, never NULL after line_editor_init() */
	size_t length;
	size_t capacity;
	size_t cursor; /* bytes */
	bool exact;    /* holds line ends and tabs, and any length */
	char *killed;  /* what C-y puts back */
	struct history *history;
	size_t recalled; /* lines back in the history; 0: the one being typed */
	char *typed;     /* the line being typed, while the history shows another */
};

/* Bytes a line can hold unless it is exact; what would not fit is not inserted. */
#define LINE_MAX_BYTES 65536

void line_editor_init(struct line_editor *editor, struct history *history);
void line_editor_finish(struct line_editor *editor);
void line_editor_set(struct line_editor *editor, const char *text);

/*
 * Makes it exact and sets it: whatever text holds stays as it is, byte for byte, as long as it is
 * not edited. Line ends are drawn as a sign.
 */
void line_editor_set_exact(struct line_editor *editor, const char *text);

/* Line ends and tabs in text become blanks (not in an exact line), other controls are dropped. */
void line_editor_insert(struct line_editor *editor, const char *text);

/* Replaces the bytes from … cursor by text: what a completion does. */
void line_editor_replace(struct line_editor *editor, size_t from, const char *text);

enum edit_result {
	EDIT_IGNORED, /* not a key for editing */
	EDIT_MOVED,
	EDIT_CHANGED
};

/* What keys do to a line; tui/keymap_table.c says which. */
enum line_edit {
	LINE_START,
	LINE_END,
	LINE_LEFT,
	LINE_RIGHT,
	LINE_WORD_LEFT,
	LINE_WORD_RIGHT,
	LINE_ERASE_LEFT,
	LINE_ERASE_RIGHT,
	LINE_KILL_WORD_LEFT,
	LINE_KILL_WORD_RIGHT,
	LINE_KILL_START,
	LINE_KILL_END,
	LINE_YANK,
	LINE_BREAK, /* in an exact line */
	LINE_OLDER,
	LINE_NEWER,
	LINE_ABOVE, /* of an exact one, which is ignored where there is none */
	LINE_BELOW,
	LINE_EDITS
};

enum edit_result line_editor_do(struct line_editor *editor, enum line_edit edit);

/* A key that types a character; IGNORED if it types none. */
enum edit_result line_editor_type(struct line_editor *editor, int32_t key);

/* Where the last word before the cursor begins; words are separated by the bytes in separators. */
size_t line_editor_word(const struct line_editor *editor, const char *separators);

/*
 * Draws the line from column on, scrolled so that its cursor is in sight, and parks the text
 * cursor there if it is active. Returns the columns used.
 */
int line_editor_draw(const struct line_editor *editor, struct canvas *canvas,
	const struct area *area, int row, int column, bool active);

/* The same of an exact one, in as many rows: its lines below each other, that of the cursor too. */
void line_editor_draw_lines(const struct line_editor *editor, struct canvas *canvas,
	const struct area *area, int row, int rows, int column, bool active);

/* How many lines it has, at least 1. */
size_t line_editor_lines(const struct line_editor *editor);

#endif
