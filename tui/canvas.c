#include "tui/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

static const char *const glyphs[GLYPHS][2] = {
	[GLYPH_CURSOR] = {"▌", ">"},
	[GLYPH_MARK] = {"●", "*"},
	[GLYPH_ELLIPSIS] = {"…", "~"},
	[GLYPH_VERTICAL] = {"│", "|"},
	[GLYPH_HORIZONTAL] = {"─", "-"},
	[GLYPH_DOT] = {"·", "-"},
	[GLYPH_FULL] = {"█", "#"},
	[GLYPH_REST] = {"░", "."},
	[GLYPH_MOVED] = {"→", ">"},
	[GLYPH_FAILING] = {"!", "!"},
	[GLYPH_DEAD] = {"×", "x"},
	[GLYPH_LINE_END] = {"⏎", "$"},
	[GLYPH_TAB] = {"⇥", ">"},
	[GLYPH_TOP_LEFT] = {"╭", "+"},
	[GLYPH_TOP_RIGHT] = {"╮", "+"},
	[GLYPH_BOTTOM_LEFT] = {"╰", "+"},
	[GLYPH_BOTTOM_RIGHT] = {"╯", "+"},
};

static const struct cell blank = {.text = {L' '}, .length = 1, .width = 1};

static struct cell *cell_at(const struct canvas *canvas, int row, int column)
{
	if (row < 0 || row >= canvas->rows || column < 0 || column >= canvas->columns)
		return NULL;
	return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

/* A cell about to be overwritten takes its other half with it. */
static void break_pair(struct canvas *canvas, int row, int column)
{
	struct cell *cell = cell_at(canvas, row, column);
	struct cell *other;

	if (cell->width == 0)
		other = cell_at(canvas, row, column - 1);
	else if (cell->width == 2)
		other = cell_at(canvas, row, column + 1);
	else
		return;
	if (other) {
		unsigned char emphasis = other->emphasis;
		*other = blank;
		other->emphasis = emphasis;
	}
}

static void put(struct canvas *canvas, int row, int column, const struct cell *cell)
{
	struct cell *at = cell_at(canvas, row, column);

	if (!at)
		return;
	if (at->width != 1)
		break_pair(canvas, row, column);
	*at = *cell;
	if (cell->width != 2)
		return;
	struct cell *second = cell_at(canvas, row, column + 1);
	if (!second) {
		*at = blank;
		return;
	}
	break_pair(canvas, row, column + 1);
	*second = (struct cell){.style = cell->style, .emphasis = cell->emphasis};
}

/* One character of UTF-8 that is known to be valid. */
static size_t decode(const char *text, wchar_t *character)
{
	const unsigned char *at = (const unsigned char *)text;

	if (at[0] < 0x80) {
		*character = at[0];
		return 1;
	}
	size_t length = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
	unsigned value = at[0] & (0xFFu >> (length + 1));
	for (size_t i = 1; i < length; i++)
		value = value << 6 | (at[i] & 0x3Fu);
	*character = (wchar_t)value;
	return length;
}

static int width_of(const char *text, size_t length)
{
	char copy[64];

	if (length == 1)
		return 1;
	if (length >= sizeof(copy))
		length = sizeof(copy) - 1;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return (int)text_width(copy);
}

/* A symbol of ours has a form in ASCII; anything else is a question mark. */
static wchar_t ascii_of(const char *text, size_t length)
{
	for (int i = 0; i < GLYPHS; i++) {
		if (strncmp(glyphs[i][0], text, length) == 0)
			return (wchar_t)glyphs[i][1][0];
	}
	return L'?';
}

/* One spacing character with the marks that follow it; returns its bytes. */
static size_t make_cell(
	const struct canvas *canvas, const char *text, size_t length, struct cell *cell)
{
	size_t used = decode(text, &cell->text[0]);
	int width = width_of(text, used);

	cell->length = 1;
	while (used < length) {
		wchar_t character;
		size_t bytes = decode(text + used, &character);
		if (width_of(text + used, bytes) > 0)
			break;
		if (cell->length < CELL_CHARACTERS && !canvas->ascii)
			cell->text[cell->length++] = character;
		used += bytes;
	}
	if (width < 1 || (canvas->ascii && cell->text[0] >= 0x80))
		*cell = (struct cell){
			.text = {ascii_of(text, used)}, .length = 1, .style = cell->style};
	cell->width = width == 2 ? 2 : 1;
	return used;
}

/* In ASCII a wide character is two question marks. */
static void put_cell(struct canvas *canvas, int row, int column, struct cell *cell)
{
	if (cell->width == 2 && cell->text[0] == L'?') {
		cell->width = 1;
		put(canvas, row, column + 1, cell);
	}
	put(canvas, row, column, cell);
}

/* Returns the columns taken; what does not fit whole leaves blanks. */
static int put_cluster(struct canvas *canvas, const struct area *area, int row, int column,
	const char *text, size_t length, enum style style)
{
	int begin = column;
	bool fits = column + width_of(text, length) <= area->columns;

	for (size_t i = 0; i < length && column < area->columns;) {
		struct cell cell = {.style = (unsigned char)style};
		i += make_cell(canvas, text + i, length - i, &cell);
		int width = cell.width;
		if (!fits) {
			cell = blank;
			cell.style = (unsigned char)style;
			width = 1;
		}
		put_cell(canvas, area->row + row, area->column + column, &cell);
		column += width;
	}
	return column - begin;
}

/* Two ASCII characters in a row cannot be one cluster: most text needs no tables. */
static bool stands_alone(const char *text)
{
	return (unsigned char)text[0] < 0x80 && (unsigned char)text[1] < 0x80;
}

/* Returns the columns taken, and bytes used, by the ASCII that text begins with. */
static int put_plain(struct canvas *canvas, const struct area *area, int row, int column,
	const char *text, size_t length, enum style style)
{
	struct cell cell = {.length = 1, .width = 1, .style = (unsigned char)style};
	struct cell *cells = cell_at(canvas, area->row + row, 0);
	int from = area->column + column;
	int most = area->columns - column;
	int count = 0;

	most = length < (size_t)most ? (int)length : most;
	for (; count < most && text[count] && stands_alone(text + count); count++) {
		int at = from + count;
		if (!cells || at < 0 || at >= canvas->columns)
			continue;
		if (cells[at].width != 1)
			break_pair(canvas, area->row + row, at);
		cell.text[0] = (unsigned char)text[count];
		cells[at] = cell;
	}
	return count;
}

void canvas_finish(struct canvas *canvas)
{
	free(canvas->cells);
	*canvas = (struct canvas){0};
}

void canvas_reset(struct canvas *canvas, int rows, int columns)
{
	rows = rows < 0 ? 0 : rows;
	columns = columns < 0 ? 0 : columns;
	size_t count = (size_t)rows * (size_t)columns;

	if (rows != canvas->rows || columns != canvas->columns || !canvas->cells) {
		free(canvas->cells);
		canvas->cells = memory_array(count ? count : 1, sizeof(*canvas->cells));
		canvas->rows = rows;
		canvas->columns = columns;
	}
	for (int column = 0; column < columns && rows > 0; column++)
		canvas->cells[column] = blank;
	for (size_t row = 1; row < (size_t)rows; row++)
		memcpy(canvas->cells + row * (size_t)columns, canvas->cells,
			(size_t)columns * sizeof(blank));
	canvas->cursor_row = canvas->cursor_column = 0;
	canvas->cursor_shown = false;
}

void canvas_copy(struct canvas *to, const struct canvas *from)
{
	if (to->rows != from->rows || to->columns != from->columns || !to->cells)
		canvas_reset(to, from->rows, from->columns);
	memcpy(to->cells, from->cells,
		(size_t)from->rows * (size_t)from->columns * sizeof(*from->cells));
}

const struct cell *canvas_cell(const struct canvas *canvas, int row, int column)
{
	const struct cell *cell = cell_at(canvas, row, column);

	return cell ? cell : &blank;
}

int canvas_write_displayable(struct canvas *canvas, const struct area *area, int row, int column,
	const char *text, size_t length, enum style style)
{
	int begin = column;

	if (row < 0 || row >= area->rows || column < 0)
		return 0;
	for (size_t i = 0; i < length && text[i] && column < area->columns;) {
		int plain = put_plain(canvas, area, row, column, text + i, length - i, style);
		column += plain;
		i += (size_t)plain;
		if (plain > 0)
			continue;
		size_t cluster = text_cluster(text + i);
		column += put_cluster(canvas, area, row, column, text + i, cluster, style);
		i += cluster;
	}
	return column - begin;
}

int canvas_write_cut(struct canvas *canvas, const struct area *area, int row, int column,
	const char *text, enum style style)
{
	int room = area->columns - column;

	if (room <= 0)
		return 0;
	size_t fit = text_fit(text, (size_t)room);
	if (text[fit] == '\0')
		return canvas_write_displayable(canvas, area, row, column, text, fit, style);
	fit = text_fit(text, (size_t)room - 1);
	int used = canvas_write_displayable(canvas, area, row, column, text, fit, style);
	return used + canvas_write_glyph(canvas, area, row, column + used, GLYPH_ELLIPSIS, style);
}

int canvas_write(struct canvas *canvas, const struct area *area, int row, int column,
	const char *text, enum style style, bool cut)
{
	char *made = text_is_plain(text) ? NULL : text_displayable(text);
	const char *displayable = made ? made : text;
	int used;

	if (cut)
		used = canvas_write_cut(canvas, area, row, column, displayable, style);
	else
		used = canvas_write_displayable(
			canvas, area, row, column, displayable, strlen(displayable), style);
	free(made);
	return used;
}

const char *canvas_glyph(const struct canvas *canvas, enum glyph glyph)
{
	return glyphs[glyph][canvas->ascii];
}

int canvas_write_glyph(struct canvas *canvas, const struct area *area, int row, int column,
	enum glyph glyph, enum style style)
{
	struct cell cell = {.length = 1, .width = 1, .style = (unsigned char)style};

