#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/fixtures/library_fixture.h"

struct seen {
	char line[2000];
	size_t count;
	size_t stop_after;
};

static bool note(struct seen *seen, const char *word)
{
	size_t length = strlen(seen->line);

	snprintf(seen->line + length, sizeof(seen->line) - length, "%s%s", seen->count ? " " : "",
		word);
	return ++seen->count != seen->stop_after;
}

static bool see_id(void *self, const struct bookmark *bookmark)
{
	char word[32];

	snprintf(word, sizeof(word), "%lld", (long long)bookmark->id);
	return note(self, word);
}

static bool see_tag(void *self, const char *tag, size_t count)
{
	char word[100];

	snprintf(word, sizeof(word), "%s=%zu", tag, count);
	return note(self, word);
}

static bool see_event(void *self, const struct event *event)
{
	char word[EVENT_BOOKMARKS_MAX * 21 + 300];
	size_t length = (size_t)snprintf(word, sizeof(word), "%lld:%s:%s:%lld:%s",
		(long long)event->id, event_name(event->type), command_name(event->command),
		(long long)event->change, event->subject);

	for (size_t i = 0; i < event->count; i++)
		length += (size_t)snprintf(word + length, sizeof(word) - length, ",%lld",
			(long long)event->bookmarks[i]);
	return note(self, word);
}

static void assert_listed(
	struct library_fixture *fixture, const struct listing *listing, const char *expected)
{
	struct seen seen = {0};

	assert_int_equal(fixture->catalogue->each(fixture->catalogue, listing, see_id, &seen, NULL),
		STATUS_OK);
	assert_string_equal(seen.line, expected);
}

static void set_dates(struct library_fixture *fixture, int64_t id, int64_t added, int64_t modified)
{
	struct bookmark bookmark;

	library_fixture_get(fixture, id, &bookmark);
	bookmark.added = added;
	bookmark.modified = modified;
	assert_int_equal(fixture->bookmarks->update(fixture->bookmarks, &bookmark), STATUS_OK);
	bookmark_finish(&bookmark);
}

/* 1 Éclair, 2 zebra, 3 (its address), 4 apple, 5 Apple; 6 is in the trash. */
static void fill(struct library_fixture *fixture)
{
	library_fixture_add(fixture, "https://e.example", "Éclair", "");
	library_fixture_add(fixture, "https://D.example", "zebra", "");
	library_fixture_add(fixture, "https://c.example", "", "");
	library_fixture_add(fixture, "https://b.example", "apple", "");
	library_fixture_add(fixture, "https://a.example", "Apple", "");
	library_fixture_add(fixture, "https://f.example", "aaa", "");
	set_dates(fixture, 1, 500, 10);
	set_dates(fixture, 2, 100, 30);
	set_dates(fixture, 3, 500, 20);
	set_dates(fixture, 4, 300, 30);
	set_dates(fixture, 5, -7, 50);
	library_fixture_trash(fixture, 6, 9000);
	library_fixture_commit(fixture);
}

static void the_newest_come_first(void **state)
{
	struct library_fixture *fixture = *state;

	fill(fixture);
	assert_listed(fixture, &(struct listing){.order = BY_ADDED}, "3 1 4 2 5");
	assert_listed(fixture, &(struct listing){.order = BY_MODIFIED}, "5 4 2 3 1");
}

static void as_the_library_lies_the_later_come_first(void **state)
{
	struct library_fixture *fixture = *state;

	fill(fixture);
	assert_listed(fixture, &(struct listing){.order = BY_ID}, "5 4 3 2 1");
	assert_listed(fixture, &(struct listing){.order = BY_ID, .limit = 2, .offset = 1}, "4 3");
	assert_listed(fixture, &(struct listing){.order = BY_ID, .reverse = true}, "1 2 3 4 5");
}

static void titles_and_addresses_are_ordered_folded(void **state)
{
	struct library_fixture *fixture = *state;

	fill(fixture);
	assert_listed(fixture, &(struct listing){.order = BY_TITLE}, "5 4 1 3 2");
	assert_listed(fixture, &(struct listing){.order = BY_URL}, "5 4 3 2 1");
}

static void a_reversed_listing_is_the_whole_order_backwards(void **state)
{
	struct library_fixture *fixture = *state;

	fill(fixture);
	assert_listed(fixture, &(struct listing){.order = BY_ADDED, .reverse = true}, "5 2 4 1 3");
	assert_listed(
		fixture, &(struct listing){.order = BY_MODIFIED, .reverse = true}, "1 3 2 4 5");
	assert_listed(fixture, &(struct listing){.order = BY_TITLE, .reverse = true}, "2 3 1 4 5");
}

