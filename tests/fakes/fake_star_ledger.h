#ifndef TESTS_FAKE_STAR_LEDGER_H
#define TESTS_FAKE_STAR_LEDGER_H

#include "domain/stars/star_ledger.h"
#include "tests/fakes/fake_library.h"

/* One row of each kind; forge and user make part of the key. */
struct fake_star_list {
	char forge[64];
	char user[64];
	struct star_list list;
};

struct fake_star {
	char forge[64];
	struct star star;
};

struct fake_sighting {
	char forge[64];
	char user[64];
	int64_t repository;
	struct star_sighting sighting;
};

/* What the ledger holds; copies as a whole, which is how a rollback works here. */
struct fake_stars {
	struct fake_star_list *lists;
	size_t list_count;
	size_t list_capacity;
	struct fake_star *stars;
	size_t star_count;
	size_t star_capacity;
	struct fake_sighting *sightings;
	size_t sighting_count;
	size_t sighting_capacity;
};

/* The ledger of stars over memory; the library, which it borrows, says what bookmarks there are. */
struct fake_star_ledger {
	struct star_ledger port;
	struct fake_library *library;
	struct fake_stars rows;
	struct fake_stars before; /* as they were at begin() */
};

void fake_star_ledger_init(struct fake_star_ledger *ledger, struct fake_library *library);
void fake_star_ledger_finish(struct fake_star_ledger *ledger);

void fake_star_ledger_begin(struct fake_star_ledger *ledger);
void fake_star_ledger_commit(struct fake_star_ledger *ledger);
void fake_star_ledger_rollback(struct fake_star_ledger *ledger);

#endif