	if (row < 0 || row >= area->rows || column < 0 || column >= area->columns)
		return 0;
	decode(canvas_glyph(canvas, glyph), &cell.text[0]);
	put(canvas, area->row + row, area->column + column, &cell);
	return 1;
}

void canvas_emphasise(struct canvas *canvas, const struct area *area, int row, int from, int to,
	unsigned emphasis)
{
	if (row < 0 || row >= area->rows)
		return;
	for (int column = from < 0 ? 0 : from; column < to && column < area->columns; column++) {
		struct cell *cell = cell_at(canvas, area->row + row, area->column + column);
		if (cell)
			cell->emphasis |= (unsigned char)emphasis;
	}
}

void canvas_clear(struct canvas *canvas, const struct area *area)
{
	for (int row = 0; row < area->rows; row++) {
		for (int column = 0; column < area->columns; column++)
			put(canvas, area->row + row, area->column + column, &blank);
	}
}

void canvas_frame(struct canvas *canvas, const struct area *area, enum style style)
{
	int right = area->columns - 1;
	int bottom = area->rows - 1;

	if (right < 1 || bottom < 1)
		return;
	for (int column = 1; column < right; column++) {
		canvas_write_glyph(canvas, area, 0, column, GLYPH_HORIZONTAL, style);
		canvas_write_glyph(canvas, area, bottom, column, GLYPH_HORIZONTAL, style);
	}
	for (int row = 1; row < bottom; row++) {
		canvas_write_glyph(canvas, area, row, 0, GLYPH_VERTICAL, style);
		canvas_write_glyph(canvas, area, row, right, GLYPH_VERTICAL, style);
	}
	canvas_write_glyph(canvas, area, 0, 0, GLYPH_TOP_LEFT, style);
	canvas_write_glyph(canvas, area, 0, right, GLYPH_TOP_RIGHT, style);
	canvas_write_glyph(canvas, area, bottom, 0, GLYPH_BOTTOM_LEFT, style);
	canvas_write_glyph(canvas, area, bottom, right, GLYPH_BOTTOM_RIGHT, style);
}

static int clamp(int value, int low, int high)
{
	return value > high ? (high < low ? low : high) : value < low ? low : value;
}

void canvas_park(struct canvas *canvas, const struct area *area, int row, int column, bool shown)
{
	row = area->row + clamp(row, 0, area->rows - 1);
	column = area->column + clamp(column, 0, area->columns - 1);
	canvas->cursor_row = clamp(row, 0, canvas->rows - 1);
	canvas->cursor_column = clamp(column, 0, canvas->columns - 1);
	canvas->cursor_shown = shown && area->rows > 0 && area->columns > 0;
}