static void a_listing_is_cut_by_offset_and_limit(void **state)
{
	struct library_fixture *fixture = *state;
	static const enum listing_order orders[] = {BY_ADDED, BY_MODIFIED};

	fill(fixture);
	assert_listed(fixture, &(struct listing){.limit = 2}, "3 1");
	assert_listed(fixture, &(struct listing){.limit = 2, .offset = 4}, "5");
	assert_listed(fixture, &(struct listing){.offset = 3}, "2 5");
	assert_listed(
		fixture, &(struct listing){.order = BY_TITLE, .limit = 2, .offset = 1}, "4 1");
	assert_listed(
		fixture, &(struct listing){.order = BY_TITLE, .limit = 1, .reverse = true}, "2");
	for (size_t i = 0; i < 2; i++)
		assert_listed(fixture, &(struct listing){.order = orders[i], .offset = 5}, "");
}

static void the_trash_is_listed_apart_latest_deleted_first(void **state)
{
	struct library_fixture *fixture = *state;

	fill(fixture);
	library_fixture_trash(fixture, 1, 9500);
	library_fixture_trash(fixture, 2, 8000);
	library_fixture_commit(fixture);
	assert_listed(fixture, &(struct listing){.trashed = true}, "1 6 2");
	assert_listed(fixture, &(struct listing){.trashed = true, .limit = 1, .offset = 1}, "6");
	assert_listed(fixture, &(struct listing){0}, "3 4 5");
}

static void a_visitor_can_stop(void **state)
{
	struct library_fixture *fixture = *state;
	struct catalogue *catalogue = fixture->catalogue;
	struct listing listing = {.order = BY_TITLE};
	struct seen seen = {.stop_after = 2}, again = {.stop_after = 1};

	fill(fixture);
	assert_int_equal(catalogue->each(catalogue, &listing, see_id, &seen, NULL), STATUS_OK);
	assert_string_equal(seen.line, "5 4");
	listing.order = BY_ADDED;
	assert_int_equal(catalogue->each(catalogue, &listing, see_id, &again, NULL), STATUS_OK);
	assert_string_equal(again.line, "3");
}

static bool compare_row(void *self, const struct bookmark *bookmark)
{
	struct library_fixture *fixture = self;
	struct bookmark kept;

	library_fixture_get(fixture, bookmark->id, &kept);
	assert_true(bookmark_equal(&kept, bookmark));
	bookmark_finish(&kept);
	return true;
}

static void rows_carry_every_field(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t id = library_fixture_add(fixture, "https://a.example", "T", "b,A,c d");
	int64_t ids[] = {id, id + 50};

	library_fixture_add(fixture, "https://b.example", "", "");
	assert_int_equal(fixture->catalogue->each(fixture->catalogue, &(struct listing){0},
				 compare_row, fixture, NULL),
		STATUS_OK);
	assert_int_equal(
		fixture->catalogue->each_of(fixture->catalogue, ids, 2, compare_row, fixture, NULL),
		STATUS_OK);
}

static void given_ids_are_shown_in_their_order_trash_included(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t ids[] = {6, 2, 77, 4};
	struct seen seen = {0};

	fill(fixture);
	assert_int_equal(
		fixture->catalogue->each_of(fixture->catalogue, ids, 4, see_id, &seen, NULL),
		STATUS_OK);
	assert_string_equal(seen.line, "6 2 4");
}

static void an_address_is_found_unless_it_is_in_the_trash(void **state)
{
	struct library_fixture *fixture = *state;
	struct catalogue *catalogue = fixture->catalogue;
	int64_t id;

	fill(fixture);
	assert_int_equal(catalogue->find(catalogue, "https://d.example", &id, NULL), STATUS_OK);
	assert_int_equal(id, 2);
	assert_int_equal(catalogue->find(catalogue, "https://f.example", &id, NULL), STATUS_OK);
	assert_int_equal(id, 0);
}

