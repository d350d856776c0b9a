#ifndef ADAPTERS_ROWS_BLOCK_CACHE_H
#define ADAPTERS_ROWS_BLOCK_CACHE_H

#include "adapters/bootstrap.h"
#include "domain/search/row_block.h"

/*
 * All rows of the library, from the block that was saved in the cache folder if there is one that
 * can be believed, with what changed since by the events after it; else built from the library,
 * and saved for the next time. What is saved can be deleted at any time, is never older than it
 * says, and is dropped at the slightest damage.
 */
struct cached_rows {
	struct row_block *block; /* newest first */
	int64_t *changed;        /* rows that are not as the block has them any more */
	size_t count;
	size_t capacity;
};

/*
 * A block from the cache may still turn out to be damaged when it is read (row_block_damaged());
 * with CACHE_CHECKED all of it was read. CACHE_DAMAGED has it built anew.
 */
enum cache_trust { CACHE_AS_IT_IS, CACHE_CHECKED, CACHE_DAMAGED };

/*
 * Inside a transaction, if the changed rows are then to be read in the same state. The caller
 * finishes *rows, whatever the status, and may take the block out of it.
 */
enum status block_cache_read(struct library *library, enum cache_trust trust,
	struct cached_rows *rows, struct error *error);
void cached_rows_finish(struct cached_rows *rows);

#endif
