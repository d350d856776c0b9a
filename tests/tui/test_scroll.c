#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/scroll.h"

static void the_cursor_never_leaves_the_lines_or_the_sight(void **state)
{
	(void)state;
	for (size_t count = 0; count < 12; count++) {
		for (size_t height = 0; height < 6; height++) {
			for (size_t from = 0; from < 15; from++) {
				struct scroll scroll = {from, 14 - from};
				scroll_clamp(&scroll, count, height);
				assert_true(scroll.cursor == 0 || scroll.cursor < count);
				assert_true(scroll.top <= scroll.cursor);
				assert_true(scroll.cursor - scroll.top < (height ? height : 1));
			}
		}
	}
}

static void every_move_down_has_its_way_back(void **state)
{
	static const enum action pairs[][2] = {{ACTION_DOWN, ACTION_UP},
		{ACTION_HALF_PAGE_DOWN, ACTION_HALF_PAGE_UP}, {ACTION_PAGE_DOWN, ACTION_PAGE_UP},
		{ACTION_LAST, ACTION_FIRST}};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct scroll scroll = {0};
		assert_true(scroll_move(&scroll, pairs[i][0], 2, 100, 10));
		assert_true(scroll.cursor > 0);
		assert_true(scroll_move(&scroll, pairs[i][1], 2, 100, 10));
		assert_int_equal(scroll.cursor, 0);
	}
	struct scroll scroll = {0};
	assert_false(scroll_move(&scroll, ACTION_OPEN, 1, 100, 10));
}

static void a_page_carries_the_top_with_it(void **state)
{
	struct scroll scroll = {7, 4};

	(void)state;
	scroll_move(&scroll, ACTION_HALF_PAGE_DOWN, 0, 100, 10);
	assert_int_equal(scroll.cursor, 12);
	assert_int_equal(scroll.top, 9);
	scroll_move(&scroll, ACTION_DOWN, 50000, 100, 10);
	assert_int_equal(scroll.cursor, 99);
	assert_int_equal(scroll.top, 90);
}

static void a_text_stops_at_its_last_page(void **state)
{
	struct scroll scroll = {0};

	(void)state;
	assert_true(scroll_move_text(&scroll, ACTION_LAST, 0, 25, 10));
	assert_int_equal(scroll.top, 15);
	scroll_move_text(&scroll, ACTION_DOWN, 0, 25, 10);
	assert_int_equal(scroll.top, 15);
	scroll_move_text(&scroll, ACTION_DOWN, 0, 5, 10);
	assert_int_equal(scroll.top, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_never_leaves_the_lines_or_the_sight),
		cmocka_unit_test(every_move_down_has_its_way_back),
		cmocka_unit_test(a_page_carries_the_top_with_it),
		cmocka_unit_test(a_text_stops_at_its_last_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
