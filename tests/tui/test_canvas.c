#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tests/tui/canvas_row.h"
#include "tui/canvas.h"

static void assert_row(const struct canvas *canvas, int row, const char *expected)
{
	char *text = canvas_row(canvas, row);

	assert_string_equal(text, expected);
	free(text);
}

static void assert_written(const char *text, int columns, bool cut, const char *expected)
{
	struct canvas canvas = {0};
	struct area area = {0, 1, 1, columns};

	canvas_reset(&canvas, 1, columns + 3);
	canvas_write(&canvas, &area, 0, 0, text, STYLE_TEXT, cut);
	assert_row(&canvas, 0, expected);
	assert_int_equal(canvas_cell(&canvas, 0, columns + 1)->text[0], L' ');
	canvas_finish(&canvas);
}

static void text_is_clipped_to_its_area(void **state)
{
	(void)state;
	assert_written("bookmarks", 4, false, " book");
	assert_written("bookmarks", 4, true, " boo…");
	assert_written("bookmarks", 9, true, " bookmarks");
	assert_written("bookmarks", 0, true, "");
}

static void a_wide_character_is_never_halved(void **state)
{
	(void)state;
	assert_written("漢字漢字", 5, false, " 漢字");
	assert_written("漢字漢字", 5, true, " 漢字…");
	assert_written("漢字漢字", 4, true, " 漢…");
	assert_written("🇩🇪🇩🇪", 3, false, " 🇩🇪");
}

/* The text as far as it fits, whatever stands beside what: plain letters, marks, wide characters.
 */
static void as_much_is_written_as_fits(void **state)
{
	static const char *const pieces[] = {
		"a", "B", "-", "q\xcc\x81", "é", "漢", "🚀", "🇩🇪", "\xe0\xb8\x81\xe0\xb9\x89"};
	unsigned seed = 5;

	(void)state;
	for (int round = 0; round < 5000; round++) {
		char text[200] = "", expected[200];
		int columns = round % 17;
		for (int i = 0; i < 12; i++) {
			seed = seed * 1103515245u + 12345u;
			strcat(text, pieces[(seed >> 16) % (sizeof(pieces) / sizeof(*pieces))]);
		}
		int fit = (int)text_fit(text, (size_t)columns);
		snprintf(expected, sizeof(expected), " %.*s", fit, text);
		assert_written(text, columns, false, fit > 0 ? expected : "");
		if (columns == 0 || text_width(text) <= (size_t)columns)
			continue;
		fit = (int)text_fit(text, (size_t)columns - 1);
		snprintf(expected, sizeof(expected), " %.*s…", fit, text);
		assert_written(text, columns, true, expected);
	}
}

static void cells_that_look_the_same_are_the_same_bytes(void **state)
{
	struct canvas canvas = {.ascii = true};
	struct area area = {0, 0, 1, 6};

	(void)state;
	canvas_reset(&canvas, 1, 6);
	canvas_write(&canvas, &area, 0, 0, "q\xcc\x81?é漢", STYLE_TAG, false);
	assert_row(&canvas, 0, "q????");
	for (int column = 2; column < 5; column++)
		assert_memory_equal(canvas_cell(&canvas, 0, 1), canvas_cell(&canvas, 0, column),
			sizeof(struct cell));
	canvas_finish(&canvas);
}

static void marks_stay_on_their_letter(void **state)
{
	struct canvas canvas = {0};
	struct area area = {0, 0, 1, 10};

	(void)state;
	canvas_reset(&canvas, 1, 10);
	canvas_write(&canvas, &area, 0, 0, "xq\xcc\x81z", STYLE_TEXT, false);
	assert_int_equal(canvas_cell(&canvas, 0, 1)->length, 2);
	assert_int_equal(canvas_cell(&canvas, 0, 2)->text[0], L'z');
	canvas_finish(&canvas);
}

static void controls_never_reach_a_cell(void **state)
{
	(void)state;
	assert_written("a\x1b[31mb", 20, false, " a^[[31mb");
	assert_written("a\nb\tc", 20, false, " a b c");
}

