#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/fixtures/library_fixture.h"

/* What each_image() showed, as a line: "12:A>B 13:->-", titles of both sides, "-" for none. */
struct seen {
	char line[2000];
	size_t count;
};

static enum status see(void *self, const struct change_image *image)
{
	struct seen *seen = self;
	size_t length = strlen(seen->line);

	snprintf(seen->line + length, sizeof(seen->line) - length, "%s%lld:%s>%s",
		seen->count++ ? " " : "", (long long)image->bookmark,
		image->before ? image->before->title : "-",
		image->after ? image->after->title : "-");
	return STATUS_OK;
}

static void assert_images(
	struct library_fixture *fixture, int64_t change, bool latest_first, const char *expected)
{
	struct seen seen = {0};

	assert_int_equal(
		fixture->journal->each_image(fixture->journal, change, latest_first, see, &seen),
		STATUS_OK);
	assert_string_equal(seen.line, expected);
}

static int64_t open_change(struct library_fixture *fixture, enum command_type command)
{
	int64_t change = 0;

	assert_int_equal(
		fixture->journal->open_change(fixture->journal, command, "subject", 5000, &change),
		STATUS_OK);
	assert_true(change > 0);
	return change;
}

static void record_made(struct library_fixture *fixture, int64_t change, int64_t id)
{
	struct change_image image = {id, NULL, NULL};

	assert_int_equal(fixture->journal->record(fixture->journal, change, &image), STATUS_OK);
}

static int64_t make(struct library_fixture *fixture, int64_t change, const char *url)
{
	int64_t id = library_fixture_add(fixture, url, "made", "x,y");

	record_made(fixture, change, id);
	return id;
}

/* Changes the title in the repository, and records both sides. */
static void retitle(struct library_fixture *fixture, int64_t change, int64_t id, const char *title)
{
	struct bookmark before, after;
	struct change_image image = {id, &before, &after};

	library_fixture_get(fixture, id, &before);
	library_fixture_get(fixture, id, &after);
	bookmark_set(&after.title, title);
	assert_int_equal(fixture->bookmarks->update(fixture->bookmarks, &after), STATUS_OK);
	assert_int_equal(fixture->journal->record(fixture->journal, change, &image), STATUS_OK);
	bookmark_finish(&before);
	bookmark_finish(&after);
}

static void a_change_is_told_as_it_was_opened(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t id = open_change(fixture, RENAME_TAGS);
	struct change change;

	make(fixture, id, "https://a.example");
	make(fixture, id, "https://b.example");
	library_fixture_commit(fixture);
	assert_int_equal(fixture->journal->last_done(fixture->journal, &change), STATUS_OK);
	assert_int_equal(change.id, id);
	assert_int_equal(change.at, 5000);
	assert_int_equal(change.command, RENAME_TAGS);
	assert_int_equal(change.state, CHANGE_DONE);
	assert_int_equal(change.bookmarks, 2);
	assert_string_equal(change.subject, "subject");
}

static void an_empty_journal_has_nothing_to_undo_or_redo(void **state)
{
	struct library_fixture *fixture = *state;
	struct change change;

	assert_int_equal(fixture->journal->last_done(fixture->journal, &change), STATUS_NOT_FOUND);
	assert_int_equal(
		fixture->journal->first_taken_back(fixture->journal, &change), STATUS_NOT_FOUND);
	assert_int_equal(fixture->journal->join_change(fixture->journal, 1), STATUS_NOT_FOUND);
	assert_int_equal(fixture->journal->set_state(fixture->journal, 1, CHANGE_TAKEN_BACK),
		STATUS_NOT_FOUND);
}

static void images_come_in_their_order_and_backwards(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t edited = library_fixture_add(fixture, "https://a.example", "A", "");
	int64_t change = open_change(fixture, ADD_BOOKMARKS);

	make(fixture, change, "https://b.example");
	make(fixture, change, "https://c.example");
	retitle(fixture, change, edited, "B");
	make(fixture, change, "https://d.example");
	assert_images(fixture, change, false, "2:->- 3:->- 1:A>B 4:->-");
	library_fixture_commit(fixture);
	assert_images(fixture, change, true, "4:->- 1:A>B 3:->- 2:->-");
}

static enum status compare_with_self(void *self, const struct change_image *image)
{
	const struct bookmark *expected = self;

	assert_true(bookmark_equal(image->before, &expected[0]));
	assert_true(bookmark_equal(image->after, &expected[1]));
	return STATUS_OK;
}

