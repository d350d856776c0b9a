#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include "tui/style.h"

/* A rectangle of the screen, in cells; one with nothing in it draws nothing. */
struct area {
	int row;
	int column;
	int rows;
	int columns;
};

/* As many characters as a curses cell can carry: a base and its marks. */
#define CELL_CHARACTERS 5

/*
 * One cell. A cell of width 2 is followed by one of width 0, which belongs to it; an empty cell
 * is a blank of width 1. Characters that there are none of are 0: cells that look the same are the
 * same bytes.
 */
struct cell {
	wchar_t text[CELL_CHARACTERS];
	unsigned char length;
	unsigned char width;
	unsigned char style;    /* enum style */
	unsigned char emphasis; /* bits of enum emphasis */
};

/* Symbols with a form for terminals that know ASCII only. */
enum glyph {
	GLYPH_CURSOR,   /* ▌ > */
	GLYPH_MARK,     /* ● * */
	GLYPH_ELLIPSIS, /* … ~ */
	GLYPH_VERTICAL, /* │ | */
	GLYPH_HORIZONTAL,
	GLYPH_DOT,      /* · - */
	GLYPH_FULL,     /* █ # */
	GLYPH_REST,     /* ░ . */
	GLYPH_MOVED,    /* → > */
	GLYPH_FAILING,  /* ! ! */
	GLYPH_DEAD,     /* × x */
	GLYPH_LINE_END, /* ⏎ $ */
	GLYPH_TAB,      /* ⇥ > */
	GLYPH_TOP_LEFT,
	GLYPH_TOP_RIGHT,
	GLYPH_BOTTOM_LEFT,
	GLYPH_BOTTOM_RIGHT,
	GLYPHS
};

/*
 * What is drawn, cell by cell, without any terminal: views write here, and tui/terminal carries
 * the difference to the screen. Every write is clipped to the canvas and to the area given, so no
 * view can draw where it should not, at whatever size. {0} is an empty canvas.
 */
struct canvas {
	struct cell *cells;
	int rows;
	int columns;
	bool ascii;     /* anything else becomes "?" */
	int cursor_row; /* where the text cursor is parked */
	int cursor_column;
	bool cursor_shown;
};

void canvas_finish(struct canvas *canvas);

/* Empties it, at a new size. Sizes below 0 are 0. */
void canvas_reset(struct canvas *canvas, int rows, int columns);

/* Makes to the same, cell by cell. */
void canvas_copy(struct canvas *to, const struct canvas *from);

const struct cell *canvas_cell(const struct canvas *canvas, int row, int column);

/*
 * Writes text (from anywhere: it is made displayable first) in one row of an area, beginning at
 * columns from its left edge, as much as fits; where cut is set, what does not fit ends in "…".
 * A wide character that does not fit becomes a blank. Returns the columns written.
 */
int canvas_write(struct canvas *canvas, const struct area *area, int row, int column,
	const char *text, enum style style, bool cut);

/* The same for a text that is displayable already: cut, or as much of it as length bytes. */
int canvas_write_cut(struct canvas *canvas, const struct area *area, int row, int column,
	const char *text, enum style style);
int canvas_write_displayable(struct canvas *canvas, const struct area *area, int row, int column,
	const char *text, size_t length, enum style style);

int canvas_write_glyph(struct canvas *canvas, const struct area *area, int row, int column,
	enum glyph glyph, enum style style);

/* A glyph in the form this canvas has, as text. */
const char *canvas_glyph(const struct canvas *canvas, enum glyph glyph);

/* Lays an emphasis over (part of) a row: of the cells columns from … to - 1 of an area. */
void canvas_emphasise(struct canvas *canvas, const struct area *area, int row, int from, int to,
	unsigned emphasis);

/* Blanks an area, for what is drawn over something else. */
void canvas_clear(struct canvas *canvas, const struct area *area);

/* A frame along the edge of an area. */
void canvas_frame(struct canvas *canvas, const struct area *area, enum style style);

/* Parks the text cursor in an area (clipped to it). */
void canvas_park(struct canvas *canvas, const struct area *area, int row, int column, bool shown);

#endif
