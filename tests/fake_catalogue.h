#ifndef TESTS_FAKE_CATALOGUE_H
#define TESTS_FAKE_CATALOGUE_H

#include "domain/catalogue.h"
#include "tests/fake_library.h"

/* The catalogue over a library in memory, which it borrows. */
struct fake_catalogue {
	struct catalogue port;
	struct fake_library *library;
};

void fake_catalogue_init(struct fake_catalogue *catalogue, struct fake_library *library);

#endif
