#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "domain/bookmarks/bookmark_source.h"
#include "tests/fakes/bus_fixture.h"

/* A page of one user's stars, as the importer would hand it in. */
struct stars {
	struct remote_star items[8];
	size_t count;
};

static struct remote_star *put(struct stars *stars, int64_t repository, const char *name,
	const char *url, const char *tags)
{
	struct remote_star *star = &stars->items[stars->count++];

	*star = (struct remote_star){
		.repository = repository,
		.title = name,
		.url = url,
		.notes = "",
		.starred_at = 1000,
	};
	tag_set_add_list(&star->tags, tags, NULL);
	return star;
}

static void stars_finish(struct stars *stars)
{
	for (size_t i = 0; i < stars->count; i++)
		tag_set_finish(&stars->items[i].tags);
	stars->count = 0;
}

static struct star_walk request(struct bus_fixture *fixture, const char *user, bool full)
{
	struct command command = {
		.type = BEGIN_STARS,
		.as.begin_stars.request = {.user = user, .full = full},
	};

	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
	return fixture->result.walk;
}

static void take_in(struct bus_fixture *fixture, const char *user, const struct star_walk *walk,
	const struct stars *stars, const char *cursor)
{
	struct star_page page = {
		.forge = "github",
		.user = user,
		.walk = walk->number,
		.stars = stars->items,
		.count = stars->count,
		.cursor = cursor,
		.timestamps = true,
		.topics = true,
	};
	struct command command = {.type = TAKE_IN_STARS, .as.take_in_stars.page = &page};

	command.change = walk->change;
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
}

static void finish(struct bus_fixture *fixture, const char *user, const struct star_walk *walk,
	bool everything)
{
	struct star_walk_end end = {
		.forge = "github",
		.user = user,
		.walk = walk->number,
		.everything = everything,
	};
	struct command command = {.type = FINISH_STARS, .as.finish_stars.end = &end};

	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
}

/* A whole import of one page. */
static void import(struct bus_fixture *fixture, const char *user, const struct stars *stars)
{
	struct star_walk walk = request(fixture, user, true);

	take_in(fixture, user, &walk, stars, "");
	finish(fixture, user, &walk, true);
}

static void a_request_begins_a_walk_and_a_later_one_carries_it_on(void **state)
{
	struct bus_fixture *fixture = *state;
	struct stars stars = {0};
	struct star_walk first = request(fixture, "octocat", false), again;

	assert_int_equal(first.kind, WALK_EVERYTHING);
	put(&stars, 7, "a/b", "https://github.com/a/b", "");
	take_in(fixture, "octocat", &first, &stars, "descent 3 4 7");
	again = request(fixture, "OctoCat", false);
	assert_int_equal(again.number, first.number);
	assert_string_equal(again.cursor, "descent 3 4 7");
	assert_true(again.change != 0);
	bus_fixture_add(fixture, "https://example.org", "", NULL);
	assert_int_equal(request(fixture, "octocat", false).change, 0);
	finish(fixture, "octocat", &first, true);
	again = request(fixture, "octocat", false);
	assert_int_equal(again.kind, WALK_NEWEST);
	assert_string_equal(again.cursor, "");
	assert_int_equal(request(fixture, "octocat", true).kind, WALK_EVERYTHING);
	stars_finish(&stars);
}

static void no_user_is_asked_for_that_cannot_be(void **state)
{
	static const char *const users[] = {"", ".", "..", "a/b", "a b", "a?b", "\x1b[31m"};
	struct bus_fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(users) / sizeof(users[0]); i++) {
		struct command command = {.type = REQUEST_STARS};

		command.as.request_stars.request.user = users[i];
		assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_INVALID);
	}
}