static void ascii_shows_question_marks_in_the_same_columns(void **state)
{
	struct canvas canvas = {.ascii = true};
	struct area area = {0, 0, 1, 10};

	(void)state;
	canvas_reset(&canvas, 1, 10);
	canvas_write(&canvas, &area, 0, 0, "é漢x", STYLE_TEXT, false);
	assert_row(&canvas, 0, "???x");
	canvas_reset(&canvas, 1, 10);
	canvas_write(&canvas, &area, 0, 0, "0123456789abc", STYLE_TEXT, true);
	assert_row(&canvas, 0, "012345678~");
	canvas_finish(&canvas);
}

static void overwriting_half_of_a_wide_character_blanks_the_other(void **state)
{
	struct canvas canvas = {0};
	struct area area = {0, 0, 1, 6};

	(void)state;
	canvas_reset(&canvas, 1, 6);
	canvas_write(&canvas, &area, 0, 0, "漢字", STYLE_TEXT, false);
	canvas_write(&canvas, &area, 0, 1, "x", STYLE_TEXT, false);
	assert_row(&canvas, 0, " x字");
	canvas_write(&canvas, &area, 0, 2, "y", STYLE_TEXT, false);
	assert_row(&canvas, 0, " xy");
	canvas_finish(&canvas);
}

static void nothing_is_drawn_outside_whatever_the_area(void **state)
{
	struct canvas canvas = {0};

	(void)state;
	for (int size = 0; size < 5; size++) {
		canvas_reset(&canvas, size, size);
		for (int at = -3; at < 6; at++) {
			struct area area = {at, at, 4, 7};
			canvas_frame(&canvas, &area, STYLE_DIM);
			canvas_write(&canvas, &area, 1, 1, "漢字 text", STYLE_TEXT, true);
			canvas_clear(&canvas, &area);
			canvas_emphasise(&canvas, &area, 1, -5, 50, EMPHASIS_CURSOR);
			canvas_park(&canvas, &area, 9, 9, true);
			assert_true(canvas.cursor_row >= 0 && canvas.cursor_row <= size);
			assert_true(canvas.cursor_column >= 0 && canvas.cursor_column <= size);
		}
	}
	canvas_finish(&canvas);
}

static void an_emphasis_keeps_the_style_below_it(void **state)
{
	struct canvas canvas = {0};
	struct area area = {0, 0, 1, 4};

	(void)state;
	canvas_reset(&canvas, 1, 4);
	canvas_write(&canvas, &area, 0, 0, "tag", STYLE_TAG, false);
	canvas_emphasise(&canvas, &area, 0, 1, 2, EMPHASIS_MATCH);
	assert_int_equal(canvas_cell(&canvas, 0, 1)->style, STYLE_TAG);
	assert_int_equal(canvas_cell(&canvas, 0, 0)->emphasis, EMPHASIS_NONE);
	assert_int_equal(canvas_cell(&canvas, 0, 1)->emphasis, EMPHASIS_MATCH);
	assert_int_equal(canvas_cell(&canvas, 0, 2)->emphasis, EMPHASIS_NONE);
	canvas_finish(&canvas);
}

static void every_meaning_survives_without_colour(void **state)
{
	(void)state;
	for (size_t i = 0; theme_shipped(i); i++) {
		const struct theme *theme = theme_shipped(i);
		struct look plain = theme_look(theme, STYLE_TEXT, 0, 0);
		struct look cursor = theme_look(theme, STYLE_TEXT, EMPHASIS_CURSOR, 0);
		struct look mark = theme_look(theme, STYLE_TEXT, EMPHASIS_MARK, 0);
		struct look match = theme_look(theme, STYLE_TEXT, EMPHASIS_MATCH, 0);
		struct look failure = theme_look(theme, STYLE_ERROR, 0, 0);
		assert_int_equal(failure.colour, LOOK_DEFAULT);
		assert_true(cursor.attributes & LOOK_REVERSE);
		assert_int_not_equal(mark.attributes, plain.attributes);
		assert_int_not_equal(match.attributes, plain.attributes);
		assert_int_not_equal(match.attributes, mark.attributes);
		assert_int_not_equal(failure.attributes, plain.attributes);
		assert_int_not_equal(
			theme_look(theme, STYLE_TAG, EMPHASIS_MATCH | EMPHASIS_CURSOR, 256)
				.attributes,
			theme_look(theme, STYLE_TAG, EMPHASIS_CURSOR, 256).attributes);
	}
	assert_non_null(theme_shipped(2));
}

