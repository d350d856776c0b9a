#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/text.h"
#include "tui/painter.h"

#define ROWS_MAX    40
#define COLUMNS_MAX 120

/*
 * A terminal that knows the few sequences of xterm's that are used here, as strictly as they are
 * meant: what hangs at the right edge is nowhere, what is not known fails.
 */
struct glass_cell {
	char text[CELL_BYTES + 1];
	int width; /* 0: the second half of a wide one */
	int colour;
	unsigned attributes;
};

struct glass {
	struct glass_cell cells[ROWS_MAX][COLUMNS_MAX];
	int rows, columns;
	int row, column;
	int top, bottom; /* of what scrolls */
	int colour;
	unsigned attributes;
	bool hangs; /* at the right edge */
};

static struct glass_cell bare(const struct glass *glass)
{
	(void)glass;
	return (struct glass_cell){.text = " ", .width = 1, .colour = LOOK_DEFAULT};
}

static void glass_clear(struct glass *glass, int row, int from)
{
	/* Whether reversed blanks are erased differs from terminal to terminal. */
	assert_false(glass->attributes & (LOOK_REVERSE | LOOK_UNDERLINE));
	for (int column = from; column < glass->columns; column++)
		glass->cells[row][column] = bare(glass);
}

static void glass_start(struct glass *glass, int rows, int columns)
{
	*glass = (struct glass){
		.rows = rows, .columns = columns, .bottom = rows - 1, .colour = LOOK_DEFAULT};
	for (int row = 0; row < rows; row++) {
		for (int column = 0; column < columns; column++)
			snprintf(glass->cells[row][column].text, 2, "?");
	}
}

static void glass_scroll(struct glass *glass, int from, int to)
{
	memmove(glass->cells[to], glass->cells[from],
		(size_t)(glass->bottom - glass->top) * sizeof(glass->cells[0]));
	glass_clear(glass, from > to ? glass->bottom : glass->top, 0);
}

static void glass_go(struct glass *glass, int row, int column)
{
	assert_in_range(row, 0, glass->rows - 1);
	assert_in_range(column, 0, glass->columns - 1);
	glass->row = row;
	glass->column = column;
	glass->hangs = false;
}

static void glass_dress(struct glass *glass, const char *numbers)
{
	static const unsigned bits[] = {[1] = LOOK_BOLD,
		[2] = LOOK_DIM,
		[3] = LOOK_ITALIC,
		[4] = LOOK_UNDERLINE,
		[7] = LOOK_REVERSE};
	int number, fine;

	if (sscanf(numbers, "38;5;%d", &fine) == 1) {
		glass->colour = fine;
		return;
	}
	number = atoi(numbers);
	if (number == 0) {
		glass->colour = LOOK_DEFAULT;
		glass->attributes = 0;
	} else if (number >= 30) {
		glass->colour = number - 30;
	} else {
		assert_in_range(number, 1, 7);
		glass->attributes |= bits[number];
	}
}

/* Returns what follows the sequence. */
static const char *glass_obey(struct glass *glass, const char *sequence)
{
	const char *numbers = sequence + 2;
	int first = 1, second = 1;

	if (sequence[1] == 'M') {
		assert_int_equal(glass->row, glass->top);
		glass_scroll(glass, glass->top, glass->top + 1);
		return sequence + 2;
	}
	assert_int_equal(sequence[1], '[');
	const char *end = numbers + strspn(numbers, "0123456789;");
	sscanf(numbers, "%d;%d", &first, &second);
	switch (*end) {
	case 'H': glass_go(glass, first - 1, second - 1); break;
	case 'G':
		assert_int_not_equal(glass->row, -1);
		glass_go(glass, glass->row, first - 1);
		break;
	case 'K': glass_clear(glass, glass->row, glass->column); break;
	case 'J':
		for (int row = 0; row < glass->rows; row++)
			glass_clear(glass, row, 0);
		break;
	case 'r':
		glass->top = first - 1;
		glass->bottom = second - 1;
		glass_go(glass, 0, 0);
		break;
	case 'm': glass_dress(glass, numbers); break;
	default: fail_msg("an unknown sequence: %s", sequence + 1);
	}
	return end + 1;
}