static void both_sides_of_an_edit_come_back_whole(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t change, id = library_fixture_add(fixture, "https://a.example", "A", "x,Y z");
	struct bookmark sides[2];
	struct change_image image = {id, &sides[0], &sides[1]};

	library_fixture_get(fixture, id, &sides[0]);
	library_fixture_get(fixture, id, &sides[1]);
	bookmark_set(&sides[1].url, "https://b.example/1:2");
	bookmark_set(&sides[1].title, "");
	bookmark_set(&sides[1].notes, "3:n\nü");
	bookmark_set(&sides[1].source, "file:csv");
	tag_set_clear(&sides[1].tags);
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].type == BOOKMARK_FLAG ||
			bookmark_fields[i].type == BOOKMARK_TIME)
			bookmark_field_read(&bookmark_fields[i], &sides[1], "1");
	assert_int_equal(fixture->bookmarks->update(fixture->bookmarks, &sides[1]), STATUS_OK);
	change = open_change(fixture, EDIT_BOOKMARKS);
	assert_int_equal(fixture->journal->record(fixture->journal, change, &image), STATUS_OK);
	assert_int_equal(fixture->journal->each_image(
				 fixture->journal, change, true, compare_with_self, sides),
		STATUS_OK);
	bookmark_finish(&sides[0]);
	bookmark_finish(&sides[1]);
}

static void a_second_image_keeps_the_first_before(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t change, id = library_fixture_add(fixture, "https://a.example", "A", "");
	struct change told;

	change = open_change(fixture, EDIT_BOOKMARKS);
	retitle(fixture, change, id, "B");
	library_fixture_commit(fixture);
	assert_int_equal(fixture->journal->join_change(fixture->journal, change), STATUS_OK);
	retitle(fixture, change, id, "C");
	assert_images(fixture, change, true, "1:A>C");
	assert_int_equal(fixture->journal->last_done(fixture->journal, &told), STATUS_OK);
	assert_int_equal(told.bookmarks, 1);
}

/* The port leaves it open whether the state after is told where the library has it anyway. */
static enum status see_made(void *self, const struct change_image *image)
{
	size_t *count = self;

	assert_null(image->before);
	if (image->after)
		assert_string_equal(image->after->title, "edited");
	(*count)++;
	return STATUS_OK;
}

static void what_a_change_made_and_edited_is_still_made_by_it(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t change = open_change(fixture, ADD_BOOKMARKS);
	int64_t id = make(fixture, change, "https://a.example");
	size_t count = 0;

	library_fixture_commit(fixture);
	retitle(fixture, change, id, "edited");
	assert_int_equal(
		fixture->journal->each_image(fixture->journal, change, true, see_made, &count),
		STATUS_OK);
	assert_int_equal(count, 1);
}

/* As an undo does: keeps what the bookmark is, and removes the row. */
static enum status unmake(void *self, const struct change_image *image)
{
	struct library_fixture *fixture = self;
	struct bookmark now;
	struct change_image kept = {image->bookmark, NULL, &now};
	struct change change;
	enum status status;

	library_fixture_get(fixture, image->bookmark, &now);
	fixture->journal->last_done(fixture->journal, &change);
	status = fixture->journal->record(fixture->journal, change.id, &kept);
	bookmark_finish(&now);
	if (status != STATUS_OK)
		return status;
	return fixture->bookmarks->remove(fixture->bookmarks, image->bookmark);
}

static void what_is_unmade_is_kept_for_a_redo(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t change = open_change(fixture, ADD_BOOKMARKS);
	struct change taken_back;

	make(fixture, change, "https://a.example");
	make(fixture, change, "https://b.example");
	make(fixture, change, "https://c.example");
	library_fixture_commit(fixture);
	assert_int_equal(
		fixture->journal->each_image(fixture->journal, change, true, unmake, fixture),
		STATUS_OK);
	fixture->journal->set_state(fixture->journal, change, CHANGE_TAKEN_BACK);
	library_fixture_commit(fixture);
	assert_images(fixture, change, false, "1:->made 2:->made 3:->made");
	assert_int_equal(
		fixture->journal->first_taken_back(fixture->journal, &taken_back), STATUS_OK);
	assert_int_equal(taken_back.id, change);
	assert_int_equal(taken_back.bookmarks, 3);
	assert_int_equal(taken_back.state, CHANGE_TAKEN_BACK);
	assert_int_equal(
		fixture->journal->last_done(fixture->journal, &taken_back), STATUS_NOT_FOUND);
}

static void changes_are_undone_and_redone_like_a_stack(void **state)
{
	struct library_fixture *fixture = *state;
	struct journal *journal = fixture->journal;
	int64_t ids[3];
	struct change change;
	char url[32];

	for (int i = 0; i < 3; i++) {
		snprintf(url, sizeof(url), "https://%d.example", i);
		ids[i] = open_change(fixture, ADD_BOOKMARKS);
		make(fixture, ids[i], url);
	}
	journal->set_state(journal, ids[2], CHANGE_TAKEN_BACK);
	journal->set_state(journal, ids[1], CHANGE_TAKEN_BACK);
	assert_int_equal(journal->last_done(journal, &change), STATUS_OK);
	assert_int_equal(change.id, ids[0]);
	assert_int_equal(journal->first_taken_back(journal, &change), STATUS_OK);
	assert_int_equal(change.id, ids[1]);
	assert_int_equal(journal->join_change(journal, ids[1]), STATUS_NOT_FOUND);
	assert_int_equal(journal->join_change(journal, ids[0]), STATUS_OK);
}

