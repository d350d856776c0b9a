#ifndef TESTS_LIBRARY_FIXTURE_H
#define TESTS_LIBRARY_FIXTURE_H

#include "domain/catalogue.h"
#include "domain/unit_of_work.h"
#include "tests/fake_unit_of_work.h"

struct database;

/*
 * The ports of a library, empty at first, over a fake or over SQLite in a folder of its own: the
 * contracts in domain/ are tested over both. A unit of work is begun when a test starts.
 */
struct library_fixture {
	struct unit_of_work *work;
	struct repository *bookmarks;
	struct journal *journal;
	struct catalogue *catalogue;
	struct fake_unit_of_work *fake; /* NULL over SQLite, where the next two are */
	struct database *database;
	char *folder;
};

/* For cmocka; *state is a struct library_fixture. */
int library_fixture_over_fake(void **state);
int library_fixture_over_sqlite(void **state);
int library_fixture_teardown(void **state);

/* Commits, and begins again. */
void library_fixture_commit(struct library_fixture *fixture);
void library_fixture_rollback(struct library_fixture *fixture);

/* Adds a bookmark and gives its id; added and modified are 1000. tags: "a,b" or "". */
int64_t library_fixture_add(
	struct library_fixture *fixture, const char *url, const char *title, const char *tags);

/* What the repository has; initialised here, the caller finishes it. Fails if there is none. */
void library_fixture_get(struct library_fixture *fixture, int64_t id, struct bookmark *bookmark);

/* Puts it into the trash, with repository calls alone. */
void library_fixture_trash(struct library_fixture *fixture, int64_t id, int64_t when);

#endif
