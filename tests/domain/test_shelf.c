#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/search/row_block.h"
#include "domain/search/search.h"

static void make(struct bookmark *one, int64_t id, const char *title)
{
	char url[64];

	bookmark_init(one);
	snprintf(url, sizeof(url), "https://example.org/%lld", (long long)id);
	one->id = id;
	one->added = 1000000 + id * 7919 % 5003; /* dates are not in the order of ids, with ties */
	one->modified = 2000000 + id;
	bookmark_set(&one->url, url);
	bookmark_set(&one->title, title);
	bookmark_set(&one->source, "manual");
}

static void put(struct shelf *shelf, int64_t id, const char *title)
{
	struct bookmark one;

	make(&one, id, title);
	shelf_put(shelf, &one);
	bookmark_finish(&one);
}

static void put_many(struct shelf *shelf, int64_t from, int64_t until)
{
	char title[64];

	for (int64_t id = from; id < until; id++) {
		snprintf(title, sizeof(title), "Row %lld of %s", (long long)id,
			id % 3 ? "many" : "some");
		put(shelf, id, title);
	}
}

static size_t found(struct search *search, const char *text)
{
	struct query_error error;

	search_start(search, query_parse(text, &error), NEWEST_FIRST, false);
	search_run(search, -1);
	return search_count(search);
}

static void assert_in_order(const struct search *search)
{
	struct row before = {.added = INT64_MAX};
	struct row row;
	size_t position;

	for (size_t i = 0; i < search_count(search); i++) {
		assert_true(search_row(search, i, &row));
		assert_true(row.added < before.added ||
			    (row.added == before.added && row.id < before.id));
		assert_true(search_position(search, row.id, &position));
		assert_int_equal(position, i);
		before = row;
	}
}

static void what_is_put_is_found_in_order(void **state)
{
	struct shelf *shelf = shelf_new();
	struct search *search = search_new(shelf);

	(void)state;
	assert_int_equal(search_count(search), 0);
	put_many(shelf, 1, 10001);
	assert_true(search_stale(search));
	search_refresh(search);
	assert_true(search_run(search, -1));
	assert_int_equal(shelf_count(shelf), 10000);
	assert_int_equal(search_count(search), 10000);
	assert_in_order(search);
	assert_int_equal(found(search, "some"), 3333);
	assert_in_order(search);
	search_free(search);
	shelf_free(shelf);
}

static void what_is_put_again_takes_the_place_of_the_old(void **state)
{
	struct shelf *shelf = shelf_new();
	struct search *search = search_new(shelf);
	struct bookmark deleted;
	struct row row;

	(void)state;
	put_many(shelf, 1, 6001);
	put(shelf, 77, "changed");
	put(shelf, 77, "changed again");
	assert_true(shelf_find(shelf, 77, &row));
	assert_string_equal(row.title, "changed again");
	assert_int_equal(found(search, "changed"), 1);
	assert_int_equal(shelf_count(shelf), 6000);
	assert_true(shelf_remove(shelf, 78));
	assert_false(shelf_remove(shelf, 78));
	assert_false(shelf_find(shelf, 78, &row));
	make(&deleted, 79, "in the trash");
	deleted.deleted = 1;
	shelf_put(shelf, &deleted);
	bookmark_finish(&deleted);
	assert_int_equal(shelf_count(shelf), 5998);
	assert_int_equal(found(search, "row"), 5997);
	assert_in_order(search);
	shelf_clear(shelf);
	assert_int_equal(found(search, ""), 0);
	search_free(search);
	shelf_free(shelf);
}

static void a_stale_result_answers_with_rows_as_they_are_now(void **state)
{
	struct shelf *shelf = shelf_new();
	struct search *search;
	struct row row;

	(void)state;
	put_many(shelf, 1, 11);
	search = search_new(shelf);
	assert_true(search_row(search, 0, &row));
	put(shelf, row.id, "new title");
	assert_true(search_row(search, 0, &row));
	assert_string_equal(row.title, "new title");
	shelf_remove(shelf, row.id);
	assert_false(search_row(search, 0, &row));
	assert_true(search_id(search, 0) != 0);
	assert_true(search_row(search, 1, &row));
	shelf_take_block(shelf, row_block_new());
	assert_false(search_row(search, 1, &row));
	assert_int_equal(search_count(search), 10);
	search_free(search);
	shelf_free(shelf);
}

static void the_last_result_stands_until_the_next_is_ready(void **state)
{
	struct shelf *shelf = shelf_new();
	struct search *search;
	struct query_error error;

	(void)state;
	put_many(shelf, 1, 20001);
	search = search_new(shelf);
	assert_int_equal(found(search, "some"), 6666);
	search_start(search, query_parse("many", &error), NEWEST_FIRST, false);
	assert_false(search_run(search, 0));
	assert_true(search_running(search));
	assert_int_equal(search_count(search), 6666);
	search_start(search, query_parse("row", &error), NEWEST_FIRST, false);
	while (!search_run(search, 0))
		assert_int_equal(search_count(search), 6666);
	assert_int_equal(search_count(search), 20000);
	search_free(search);
	shelf_free(shelf);
}

static void a_change_in_the_middle_of_a_search_begins_it_anew(void **state)
{
	struct shelf *shelf = shelf_new();
	struct search *search;
	struct query_error error;

	(void)state;
	put_many(shelf, 1, 20001);
	search = search_new(shelf);
	search_start(search, query_parse("many", &error), NEWEST_FIRST, false);
	assert_false(search_run(search, 0));
	put(shelf, 20001, "one of many more");
	assert_true(search_run(search, -1));
	assert_int_equal(search_count(search), 13335);
	assert_false(search_stale(search));
	search_free(search);
	shelf_free(shelf);
}

static void other_orders_sort_what_was_found(void **state)
{
	static const char *const titles[] = {"b", "Á", "c", "", "B"};
	struct shelf *shelf = shelf_new();
	struct search *search = search_new(shelf);
	const int64_t by_title[] = {2, 5, 1, 3, 4}; /* the empty one by its address, https */
	const int64_t by_url[] = {1, 2, 3, 4, 5};
	const int64_t by_change[] = {5, 4, 3, 2, 1};

	(void)state;
	for (int64_t id = 1; id <= 5; id++)
		put(shelf, id, titles[id - 1]);
	for (size_t i = 0; i < 5; i++) {
		search_start(search, NULL, BY_FOLDED_TITLE, false);
		search_run(search, -1);
		assert_int_equal(search_id(search, i), by_title[i]);
		search_start(search, NULL, BY_FOLDED_URL, false);
		search_run(search, -1);
		assert_int_equal(search_id(search, i), by_url[i]);
		search_start(search, NULL, LAST_MODIFIED, true);
		search_run(search, -1);
		assert_int_equal(search_id(search, i), by_change[4 - i]);
	}
	search_free(search);
	shelf_free(shelf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_is_found_in_order),
		cmocka_unit_test(what_is_put_again_takes_the_place_of_the_old),
		cmocka_unit_test(a_stale_result_answers_with_rows_as_they_are_now),
		cmocka_unit_test(the_last_result_stands_until_the_next_is_ready),
		cmocka_unit_test(a_change_in_the_middle_of_a_search_begins_it_anew),
		cmocka_unit_test(other_orders_sort_what_was_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
