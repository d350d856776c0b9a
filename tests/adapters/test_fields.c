#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/formats/fields.h"
#include "domain/bookmarks/address_line.h"

static enum field field_of(const char *name)
{
	const struct field_name *found = field_find(name, strlen(name));

	return found ? found->field : FIELD_UNKNOWN;
}

static void one_name_is_written_in_many_ways(void **state)
{
	(void)state;
	assert_int_equal(field_of("date_added"), FIELD_ADDED);
	assert_int_equal(field_of("dateAdded"), FIELD_ADDED);
	assert_int_equal(field_of("\"Saved date\""), FIELD_ADDED);
	assert_int_equal(field_of("Document tags"), FIELD_TAGS);
	assert_int_equal(field_of("URL"), FIELD_URL);
	assert_int_equal(field_of("updatedAt"), FIELD_MODIFIED);
	assert_int_equal(field_of("highlights"), FIELD_LOST);
}

static void a_better_name_of_the_same_field_counts(void **state)
{
	(void)state;
	assert_true(field_find("url", 3)->rank < field_find("href", 4)->rank);
	assert_true(field_find("title", 5)->rank < field_find("name", 4)->rank);
}

static void what_is_no_name_is_unknown(void **state)
{
	static const char *const names[] = {"", " ", "ur", "urls", "url2", "https://a.example/",
		"a name of more than thirty-two letters, all told", "\xc3\xbcrl"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(field_of(names[i]), FIELD_UNKNOWN);
}

/* The table is searched by halves. */
static void every_name_of_every_field_is_found(void **state)
{
	static const char *const names[] = {"added", "annotations", "category", "changedat", "desc",
		"excerpt", "folder", "given_url", "html", "important", "is_archived", "keyword",
		"last_update", "note", "original_url", "private", "quote", "rating", "savedon",
		"source", "starred", "tag", "time", "title", "to_read", "unread", "updated", "uri",
		"url"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (field_of(names[i]) == FIELD_UNKNOWN)
			fail_msg("%s", names[i]);
}

static void everything_lost_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < LOSS_COUNT; i++)
		assert_non_null(loss_name((enum loss)i));
	assert_true(loss_is_said("1"));
	assert_true(loss_is_said("Yes"));
	assert_false(loss_is_said("FALSE"));
	assert_false(loss_is_said(""));
}

/* A line, and its address, title and tags. */
static const char *const lines[][4] = {
	{"https://a.example/", "https://a.example/", "", ""},
	{"  https://a.example/\t", "https://a.example/", "", ""},
	{"https://a.example/ | A | B", "https://a.example/", "A | B", ""},
	{"https://a.example/ A title", "https://a.example/", "A title", ""},
	{"https://a.example/ \"A title\"", "https://a.example/", "A title", ""},
	{"https://a.example/ \"", "https://a.example/", "\"", ""},
	{"https://a.example/ \"~A \\\"b\\\"\" c \"d e\" !", "https://a.example/", "A \"b\"",
		"c,d e"},
	{"https://a.example/ \"~", "https://a.example/", "", ""},
	{"https://a.example/ |", "https://a.example/", "", ""},
	{"\"https://a.example/ b\" c", "https://a.example/ b", "c", ""},
	{"a.example Title", "a.example", "Title", ""},
	{"some prose here", "some prose here", "", ""},
	{"word", "word", "", ""},
	{"\"", "", "", ""},
	{"", "", "", ""},
};

static void a_line_is_an_address_and_perhaps_a_title(void **state)
{
	struct address_line line = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct tag_set tags = {0};

		address_line_read(&line, lines[i][0]);
		tag_set_add_list(&tags, lines[i][3], NULL);
		assert_string_equal(line.url, lines[i][1]);
		assert_string_equal(line.title, lines[i][2]);
		assert_true(tag_set_equal(&line.tags, &tags));
		tag_set_finish(&tags);
	}
	address_line_finish(&line);
}

static void what_only_barky_has_is_found_by_the_name_of_the_bookmarks_field(void **state)
{
	(void)state;
	assert_string_equal(field_find_own("unstarred")->name, "unstarred");
	assert_string_equal(field_find_own("Unstarred ")->name, "unstarred");
	assert_null(field_find_own("title"));
	assert_null(field_find_own("date_deleted"));
	assert_null(field_find_own("starred_by"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_name_is_written_in_many_ways),
		cmocka_unit_test(a_better_name_of_the_same_field_counts),
		cmocka_unit_test(what_is_no_name_is_unknown),
		cmocka_unit_test(every_name_of_every_field_is_found),
		cmocka_unit_test(what_only_barky_has_is_found_by_the_name_of_the_bookmarks_field),
		cmocka_unit_test(everything_lost_has_a_name),
		cmocka_unit_test(a_line_is_an_address_and_perhaps_a_title),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
