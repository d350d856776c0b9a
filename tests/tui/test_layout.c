#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tui/layout.h"

static void assert_inside(const struct area *area, int rows, int columns)
{
	assert_true(area->rows >= 0 && area->columns >= 0);
	if (area->rows == 0 || area->columns == 0)
		return;
	assert_true(area->row >= 0 && area->row + area->rows <= rows);
	assert_true(area->column >= 0 && area->column + area->columns <= columns);
}

static int cells(const struct area *area)
{
	return area->rows * area->columns;
}

static void assert_whole(int rows, int columns, enum preview_place place, int grow)
{
	struct layout layout = layout_make(rows, columns, place, grow);
	const struct area *parts[] = {&layout.title, &layout.list, &layout.divider, &layout.preview,
		&layout.status, &layout.hint};
	int sum = 0;

	if (layout.too_small)
		return;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		assert_inside(parts[i], rows, columns);
		sum += cells(parts[i]);
	}
	assert_int_equal(sum, rows * columns);
	assert_true(layout.list.rows >= 3 && layout.list.columns >= LEAST_COLUMNS);
}

static void every_size_is_filled_exactly(void **state)
{
	static const int grows[] = {-200, -10, 0, 3, 200};

	(void)state;
	for (int rows = 1; rows <= 100; rows++) {
		for (int columns = 1; columns <= 300; columns++) {
			for (int place = PREVIEW_AUTO; place <= PREVIEW_OFF; place++)
				assert_whole(rows, columns, (enum preview_place)place,
					grows[(rows + columns) % 5]);
		}
	}
}

static void the_preview_is_right_below_or_away(void **state)
{
	(void)state;
	assert_int_equal(layout_place(40, 140, PREVIEW_AUTO), PREVIEW_RIGHT);
	assert_int_equal(layout_place(40, 139, PREVIEW_AUTO), PREVIEW_BELOW);
	assert_int_equal(layout_place(24, 80, PREVIEW_AUTO), PREVIEW_BELOW);
	assert_int_equal(layout_place(12, 40, PREVIEW_AUTO), PREVIEW_OFF);
	assert_int_equal(layout_place(19, 99, PREVIEW_AUTO), PREVIEW_OFF);
	assert_int_equal(layout_place(24, 80, PREVIEW_RIGHT), PREVIEW_RIGHT);
	assert_int_equal(layout_place(24, 80, PREVIEW_OFF), PREVIEW_OFF);
	assert_int_equal(layout_place(5, 20, PREVIEW_RIGHT), PREVIEW_OFF);
}

static void the_bottom_lines_give_way_first(void **state)
{
	(void)state;
	assert_int_equal(layout_make(10, 40, PREVIEW_AUTO, 0).hint.rows, 1);
	assert_int_equal(layout_make(9, 40, PREVIEW_AUTO, 0).hint.rows, 0);
	assert_int_equal(layout_make(6, 40, PREVIEW_AUTO, 0).title.rows, 1);
	assert_int_equal(layout_make(5, 40, PREVIEW_AUTO, 0).title.rows, 0);
	assert_false(layout_make(5, 20, PREVIEW_AUTO, 0).too_small);
	assert_true(layout_make(4, 20, PREVIEW_AUTO, 0).too_small);
	assert_true(layout_make(5, 19, PREVIEW_AUTO, 0).too_small);
}

static void columns_give_way_in_their_order(void **state)
{
	bool age = true, tags = true, notes = true;

	(void)state;
	for (int columns = 300; columns >= LEAST_COLUMNS; columns--) {
		struct row_columns row = layout_row(columns, columns);
		assert_true(row.title_width >= 10);
		assert_true(age || row.age_width == 0);
		assert_true(tags || row.tags_width == 0);
		assert_true(notes || row.notes_width == 0);
		assert_true(!row.age_width || row.tags_width);
		assert_true(!row.tags_width || row.notes_width);
		age = row.age_width > 0;
		tags = row.tags_width > 0;
		notes = row.notes_width > 0;
	}
}

/* Whatever there is beside it, by itself (a preview that is asked for at the right may take some).
 */
static void a_wider_screen_never_shows_less_of_a_title(void **state)
{
	(void)state;
	for (int rows = 5; rows <= 60; rows += 11) {
		int before = 0;
		for (int columns = LEAST_COLUMNS; columns <= 300; columns++) {
			struct layout layout = layout_make(rows, columns, PREVIEW_AUTO, 0);
			int width = layout_row(layout.list.columns, columns).title_width;
			assert_true(width >= before);
			assert_true(layout.preview.columns == columns ||
				    layout.preview.columns <= columns / 3);
			before = width;
		}
	}
}

static void columns_never_overlap_or_leave_the_row(void **state)
{
	(void)state;
	for (int columns = LEAST_COLUMNS; columns <= 300; columns++) {
		struct row_columns row = layout_row(columns, columns);
		int end = row.title + row.title_width;
		assert_true(row.title >= 2);
		if (row.notes_width) {
			assert_true(row.notes > end);
			end = row.notes + row.notes_width;
		}
		if (row.tags_width) {
			assert_true(row.tags > end);
			end = row.tags + row.tags_width;
		}
		if (row.age_width) {
			assert_true(row.age > end);
			end = row.age + row.age_width;
		}
		assert_true(end <= columns);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size_is_filled_exactly),
		cmocka_unit_test(the_preview_is_right_below_or_away),
		cmocka_unit_test(the_bottom_lines_give_way_first),
		cmocka_unit_test(columns_give_way_in_their_order),
		cmocka_unit_test(a_wider_screen_never_shows_less_of_a_title),
		cmocka_unit_test(columns_never_overlap_or_leave_the_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
