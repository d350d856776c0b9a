#ifndef TUI_PAINTER_H
#define TUI_PAINTER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/buffer.h"
#include "tui/canvas.h"
#include "tui/style.h"

/* Bits of enum look_attribute that a terminal has a sequence for. */
#define PAINTER_ATTRIBUTES 5

/*
 * What a terminal is told, as terminfo says it, delays and all (they are left out); NULL where it
 * has no such thing. Texts are lent for as long as the painter lives, what a function gives until
 * it is called again.
 */
struct painter_sequences {
	const char *clear;        /* the whole screen; the cursor goes to its first cell */
	const char *clear_to_end; /* of the line */
	const char *plain;        /* no attributes, the terminal's own colours */
	const char *attributes[PAINTER_ATTRIBUTES]; /* in the order of their bits */
	unsigned not_coloured;  /* bits of those that it cannot show together with a colour */
	bool feeds_lines;       /* "\n" goes down and nowhere else */
	bool keeps_last_corner; /* what is written there does not scroll the screen */
	const char *(*to)(int row, int column);
	const char *(*along)(int column); /* within a row */
	const char *(*ink)(int colour);
	const char *(*region)(int top, int bottom); /* rows that scroll; NULL: none ever do */
	const char *up;                             /* scrolls them, from the last of them */
	const char *down;                           /* from the first */
};

/* How a cell looks on this terminal. */
struct pen {
	int colour;      /* LOOK_DEFAULT: its own */
	const char *ink; /* what gives it */
	unsigned attributes;
};

#define PAINTER_EMPHASES 8
#define PAINTER_INK      32

/* Where the terminal's cursor is, and what it writes with. */
struct painter_place {
	int row; /* -1: nobody knows */
	int column;
	struct pen pen;
	const struct pen *like; /* which of the painter's it is, to be known at a glance; or NULL */
};

/*
 * Makes the terminal show a canvas, by as few bytes as it can: what has changed since the last one,
 * the shortest way from one place to the next, no change of looks that cannot be seen. It knows no
 * terminal; its bytes are for whoever has one. {0} is not begun.
 */
struct painter {
	struct painter_sequences sequences;
	struct pen pens[STYLE_COUNT][PAINTER_EMPHASES];
	char inks[STYLE_COUNT][PAINTER_INK];
	struct canvas shown;
	bool forgotten; /* what is shown cannot be trusted */

	struct painter_place at;
	struct buffer bytes;
};

void painter_init(struct painter *painter, const struct painter_sequences *sequences);
void painter_finish(struct painter *painter);

/* The looks of a theme with so many colours. The next canvas is painted anew. */
void painter_dress(struct painter *painter, const struct theme *theme, int colours);

/* The next canvas is painted anew. */
void painter_forget(struct painter *painter);

/* What carries the screen from the last canvas to this one; lent until the next call. */
const char *painter_paint(struct painter *painter, const struct canvas *canvas);

#endif
