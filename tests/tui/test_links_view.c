#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "tests/tui/canvas_row.h"
#include "tui/links_view.h"

#define NOW 1700000000
#define DAY 86400

static void add(struct bookmark_rows *rows, int64_t id, enum link_state state, int days)
{
	struct bookmark bookmark;

	bookmark_init(&bookmark);
	bookmark.id = id;
	bookmark_set(&bookmark.url, "https://old.example/");
	bookmark_set(&bookmark.title, "A page");
	bookmark.link.state = state;
	bookmark.link.since = NOW - (int64_t)days * DAY;
	bookmark.link.checked = NOW;
	if (state == LINK_MOVED)
		bookmark_set(&bookmark.link.url, "https://new.example/");
	if (state == LINK_DEAD)
		bookmark_set(&bookmark.link.reason, "not found (404)");
	bookmark_rows_add(rows, &bookmark);
	bookmark_finish(&bookmark);
}

static void assert_order(const struct bookmark_rows *rows, const int64_t *ids, size_t count)
{
	assert_int_equal(rows->count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(rows->bookmarks[i].id, ids[i]);
}

static void what_has_moved_comes_before_what_is_gone_the_latest_first(void **state)
{
	const int64_t order[] = {4, 1, 5, 3, 2};
	struct bookmark_rows links = {0}, coming = {0};

	(void)state;
	add(&coming, 1, LINK_MOVED, 9);
	add(&coming, 2, LINK_DEAD, 8);
	add(&coming, 3, LINK_DEAD, 2);
	add(&coming, 4, LINK_MOVED, 1);
	add(&coming, 5, LINK_DEAD, 2);
	links_view_take(&links, &coming);
	assert_order(&links, order, 5);
	assert_int_equal(coming.count, 0);
	char *counts = links_view_counts(&links);
	assert_string_equal(counts, "2 moved, 3 gone");
	free(counts);
	bookmark_rows_finish(&links);
}

static void reading_again_keeps_the_cursor_on_its_bookmark_and_the_marks(void **state)
{
	struct bookmark_rows links = {0}, coming = {0};

	(void)state;
	add(&coming, 1, LINK_MOVED, 1);
	add(&coming, 2, LINK_MOVED, 2);
	add(&coming, 3, LINK_MOVED, 3);
	links_view_take(&links, &coming);
	bookmark_rows_fit(&links, 10);
	id_set_add(&links.marks, 2);
	id_set_add(&links.marks, 3);
	links.scroll.cursor = 1;
	add(&coming, 4, LINK_MOVED, 0);
	add(&coming, 5, LINK_MOVED, 0);
	add(&coming, 2, LINK_MOVED, 2);
	links_view_take(&links, &coming);
	assert_int_equal(bookmark_rows_current(&links)->id, 2);
	assert_true(id_set_has(&links.marks, 2));
	assert_false(id_set_has(&links.marks, 3)); /* it wants no decision any more */
	bookmark_rows_finish(&links);
}

static bool line_has(const struct canvas *canvas, int row, const char *text)
{
	char *line = canvas_row(canvas, row);
	bool has = strstr(line, text) != NULL;

	free(line);
	return has;
}

static void the_new_address_or_the_reason_stands_beside_the_old(void **state)
{
	struct bookmark_rows links = {0}, coming = {0};
	struct canvas canvas = {0};
	struct area area = {0, 0, 20, 80};

	(void)state;
	canvas.ascii = true;
	canvas_reset(&canvas, 20, 80);
	add(&coming, 1, LINK_MOVED, 1);
	add(&coming, 2, LINK_DEAD, 2);
	links_view_take(&links, &coming);
	links_view_draw(&links, &canvas, &area, NOW);
	assert_true(line_has(&canvas, 0, "old.example/"));
	assert_true(line_has(&canvas, 0, "new.example/"));
	assert_true(line_has(&canvas, 1, "not found (404)"));
	assert_true(line_has(&canvas, 16, "A page"));
	assert_true(line_has(&canvas, 18, "moved permanently since yesterday; checked today"));
	assert_true(line_has(&canvas, 19, "https://new.example/"));
	bookmark_rows_finish(&links);
	canvas_finish(&canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_moved_comes_before_what_is_gone_the_latest_first),
		cmocka_unit_test(reading_again_keeps_the_cursor_on_its_bookmark_and_the_marks),
		cmocka_unit_test(the_new_address_or_the_reason_stands_beside_the_old),
	};

	return cmocka_run_group_tests_name("links view", tests, NULL, NULL);
}
