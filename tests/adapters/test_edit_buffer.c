#include "adapters/files/edit_buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"

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
	assert_int_equal(patch.tag_edit, TAGS_ADJUST);
	assert_true(tag_set_has(&patch.tags, "other"));
	assert_int_equal(patch.tags.count, 1);
	assert_true(tag_set_has(&patch.without, "two words"));
	assert_int_equal(patch.without.count, 1);
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

/* The text of several as an editor shows it, without what stands before a place in it. */
static const char *find_block(const char *text, const char *line)
{
	const char *at = strstr(text, line);

	if (!at)
		fail_msg("no \"%s\" in:\n%s", line, text);
	return at;
}

static void notes_are_never_taken_for_another_bookmark(void **state)
{
	struct bookmark several[3];
	struct edit_buffer buffer;
	char *text, *cut;

	(void)state;
	for (int i = 0; i < 3; i++) {
		make(&several[i]);
		several[i].id = i + 1;
	}
	bookmark_set(
		&several[0].notes, "Mine\n== bookmark 2 ==\nurl: https://evil.example\nnotes:\nx");
	text = edit_buffer_print(several, 3);
	assert_int_equal(edit_buffer_read(&buffer, text, several, 3, NULL), STATUS_OK);
	assert_int_equal(buffer.edit_count, 0);
	edit_buffer_finish(&buffer);

	/* One block is taken out, so that there is room for what the notes pretend to be. */
	cut = memory_copy_bytes(text, (size_t)(find_block(text, "=== bookmark 3 ===") - text));
	assert_int_equal(edit_buffer_read(&buffer, cut, several, 3, NULL), STATUS_OK);
	assert_int_equal(buffer.edit_count, 0);
	edit_buffer_finish(&buffer);
	free(cut);
	free(text);
	for (int i = 0; i < 3; i++)
		bookmark_finish(&several[i]);
}

static void a_bookmark_that_stands_twice_is_refused(void **state)
{
	static const char text[] = "== bookmark 1 ==\ntitle: a\n== bookmark 1 ==\ntitle: b\n";
	struct bookmark several[3];
	struct edit_buffer buffer;

	(void)state;
	for (int i = 0; i < 3; i++) {
		make(&several[i]);
		several[i].id = i + 1;
	}
	assert_int_equal(edit_buffer_read(&buffer, text, several, 3, NULL), STATUS_INVALID);
	edit_buffer_finish(&buffer);
	for (int i = 0; i < 3; i++)
		bookmark_finish(&several[i]);
}

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
		cmocka_unit_test(notes_are_never_taken_for_another_bookmark),
		cmocka_unit_test(a_bookmark_that_stands_twice_is_refused),
		cmocka_unit_test(every_entry_of_a_list_is_signed_or_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