static void a_page_that_fails_leaves_neither_stars_nor_cursor(void **state)
{
	struct bus_fixture *fixture = *state;
	struct stars stars = {0};
	struct star_walk walk = request(fixture, "octocat", false);
	struct star_page page = {.forge = "github",
		.user = "octocat",
		.walk = walk.number,
		.stars = stars.items,
		.cursor = "descent 1 2 3",
		.timestamps = true};
	struct command command = {.type = TAKE_IN_STARS, .as.take_in_stars.page = &page};

	put(&stars, 7, "a/b", "https://github.com/a/b", "");
	page.count = stars.count;
	fixture->work->commit_failure = STATUS_FULL;
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_FULL);
	fixture->work->commit_failure = STATUS_OK;
	assert_int_equal(fixture->work->library.bookmark_count, 0);
	assert_string_equal(request(fixture, "octocat", false).cursor, "");
	stars_finish(&stars);
}

static void the_same_again_changes_nothing(void **state)
{
	struct bus_fixture *fixture = *state;
	struct stars stars = {0};
	size_t changes, events;

	put(&stars, 7, "a/b", "https://github.com/a/b", "c,terminal");
	put(&stars, 8, "a/c", "https://github.com/a/c", "");
	import(fixture, "octocat", &stars);
	changes = fixture->work->library.change_count;
	events = fixture->work->library.event_count;
	import(fixture, "octocat", &stars);
	assert_int_equal(fixture->work->library.change_count, changes);
	assert_int_equal(fixture->work->library.event_count, events + 2); /* asked, finished */
	stars_finish(&stars);
}

static void a_field_follows_while_it_is_what_the_forge_said(void **state)
{
	struct bus_fixture *fixture = *state;
	struct bookmark_patch mine = {.title = "Mine"};
	struct stars stars = {0};
	struct remote_star *star = put(&stars, 7, "a/b", "https://github.com/a/b", "c,old");
	const struct bookmark *bookmark;

	import(fixture, "octocat", &stars);
	assert_int_equal(bus_fixture_edit(fixture, 1, &mine), STATUS_OK);
	star->title = "x/y";
	star->url = "https://github.com/x/y";
	star->notes = "words";
	tag_set_clear(&star->tags);
	tag_set_add_list(&star->tags, "c,new", NULL);
	import(fixture, "octocat", &stars);
	bookmark = bus_fixture_bookmark(fixture, 1);
	assert_string_equal(bookmark->title, "Mine");
	assert_string_equal(bookmark->url, "https://github.com/x/y");
	assert_string_equal(bookmark->notes, "words");
	bus_fixture_assert_tags(fixture, 1, "c,new");
	stars_finish(&stars);
}

static void an_address_that_is_taken_is_left_until_it_is_free(void **state)
{
	struct bus_fixture *fixture = *state;
	struct stars stars = {0};
	struct remote_star *star = put(&stars, 7, "a/b", "https://github.com/a/b", "");
	int64_t other = bus_fixture_add(fixture, "https://github.com/x/y", "", NULL);

	import(fixture, "octocat", &stars);
	star->url = "https://github.com/x/y";
	import(fixture, "octocat", &stars);
	assert_string_equal(bus_fixture_bookmark(fixture, 2)->url, "https://github.com/a/b");
	assert_int_equal(bus_fixture_delete(fixture, other), STATUS_OK);
	import(fixture, "octocat", &stars);
	assert_string_equal(bus_fixture_bookmark(fixture, 2)->url, "https://github.com/x/y");
	stars_finish(&stars);
}

static void what_was_deleted_stays_away_also_when_the_trash_is_empty(void **state)
{
	struct bus_fixture *fixture = *state;
	struct command empty = {.type = EMPTY_TRASH, .as.empty_trash.deleted_until = INT64_MAX};
	struct stars stars = {0};

	put(&stars, 7, "a/b", "https://github.com/a/b", "");
	import(fixture, "octocat", &stars);
	assert_int_equal(bus_fixture_delete(fixture, 1), STATUS_OK);
	import(fixture, "octocat", &stars);
	assert_int_equal(fixture->work->library.bookmark_count, 1);
	assert_int_equal(bus_fixture_handle(fixture, &empty), STATUS_OK);
	import(fixture, "octocat", &stars);
	import(fixture, "hubot", &stars);
	assert_int_equal(fixture->work->library.bookmark_count, 0);
	stars_finish(&stars);
}

