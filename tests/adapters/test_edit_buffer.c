#include "adapters/files/edit_buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void make(struct bookmark *bookmark)
{
	bookmark_init(bookmark);
	bookmark_set(&bookmark->url, "https://example.org/a:b");
	bookmark_set(&bookmark->title, "url: a title");
	bookmark_set(&bookmark->notes, "# one\nnotes: two\n\nthree");
	tag_set_add_list(&bookmark->tags, "c++,two words", NULL);
}

static void what_is_left_as_it_was_changes_nothing(void **state)
{
	struct bookmark bookmark;
	struct bookmark_patch patch;
	struct edit_form form;
	char *text;

	(void)state;
	make(&bookmark);
	text = edit_form_print(&bookmark);
	assert_int_equal(edit_form_read(&form, text, NULL), STATUS_OK);
	assert_false(form.empty);
	assert_string_equal(form.notes, bookmark.notes);
	assert_false(edit_form_patch(&form, &bookmark, &patch));
	tag_edits_finish(&patch);
	edit_form_finish(&form);
	free(text);
	bookmark_finish(&bookmark);
}

static void only_what_differs_is_in_the_patch(void **state)
{
	static const char text[] =
		"# help\n\ntitle:  New \r\ntags: c++, other\nnotes:\n\n line\n\n";
	struct bookmark bookmark;
	struct bookmark_patch patch;
	struct edit_form form;

	(void)state;
	make(&bookmark);
	assert_int_equal(edit_form_read(&form, text, NULL), STATUS_OK);
	assert_true(edit_form_patch(&form, &bookmark, &patch));
	assert_null(patch.url);
	assert_string_equal(patch.title, "New");
	assert_string_equal(patch.notes, "line");
	assert_int_equal(patch.tag_edit, TAGS_SET);
	assert_true(tag_set_has(&patch.tags, "other"));
	assert_int_equal(patch.tags.count, 2);
	tag_edits_finish(&patch);
	edit_form_finish(&form);
	bookmark_finish(&bookmark);
}

static void an_emptied_form_is_seen(void **state)
{
	struct edit_form form;

	(void)state;
	assert_int_equal(edit_form_read(&form, "# help\n \n\n", NULL), STATUS_OK);
	assert_true(form.empty);
	edit_form_finish(&form);
}

static void a_line_that_is_no_field_is_named(void **state)
{
	struct edit_form form;
	struct error error = {0};

	(void)state;
	assert_int_equal(edit_form_read(&form, "url: a\nwhat is this\n", &error), STATUS_INVALID);
	assert_non_null(strstr(error.text, "line 2"));
	edit_form_finish(&form);
}

struct list_example {
	const char *list;
	enum status status;
	enum tag_edit edit;
	const char *tags;
	const char *without;
};

static const struct list_example lists[] = {
	{"a,b", STATUS_OK, TAGS_SET, "a,b", ""},
	{"", STATUS_OK, TAGS_SET, "", ""},
	{"+a, -b", STATUS_OK, TAGS_ADJUST, "a", "b"},
	{"-b", STATUS_OK, TAGS_ADJUST, "", "b"},
	{"+c++", STATUS_OK, TAGS_ADJUST, "c++", ""},
	{"a,+b", STATUS_INVALID, TAGS_SET, NULL, NULL},
	{"+a,b", STATUS_INVALID, TAGS_ADJUST, NULL, NULL},
	{"+", STATUS_INVALID, TAGS_ADJUST, NULL, NULL},
};

static void assert_joined(const struct tag_set *tags, const char *expected)
{
	char *joined = tag_set_join(tags);

	assert_string_equal(joined, expected);
	free(joined);
}

static void every_entry_of_a_list_is_signed_or_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct bookmark_patch patch = {0};

		assert_int_equal(tag_edits_read(&patch, lists[i].list, NULL), lists[i].status);
		if (lists[i].tags) {
			assert_int_equal(patch.tag_edit, lists[i].edit);
			assert_joined(&patch.tags, lists[i].tags);
			assert_joined(&patch.without, lists[i].without);
		}
		tag_edits_finish(&patch);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_left_as_it_was_changes_nothing),
		cmocka_unit_test(only_what_differs_is_in_the_patch),
		cmocka_unit_test(an_emptied_form_is_seen),
		cmocka_unit_test(a_line_that_is_no_field_is_named),
		cmocka_unit_test(every_entry_of_a_list_is_signed_or_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