/* A wide character of which one half is written over loses the other. */
static void glass_break(struct glass *glass, int column)
{
	struct glass_cell *cells = glass->cells[glass->row];

	if (cells[column].width == 0 && column > 0)
		cells[column - 1] = bare(glass);
	if (cells[column].width == 2 && column + 1 < glass->columns)
		cells[column + 1] = bare(glass);
}

/* Returns what follows the character. */
static const char *glass_write(struct glass *glass, const char *text)
{
	size_t length = 1;

	while (((unsigned char)text[length] & 0xC0) == 0x80)
		length++;
	char letter[8] = "";
	memcpy(letter, text, length);
	int width = (int)text_width(letter);
	struct glass_cell *cells = glass->cells[glass->row];
	if (width == 0) {
		struct glass_cell *base = &cells[glass->column - 1];
		base -= base->width == 0;
		strcat(base->text, letter);
		return text + length;
	}
	assert_false(glass->hangs);
	assert_in_range(glass->column + width, 1, glass->columns);
	for (int i = 0; i < width; i++)
		glass_break(glass, glass->column + i);
	struct glass_cell *cell = &cells[glass->column];
	*cell = (struct glass_cell){
		.width = width, .colour = glass->colour, .attributes = glass->attributes};
	memcpy(cell->text, letter, length);
	if (width == 2)
		cells[glass->column + 1] = (struct glass_cell){.width = 0};
	glass->column += width;
	if (glass->column == glass->columns) {
		glass->column--;
		glass->hangs = true;
	}
	return text + length;
}

static void glass_take(struct glass *glass, const char *bytes)
{
	while (*bytes) {
		if (*bytes == '\033') {
			bytes = glass_obey(glass, bytes);
		} else if (*bytes == '\r') {
			assert_false(glass->hangs);
			glass->column = 0;
			bytes++;
		} else if (*bytes == '\n') {
			if (glass->row == glass->bottom)
				glass_scroll(glass, glass->top + 1, glass->top);
			else
				glass->row++;
			assert_in_range(glass->row, 0, glass->rows - 1);
			bytes++;
		} else {
			bytes = glass_write(glass, bytes);
		}
	}
}

static void assert_cell(const struct glass *glass, const struct painter *painter,
	const struct canvas *canvas, int row, int column)
{
	const struct cell *cell = canvas_cell(canvas, row, column);
	const struct glass_cell *seen = &glass->cells[row][column];
	const struct pen *pen = &painter->pens[cell->style][cell->emphasis];
	char text[CELL_BYTES + 1] = "";

	assert_int_equal(seen->width, cell->width);
	if (cell->width == 0)
		return;
	cell_encode(cell, text);
	assert_string_equal(seen->text, text);
	bool shows = strcmp(text, " ") != 0;
	unsigned all = shows ? ~0u : LOOK_REVERSE | LOOK_UNDERLINE;
	assert_int_equal(seen->attributes & all, pen->attributes & all);
	if (shows)
		assert_int_equal(seen->colour, pen->colour);
}

/* Paints it, and looks whether the terminal shows it. Returns the bytes that it took. */
static size_t paint(struct painter *painter, struct glass *glass, const struct canvas *canvas)
{
	const char *bytes = painter_paint(painter, canvas);

	glass_take(glass, bytes);
	for (int row = 0; row < canvas->rows; row++) {
		for (int column = 0; column < canvas->columns; column++)
			assert_cell(glass, painter, canvas, row, column);
	}
	assert_int_equal(glass->row, canvas->cursor_row);
	assert_int_equal(glass->column, canvas->cursor_column);
	assert_int_equal(glass->attributes, 0);
	assert_int_equal(glass->colour, LOOK_DEFAULT);
	return strlen(bytes);
}

static const char *to(int row, int column)
{
	static char sequence[32];

	snprintf(sequence, sizeof(sequence), "\033[%d;%dH$<5>", row + 1, column + 1);
	return sequence;
}

static const char *along(int column)
{
	static char sequence[32];

	snprintf(sequence, sizeof(sequence), "\033[%dG", column + 1);
	return sequence;
}

static const char *region(int top, int bottom)
{
	static char sequence[32];

	snprintf(sequence, sizeof(sequence), "\033[%d;%dr", top + 1, bottom + 1);
	return sequence;
}

static const char *ink(int colour)
{
	static char sequence[32];

	snprintf(sequence, sizeof(sequence), colour < 8 ? "\033[3%dm" : "\033[38;5;%dm", colour);
	return sequence;
}