static void what_undo_unmade_comes_again(void **state)
{
	struct bus_fixture *fixture = *state;
	struct stars stars = {0};

	put(&stars, 7, "a/b", "https://github.com/a/b", "");
	import(fixture, "octocat", &stars);
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	assert_int_equal(fixture->work->library.bookmark_count, 0);
	assert_int_equal(request(fixture, "octocat", false).kind, WALK_EVERYTHING);
	import(fixture, "octocat", &stars);
	assert_int_equal(fixture->work->library.bookmark_count, 1);
	stars_finish(&stars);
}

static void two_repositories_of_one_name_part_when_the_first_turns_up(void **state)
{
	struct bus_fixture *fixture = *state;
	struct stars heir = {0}, moved = {0};
	struct star_walk walk;

	put(&moved, 7, "a/b", "https://github.com/a/b", "");
	import(fixture, "octocat", &moved);
	stars_finish(&moved);
	walk = request(fixture, "octocat", true);
	put(&heir, 8, "a/b", "https://github.com/a/b", "new");
	put(&moved, 7, "x/y", "https://github.com/x/y", "");
	take_in(fixture, "octocat", &walk, &heir, "");
	assert_int_equal(fixture->work->library.bookmark_count, 1);
	take_in(fixture, "octocat", &walk, &moved, "");
	assert_string_equal(bus_fixture_bookmark(fixture, 1)->url, "https://github.com/x/y");
	assert_string_equal(bus_fixture_bookmark(fixture, 2)->url, "https://github.com/a/b");
	bus_fixture_assert_tags(fixture, 2, "new");
	stars_finish(&heir);
	stars_finish(&moved);
}

static void it_is_unstarred_when_nobody_stars_it_any_more(void **state)
{
	struct bus_fixture *fixture = *state;
	struct stars stars = {0}, none = {0};
	struct star_walk walk;

	put(&stars, 7, "a/b", "https://github.com/a/b", "")->starred_at = 500;
	import(fixture, "octocat", &stars);
	import(fixture, "hubot", &stars);
	import(fixture, "octocat", &none);
	assert_false(bus_fixture_bookmark(fixture, 1)->unstarred);
	walk = request(fixture, "hubot", true);
	finish(fixture, "hubot", &walk, false); /* not everything was seen */
	assert_false(bus_fixture_bookmark(fixture, 1)->unstarred);
	import(fixture, "hubot", &none);
	assert_true(bus_fixture_bookmark(fixture, 1)->unstarred);
	assert_int_equal(fixture->result.counts.gone, 1);
	stars.items[0].starred_at = 900;
	import(fixture, "octocat", &stars);
	assert_false(bus_fixture_bookmark(fixture, 1)->unstarred);
	assert_int_equal(bus_fixture_bookmark(fixture, 1)->added, 500);
	stars_finish(&stars);
}

static void a_star_that_the_walk_has_met_is_counted_once(void **state)
{
	struct bus_fixture *fixture = *state;
	struct stars stars = {0};
	struct star_walk walk = request(fixture, "octocat", false);

	put(&stars, 7, "a/b", "https://github.com/a/b", "");
	take_in(fixture, "octocat", &walk, &stars, "");
	assert_int_equal(fixture->result.counts.added, 1);
	assert_int_equal(fixture->result.new_stars, 1);
	take_in(fixture, "octocat", &walk, &stars, "");
	assert_int_equal(fixture->result.seen_stars, 1);
	assert_int_equal(fixture->result.counts.unchanged, 0);
	stars_finish(&stars);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bus_fixture_setup, bus_fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_request_begins_a_walk_and_a_later_one_carries_it_on),
		TEST(no_user_is_asked_for_that_cannot_be),
		TEST(a_page_that_fails_leaves_neither_stars_nor_cursor),
		TEST(the_same_again_changes_nothing),
		TEST(a_field_follows_while_it_is_what_the_forge_said),
		TEST(an_address_that_is_taken_is_left_until_it_is_free),
		TEST(what_was_deleted_stays_away_also_when_the_trash_is_empty),
		TEST(what_undo_unmade_comes_again),
		TEST(two_repositories_of_one_name_part_when_the_first_turns_up),
		TEST(it_is_unstarred_when_nobody_stars_it_any_more),
		TEST(a_star_that_the_walk_has_met_is_counted_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