static void a_colour_is_one_that_the_terminal_has(void **state)
{
	struct theme theme = *theme_find("calm");

	(void)state;
	assert_int_equal(theme_look(&theme, STYLE_ACCENT, 0, 256).colour, 166);
	assert_int_equal(theme_look(&theme, STYLE_ACCENT, 0, 16).colour, 5);
	assert_int_equal(theme_look(&theme, STYLE_DIM, 0, 16).colour, LOOK_DEFAULT);
	assert_int_equal(theme_look(&theme, STYLE_DIM, 0, 8).colour, LOOK_DEFAULT);
	assert_int_equal(theme_look(&theme, STYLE_DIM, 0, 8).attributes, LOOK_DIM);
	assert_int_equal(theme_change(&theme, "tag", "bright-cyan", NULL), STATUS_OK);
	assert_int_equal(theme_look(&theme, STYLE_TAG, 0, 8).colour, 6);
	assert_int_equal(theme_look(&theme, STYLE_TAG, 0, 8).attributes, LOOK_BOLD);
	assert_int_equal(theme_look(&theme, STYLE_TAG, 0, 0).colour, LOOK_DEFAULT);
	assert_int_equal(theme_look(&theme, STYLE_TAG, 0, 0).attributes, 0);
	assert_int_equal(theme_look(&theme, STYLE_TAG, EMPHASIS_CURSOR, 8).colour, LOOK_DEFAULT);
}

static void a_style_is_set_by_words(void **state)
{
	struct theme theme = *theme_find("Calm");
	struct error error = {0};

	(void)state;
	assert_int_equal(theme_change(&theme, "tag", "bold underline 208", NULL), STATUS_OK);
	assert_int_equal(theme.looks[STYLE_TAG].fine_colour, 208);
	assert_int_equal(theme.looks[STYLE_TAG].attributes, LOOK_BOLD | LOOK_UNDERLINE);
	assert_int_equal(theme_change(&theme, "title", "bright-cyan", NULL), STATUS_OK);
	assert_int_equal(theme.looks[STYLE_TITLE].colour, 14);
	assert_int_equal(theme_change(&theme, "tag", "blinking", &error), STATUS_INVALID);
	assert_non_null(strstr(error.text, "blinking"));
	assert_int_equal(theme.looks[STYLE_TAG].fine_colour, 208);
	assert_int_equal(theme_change(&theme, "tags", "red", NULL), STATUS_INVALID);
	assert_null(theme_find("nothing"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_clipped_to_its_area),
		cmocka_unit_test(a_wide_character_is_never_halved),
		cmocka_unit_test(as_much_is_written_as_fits),
		cmocka_unit_test(cells_that_look_the_same_are_the_same_bytes),
		cmocka_unit_test(marks_stay_on_their_letter),
		cmocka_unit_test(controls_never_reach_a_cell),
		cmocka_unit_test(ascii_shows_question_marks_in_the_same_columns),
		cmocka_unit_test(overwriting_half_of_a_wide_character_blanks_the_other),
		cmocka_unit_test(nothing_is_drawn_outside_whatever_the_area),
		cmocka_unit_test(an_emphasis_keeps_the_style_below_it),
		cmocka_unit_test(every_meaning_survives_without_colour),
		cmocka_unit_test(a_colour_is_one_that_the_terminal_has),
		cmocka_unit_test(a_style_is_set_by_words),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
