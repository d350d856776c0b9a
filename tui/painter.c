#include "tui/painter.h"

#include <stdio.h>
#include <string.h>

#define SEEN_ON_BLANKS (LOOK_UNDERLINE | LOOK_REVERSE)
#define NOWHERE        (-1)

/* So many bytes of cells that stay are rather written again than jumped over. */
#define GAP_BYTES 4

/* So few rows down are rather gone by line feeds. */
#define FEEDS_MOST 2

/* To blank a row and to jump over its blanks is not tried where so few of them are in a row. */
#define BLANKS_LEAST 9

static const struct pen plain = {.colour = LOOK_DEFAULT};
static const struct cell blank = {.text = {L' '}, .length = 1, .width = 1};

/* "$<5>" in a sequence is a delay. */
static void add(struct painter *painter, const char *sequence)
{
	for (const char *end; (end = strstr(sequence, "$<")); sequence = end) {
		buffer_add(&painter->bytes, sequence, (size_t)(end - sequence));
		end += strcspn(end, ">");
		end += *end == '>';
	}
	buffer_add_string(&painter->bytes, sequence);
}

static const struct pen *pen_of(const struct painter *painter, const struct cell *cell)
{
	return &painter->pens[cell->style][cell->emphasis % PAINTER_EMPHASES];
}

/* A blank that shows nothing of how it looks. */
static bool is_bare(const struct painter *painter, const struct cell *cell)
{
	return cell->text[0] == L' ' && cell->length == 1 &&
	       !(pen_of(painter, cell)->attributes & SEEN_ON_BLANKS);
}

static bool same_pen(const struct pen *pen, const struct pen *other)
{
	return pen->attributes == other->attributes && pen->colour == other->colour;
}

/* Nothing of it has to be written; the second half of a wide character goes with the first. */
static bool stays(const struct painter *painter, const struct cell *cell, const struct cell *before)
{
	if (cell->width == 0)
		return true;
	if (cell->text[0] != before->text[0] || cell->length != before->length ||
		cell->width != before->width)
		return false;
	if (cell->length > 1 && memcmp(cell->text, before->text, sizeof(cell->text)) != 0)
		return false;
	if (cell->style == before->style && cell->emphasis == before->emphasis)
		return true;
	return same_pen(pen_of(painter, cell), pen_of(painter, before)) ||
	       (is_bare(painter, cell) && is_bare(painter, before));
}

static void take_pen(struct painter *painter, const struct pen *wanted)
{
	struct pen *pen = &painter->at.pen;

	if ((pen->attributes & ~wanted->attributes) ||
		(pen->colour != wanted->colour && wanted->colour == LOOK_DEFAULT)) {
		add(painter, painter->sequences.plain);
		*pen = plain;
	}
	for (unsigned i = 0; i < PAINTER_ATTRIBUTES; i++) {
		if (wanted->attributes & ~pen->attributes & 1u << i)
			add(painter, painter->sequences.attributes[i]);
	}
	if (pen->colour != wanted->colour)
		add(painter, wanted->ink);
	*pen = *wanted;
	painter->at.like = wanted;
}

/* With what a cell is to be written; NULL: with what is at hand. */
static const struct pen *pen_for(const struct painter *painter, const struct cell *cell)
{
	const struct pen *pen = &painter->at.pen;
	const struct pen *wanted = pen_of(painter, cell);

	if (wanted == painter->at.like)
		return NULL;
	if (is_bare(painter, cell))
		return pen->attributes & SEEN_ON_BLANKS ? &plain : NULL;
	return same_pen(pen, wanted) ? NULL : wanted;
}

static void write_cell(struct painter *painter, const struct cell *cell)
{
	char bytes[CELL_BYTES];

	if (cell->length == 1 && cell->text[0] < 0x80)
		buffer_add_char(&painter->bytes, (char)cell->text[0]);
	else
		buffer_add(&painter->bytes, bytes, cell_encode(cell, bytes));
	painter->at.column += cell->width;
}

/*
 * Terminals do not agree about the width of pictures and of letters with marks: after one of them
 * the cursor's column is not relied on.
 */
static bool is_doubtful(const struct cell *cell)
{
	wchar_t letter = cell->text[0];

	return cell->length > 1 || (letter >= 0x2600 && letter < 0x2E80) || letter >= 0x1F000;
}

