#ifndef ADAPTERS_SQLITE_SQLITE_CATALOGUE_H
#define ADAPTERS_SQLITE_SQLITE_CATALOGUE_H

#include "domain/bookmarks/catalogue.h"

struct database;

/*
 * Reading from SQLite: implements domain/bookmarks/catalogue.h. By title and address the folded
 * keys are sorted in memory; a bookmark without a title is ordered by its address, which people are
 * shown. A reversed listing is the whole order backwards.
 *
 * Each call is a read transaction, and bookmarks are one for each piece, unless one is open on the
 * database already (a receiver that reads inside a unit of work). The database is borrowed.
 */
struct catalogue *sqlite_catalogue_new(struct database *database);
void sqlite_catalogue_free(struct catalogue *catalogue);

/*
 * Which state of which library this is: two with the same stamp hold the same bookmarks. Cheap;
 * what is derived from the library (a cache) is kept under it.
 */
struct library_stamp {
	char uuid[37];
	int64_t last_event;
	int64_t mark; /* random, of the last event: a library put back from a copy has another */
};

enum status sqlite_catalogue_stamp(
	struct catalogue *catalogue, struct library_stamp *stamp, struct error *error);

/* The mark of an event; NOT_FOUND if there is none of this number (any more). */
enum status sqlite_catalogue_mark(struct catalogue *catalogue, int64_t event, int64_t *mark);

#endif
