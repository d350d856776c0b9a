#ifndef TESTS_OPENED_LIBRARY_H
#define TESTS_OPENED_LIBRARY_H

#include <stddef.h>

#include "adapters/sqlite/database.h"
#include "domain/catalogue.h"
#include "domain/unit_of_work.h"

/* A library file as a test opens it, with the ports over it. */
struct opened_library {
	struct database *database;
	struct unit_of_work *work;
	struct catalogue *catalogue;
};

/* Fails the test, with the reason, unless it opens. */
void opened_library_open(struct opened_library *library, const char *path);
enum status opened_library_try(struct opened_library *library,
	const struct database_options *options, struct reason *reason);
void opened_library_close(struct opened_library *library);

/* Adds a bookmark of this address in a transaction of its own, with its part in the journal. */
enum status opened_library_add(
	struct opened_library *library, const char *url, struct reason *reason);

size_t opened_library_count(struct opened_library *library);

/* What a pragma or another statement of one number says. */
long long opened_library_ask(struct opened_library *library, const char *sql);

/* Fails the test unless SQLite finds the file in order. */
void opened_library_assert_sound(const char *path);

#endif
