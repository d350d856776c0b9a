#include "adapters/sqlite/sqlite_ports.h"

#include <stdlib.h>

#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"

struct sqlite_unit_of_work {
	struct unit_of_work port;
	struct database *database;
};

static struct database *database_of(struct unit_of_work *work)
{
	return ((struct sqlite_unit_of_work *)work)->database;
}

static enum status work_begin(struct unit_of_work *work, struct error *error)
{
	sqlite_journal_begin(work->journal);
	return database_begin(database_of(work), true, error);
}

static void rollback(struct unit_of_work *work)
{
	database_rollback(database_of(work));
}

static enum status commit(struct unit_of_work *work, struct error *error)
{
	enum status status = sqlite_journal_flush(work->journal);

	if (status == STATUS_OK)
		return database_commit(database_of(work), error);
	database_failure(database_of(work), 0, error);
	rollback(work);
	return status;
}

struct unit_of_work *sqlite_unit_of_work_new(struct database *database)
{
	struct sqlite_unit_of_work *self = memory_new(sizeof(*self));
	struct repository *bookmarks = sqlite_repository_new(database);

	self->database = database;
	self->port = (struct unit_of_work){
		.bookmarks = bookmarks,
		.journal = sqlite_journal_new(database, bookmarks),
		.stars = sqlite_star_ledger_new(database),
		.links = sqlite_link_store_new(database),
		.browsers = sqlite_browser_ledger_new(database),
		.due = sqlite_due_ledger_new(database),
		.begin = work_begin,
		.commit = commit,
		.rollback = rollback,
	};
	return &self->port;
}

void sqlite_unit_of_work_free(struct unit_of_work *work)
{
	if (!work)
		return;
	sqlite_repository_free(work->bookmarks);
	sqlite_journal_free(work->journal);
	sqlite_star_ledger_free(work->stars);
	sqlite_link_store_free(work->links);
	sqlite_browser_ledger_free(work->browsers);
	sqlite_due_ledger_free(work->due);
	free(work);
}