static const struct painter_sequences xterm = {
	.clear = "\033[m\033[H\033[2J",
	.clear_to_end = "\033[K",
	.plain = "\033[m",
	.attributes = {"\033[1m", "\033[4m", "\033[7m", "\033[2m", "\033[3m"},
	.feeds_lines = true,
	.keeps_last_corner = true,
	.to = to,
	.along = along,
	.ink = ink,
	.region = region,
	.up = "\n",
	.down = "\033M",
};

static void start(struct painter *painter, struct glass *glass,
	const struct painter_sequences *sequences, int rows, int columns)
{
	painter_init(painter, sequences);
	painter_dress(painter, theme_shipped(0), 256);
	glass_start(glass, rows, columns);
}

/* A list with a bar on one row, as the screen has it. */
static void draw_list(struct canvas *canvas, int first, int bar)
{
	struct area all = {0, 0, canvas->rows, canvas->columns};
	char title[64];

	canvas_reset(canvas, canvas->rows, canvas->columns);
	for (int row = 0; row < canvas->rows; row++) {
		int number = first + row;
		snprintf(title, sizeof(title), "%d: the title of %d", number, number * number);
		canvas_write(canvas, &all, row, 2, title, STYLE_TITLE, true);
		canvas_write(canvas, &all, row, 40, "#c #tools", STYLE_TAG, false);
		canvas_write(canvas, &all, row, 56, "1y", STYLE_DIM, false);
	}
	canvas_emphasise(canvas, &all, bar, 0, canvas->columns, EMPHASIS_CURSOR);
	canvas_park(canvas, &all, bar, 0, false);
}

static void a_bar_that_moves_is_written_and_what_it_leaves(void **state)
{
	struct painter painter;
	struct glass glass;
	struct canvas canvas = {0};

	(void)state;
	start(&painter, &glass, &xterm, 20, 60);
	canvas_reset(&canvas, 20, 60);
	draw_list(&canvas, 100, 3);
	paint(&painter, &glass, &canvas);
	assert_int_equal(paint(&painter, &glass, &canvas), 0);
	draw_list(&canvas, 100, 4);
	assert_in_range(paint(&painter, &glass, &canvas), 60, 150);
	canvas_finish(&canvas);
	painter_finish(&painter);
}

static void rows_that_move_are_scrolled(void **state)
{
	static const int firsts[] = {100, 101, 104, 103, 93, 92};
	struct painter painter;
	struct glass glass;
	struct canvas canvas = {0};

	(void)state;
	start(&painter, &glass, &xterm, 20, 60);
	canvas_reset(&canvas, 20, 60);
	draw_list(&canvas, firsts[0], 0);
	size_t whole = paint(&painter, &glass, &canvas);
	for (size_t i = 1; i < sizeof(firsts) / sizeof(firsts[0]); i++) {
		int by = abs(firsts[i] - firsts[i - 1]);
		draw_list(&canvas, firsts[i], 0);
		size_t bytes = paint(&painter, &glass, &canvas);
		assert_in_range(bytes, 1, whole * (size_t)(by + 3) / 20);
	}
	canvas_finish(&canvas);
	painter_finish(&painter);
}

static const char *const words[] = {"a", "bookmark", "  ", "          ", "漢字", "e\xcc\x81", "🚀",
	"…", "│", "é", "Q&A", "に", " - "};

static void scribble(struct canvas *canvas, unsigned *seed)
{
	struct area all = {0, 0, canvas->rows, canvas->columns};
	int row = (int)((*seed = *seed * 1103515245 + 12345) >> 16) % canvas->rows;
	int column = (int)((*seed = *seed * 1103515245 + 12345) >> 16) % canvas->columns;
	unsigned what = (*seed = *seed * 1103515245 + 12345) >> 16;

	if (what % 7 == 0)
		canvas_emphasise(canvas, &all, row, column, column + (int)(what / 64 % 30),
			what / 8 % PAINTER_EMPHASES);
	else if (what % 31 == 1)
		canvas_clear(canvas, &(struct area){row, 0, 1, canvas->columns});
	else if (what % 97 == 2 && canvas->rows > 1)
		memmove(canvas->cells, canvas->cells + canvas->columns,
			(size_t)(canvas->rows - 1) * (size_t)canvas->columns * sizeof(struct cell));
	else
		canvas_write(canvas, &all, row, column,
			words[what / 8 % (sizeof(words) / sizeof(words[0]))],
			(enum style)(what / 256 % STYLE_COUNT), false);
	canvas_park(canvas, &all, row, column, what % 2);
}

