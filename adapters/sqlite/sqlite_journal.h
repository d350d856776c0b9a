#ifndef ADAPTERS_SQLITE_SQLITE_JOURNAL_H
#define ADAPTERS_SQLITE_SQLITE_JOURNAL_H

#include "domain/bookmarks/journal.h"

struct database;

/*
 * The journal in SQLite: implements domain/bookmarks/journal.h. The database and the bookmarks,
 * whose present state fills in what images leave out, are borrowed.
 *
 * It is written for imports: bookmarks that one change makes in a row are one row here, gathered
 * in memory until something else is asked for or the unit of work flushes.
 */
struct journal *sqlite_journal_new(struct database *database, struct repository *bookmarks);
void sqlite_journal_free(struct journal *journal);

/* For the unit of work: what was gathered is dropped, or written. */
void sqlite_journal_begin(struct journal *journal);
enum status sqlite_journal_flush(struct journal *journal);

#endif
