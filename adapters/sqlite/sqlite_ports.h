#ifndef ADAPTERS_SQLITE_SQLITE_PORTS_H
#define ADAPTERS_SQLITE_SQLITE_PORTS_H

#include "domain/bookmarks/browser_ledger.h"
#include "domain/bookmarks/journal.h"
#include "domain/bookmarks/link_store.h"
#include "domain/bookmarks/repository.h"
#include "domain/bus/unit_of_work.h"
#include "domain/schedule/due_job.h"
#include "domain/stars/star_ledger.h"

/*
 * The ports of the domain over SQLite, one file each, and the unit of work that holds them all.
 * Each works inside whatever transaction is open; the database is borrowed. NULL may be freed.
 */
struct database;

struct repository *sqlite_repository_new(struct database *database);
void sqlite_repository_free(struct repository *repository);

struct link_store *sqlite_link_store_new(struct database *database);
void sqlite_link_store_free(struct link_store *links);

struct browser_ledger *sqlite_browser_ledger_new(struct database *database);
void sqlite_browser_ledger_free(struct browser_ledger *ledger);

struct star_ledger *sqlite_star_ledger_new(struct database *database);
void sqlite_star_ledger_free(struct star_ledger *ledger);

struct due_ledger *sqlite_due_ledger_new(struct database *database);
void sqlite_due_ledger_free(struct due_ledger *ledger);

/*
 * The journal also borrows the bookmarks, whose present state fills in what images leave out. It is
 * written for imports: bookmarks that one change makes in a row are one row here, gathered in
 * memory until something else is asked for or the unit of work flushes.
 */
struct journal *sqlite_journal_new(struct database *database, struct repository *bookmarks);
void sqlite_journal_free(struct journal *journal);

/* For the unit of work: what was gathered is dropped, or written. */
void sqlite_journal_begin(struct journal *journal);
enum status sqlite_journal_flush(struct journal *journal);

/* All of them in one transaction on the library: implements domain/bus/unit_of_work.h. */
struct unit_of_work *sqlite_unit_of_work_new(struct database *database);
void sqlite_unit_of_work_free(struct unit_of_work *work);

#endif
