#ifndef ADAPTERS_SQLITE_LISTING_READER_H
#define ADAPTERS_SQLITE_LISTING_READER_H

#include "adapters/sqlite/bookmark_row.h"
#include "adapters/sqlite/id_sequence.h"
#include "domain/bookmarks/catalogue.h"

struct database;

/*
 * Reads the bookmarks of a listing, or of some ids, in pieces that need not be of one transaction:
 * between two of them it remembers where it is, by the ids still to come, which are those of the
 * first piece, or (BY_ID) by the last one read.
 */
struct listing_reader {
	struct database *database;
	struct listing listing; /* its offset and limit are what is left of them */
	bool any;               /* in or out of the trash */
	bool begun;
	struct id_sequence ids;
	int64_t next; /* BY_ID: the id from which on */
	size_t rows;  /* BY_ID: that were read */
	struct bookmark_row row;
};

void listing_reader_init(
	struct listing_reader *reader, struct database *database, const struct listing *listing);
void listing_reader_init_of(
	struct listing_reader *reader, struct database *database, const int64_t *ids, size_t count);

/*
 * Within a transaction: goes on until visit returns false (STATUS_OK), or there are no more
 * (STATUS_NOT_FOUND). No statement is open afterwards.
 */
enum status listing_reader_read(
	struct listing_reader *reader, bookmark_visit_fn visit, void *visitor);

void listing_reader_finish(struct listing_reader *reader);

#endif
