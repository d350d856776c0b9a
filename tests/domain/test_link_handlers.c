#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/links/link_look.h"
#include "tests/fakes/bus_fixture.h"

#define OLD "https://old.example/page"
#define NEW "https://new.example/page"

/* What is known of the first bookmarks' links. */
#define LINKS_MAX 4

struct known_links {
	struct link_store port;
	struct bookmark_link links[LINKS_MAX];
};

static enum status known_get(struct link_store *port, int64_t bookmark, struct bookmark_link *link)
{
	const struct known_links *known = (const struct known_links *)port;

	*link = (struct bookmark_link){0};
	bookmark_link_copy(link, &known->links[bookmark]);
	return link->state == LINK_UNCHECKED ? STATUS_NOT_FOUND : STATUS_OK;
}

static enum status known_put(
	struct link_store *port, int64_t bookmark, const struct bookmark_link *link)
{
	struct known_links *known = (struct known_links *)port;

	bookmark_link_finish(&known->links[bookmark]);
	bookmark_link_copy(&known->links[bookmark], link);
	return STATUS_OK;
}

static struct known_links known;

static int setup(void **state)
{
	int status = bus_fixture_setup(state);
	struct bus_fixture *fixture = *state;

	known = (struct known_links){.port = {known_get, known_put}};
	fixture->work->port.links = &known.port;
	return status;
}

static int teardown(void **state)
{
	for (int i = 0; i < LINKS_MAX; i++)
		bookmark_link_finish(&known.links[i]);
	return bus_fixture_teardown(state);
}

static enum status record(struct bus_fixture *fixture, const struct link_look *look)
{
	struct command command = {.type = RECORD_LINKS, .as.record_links = {look, 1, NULL, NULL}};

	return bus_fixture_handle(fixture, &command);
}

static enum status forget(struct bus_fixture *fixture, const int64_t *ids, size_t count)
{
	struct command command = {.type = FORGET_LINKS, .as.forget_links = {ids, count}};

	return bus_fixture_handle(fixture, &command);
}

static int64_t add_moved(struct bus_fixture *fixture)
{
	int64_t id = bus_fixture_add(fixture, OLD, "Moved", NULL);
	struct link_look look = {.bookmark = id,
		.url = OLD,
		.at = 1700000000,
		.status = 200,
		.redirect = 301,
		.permanent = true,
		.target = NEW};

	assert_true(id >= 1 && id < LINKS_MAX);
	assert_int_equal(record(fixture, &look), STATUS_OK);
	return id;
}

static void what_was_found_is_kept_beside_the_bookmark(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = add_moved(fixture);

	assert_int_equal(known.links[id].state, LINK_MOVED);
	assert_string_equal(known.links[id].url, NEW);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->url, OLD);
}

static void a_forgotten_link_was_never_asked_and_its_bookmark_stays(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = add_moved(fixture);
	size_t changes = fixture->work->library.change_count;

	assert_int_equal(forget(fixture, &id, 1), STATUS_OK);
	assert_int_equal(known.links[id].state, LINK_UNCHECKED);
	assert_null(known.links[id].url);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->url, OLD);
	assert_int_equal(fixture->result.item_count, 1);
	assert_int_equal(fixture->result.items[0].id, id);
	assert_int_equal(fixture->work->library.change_count, changes); /* nothing to undo */
}

static void one_that_is_not_there_refuses_all(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t ids[] = {add_moved(fixture), 99};
	size_t rolled_back = fixture->work->rolled_back;

	assert_int_equal(forget(fixture, ids, 2), STATUS_NOT_FOUND);
	assert_int_equal(fixture->work->rolled_back, rolled_back + 1);
}

#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(what_was_found_is_kept_beside_the_bookmark),
		test(a_forgotten_link_was_never_asked_and_its_bookmark_stays),
		test(one_that_is_not_there_refuses_all),
	};

	return cmocka_run_group_tests_name("link handlers", tests, NULL, NULL);
}
