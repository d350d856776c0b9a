#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "adapters/json/json_guard.h"
#include "adapters/stars/star_batch.h"
#include "domain/bookmarks/bookmark_source.h"
#include "domain/base/memory.h"

#define REPO "\"id\":7,\"full_name\":\"a/b\",\"html_url\":\"https://github.com/a/b\""

static enum status read(struct star_batch *batch, const char *json, struct error *error)
{
	*batch = (struct star_batch){0};
	return star_batch_read(batch, forge_find("github"), json, strlen(json), error);
}

static void a_star_in_either_shape_is_read(void **state)
{
	struct star_batch batch;
	char *tags;

	(void)state;
	assert_int_equal(
		read(&batch,
			"[{\"starred_at\":\"2018-01-04T22:57:12Z\",\"repo\":{" REPO
			",\"description\":\" x \",\"topics\":[\"t\"],\"language\":\"C\"}},{" REPO
			",\"description\":null,\"language\":null}]",
			NULL),
		STATUS_OK);
	assert_int_equal(batch.count, 2);
	assert_int_equal(batch.stars[0].repository, 7);
	assert_string_equal(batch.stars[0].title, "a/b");
	assert_string_equal(batch.stars[0].notes, "x");
	assert_int_equal(batch.stars[0].starred_at, 1515106632);
	tags = tag_set_join(&batch.stars[0].tags);
	assert_string_equal(tags, "C,t");
	assert_string_equal(batch.stars[1].notes, "");
	assert_true(batch.stars[1].starred_at == NO_DATE);
	free(tags);
	star_batch_finish(&batch);
}

/* Each of these is passed over, and named. */
static const char *const useless[] = {
	"{\"full_name\":\"a/b\",\"id\":7}",
	"{" REPO ",\"description\":5}",
	"{" REPO ",\"topics\":\"t\"}",
	"{" REPO ",\"topics\":[1]}",
	"{" REPO ",\"language\":{}}",
	"{\"starred_at\":3,\"repo\":{" REPO "}}",
	"{\"id\":\"7\",\"full_name\":\"a/b\",\"html_url\":\"https://github.com/a/b\"}",
	"{\"id\":-7,\"full_name\":\"a/b\",\"html_url\":\"https://github.com/a/b\"}",
	"{\"id\":7,\"full_name\":\" \",\"html_url\":\"https://github.com/a/b\"}",
	"{\"id\":7,\"full_name\":\"a/b\",\"html_url\":\"javascript:alert(1)\"}",
	"{\"id\":7,\"full_name\":\"a/b\",\"html_url\":\"file:///etc/passwd\"}",
	"{\"id\":7,\"full_name\":\"a/b\",\"html_url\":\"https://a b/\"}",
	"{\"id\":7,\"full_name\":\"a/b\",\"html_url\":null}",
	"{\"starred_at\":\"2018-01-04T22:57:12Z\",\"repo\":[]}",
	"null",
	"3",
	"[]",
};

static void an_item_that_cannot_be_used_is_named_and_the_rest_stays(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(useless) / sizeof(useless[0]); i++) {
		char *json = memory_print("[%s,{" REPO "}]", useless[i]);
		struct star_batch batch;

		assert_int_equal(read(&batch, json, NULL), STATUS_OK);
		print_message("%s\n", useless[i]);
		assert_int_equal(batch.count, 1);
		assert_int_equal(batch.skipped_count, 1);
		assert_non_null(strstr(batch.skipped[0], "item 1 of its page"));
		star_batch_finish(&batch);
		free(json);
	}
}

static void what_is_no_page_is_refused_whole(void **state)
{
	static const char *const pages[] = {"", "{", "[", "{}", "{\"message\":\"no\"}", "<html>",
		"3", "[{\"id\":1,\"id\":2}]", "\xef\xbb\xbf[]", "[\"\xff\"]", "[\"\\u0000\"]",
		"[] x", "[{\"id\":99999999999999999999}]"};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct star_batch batch;
		struct error error = {0};

		assert_int_equal(read(&batch, pages[i], &error), STATUS_REMOTE);
		assert_int_equal(batch.count, 0);
		assert_true(error.text[0] != '\0');
		star_batch_finish(&batch);
	}
}

static void a_repository_without_a_number_is_known_by_its_name(void **state)
{
	struct star_batch batch;

	(void)state;
	assert_int_equal(read(&batch,
				 "[{\"full_name\":\"a/b\",\"html_url\":\"https://github.com/a/b\"},"
				 "{\"full_name\":\"A/B\",\"html_url\":\"https://github.com/A/B\"},"
				 "{\"full_name\":\"a/c\",\"html_url\":\"https://github.com/a/c\"}]",
				 NULL),
		STATUS_OK);
	assert_true(batch.stars[0].repository < 0);
	assert_true(batch.stars[0].repository == batch.stars[1].repository);
	assert_true(batch.stars[0].repository != batch.stars[2].repository);
	star_batch_finish(&batch);
}

static void only_so_many_values_so_deep_are_read_into_memory(void **state)
{
	const struct json_bounds bounds = {.values = 5, .depth = 2};

	(void)state;
	assert_true(json_guard_allows("[[1],2]", 7, &bounds));
	assert_false(json_guard_allows("[[[1]]]", 7, &bounds));
	assert_false(json_guard_allows("[1,2,3,4,5,6]", 13, &bounds));
	assert_true(json_guard_allows("[\"[[[,,,,,,,\\\"[[[\"]", 19, &bounds));
	assert_true(json_guard_allows("[\"\\", 3, &bounds));
	assert_true(json_guard_allows("", 0, &bounds));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_star_in_either_shape_is_read),
		cmocka_unit_test(an_item_that_cannot_be_used_is_named_and_the_rest_stays),
		cmocka_unit_test(what_is_no_page_is_refused_whole),
		cmocka_unit_test(a_repository_without_a_number_is_known_by_its_name),
		cmocka_unit_test(only_so_many_values_so_deep_are_read_into_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
