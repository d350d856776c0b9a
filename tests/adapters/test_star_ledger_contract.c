#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/bookmarks/bookmark_source.h"
#include "tests/fixtures/library_fixture.h"

#define FORGE "github"
#define USER  "octocat"

static struct star_ledger *ledger_of(void **state)
{
	return ((struct library_fixture *)*state)->work->stars;
}

static void put_list(struct star_ledger *ledger, const char *user, enum star_walk_kind kind)
{
	struct star_list list = {.walk = {.number = 1, .kind = kind}};

	assert_int_equal(ledger->put_list(ledger, FORGE, user, &list), STATUS_OK);
}

static void put_star(struct star_ledger *ledger, int64_t repository, int64_t bookmark)
{
	struct star star;

	star_init(&star);
	star.repository = repository;
	star.bookmark = bookmark;
	assert_int_equal(ledger->put_star(ledger, FORGE, &star), STATUS_OK);
	star_finish(&star);
}

static void see(struct star_ledger *ledger, const char *user, int64_t repository, int64_t walk)
{
	struct star_sighting sighting = {walk, walk};

	assert_int_equal(
		ledger->put_sighting(ledger, FORGE, user, repository, &sighting), STATUS_OK);
}

static void a_list_comes_back_as_it_was_put_whatever_the_case_of_its_user(void **state)
{
	struct star_ledger *ledger = ledger_of(state);
	struct star_list put = {
		.walk = {7, WALK_EVERYTHING, 3, "descent 4 9 77", "W/\"x\""},
		.complete = true,
	};
	struct star_list got = {0};

	assert_int_equal(ledger->get_list(ledger, FORGE, USER, &got), STATUS_NOT_FOUND);
	assert_int_equal(ledger->put_list(ledger, FORGE, USER, &put), STATUS_OK);
	assert_int_equal(ledger->get_list(ledger, FORGE, "OctoCat", &got), STATUS_OK);
	assert_int_equal(got.walk.number, 7);
	assert_int_equal(got.walk.kind, WALK_EVERYTHING);
	assert_int_equal(got.walk.change, 3);
	assert_string_equal(got.walk.cursor, "descent 4 9 77");
	assert_string_equal(got.walk.etag, "W/\"x\"");
	assert_true(got.complete);
	put.walk.number = 8;
	assert_int_equal(ledger->put_list(ledger, FORGE, "OCTOCAT", &put), STATUS_OK);
	assert_int_equal(ledger->get_list(ledger, FORGE, USER, &got), STATUS_OK);
	assert_int_equal(got.walk.number, 8);
	assert_int_equal(ledger->get_list(ledger, "gitea@x", USER, &got), STATUS_NOT_FOUND);
}

static void a_star_comes_back_as_it_was_put(void **state)
{
	struct star_ledger *ledger = ledger_of(state);
	struct star put, got;

	star_init(&put);
	star_init(&got);
	put.repository = -5;
	put.bookmark = 12;
	bookmark_set(&put.title, "a/b");
	bookmark_set(&put.url, "https://github.com/a/b");
	bookmark_set(&put.notes, "line\n\x1b line");
	tag_set_add_list(&put.tags, "C,terminal", NULL);
	tag_set_add_list(&put.given, "mine", NULL);
	assert_int_equal(ledger->get_star(ledger, FORGE, -5, &got), STATUS_NOT_FOUND);
	assert_int_equal(ledger->put_star(ledger, FORGE, &put), STATUS_OK);
	assert_int_equal(ledger->get_star(ledger, FORGE, -5, &got), STATUS_OK);
	assert_int_equal(got.bookmark, 12);
	assert_string_equal(got.title, "a/b");
	assert_string_equal(got.url, "https://github.com/a/b");
	assert_string_equal(got.notes, "line\n\x1b line");
	assert_true(tag_set_equal(&got.tags, &put.tags));
	assert_true(tag_set_equal(&got.given, &put.given));
	assert_true(got.starred_at == NO_DATE);
	assert_int_equal(ledger->get_star(ledger, "gitea@x", -5, &got), STATUS_NOT_FOUND);
	star_finish(&put);
	star_finish(&got);
}

