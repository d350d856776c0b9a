#ifndef TESTS_FAKE_JOURNAL_H
#define TESTS_FAKE_JOURNAL_H

#include "domain/bookmarks/journal.h"
#include "tests/fakes/fake_library.h"

/* The journal over a library in memory, which it borrows. */
struct fake_journal {
	struct journal port;
	struct fake_library *library;
};

void fake_journal_init(struct fake_journal *journal, struct fake_library *library);

#endif