/* From where the cursor is to a column by writing what stands there again, if that is short. */
static bool write_gap(struct painter *painter, const struct cell *cells, int column)
{
	struct painter_place begin = painter->at;
	size_t length = painter->bytes.length;

	while (painter->at.column < column && painter->bytes.length - length <= GAP_BYTES) {
		const struct cell *cell = &cells[painter->at.column];
		if (cell->width == 0 || is_doubtful(cell) || pen_for(painter, cell))
			break;
		write_cell(painter, cell);
	}
	if (painter->at.column == column && painter->bytes.length - length <= GAP_BYTES)
		return true;
	painter->bytes.length = length;
	painter->at = begin;
	return false;
}

/* cells are those of the row. */
static void go(struct painter *painter, int row, int column, const struct cell *cells)
{
	const struct painter_sequences *sequences = &painter->sequences;
	struct painter_place *at = &painter->at;

	if (sequences->feeds_lines && at->row != NOWHERE && row > at->row &&
		row - at->row <= FEEDS_MOST) {
		buffer_add_char(&painter->bytes, '\r');
		for (; at->row < row; at->row++)
			buffer_add_char(&painter->bytes, '\n');
		at->column = 0;
	}
	if (at->row == row && at->column != NOWHERE && at->column <= column &&
		write_gap(painter, cells, column))
		return;
	if (at->row == row && sequences->along)
		add(painter, sequences->along(column));
	else
		add(painter, sequences->to(row, column));
	at->row = row;
	at->column = column;
}

static void put(struct painter *painter, const struct canvas *canvas, const struct cell *cell)
{
	const struct pen *pen = pen_for(painter, cell);
	struct painter_place *at = &painter->at;

	if (pen)
		take_pen(painter, pen);
	write_cell(painter, cell);
	if (at->column >= canvas->columns)
		at->row = at->column = NOWHERE; /* it hangs there, or has wrapped */
	else if (is_doubtful(cell))
		at->column = NOWHERE;
}

static void erase_rest(struct painter *painter)
{
	if (painter->at.pen.attributes & SEEN_ON_BLANKS)
		take_pen(painter, &plain);
	add(painter, painter->sequences.clear_to_end);
}

/* How many cells the row has up to where it is blank to its end. */
static int text_of(
	const struct painter *painter, const struct canvas *canvas, const struct cell *cells)
{
	int end = canvas->columns;

	while (end > 0 && is_bare(painter, &cells[end - 1]))
		end--;
	return end;
}

/* before: the row as it is; NULL: it is blank. */
static void paint_cells(struct painter *painter, const struct canvas *canvas, int row,
	const struct cell *cells, const struct cell *before)
{
	int text = text_of(painter, canvas, cells);
	bool last = row == canvas->rows - 1 && !painter->sequences.keeps_last_corner;

	for (int column = 0; column < canvas->columns; column++) {
		if (stays(painter, &cells[column], before ? &before[column] : &blank))
			continue;
		if (last && column + cells[column].width >= canvas->columns)
			continue;
		if (column < text) {
			go(painter, row, column, cells);
			put(painter, canvas, &cells[column]);
			continue;
		}
		if (painter->at.row != row || painter->at.column < text ||
			painter->at.column > column)
			go(painter, row, text, cells);
		erase_rest(painter);
		return;
	}
}

static struct cell *shown_row(const struct painter *painter, int row)
{
	return &painter->shown.cells[(size_t)row * (size_t)painter->shown.columns];
}

static bool has_changed(const struct painter *painter, const struct canvas *canvas, int row)
{
	return memcmp(canvas_cell(canvas, row, 0), shown_row(painter, row),
		       (size_t)canvas->columns * sizeof(struct cell)) != 0;
}

/* How many blanks of its text are side by side. */
static int longest_gap(
	const struct painter *painter, const struct canvas *canvas, const struct cell *cells)
{
	int text = text_of(painter, canvas, cells);
	int longest = 0;

	for (int column = 0, gap = 0; column < text; column++) {
		gap = is_bare(painter, &cells[column]) ? gap + 1 : 0;
		longest = gap > longest ? gap : longest;
	}
	return longest;
}

