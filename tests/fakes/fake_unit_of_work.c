#include "tests/fakes/fake_unit_of_work.h"

#include <assert.h>
#include <stdlib.h>

#include "domain/base/memory.h"

static enum status begin(struct unit_of_work *port, struct error *error)
{
	struct fake_unit_of_work *work = (struct fake_unit_of_work *)port;

	assert(!work->open);
	if (work->begin_failure) {
		error_set(error, "begin fails as the test wants it");
		return work->begin_failure;
	}
	fake_library_copy(&work->before, &work->library);
	fake_star_ledger_begin(&work->stars);
	fake_due_ledger_begin(&work->due);
	work->open = true;
	work->begun++;
	return STATUS_OK;
}

static void restore(struct fake_unit_of_work *work)
{
	fake_library_finish(&work->library);
	work->library = work->before;
	work->before = (struct fake_library){0};
	fake_star_ledger_rollback(&work->stars);
	fake_due_ledger_rollback(&work->due);
	work->open = false;
	work->rolled_back++;
}

static enum status commit(struct unit_of_work *port, struct error *error)
{
	struct fake_unit_of_work *work = (struct fake_unit_of_work *)port;

	assert(work->open);
	if (work->commit_failure) {
		restore(work);
		error_set(error, "commit fails as the test wants it");
		return work->commit_failure;
	}
	fake_library_finish(&work->before);
	fake_star_ledger_commit(&work->stars);
	work->open = false;
	work->committed++;
	return STATUS_OK;
}

static void rollback(struct unit_of_work *port)
{
	struct fake_unit_of_work *work = (struct fake_unit_of_work *)port;

	assert(work->open);
	restore(work);
}

static enum status tombstone_nothing(struct browser_ledger *ledger, int64_t bookmark)
{
	(void)ledger;
	(void)bookmark;
	return STATUS_OK;
}

struct fake_unit_of_work *fake_unit_of_work_new(void)
{
	struct fake_unit_of_work *work = memory_new(sizeof(*work));

	fake_repository_init(&work->repository, &work->library);
	fake_journal_init(&work->journal, &work->library);
	fake_catalogue_init(&work->catalogue, &work->library);
	fake_star_ledger_init(&work->stars, &work->library);
	fake_due_ledger_init(&work->due);
	work->browsers.tombstone = tombstone_nothing;
	work->port = (struct unit_of_work){
		.bookmarks = &work->repository.port,
		.journal = &work->journal.port,
		.stars = &work->stars.port,
		.browsers = &work->browsers,
		.due = &work->due.port,
		.begin = begin,
		.commit = commit,
		.rollback = rollback,
	};
	return work;
}

void fake_unit_of_work_free(struct fake_unit_of_work *work)
{
	if (!work)
		return;
	fake_library_finish(&work->library);
	fake_library_finish(&work->before);
	fake_star_ledger_finish(&work->stars);
	free(work);
}
