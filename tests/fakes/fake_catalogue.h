#ifndef TESTS_FAKE_CATALOGUE_H
#define TESTS_FAKE_CATALOGUE_H

#include "domain/bookmarks/catalogue.h"
#include "tests/fakes/fake_library.h"

/* The catalogue over a library in memory, which it borrows. */
struct fake_catalogue {
	struct catalogue port;
	struct fake_library *library;
};

void fake_catalogue_init(struct fake_catalogue *catalogue, struct fake_library *library);

#endif
