#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/fakes/bus_fixture.h"

#define test(name) cmocka_unit_test_setup_teardown(name, bus_fixture_setup, bus_fixture_teardown)

static void an_added_bookmark_is_cleaned_and_dated(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, " example.org ", "  A\nB ", "z,a");
	const struct bookmark *bookmark = bus_fixture_bookmark(fixture, id);

	assert_string_equal(bookmark->url, "https://example.org");
	assert_string_equal(bookmark->title, "A B");
	assert_string_equal(bookmark->notes, "");
	assert_string_equal(bookmark->source, "manual");
	assert_int_equal(bookmark->added, 1000);
	assert_int_equal(bookmark->modified, 1000);
	bus_fixture_assert_tags(fixture, id, "a,z");
}

static enum status add_again(struct bus_fixture *fixture, struct bookmark_draft *drafts,
	size_t count, bool update, bool partial)
{
	struct command command = {
		.type = ADD_BOOKMARKS,
		.as.add_bookmarks = {drafts, count, update, partial},
	};

	return bus_fixture_handle(fixture, &command);
}

static void a_known_address_is_refused_with_its_id(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://Example.org/", NULL, NULL);
	struct bookmark_draft draft = {.url = "example.org"};

	assert_int_equal(add_again(fixture, &draft, 1, false, false), STATUS_DUPLICATE);
	assert_int_equal(fixture->result.item_count, 1);
	assert_int_equal(fixture->result.items[0].status, STATUS_DUPLICATE);
	assert_int_equal(fixture->result.items[0].id, id);
}

static void an_update_changes_only_what_is_given(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://example.org", "Old", "a");
	struct bookmark_draft draft = {.url = "example.org", .notes = "New note"};

	fixture->now = 2000;
	assert_int_equal(add_again(fixture, &draft, 1, true, false), STATUS_OK);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "Old");
	assert_string_equal(bus_fixture_bookmark(fixture, id)->notes, "New note");
	assert_string_equal(bus_fixture_bookmark(fixture, id)->url, "https://example.org");
	assert_int_equal(bus_fixture_bookmark(fixture, id)->added, 1000);
	assert_int_equal(bus_fixture_bookmark(fixture, id)->modified, 2000);
	bus_fixture_assert_tags(fixture, id, "a");
	draft.tags_given = true;
	assert_int_equal(add_again(fixture, &draft, 1, true, false), STATUS_OK);
	bus_fixture_assert_tags(fixture, id, "");
}

static void several_are_added_as_one_change_and_the_bad_ones_named(void **state)
{
	struct bus_fixture *fixture = *state;
	struct bookmark_draft drafts[] = {
		{.url = "https://a.example"},
		{.url = "https://a.example/"},
		{.url = "https://b ad.example"},
		{.url = "https://c.example"},
	};

	assert_int_equal(add_again(fixture, drafts, 4, false, true), STATUS_OK);
	assert_int_equal(fixture->result.counts.added, 2);
	assert_int_equal(fixture->result.counts.skipped, 2);
	assert_int_equal(fixture->result.items[1].status, STATUS_DUPLICATE);
	assert_int_equal(fixture->result.items[2].status, STATUS_INVALID);
	assert_int_equal(fixture->work->library.change_count, 1);
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	assert_int_equal(fixture->work->library.bookmark_count, 0);
}

static void an_edit_to_a_known_address_is_refused(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t a = bus_fixture_add(fixture, "https://a.example", NULL, NULL);
	int64_t b = bus_fixture_add(fixture, "https://b.example", NULL, NULL);
	struct bookmark_patch to_a = {.url = "https://A.example/"};
	struct bookmark_patch same_but_longer = {.url = "https://b.example/"};

	assert_int_equal(bus_fixture_edit(fixture, b, &to_a), STATUS_DUPLICATE);
	assert_true(strstr(fixture->result.error.text, "1") != NULL);
	assert_int_equal(a, 1);
	assert_int_equal(bus_fixture_edit(fixture, b, &same_but_longer), STATUS_OK);
	assert_string_equal(bus_fixture_bookmark(fixture, b)->url, "https://b.example/");
}

static void an_edit_of_several_is_whole_or_absent(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t a = bus_fixture_add(fixture, "https://a.example", "A", NULL);
	struct bookmark_edit edits[] = {
		{.id = a, .patch = {.title = "New"}}, {.id = 77, .patch = {.title = "None"}}};
	struct command command = {.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {edits, 2}};

	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_NOT_FOUND);
	assert_string_equal(bus_fixture_bookmark(fixture, a)->title, "A");
}