static void tags_are_counted_in_their_most_frequent_spelling(void **state)
{
	struct library_fixture *fixture = *state;
	struct catalogue *catalogue = fixture->catalogue;
	struct seen seen = {0}, first = {.stop_after = 1};

	library_fixture_add(fixture, "https://a.example", "", "Rust,web");
	library_fixture_add(fixture, "https://b.example", "", "rust,Über");
	library_fixture_add(fixture, "https://c.example", "", "rust,über,zz top");
	library_fixture_trash(
		fixture, library_fixture_add(fixture, "https://d.example", "", "gone,web"), 2000);
	library_fixture_commit(fixture);
	assert_int_equal(catalogue->each_tag(catalogue, see_tag, &seen, NULL), STATUS_OK);
	assert_string_equal(seen.line, "rust=3 web=1 zz top=1 Über=2");
	assert_int_equal(catalogue->each_tag(catalogue, see_tag, &first, NULL), STATUS_OK);
	assert_string_equal(first.line, "rust=3");
}

static void append(struct library_fixture *fixture, struct event event)
{
	assert_int_equal(fixture->journal->append(fixture->journal, &event), STATUS_OK);
	assert_true(event.id > 0);
}

static void events_come_back_in_order_after_a_number(void **state)
{
	struct library_fixture *fixture = *state;
	struct catalogue *catalogue = fixture->catalogue;
	static const int64_t ids[] = {3, 4, 5, 9, 7, 8};
	struct seen seen = {0};
	int64_t last = -1;

	assert_int_equal(catalogue->last_event(catalogue, &last, NULL), STATUS_OK);
	assert_int_equal(last, 0);
	append(fixture, (struct event){.type = BOOKMARKS_ADDED, .subject = ""});
	append(fixture, (struct event){.type = CHANGE_UNDONE,
				.command = RENAME_TAGS,
				.change = 12,
				.bookmarks = ids,
				.count = 6,
				.subject = "a→b"});
	append(fixture, (struct event){.type = STARS_FINISHED,
				.command = FINISH_STARS,
				.subject = "github:octocat"});
	library_fixture_commit(fixture);
	assert_int_equal(catalogue->each_event(catalogue, 1, see_event, &seen, NULL), STATUS_OK);
	assert_string_equal(seen.line, "2:change_undone:rename_tags:12:a→b,3,4,5,9,7,8 "
				       "3:stars_finished:finish_stars:0:github:octocat");
	assert_int_equal(catalogue->last_event(catalogue, &last, NULL), STATUS_OK);
	assert_int_equal(last, 3);
}

static void an_event_can_name_the_most_bookmarks(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t ids[EVENT_BOOKMARKS_MAX];
	struct seen seen = {0};

	for (size_t i = 0; i < EVENT_BOOKMARKS_MAX; i++)
		ids[i] = INT64_MAX - (int64_t)(i * 2);
	append(fixture, (struct event){.type = BOOKMARKS_ADDED,
				.bookmarks = ids,
				.count = EVENT_BOOKMARKS_MAX,
				.subject = ""});
	assert_int_equal(
		fixture->catalogue->each_event(fixture->catalogue, 0, see_event, &seen, NULL),
		STATUS_OK);
	assert_non_null(strstr(seen.line, ",9223372036854775807,9223372036854775805,"));
}

static void those_in_use_are_counted(void **state)
{
	struct library_fixture *fixture = *state;
	size_t count = 99;

	assert_int_equal(fixture->catalogue->count(fixture->catalogue, &count, NULL), STATUS_OK);
	assert_int_equal(count, 0);
	fill(fixture);
	assert_int_equal(fixture->catalogue->count(fixture->catalogue, &count, NULL), STATUS_OK);
	assert_int_equal(count, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_newest_come_first),
		cmocka_unit_test(as_the_library_lies_the_later_come_first),
		cmocka_unit_test(titles_and_addresses_are_ordered_folded),
		cmocka_unit_test(a_reversed_listing_is_the_whole_order_backwards),
		cmocka_unit_test(a_listing_is_cut_by_offset_and_limit),
		cmocka_unit_test(the_trash_is_listed_apart_latest_deleted_first),
		cmocka_unit_test(a_visitor_can_stop),
		cmocka_unit_test(rows_carry_every_field),
		cmocka_unit_test(given_ids_are_shown_in_their_order_trash_included),
		cmocka_unit_test(an_address_is_found_unless_it_is_in_the_trash),
		cmocka_unit_test(tags_are_counted_in_their_most_frequent_spelling),
		cmocka_unit_test(events_come_back_in_order_after_a_number),
		cmocka_unit_test(an_event_can_name_the_most_bookmarks),
		cmocka_unit_test(those_in_use_are_counted),
	};

	return library_fixture_contract("catalogue", tests, sizeof(tests) / sizeof(*tests));
}