/* Where there is much to be blanked, it may be shorter to do it first. */
static void paint_row(struct painter *painter, const struct canvas *canvas, int row)
{
	const struct cell *cells = canvas_cell(canvas, row, 0);
	struct buffer *bytes = &painter->bytes;
	struct painter_place begin = painter->at;
	size_t first = bytes->length;

	paint_cells(painter, canvas, row, cells, shown_row(painter, row));
	struct painter_place end = painter->at;
	size_t second = bytes->length;
	if (longest_gap(painter, canvas, cells) < BLANKS_LEAST)
		return;
	painter->at = begin;
	go(painter, row, 0, cells);
	erase_rest(painter);
	paint_cells(painter, canvas, row, cells, NULL);
	if (bytes->length - second < second - first) {
		memmove(bytes->text + first, bytes->text + second, bytes->length - second);
		bytes->length -= second - first;
	} else {
		bytes->length = second;
		painter->at = end;
	}
}

/* -- rows that have moved together are scrolled, not written again */

/* So many cells of a row tell it from others. */
#define PREFIX 40

/* Fewer cells than this are rather written than saved by scrolling. */
#define WORTH_SCROLLING 40

/* Rows first … last have stood so many rows further down (or, below 0, up). */
struct shift {
	int first;
	int last;
	int by;
};

/* A row is now what another was, by its first cells. */
static bool was(const struct painter *painter, const struct canvas *canvas, int row, int before)
{
	size_t cells = canvas->columns < PREFIX ? (size_t)canvas->columns : PREFIX;

	return row >= 0 && row < canvas->rows && before >= 0 && before < canvas->rows &&
	       memcmp(canvas_cell(canvas, row, 0), shown_row(painter, before),
		       cells * sizeof(struct cell)) == 0;
}

/* The middle one of the rows that have changed; -1: most have not. */
static int middle_of_changed(const struct painter *painter, const struct canvas *canvas)
{
	int changed = 0;
	int middle = 0;

	for (int row = 0; row < canvas->rows; row++)
		changed += has_changed(painter, canvas, row);
	if (changed <= canvas->rows / 2)
		return -1;
	for (int left = changed / 2; left > 0 || !has_changed(painter, canvas, middle); middle++)
		left -= has_changed(painter, canvas, middle);
	return middle;
}

static bool find_shift(
	const struct painter *painter, const struct canvas *canvas, struct shift *shift)
{
	int row = middle_of_changed(painter, canvas);
	int by = 1;

	if (row < 0 || text_of(painter, canvas, canvas_cell(canvas, row, 0)) == 0)
		return false;
	while (by < canvas->rows && !was(painter, canvas, row, row + by))
		by = by > 0 ? -by : 1 - by;
	if (by >= canvas->rows)
		return false;
	*shift = (struct shift){row, row, by};
	while (was(painter, canvas, shift->first - 1, shift->first - 1 + by))
		shift->first--;
	while (was(painter, canvas, shift->last + 1, shift->last + 1 + by))
		shift->last++;
	return true;
}

/* Cells that would have to be written; before: NULL for a blank row. */
static int count_changes(const struct painter *painter, const struct canvas *canvas, int row,
	const struct cell *before)
{
	const struct cell *cells = canvas_cell(canvas, row, 0);
	int count = 0;

	for (int column = 0; column < canvas->columns; column++)
		count += !stays(painter, &cells[column], before ? &before[column] : &blank);
	return count;
}

/* Rows that scroll: those of the shift, and those that they come from. */
static int region_top(const struct shift *shift)
{
	return shift->by < 0 ? shift->first + shift->by : shift->first;
}

static int region_bottom(const struct shift *shift)
{
	return shift->by < 0 ? shift->last : shift->last + shift->by;
}

static bool is_worth_it(
	const struct painter *painter, const struct canvas *canvas, const struct shift *shift)
{
	int saved = 0;

	for (int row = region_top(shift); row <= region_bottom(shift); row++) {
		bool moved = row >= shift->first && row <= shift->last;
		saved += count_changes(painter, canvas, row, shown_row(painter, row)) -
			 count_changes(painter, canvas, row,
				 moved ? shown_row(painter, row + shift->by) : NULL);
	}
	return saved >= WORTH_SCROLLING;
}

static void scroll_shown(struct painter *painter, const struct shift *shift)
{
	size_t columns = (size_t)painter->shown.columns;
	size_t moved = (size_t)(shift->last - shift->first + 1) * columns;

	memmove(shown_row(painter, shift->first), shown_row(painter, shift->first + shift->by),
		moved * sizeof(struct cell));
	for (int row = region_top(shift); row <= region_bottom(shift); row++) {
		for (size_t i = 0; (row < shift->first || row > shift->last) && i < columns; i++)
			shown_row(painter, row)[i] = blank;
	}
}

