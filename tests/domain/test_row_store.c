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
#include "domain/search/row_segment.h"
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

static void put(struct row_store *store, int64_t id, const char *title)
{
	struct bookmark one;

	make(&one, id, title);
	row_store_put(store, &one);
	bookmark_finish(&one);
}

static void put_many(struct row_store *store, int64_t from, int64_t until)
{
	char title[64];

	for (int64_t id = from; id < until; id++) {
		snprintf(title, sizeof(title), "Row %lld of %s", (long long)id,
			id % 3 ? "many" : "some");
		put(store, id, title);
	}
}

/* Rows as put_many() has them, newest first. */
static void add_many(struct row_segment *segment, int64_t count)
{
	struct bookmark one;
	char title[64];

	for (int64_t id = count; id > 0; id--) {
		snprintf(title, sizeof(title), "Row %lld of %s", (long long)id,
			id % 3 ? "many" : "some");
		make(&one, id, title);
		one.added = id;
		row_segment_add(segment, &one);
		bookmark_finish(&one);
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
	struct row_store *store = row_store_new();
	struct search *search = search_new(store);

	(void)state;
	assert_int_equal(search_count(search), 0);
	put_many(store, 1, 10001);
	assert_true(search_stale(search));
	search_refresh(search);
	assert_true(search_run(search, -1));
	assert_int_equal(row_store_count(store), 10000);
	assert_int_equal(search_count(search), 10000);
	assert_in_order(search);
	assert_int_equal(found(search, "some"), 3333);
	assert_in_order(search);
	search_free(search);
	row_store_free(store);
}

static void what_is_put_again_takes_the_place_of_the_old(void **state)
{
	struct row_store *store = row_store_new();
	struct search *search = search_new(store);
	struct bookmark deleted;
	struct row row;

	(void)state;
	put_many(store, 1, 6001);
	put(store, 77, "changed");
	put(store, 77, "changed again");
	assert_true(row_store_find(store, 77, &row));
	assert_string_equal(row.title, "changed again");
	assert_int_equal(found(search, "changed"), 1);
	assert_int_equal(row_store_count(store), 6000);
	assert_true(row_store_remove(store, 78));
	assert_false(row_store_remove(store, 78));
	assert_false(row_store_find(store, 78, &row));
	make(&deleted, 79, "in the trash");
	deleted.deleted = 1;
	row_store_put(store, &deleted);
	bookmark_finish(&deleted);
	assert_int_equal(row_store_count(store), 5998);
	assert_int_equal(found(search, "row"), 5997);
	assert_in_order(search);
	row_store_replace(store, row_segment_new());
	assert_int_equal(found(search, ""), 0);
	search_free(search);
	row_store_free(store);
}

/* Dates before 1970, ties, and ids of either sign among them. */
static void a_segment_in_any_order_is_sorted(void **state)
{
	struct row_segment *segment = row_segment_new();
	struct row_store *store = row_store_new();
	struct search *search = search_new(store);
	struct bookmark one;
	struct row row;

	(void)state;
	for (int64_t id = -300; id < 700; id++) {
		make(&one, id, id % 2 ? "odd" : "\xc3\x84ven");
		one.added = (id * id * 31 % 97 - 40) * 1000000000;
		bookmark_set(&one.source, id % 3 ? "manual" : "file:csv");
		row_segment_add(segment, &one);
		bookmark_finish(&one);
	}
	row_store_replace(store, segment);
	assert_int_equal(found(search, ""), 1000);
	assert_in_order(search);
	for (int64_t id = -300; id < 700; id++) {
		char url[64];

		snprintf(url, sizeof(url), "https://example.org/%lld", (long long)id);
		assert_true(row_store_find(store, id, &row));
		assert_int_equal(row.id, id);
		assert_int_equal(row.modified, 2000000 + id);
		assert_string_equal(row.url, url);
		assert_string_equal(row.title, id % 2 ? "odd" : "\xc3\x84ven");
		assert_string_equal(row.source, id % 3 ? "manual" : "file:csv");
	}
	assert_false(row_store_find(store, 700, &row));
	search_free(search);
	row_store_free(store);
}

static void a_stale_result_answers_with_rows_as_they_are_now(void **state)
{
	struct row_store *store = row_store_new();
	struct search *search;
	struct row row;

	(void)state;
	put_many(store, 1, 11);
	search = search_new(store);
	search_run(search, -1);
	assert_true(search_row(search, 0, &row));
	put(store, row.id, "new title");
	assert_true(search_row(search, 0, &row));
	assert_string_equal(row.title, "new title");
	row_store_remove(store, row.id);
	assert_false(search_row(search, 0, &row));
	assert_true(search_id(search, 0) != 0);
	assert_true(search_row(search, 1, &row));
	row_store_replace(store, row_segment_new());
	assert_false(search_row(search, 1, &row));
	assert_int_equal(search_count(search), 10);
	search_free(search);
	row_store_free(store);
}

/* The last result is current until the first rows of the next are sure; then these are. */
static void the_first_rows_are_there_before_the_last(void **state)
{
	struct row_segment *segment = row_segment_new();
	struct row_store *store = row_store_new();
	struct search *search = search_new(store);
	struct query_error error;
	uint64_t generation;
	int64_t first[SEARCH_FIRST_ROWS];

	(void)state;
	add_many(segment, 20000);
	row_store_replace(store, segment);
	assert_int_equal(found(search, "some"), 6666);
	generation = search_generation(search);
	search_start(search, query_parse("many", &error), BEST_FIRST, false);
	while (!search_run(search, 0) && search_generation(search) == generation)
		assert_int_equal(search_count(search), 6666);
	assert_int_equal(search_count(search), SEARCH_FIRST_ROWS);
	assert_false(search_complete(search));
	for (size_t i = 0; i < SEARCH_FIRST_ROWS; i++)
		first[i] = search_id(search, i);
	assert_true(search_run(search, -1));
	assert_true(search_complete(search));
	assert_int_equal(search_count(search), 13334);
	for (size_t i = 0; i < SEARCH_FIRST_ROWS; i++)
		assert_int_equal(search_id(search, i), first[i]);
	search_free(search);
	row_store_free(store);
}

/* Rows whose words stand in the title, the address, the notes or a tag, by their number. */
static void add_mixed(struct row_segment *segment, int64_t count)
{
	static const char *const words[] = {"kanban board", "a mask", "linux", "rust and linux"};

	for (int64_t id = count; id > 0; id--) {
		const char *word = words[id * 31 % 4];
		struct bookmark one;

		make(&one, id, id % 5 ? "other" : word);
		one.added = id;
		bookmark_set(&one.notes, id % 5 == 1 ? word : "");
		tag_set_add_list(&one.tags, id % 5 == 2 ? word : "", NULL);
		row_segment_add(segment, &one);
		bookmark_finish(&one);
	}
}

/* Backwards all is found before any of it is shown, so its order is the one to compare with. */
static void assert_same_backwards(struct search *search, const char *text)
{
	struct query_error error;
	size_t count;
	int64_t *ids;

	search_start(search, query_parse(text, &error), BEST_FIRST, true);
	search_run(search, -1);
	count = search_count(search);
	ids = memory_array(count, sizeof(*ids));
	for (size_t i = 0; i < count; i++)
		ids[i] = search_id(search, count - 1 - i);
	search_start(search, query_parse(text, &error), BEST_FIRST, false);
	while (!search_run(search, 0)) {
		if (search_complete(search))
			assert_int_equal(search_count(search), count);
	}
	assert_true(search_complete(search));
	assert_int_equal(search_count(search), count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(search_id(search, i), ids[i]);
	search_start(search, query_parse(text, &error), BEST_FIRST, false);
	search_run(search, -1);
	assert_int_equal(search_count(search), count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(search_id(search, i), ids[i]);
	free(ids);
}

static void showing_the_first_rows_early_changes_no_order(void **state)
{
	static const char *const texts[] = {"k", "ka", "linux", "~rlx", "linux rust",
		"linux OR mask", "-linux", "k title:rust", "example", "#linux", "nowhere"};
	struct row_segment *segment = row_segment_new();
	struct row_store *store = row_store_new();
	struct search *search = search_new(store);

	(void)state;
	add_mixed(segment, 20000);
	row_store_replace(store, segment);
	put_many(store, 15000, 15300);
	row_store_remove(store, 19990);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_same_backwards(search, texts[i]);
	search_free(search);
	row_store_free(store);
}

static void the_number_of_all_is_exact_once_all_are_there(void **state)
{
	struct row_segment *segment = row_segment_new();
	struct row_store *store = row_store_new();
	struct search *search = search_new(store);
	struct query_error error;

	(void)state;
	add_many(segment, 20000);
	row_store_replace(store, segment);
	search_run(search, -1);
	search_start(search, query_parse("many", &error), BEST_FIRST, false);
	do
		assert_false(search_run(search, 0));
	while (search_count(search) != SEARCH_FIRST_ROWS);
	assert_false(search_complete(search));
	assert_true(search_run(search, -1));
	assert_int_equal(search_count(search), 13334);
	assert_true(search_complete(search));
	search_free(search);
	row_store_free(store);
}

static void a_change_in_the_middle_of_a_search_begins_it_anew(void **state)
{
	struct row_store *store = row_store_new();
	struct search *search;
	struct query_error error;

	(void)state;
	put_many(store, 1, 20001);
	search = search_new(store);
	search_start(search, query_parse("many", &error), NEWEST_FIRST, false);
	assert_false(search_run(search, 0));
	put(store, 20001, "one of many more");
	assert_true(search_run(search, -1));
	assert_int_equal(search_count(search), 13335);
	assert_false(search_stale(search));
	search_free(search);
	row_store_free(store);
}

static void other_orders_sort_what_was_found(void **state)
{
	static const char *const titles[] = {"b", "Á", "c", "", "B"};
	struct row_store *store = row_store_new();
	struct search *search = search_new(store);
	const int64_t by_title[] = {2, 5, 1, 3, 4}; /* the empty one by its address, https */
	const int64_t by_url[] = {1, 2, 3, 4, 5};
	const int64_t by_change[] = {5, 4, 3, 2, 1};

	(void)state;
	for (int64_t id = 1; id <= 5; id++)
		put(store, id, titles[id - 1]);
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
	row_store_free(store);
}

/* Titles that share long beginnings, are equal, or are not there at all. */
static void add_alike(struct row_store *store, int64_t count)
{
	static const char *const starts[] = {"", "the", "The same beginning",
		"the same beginning of ", "THE SAME BEGINNING OF ALL", "\xc3\x84", "a"};

	for (int64_t id = 1; id <= count; id++) {
		char title[100];

		snprintf(title, sizeof(title), "%s%.*s", starts[id * 31 % 7], (int)(id * 17 % 20),
			"0123456789abcdefghij");
		put(store, id, title);
	}
}

struct titled {
	int64_t id;
	int64_t modified;
	char *title;
	char *url;
};

static void collect(void *self, const struct row *row)
{
	struct titled **at = self;
	size_t length;

	**at = (struct titled){row->id, row->modified,
		text_fold(row_label(row), strlen(row_label(row)), &length),
		text_fold(row->url, strlen(row->url), &length)};
	++*at;
}

static enum row_order compared_order;

static int compare_titled(const void *a, const void *b)
{
	const struct titled *left = a, *right = b;
	int order = 0;

	if (compared_order == LAST_MODIFIED)
		order = left->modified > right->modified ? -1 : left->modified < right->modified;
	else
		order = compared_order == BY_FOLDED_TITLE ? strcmp(left->title, right->title)
							  : strcmp(left->url, right->url);
	return order ? order : left->id > right->id ? -1 : 1;
}

static void assert_sorted(
	struct search *search, const struct titled *rows, size_t count, size_t limit, bool reverse)
{
	search_limit(search, limit);
	search_start(search, NULL, compared_order, reverse);
	search_run(search, -1);
	assert_int_equal(search_count(search), limit ? limit : count);
	assert_int_equal(search_complete(search), !limit);
	for (size_t i = 0; i < search_count(search); i++)
		assert_int_equal(search_id(search, i), rows[reverse ? count - 1 - i : i].id);
}

static void every_order_is_that_of_comparing_all_and_its_first_rows_are_the_same(void **state)
{
	enum { COUNT = 30000 };
	struct row_store *store = row_store_new();
	struct search *search = search_new(store);
	struct titled *rows = memory_array(COUNT, sizeof(*rows));
	struct titled *end = rows;

	(void)state;
	add_alike(store, COUNT);
	row_store_each(store, collect, &end);
	for (compared_order = LAST_MODIFIED; compared_order < BEST_FIRST; compared_order++) {
		qsort(rows, COUNT, sizeof(*rows), compare_titled);
		for (int reverse = 0; reverse < 2; reverse++) {
			assert_sorted(search, rows, COUNT, 0, reverse);
			assert_sorted(search, rows, COUNT, 1, reverse);
			assert_sorted(search, rows, COUNT, 77, reverse);
		}
	}
	for (size_t i = 0; i < COUNT; i++) {
		free(rows[i].title);
		free(rows[i].url);
	}
	free(rows);
	search_free(search);
	row_store_free(store);
}

/* Few have it in the title, many in their notes, and some there in the middle of a word. */
static void add_ranked(struct row_segment *segment, int64_t count)
{
	struct bookmark one;

	for (int64_t id = count; id > 0; id--) {
		make(&one, id, id % 701 ? "nothing" : "a Kernel here");
		one.added = id;
		bookmark_set(&one.notes, id % 3 ? "" : id % 2 ? "of kernels" : "unikernel");
		row_segment_add(segment, &one);
		bookmark_finish(&one);
	}
}

static void the_first_rows_are_those_of_the_whole(void **state)
{
	struct row_segment *segment = row_segment_new();
	struct row_store *store = row_store_new();
	struct search *search = search_new(store);
	int64_t first[SEARCH_FIRST_ROWS];
	struct query_error error;
	uint64_t before;

	(void)state;
	add_ranked(segment, 60000);
	row_store_replace(store, segment);
	search_start(search, query_parse("kernel", &error), BEST_FIRST, false);
	before = search_generation(search);
	while (search_generation(search) == before)
		search_run(search, 0);
	assert_false(search_complete(search));
	assert_int_equal(search_count(search), SEARCH_FIRST_ROWS);
	for (size_t i = 0; i < SEARCH_FIRST_ROWS; i++)
		first[i] = search_id(search, i);
	assert_int_equal(first[0] % 701, 0);
	assert_int_equal(first[SEARCH_FIRST_ROWS - 1] % 6, 3);
	search_run(search, -1);
	assert_true(search_complete(search));
	assert_int_equal(search_count(search), 20000 + 60000 / 701 - 60000 / 2103);
	for (size_t i = 0; i < SEARCH_FIRST_ROWS; i++)
		assert_int_equal(search_id(search, i), first[i]);
	search_free(search);
	row_store_free(store);
}

/* The one behind a tag that ends in no letter looks like the beginning of a word. */
static void a_comma_between_tags_is_in_no_tag(void **state)
{
	struct row_store *store = row_store_new();
	struct search *search = search_new(store);
	struct query_error error;
	struct bookmark one;

	(void)state;
	for (int64_t id = 1; id <= 2; id++) {
		make(&one, id, "title");
		one.added = id;
		bookmark_set(&one.notes, "this,that");
		tag_set_add(&one.tags, id == 1 ? "c++" : "c");
		tag_set_add(&one.tags, "z");
		row_store_put(store, &one);
		bookmark_finish(&one);
	}
	search_start(search, query_parse("~,", &error), BEST_FIRST, false);
	search_run(search, -1);
	assert_int_equal(search_count(search), 2);
	assert_int_equal(search_id(search, 0), 2);
	search_free(search);
	row_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_is_found_in_order),
		cmocka_unit_test(what_is_put_again_takes_the_place_of_the_old),
		cmocka_unit_test(a_segment_in_any_order_is_sorted),
		cmocka_unit_test(a_stale_result_answers_with_rows_as_they_are_now),
		cmocka_unit_test(the_first_rows_are_there_before_the_last),
		cmocka_unit_test(showing_the_first_rows_early_changes_no_order),
		cmocka_unit_test(the_number_of_all_is_exact_once_all_are_there),
		cmocka_unit_test(a_change_in_the_middle_of_a_search_begins_it_anew),
		cmocka_unit_test(other_orders_sort_what_was_found),
		cmocka_unit_test(
			every_order_is_that_of_comparing_all_and_its_first_rows_are_the_same),
		cmocka_unit_test(the_first_rows_are_those_of_the_whole),
		cmocka_unit_test(a_comma_between_tags_is_in_no_tag),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