static void sightings_are_kept_for_each_user(void **state)
{
	struct star_ledger *ledger = ledger_of(state);
	struct star_sighting sighting;
	int64_t *unseen;
	size_t count;

	put_list(ledger, USER, WALK_NONE);
	put_list(ledger, "hubot", WALK_NONE);
	for (int64_t repository = 1; repository <= 3; repository++)
		put_star(ledger, repository, repository);
	assert_int_equal(ledger->get_sighting(ledger, FORGE, USER, 1, &sighting), STATUS_NOT_FOUND);
	assert_int_equal(ledger->starred(ledger, FORGE, 1), STATUS_NOT_FOUND);
	see(ledger, USER, 1, 4);
	see(ledger, USER, 2, 5);
	see(ledger, "hubot", 1, 9);
	put_star(ledger, 1, 70); /* a change of the star leaves its sightings */
	assert_int_equal(ledger->get_sighting(ledger, FORGE, "OCTOCAT", 1, &sighting), STATUS_OK);
	assert_int_equal(sighting.since, 4);
	assert_int_equal(ledger->unseen(ledger, FORGE, USER, 5, &unseen, &count), STATUS_OK);
	assert_int_equal(count, 1);
	assert_int_equal(unseen[0], 1);
	free(unseen);
	assert_int_equal(ledger->forget_sighting(ledger, FORGE, USER, 1), STATUS_OK);
	assert_int_equal(ledger->get_sighting(ledger, FORGE, USER, 1, &sighting), STATUS_NOT_FOUND);
	assert_int_equal(ledger->starred(ledger, FORGE, 1), STATUS_OK);
	assert_int_equal(ledger->starred(ledger, FORGE, 3), STATUS_NOT_FOUND);
}

static void those_of_one_bookmark_are_found_and_buried_together(void **state)
{
	struct star_ledger *ledger = ledger_of(state);
	int64_t *aliases;
	size_t count;

	put_star(ledger, 1, 40);
	put_star(ledger, 2, 40);
	put_star(ledger, 3, 41);
	assert_int_equal(ledger->aliases(ledger, FORGE, 40, &aliases, &count), STATUS_OK);
	assert_int_equal(count, 2);
	assert_int_equal(aliases[0] + aliases[1], 3);
	free(aliases);
	assert_int_equal(ledger->tombstone(ledger, 40), STATUS_OK);
	assert_int_equal(ledger->aliases(ledger, FORGE, 40, &aliases, &count), STATUS_OK);
	assert_int_equal(count, 0);
	free(aliases);
	assert_int_equal(ledger->aliases(ledger, FORGE, 0, &aliases, &count), STATUS_OK);
	assert_int_equal(count, 2);
	free(aliases);
}

static void a_bookmark_that_undo_unmade_is_noticed(void **state)
{
	struct library_fixture *fixture = *state;
	struct star_ledger *ledger = ledger_of(state);
	int64_t id = library_fixture_add(fixture, "https://github.com/a/b", "a/b", "");

	put_list(ledger, USER, WALK_NONE);
	put_star(ledger, 1, id);
	put_star(ledger, 2, 0);
	see(ledger, USER, 1, 1);
	see(ledger, USER, 2, 1);
	assert_int_equal(ledger->unmade(ledger, FORGE, USER), STATUS_NOT_FOUND);
	assert_int_equal(fixture->bookmarks->remove(fixture->bookmarks, id), STATUS_OK);
	assert_int_equal(ledger->unmade(ledger, FORGE, USER), STATUS_OK);
	assert_int_equal(ledger->unmade(ledger, FORGE, "hubot"), STATUS_NOT_FOUND);
}

static void a_walk_that_broke_off_is_told(void **state)
{
	struct star_ledger *ledger = ledger_of(state);
	struct star_walk walk;
	char *user = NULL;

	put_list(ledger, "hubot", WALK_NONE);
	assert_int_equal(ledger->unfinished(ledger, &user, &walk), STATUS_NOT_FOUND);
	put_list(ledger, "Octocat", WALK_EVERYTHING);
	assert_int_equal(ledger->unfinished(ledger, &user, &walk), STATUS_OK);
	assert_string_equal(user, "Octocat");
	assert_int_equal(walk.kind, WALK_EVERYTHING);
	free(user);
}

static void a_rollback_takes_everything_back(void **state)
{
	struct library_fixture *fixture = *state;
	struct star_ledger *ledger = ledger_of(state);
	struct star_list list;
	struct star star;

	put_list(ledger, USER, WALK_NEWEST);
	put_star(ledger, 1, 5);
	library_fixture_rollback(fixture);
	star_init(&star);
	assert_int_equal(ledger->get_list(ledger, FORGE, USER, &list), STATUS_NOT_FOUND);
	assert_int_equal(ledger->get_star(ledger, FORGE, 1, &star), STATUS_NOT_FOUND);
	star_finish(&star);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_comes_back_as_it_was_put_whatever_the_case_of_its_user),
		cmocka_unit_test(a_star_comes_back_as_it_was_put),
		cmocka_unit_test(sightings_are_kept_for_each_user),
		cmocka_unit_test(those_of_one_bookmark_are_found_and_buried_together),
		cmocka_unit_test(a_bookmark_that_undo_unmade_is_noticed),
		cmocka_unit_test(a_walk_that_broke_off_is_told),
		cmocka_unit_test(a_rollback_takes_everything_back),
	};

	return library_fixture_contract("star ledger", tests, sizeof(tests) / sizeof(*tests));
}
