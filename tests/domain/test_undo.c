#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "tests/fakes/bus_fixture.h"

#define test(name) cmocka_unit_test_setup_teardown(name, bus_fixture_setup, bus_fixture_teardown)

static void an_added_bookmark_goes_and_comes_back_with_its_id_and_dates(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", "A", "x");

	fixture->now = 5000;
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	assert_int_equal(fixture->result.step_count, 1);
	assert_int_equal(fixture->result.steps[0].command, ADD_BOOKMARKS);
	assert_int_equal(fixture->result.steps[0].bookmarks, 1);
	assert_null(bus_fixture_bookmark(fixture, id));
	assert_int_equal(bus_fixture_redo(fixture, 1), STATUS_OK);
	assert_int_equal(bus_fixture_bookmark(fixture, id)->added, 1000);
	bus_fixture_assert_tags(fixture, id, "x");
}

static void an_edit_is_taken_back_field_by_field(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", "A", "x,y");
	struct bookmark_patch patch = {.title = "B", .notes = "n", .tag_edit = TAGS_SET};

	tag_set_add_list(&patch.tags, "z", NULL);
	fixture->now = 2000;
	assert_int_equal(bus_fixture_edit(fixture, id, &patch), STATUS_OK);
	tag_set_finish(&patch.tags);
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "A");
	assert_string_equal(bus_fixture_bookmark(fixture, id)->notes, "");
	assert_int_equal(bus_fixture_bookmark(fixture, id)->modified, 1000);
	bus_fixture_assert_tags(fixture, id, "x,y");
	assert_int_equal(bus_fixture_redo(fixture, 1), STATUS_OK);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "B");
	bus_fixture_assert_tags(fixture, id, "z");
	assert_int_equal(bus_fixture_bookmark(fixture, id)->modified, 2000);
}

static void several_steps_go_back_and_forward_in_order(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", "1", NULL);
	struct bookmark_patch two = {.title = "2"}, three = {.title = "3"};

	bus_fixture_edit(fixture, id, &two);
	bus_fixture_edit(fixture, id, &three);
	bus_fixture_delete(fixture, id);
	assert_int_equal(bus_fixture_undo(fixture, 3), STATUS_OK);
	assert_int_equal(fixture->result.step_count, 3);
	assert_int_equal(fixture->result.steps[0].command, DELETE_BOOKMARKS);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "1");
	assert_int_equal(bus_fixture_redo(fixture, 1), STATUS_OK);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "2");
	assert_int_equal(bus_fixture_redo(fixture, 9), STATUS_OK);
	assert_int_equal(fixture->result.step_count, 2);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "3");
	assert_int_not_equal(bus_fixture_bookmark(fixture, id)->deleted, 0);
	assert_int_equal(bus_fixture_redo(fixture, 1), STATUS_NOTHING_LEFT);
	assert_non_null(strstr(fixture->result.error.text, "redo"));
}

static void a_new_change_drops_what_could_be_redone(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", "1", NULL);
	struct bookmark_patch two = {.title = "2"}, other = {.title = "other"};

	bus_fixture_edit(fixture, id, &two);
	bus_fixture_undo(fixture, 1);
	bus_fixture_edit(fixture, id, &other);
	assert_int_equal(bus_fixture_redo(fixture, 1), STATUS_NOTHING_LEFT);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "other");
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "1");
}

static void an_undo_that_needs_an_address_in_use_is_refused_whole(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", "A", NULL);
	struct bookmark intruder;

	bus_fixture_delete(fixture, id);
	bookmark_init(&intruder);
	bookmark_set(&intruder.url, "https://a.example");
	fake_library_put(&fixture->work->library, &intruder);
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_CONFLICT);
	assert_int_not_equal(bus_fixture_bookmark(fixture, id)->deleted, 0);
	bookmark_finish(&intruder);
}

static void what_an_import_wrote_meanwhile_survives_an_undo(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", "A", "mine");
	int64_t import = fixture->result.change;
	struct bookmark_patch by_hand = {.title = "By hand"};
	struct bookmark_edit by_import = {
		.id = id, .patch = {.notes = "imported", .tag_edit = TAGS_ADJUST}};
	struct command page = {
		.type = EDIT_BOOKMARKS,
		.change = import,
		.as.edit_bookmarks = {&by_import, 1},
	};

	assert_int_equal(bus_fixture_edit(fixture, id, &by_hand), STATUS_OK);
	tag_set_add_list(&by_import.patch.tags, "star", NULL);
	assert_int_equal(bus_fixture_handle(fixture, &page), STATUS_OK);
	tag_set_finish(&by_import.patch.tags);
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "A");
	assert_string_equal(bus_fixture_bookmark(fixture, id)->notes, "imported");
	bus_fixture_assert_tags(fixture, id, "mine,star");
}

static void tags_renamed_everywhere_are_one_change(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t a = bus_fixture_add(fixture, "https://a.example", NULL, "js,web");
	int64_t b = bus_fixture_add(fixture, "https://b.example", NULL, "JS,javascript");
	const char *from[] = {"js"};
	struct command rename = {.type = RENAME_TAGS, .as.rename_tags = {from, 1, "javascript"}};

	assert_int_equal(bus_fixture_handle(fixture, &rename), STATUS_OK);
	assert_int_equal(fixture->result.counts.updated, 2);
	bus_fixture_assert_tags(fixture, a, "javascript,web");
	bus_fixture_assert_tags(fixture, b, "javascript");
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	assert_int_equal(fixture->result.steps[0].bookmarks, 2);
	assert_string_equal(fixture->result.steps[0].subject, "js → javascript");
	bus_fixture_assert_tags(fixture, a, "js,web");
	bus_fixture_assert_tags(fixture, b, "javascript,JS");
}