static void scroll(struct painter *painter, const struct canvas *canvas)
{
	const struct painter_sequences *sequences = &painter->sequences;
	struct shift shift;

	if (!sequences->region || !find_shift(painter, canvas, &shift) ||
		!is_worth_it(painter, canvas, &shift))
		return;
	int top = region_top(&shift), bottom = region_bottom(&shift);
	add(painter, sequences->region(top, bottom));
	add(painter, sequences->to(shift.by > 0 ? bottom : top, 0));
	for (int i = 0; i != shift.by; i += shift.by > 0 ? 1 : -1)
		add(painter, shift.by > 0 ? sequences->up : sequences->down);
	add(painter, sequences->region(0, canvas->rows - 1));
	painter->at.row = painter->at.column = NOWHERE;
	scroll_shown(painter, &shift);
}

static void paint_changes(struct painter *painter, const struct canvas *canvas)
{
	size_t size = (size_t)canvas->columns * sizeof(struct cell);

	scroll(painter, canvas);
	for (int row = 0; row < canvas->rows; row++) {
		if (!has_changed(painter, canvas, row))
			continue;
		paint_row(painter, canvas, row);
		memcpy(shown_row(painter, row), canvas_cell(canvas, row, 0), size);
	}
}

static void paint_all(struct painter *painter, const struct canvas *canvas)
{
	add(painter, painter->sequences.clear);
	painter->at = (struct painter_place){.pen = plain};
	for (int row = 0; row < canvas->rows; row++)
		paint_cells(painter, canvas, row, canvas_cell(canvas, row, 0), NULL);
	canvas_copy(&painter->shown, canvas);
	painter->forgotten = false;
}

void painter_init(struct painter *painter, const struct painter_sequences *sequences)
{
	*painter = (struct painter){.sequences = *sequences, .forgotten = true};
}

void painter_finish(struct painter *painter)
{
	canvas_finish(&painter->shown);
	buffer_finish(&painter->bytes);
	*painter = (struct painter){0};
}

/* Without a way back to plain there are no looks. */
static struct pen make_pen(struct painter *painter, struct look look, const char *ink)
{
	struct pen pen = plain;

	if (!painter->sequences.plain)
		return pen;
	for (unsigned i = 0; i < PAINTER_ATTRIBUTES; i++) {
		if (painter->sequences.attributes[i])
			pen.attributes |= look.attributes & 1u << i;
	}
	if (look.colour == LOOK_DEFAULT || !*ink)
		return pen;
	pen.colour = look.colour;
	pen.ink = ink;
	pen.attributes &= ~painter->sequences.not_coloured;
	return pen;
}

void painter_dress(struct painter *painter, const struct theme *theme, int colours)
{
	for (int style = 0; style < STYLE_COUNT; style++) {
		char *ink = painter->inks[style];
		*ink = '\0';
		for (unsigned emphasis = 0; emphasis < PAINTER_EMPHASES; emphasis++) {
			struct look look = theme_look(theme, (enum style)style, emphasis, colours);
			if (look.colour != LOOK_DEFAULT && !*ink)
				snprintf(ink, PAINTER_INK, "%s",
					painter->sequences.ink(look.colour));
			painter->pens[style][emphasis] = make_pen(painter, look, ink);
		}
	}
	painter->forgotten = true;
}

void painter_forget(struct painter *painter)
{
	painter->forgotten = true;
}

const char *painter_paint(struct painter *painter, const struct canvas *canvas)
{
	struct painter_place *at = &painter->at;

	buffer_clear(&painter->bytes);
	if (painter->forgotten || painter->shown.rows != canvas->rows ||
		painter->shown.columns != canvas->columns)
		paint_all(painter, canvas);
	else
		paint_changes(painter, canvas);
	take_pen(painter, &plain);
	if (at->row != canvas->cursor_row || at->column != canvas->cursor_column)
		add(painter, painter->sequences.to(canvas->cursor_row, canvas->cursor_column));
	at->row = canvas->cursor_row;
	at->column = canvas->cursor_column;
	return buffer_text(&painter->bytes);
}