static void a_new_change_drops_what_was_taken_back(void **state)
{
	struct library_fixture *fixture = *state;
	struct journal *journal = fixture->journal;
	int64_t old = open_change(fixture, ADD_BOOKMARKS), new;
	int64_t id = make(fixture, old, "https://a.example");
	struct change change;

	retitle(fixture, old, id, "B");
	journal->set_state(journal, old, CHANGE_TAKEN_BACK);
	new = open_change(fixture, ADD_BOOKMARKS);
	make(fixture, new, "https://b.example");
	assert_true(new > old);
	assert_int_equal(journal->first_taken_back(journal, &change), STATUS_NOT_FOUND);
	assert_images(fixture, old, true, "");

	journal->set_state(journal, new, CHANGE_TAKEN_BACK);
	assert_int_equal(journal->drop_taken_back(journal), STATUS_OK);
	assert_int_equal(journal->first_taken_back(journal, &change), STATUS_NOT_FOUND);
}

static void a_forgotten_bookmark_is_in_no_change(void **state)
{
	struct library_fixture *fixture = *state;
	struct journal *journal = fixture->journal;
	int64_t made = open_change(fixture, ADD_BOOKMARKS), edited;
	struct change change;

	for (int i = 0; i < 3; i++) {
		char url[32];

		snprintf(url, sizeof(url), "https://%d.example", i);
		make(fixture, made, url);
	}
	edited = open_change(fixture, EDIT_BOOKMARKS);
	retitle(fixture, edited, 2, "B");
	library_fixture_commit(fixture);
	assert_int_equal(journal->forget(journal, 2), STATUS_OK);
	assert_images(fixture, made, false, "1:->- 3:->-");
	assert_int_equal(journal->last_done(journal, &change), STATUS_OK);
	assert_int_equal(change.id, made); /* the edit is spent */
	assert_int_equal(change.bookmarks, 2);
	assert_int_equal(journal->join_change(journal, edited), STATUS_NOT_FOUND);
	assert_int_equal(journal->forget(journal, 1), STATUS_OK);
	assert_int_equal(journal->forget(journal, 3), STATUS_OK);
	assert_int_equal(journal->last_done(journal, &change), STATUS_NOT_FOUND);
	assert_int_equal(journal->forget(journal, 99), STATUS_OK);
}

static enum status stop_at_once(void *self, const struct change_image *image)
{
	(void)image;
	++*(int *)self;
	return STATUS_CONFLICT;
}

static void a_visitor_that_fails_ends_the_walk(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t change = open_change(fixture, ADD_BOOKMARKS);
	int calls = 0;

	make(fixture, change, "https://a.example");
	make(fixture, change, "https://b.example");
	assert_int_equal(
		fixture->journal->each_image(fixture->journal, change, true, stop_at_once, &calls),
		STATUS_CONFLICT);
	assert_int_equal(calls, 1);
}

static void a_rolled_back_change_never_was(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t kept = open_change(fixture, ADD_BOOKMARKS), lost;
	struct change change;

	make(fixture, kept, "https://a.example");
	library_fixture_commit(fixture);
	lost = open_change(fixture, ADD_BOOKMARKS);
	make(fixture, lost, "https://b.example");
	make(fixture, kept, "https://c.example");
	library_fixture_rollback(fixture);
	assert_int_equal(fixture->journal->last_done(fixture->journal, &change), STATUS_OK);
	assert_int_equal(change.id, kept);
	assert_int_equal(change.bookmarks, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_is_told_as_it_was_opened),
		cmocka_unit_test(an_empty_journal_has_nothing_to_undo_or_redo),
		cmocka_unit_test(images_come_in_their_order_and_backwards),
		cmocka_unit_test(both_sides_of_an_edit_come_back_whole),
		cmocka_unit_test(a_second_image_keeps_the_first_before),
		cmocka_unit_test(what_a_change_made_and_edited_is_still_made_by_it),
		cmocka_unit_test(what_is_unmade_is_kept_for_a_redo),
		cmocka_unit_test(changes_are_undone_and_redone_like_a_stack),
		cmocka_unit_test(a_new_change_drops_what_was_taken_back),
		cmocka_unit_test(a_forgotten_bookmark_is_in_no_change),
		cmocka_unit_test(a_visitor_that_fails_ends_the_walk),
		cmocka_unit_test(a_rolled_back_change_never_was),
	};

	return library_fixture_contract("journal", tests, sizeof(tests) / sizeof(*tests));
}