static void tags_that_are_not_there_and_names_that_are_none_are_refused(void **state)
{
	struct bus_fixture *fixture = *state;
	const char *absent[] = {"absent"};
	struct command rename = {.type = RENAME_TAGS, .as.rename_tags = {absent, 1, "x"}};
	struct command delete = {.type = DELETE_TAGS, .as.delete_tags = {absent, 1}};
	struct command bad = {.type = RENAME_TAGS, .as.rename_tags = {absent, 1, "a,b"}};

	bus_fixture_add(fixture, "https://a.example", NULL, "here");
	assert_int_equal(bus_fixture_handle(fixture, &rename), STATUS_NOT_FOUND);
	assert_int_equal(bus_fixture_handle(fixture, &delete), STATUS_NOT_FOUND);
	assert_int_equal(bus_fixture_handle(fixture, &bad), STATUS_INVALID);
}

static void tags_merged_into_one_touch_each_bookmark_once(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", NULL, "js,ecma,web");
	const char *from[] = {"js", "ecma"};
	struct command merge = {.type = RENAME_TAGS, .as.rename_tags = {from, 2, "javascript"}};

	assert_int_equal(bus_fixture_handle(fixture, &merge), STATUS_OK);
	assert_int_equal(fixture->result.counts.updated, 1);
	bus_fixture_assert_tags(fixture, id, "javascript,web");
	bus_fixture_undo(fixture, 1);
	bus_fixture_assert_tags(fixture, id, "ecma,js,web");
}

static void a_tag_changes_its_case_everywhere(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", NULL, "c");
	const char *from[] = {"c"};
	struct command rename = {.type = RENAME_TAGS, .as.rename_tags = {from, 1, "C"}};

	assert_int_equal(bus_fixture_handle(fixture, &rename), STATUS_OK);
	bus_fixture_assert_tags(fixture, id, "C");
	bus_fixture_undo(fixture, 1);
	bus_fixture_assert_tags(fixture, id, "c");
}

static void deleted_tags_come_back(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://a.example", NULL, "a,b,c");
	const char *tags[] = {"a", "c"};
	struct command delete = {.type = DELETE_TAGS, .as.delete_tags = {tags, 2}};

	assert_int_equal(bus_fixture_handle(fixture, &delete), STATUS_OK);
	bus_fixture_assert_tags(fixture, id, "b");
	bus_fixture_undo(fixture, 1);
	bus_fixture_assert_tags(fixture, id, "a,b,c");
}

/* Whatever a user does, going all the way back and forward again leads to the same library. */
static void any_walk_can_be_undone_and_redone(void **state)
{
	struct bus_fixture *fixture = *state;
	struct fake_library end = {0};
	unsigned seed = 7;
	size_t steps;

	for (int i = 0; i < 300; i++) {
		int64_t id = 1 + rand_r(&seed) % 30;
		char *text = memory_print("https://%d.example/", rand_r(&seed) % 40);
		struct bookmark_patch patch = {.title = text};
		struct bookmark_draft draft = {.url = text};
		struct command add = {
			.type = ADD_BOOKMARKS,
			.as.add_bookmarks = {.drafts = &draft, .count = 1},
		};
		struct command restore = {
			.type = RESTORE_BOOKMARKS,
			.as.restore_bookmarks = {&id, 1},
		};

		switch (rand_r(&seed) % 5) {
		case 0:
		case 1: bus_fixture_handle(fixture, &add); break;
		case 2: bus_fixture_edit(fixture, id, &patch); break;
		case 3: bus_fixture_delete(fixture, id); break;
		default: bus_fixture_handle(fixture, &restore); break;
		}
		free(text);
	}
	steps = fixture->work->library.change_count;
	assert_true(steps > 100);
	fake_library_copy(&end, &fixture->work->library);
	assert_int_equal(bus_fixture_undo(fixture, steps + 1), STATUS_OK);
	assert_int_equal(fixture->result.step_count, steps);
	assert_int_equal(fixture->work->library.bookmark_count, 0);
	assert_int_equal(bus_fixture_redo(fixture, steps), STATUS_OK);
	assert_int_equal(fixture->work->library.bookmark_count, end.bookmark_count);
	for (size_t i = 0; i < end.bookmark_count; i++)
		assert_true(
			bookmark_equal(&end.bookmarks[i], &fixture->work->library.bookmarks[i]));
	fake_library_finish(&end);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(an_added_bookmark_goes_and_comes_back_with_its_id_and_dates),
		test(an_edit_is_taken_back_field_by_field),
		test(several_steps_go_back_and_forward_in_order),
		test(a_new_change_drops_what_could_be_redone),
		test(an_undo_that_needs_an_address_in_use_is_refused_whole),
		test(what_an_import_wrote_meanwhile_survives_an_undo),
		test(tags_renamed_everywhere_are_one_change),
		test(tags_that_are_not_there_and_names_that_are_none_are_refused),
		test(tags_merged_into_one_touch_each_bookmark_once),
		test(a_tag_changes_its_case_everywhere),
		test(deleted_tags_come_back),
		test(any_walk_can_be_undone_and_redone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