static void tags_are_set_or_adjusted(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", NULL, "one,two");
	struct bookmark_patch adjust = {.tag_edit = TAGS_ADJUST};
	struct bookmark_patch set = {.tag_edit = TAGS_SET};

	tag_set_add_list(&adjust.tags, "three", NULL);
	tag_set_add_list(&adjust.without, "ONE,absent", NULL);
	assert_int_equal(bus_fixture_edit(fixture, id, &adjust), STATUS_OK);
	bus_fixture_assert_tags(fixture, id, "three,two");
	tag_set_add_list(&set.tags, "only", NULL);
	assert_int_equal(bus_fixture_edit(fixture, id, &set), STATUS_OK);
	bus_fixture_assert_tags(fixture, id, "only");
	tag_set_finish(&adjust.tags);
	tag_set_finish(&adjust.without);
	tag_set_finish(&set.tags);
}

static void the_trash_gives_back_what_it_holds_unless_the_address_is_in_use(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", "A", "t");
	struct command restore = {.type = RESTORE_BOOKMARKS, .as.restore_bookmarks = {&id, 1}};

	assert_int_equal(bus_fixture_handle(fixture, &restore), STATUS_NOT_FOUND);
	fixture->now = 3000;
	assert_int_equal(bus_fixture_delete(fixture, id), STATUS_OK);
	assert_int_equal(bus_fixture_bookmark(fixture, id)->deleted, 3000);
	assert_int_equal(bus_fixture_delete(fixture, id), STATUS_NOT_FOUND);
	assert_int_equal(bus_fixture_handle(fixture, &restore), STATUS_OK);
	assert_int_equal(bus_fixture_bookmark(fixture, id)->deleted, 0);
	assert_int_equal(bus_fixture_bookmark(fixture, id)->modified, 1000);
	bus_fixture_assert_tags(fixture, id, "t");
	assert_int_equal(bus_fixture_delete(fixture, id), STATUS_OK);
	bus_fixture_add(fixture, "https://a.example", "Other", NULL);
	assert_int_equal(bus_fixture_handle(fixture, &restore), STATUS_CONFLICT);
}

static void emptying_the_trash_cannot_be_undone(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t kept = bus_fixture_add(fixture, "https://kept.example", NULL, NULL);
	int64_t gone = bus_fixture_add(fixture, "https://gone.example", NULL, NULL);
	struct command empty = {
		.type = EMPTY_TRASH,
		.as.empty_trash = {.deleted_until = INT64_MAX, .asked_for = true},
	};

	bus_fixture_delete(fixture, gone);
	assert_int_equal(bus_fixture_handle(fixture, &empty), STATUS_OK);
	assert_int_equal(fixture->result.counts.updated, 1);
	assert_null(bus_fixture_bookmark(fixture, gone));
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	assert_null(bus_fixture_bookmark(fixture, kept));
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_NOTHING_LEFT);
}

static void the_purge_takes_only_what_is_old(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t old = bus_fixture_add(fixture, "https://old.example", NULL, NULL);
	int64_t young = bus_fixture_add(fixture, "https://young.example", NULL, NULL);
	struct command purge = {.type = EMPTY_TRASH, .as.empty_trash = {.deleted_until = 1500}};

	fixture->now = 1500;
	bus_fixture_delete(fixture, old);
	fixture->now = 1501;
	bus_fixture_delete(fixture, young);
	assert_int_equal(bus_fixture_handle(fixture, &purge), STATUS_OK);
	assert_null(bus_fixture_bookmark(fixture, old));
	assert_non_null(bus_fixture_bookmark(fixture, young));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(an_added_bookmark_is_cleaned_and_dated),
		test(a_known_address_is_refused_with_its_id),
		test(an_update_changes_only_what_is_given),
		test(several_are_added_as_one_change_and_the_bad_ones_named),
		test(an_edit_to_a_known_address_is_refused),
		test(an_edit_of_several_is_whole_or_absent),
		test(tags_are_set_or_adjusted),
		test(the_trash_gives_back_what_it_holds_unless_the_address_is_in_use),
		test(emptying_the_trash_cannot_be_undone),
		test(the_purge_takes_only_what_is_old),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
