#ifndef TESTS_FAKE_REPOSITORY_H
#define TESTS_FAKE_REPOSITORY_H

#include "domain/bookmarks/repository.h"
#include "tests/fakes/fake_library.h"

/* The repository over a library in memory, which it borrows. */
struct fake_repository {
	struct repository port;
	struct fake_library *library;
};

void fake_repository_init(struct fake_repository *repository, struct fake_library *library);

#endif