static void scribble_on(const struct painter_sequences *sequences, int rows, int columns)
{
	struct painter painter;
	struct glass glass;
	struct canvas canvas = {0};
	unsigned seed = (unsigned)(rows * columns);

	start(&painter, &glass, sequences, rows, columns);
	canvas_reset(&canvas, rows, columns);
	for (int frame = 0; frame < 400; frame++) {
		for (int i = 0; i < frame % 40; i++)
			scribble(&canvas, &seed);
		if (frame % 90 == 89)
			painter_forget(&painter);
		paint(&painter, &glass, &canvas);
	}
	canvas_finish(&canvas);
	painter_finish(&painter);
}

static void whatever_is_drawn_is_shown(void **state)
{
	(void)state;
	scribble_on(&xterm, 1, 1);
	scribble_on(&xterm, 5, 20);
	scribble_on(&xterm, 24, 80);
	scribble_on(&xterm, 40, 120);
}

static void a_terminal_that_can_little_shows_it_too(void **state)
{
	struct painter_sequences little = {.clear = xterm.clear,
		.clear_to_end = xterm.clear_to_end,
		.keeps_last_corner = true,
		.to = to,
		.ink = ink};
	struct painter_sequences odd = xterm;

	(void)state;
	scribble_on(&little, 12, 50);
	odd.along = NULL;
	odd.attributes[3] = NULL;
	odd.not_coloured = LOOK_DIM | LOOK_UNDERLINE;
	scribble_on(&odd, 12, 50);
}

static void the_last_corner_is_left_out_where_it_would_scroll(void **state)
{
	struct painter_sequences wraps = xterm;
	struct painter painter;
	struct canvas canvas = {0};
	struct area all = {0, 0, 2, 4};

	(void)state;
	wraps.keeps_last_corner = false;
	painter_init(&painter, &wraps);
	painter_dress(&painter, theme_shipped(0), 0);
	canvas_reset(&canvas, 2, 4);
	canvas_write(&canvas, &all, 0, 0, "abcd", STYLE_TEXT, false);
	canvas_write(&canvas, &all, 1, 0, "efgh", STYLE_TEXT, false);
	assert_string_equal(
		painter_paint(&painter, &canvas), "\033[m\033[H\033[2Jabcd\033[2;1Hefg\033[1;1H");
	canvas_finish(&canvas);
	painter_finish(&painter);
}

/* Some terminals have pictures in one column. */
static void what_follows_a_picture_is_told_its_place(void **state)
{
	struct painter painter;
	struct canvas canvas = {0};
	struct area all = {0, 0, 1, 8};

	(void)state;
	painter_init(&painter, &xterm);
	painter_dress(&painter, theme_shipped(0), 0);
	canvas_reset(&canvas, 1, 8);
	canvas_write(&canvas, &all, 0, 0, "🚀ab漢c", STYLE_TEXT, false);
	assert_string_equal(
		painter_paint(&painter, &canvas), "\033[m\033[H\033[2J🚀\033[3Gab漢c\033[1;1H");
	canvas_finish(&canvas);
	painter_finish(&painter);
}

static void another_size_is_painted_anew(void **state)
{
	struct painter painter;
	struct glass glass;
	struct canvas canvas = {0};

	(void)state;
	start(&painter, &glass, &xterm, 20, 60);
	canvas_reset(&canvas, 20, 60);
	draw_list(&canvas, 100, 3);
	paint(&painter, &glass, &canvas);
	glass_start(&glass, 18, 70);
	canvas_reset(&canvas, 18, 70);
	draw_list(&canvas, 100, 3);
	paint(&painter, &glass, &canvas);
	canvas_finish(&canvas);
	painter_finish(&painter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bar_that_moves_is_written_and_what_it_leaves),
		cmocka_unit_test(rows_that_move_are_scrolled),
		cmocka_unit_test(whatever_is_drawn_is_shown),
		cmocka_unit_test(a_terminal_that_can_little_shows_it_too),
		cmocka_unit_test(the_last_corner_is_left_out_where_it_would_scroll),
		cmocka_unit_test(what_follows_a_picture_is_told_its_place),
		cmocka_unit_test(another_size_is_painted_anew),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
