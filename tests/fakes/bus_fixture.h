#ifndef TESTS_BUS_FIXTURE_H
#define TESTS_BUS_FIXTURE_H

#include "domain/bus/bus.h"
#include "tests/fakes/fake_unit_of_work.h"

/*
 * A bus over fakes, for tests that hand it commands and look at what came of them. The clock
 * stands still until a test moves it.
 */
struct bus_fixture {
	struct clock clock; /* first: leads back to now */
	int64_t now;
	struct fake_unit_of_work *work;
	struct signals signals;
	struct bus *bus;
	struct result result; /* of the last command handed in */
};

int bus_fixture_setup(void **state); /* for cmocka: *state is a struct bus_fixture */
int bus_fixture_teardown(void **state);

enum status bus_fixture_handle(struct bus_fixture *fixture, const struct command *command);

/* Adds one bookmark and gives its id; fails the test if it is refused. tags: "a,b" or NULL. */
int64_t bus_fixture_add(
	struct bus_fixture *fixture, const char *url, const char *title, const char *tags);

enum status bus_fixture_edit(
	struct bus_fixture *fixture, int64_t id, const struct bookmark_patch *patch);
enum status bus_fixture_delete(struct bus_fixture *fixture, int64_t id);
enum status bus_fixture_undo(struct bus_fixture *fixture, size_t steps);
enum status bus_fixture_redo(struct bus_fixture *fixture, size_t steps);

/* The bookmark as it is now; NULL if it is not there. Lent until the next command. */
const struct bookmark *bus_fixture_bookmark(struct bus_fixture *fixture, int64_t id);

/* Fails the test unless the bookmark's tags are these, joined by commas. */
void bus_fixture_assert_tags(struct bus_fixture *fixture, int64_t id, const char *expected);

#endif
