#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/tui/canvas_row.h"
#include "tui/page.h"

static void assert_page(int columns, const char *text, size_t count, const char *const *lines)
{
	struct page page = {0};

	page_start(&page, columns);
	page_add(&page, text, STYLE_TEXT, 0);
	assert_int_equal(page.count, count);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(page.lines[i].text, lines[i]);
	page_finish(&page);
}

static void a_text_is_wrapped_between_words(void **state)
{
	static const char *const lines[] = {"one two ", "three", "four"};

	(void)state;
	assert_page(9, "one two three\nfour", 3, lines);
}

static void a_word_that_is_too_long_is_cut_between_clusters(void **state)
{
	static const char *const lines[] = {"漢字", "漢字", "漢"};

	(void)state;
	assert_page(5, "漢字漢字漢", 3, lines);
	static const char *const narrow[] = {"漢", "字"};
	assert_page(1, "漢字", 2, narrow);
}

static void a_line_as_wide_as_the_page_is_not_cut(void **state)
{
	static const char *const lines[] = {"https://example.org/"};

	(void)state;
	assert_page(20, lines[0], 1, lines);
}

static void prose_is_not_wider_than_is_good_to_read(void **state)
{
	struct page page = {0};
	char words[400] = "";

	(void)state;
	for (int i = 0; i < 60; i++)
		memcpy(words + (size_t)i * 5, "word ", 6);
	page_start(&page, 250);
	page_add(&page, words, STYLE_TEXT, 0);
	assert_true(page.count > 3);
	for (size_t i = 0; i < page.count; i++)
		assert_true(strlen(page.lines[i].text) <= PROSE_COLUMNS);
	page_finish(&page);
}

static void a_labelled_text_keeps_its_column(void **state)
{
	struct page page = {0};
	struct canvas canvas = {0};
	struct area area = {0, 0, 3, 20};

	(void)state;
	canvas_reset(&canvas, 3, 20);
	page_start(&page, 20);
	page_add_labelled(&page, "key", STYLE_KEY, 6, "what it does for you", STYLE_TEXT);
	page_draw(&page, 0, &canvas, &area, NULL);
	char *first = canvas_row(&canvas, 0);
	char *second = canvas_row(&canvas, 1);
	assert_string_equal(first, "key   what it does");
	assert_string_equal(second, "      for you");
	free(first);
	free(second);
	page_finish(&page);
	canvas_finish(&canvas);
}

static void assert_row(const struct canvas *canvas, int row, const char *text)
{
	char *drawn = canvas_row(canvas, row);

	assert_string_equal(drawn, text);
	free(drawn);
}

static void a_page_is_folded_as_often_as_there_is_room(void **state)
{
	static const char *const lines[] = {"a", "b", "c", "d", "e"};
	static const size_t rows[] = {5, 3, 2};
	struct area area = {0, 0, 5, 0};
	struct canvas canvas = {0};

	(void)state;
	for (int folds = 1; folds <= 3; folds++) {
		struct page page = {0};
		area.columns = folds * 5 + (folds - 1) * 4;
		canvas_reset(&canvas, area.rows, area.columns);
		page_start(&page, area.columns);
		page_fold(&page, 5);
		for (size_t i = 0; i < 5; i++)
			page_add(&page, lines[i], STYLE_TEXT, 0);
		assert_int_equal(page_rows(&page), rows[folds - 1]);
		page_draw(&page, 0, &canvas, &area, NULL);
		page_finish(&page);
	}
	assert_row(&canvas, 0, "a        c        e");
	assert_row(&canvas, 1, "b        d");
	canvas_finish(&canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_wrapped_between_words),
		cmocka_unit_test(a_page_is_folded_as_often_as_there_is_room),
		cmocka_unit_test(a_word_that_is_too_long_is_cut_between_clusters),
		cmocka_unit_test(a_line_as_wide_as_the_page_is_not_cut),
		cmocka_unit_test(prose_is_not_wider_than_is_good_to_read),
		cmocka_unit_test(a_labelled_text_keeps_its_column),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
