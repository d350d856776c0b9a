#ifndef ADAPTERS_ROWS_ROW_CACHE_H
#define ADAPTERS_ROWS_ROW_CACHE_H

#include "adapters/bootstrap.h"
#include "domain/search/row_segment.h"

/*
 * All rows of the library, from the segment that was saved in the cache folder if there is one that
 * can be believed, with what changed since by the events after it; else built from the library,
 * and saved for the next time. What is saved can be deleted at any time, is never older than it
 * says, and is never believed once damaged.
 */
struct cached_rows {
	struct row_segment *segment; /* newest first */
	int64_t *changed;            /* rows that are not as the segment has them any more */
	size_t count;
};

/*
 * A segment from the cache may still turn out to be corrupt when it is read
 * (row_segment_corrupt()); with CACHE_VERIFIED all of it was read. CACHE_CORRUPT has it built anew.
 */
enum cache_trust { CACHE_AS_IT_IS, CACHE_VERIFIED, CACHE_CORRUPT };

/*
 * Inside a transaction, if the changed rows are then to be read in the same state. The caller
 * finishes *rows, whatever the status, and may take the segment out of it.
 */
enum status row_cache_read(struct library *library, enum cache_trust trust,
	struct cached_rows *rows, struct error *error);
void cached_rows_finish(struct cached_rows *rows);

/*
 * The bookmarks that the events after one name, with repetitions; the caller frees *ids, whatever
 * the status. One more than most, and there were too many.
 */
enum status row_cache_changed_since(struct library *library, int64_t event, size_t most,
	int64_t **ids, size_t *count, struct error *error);

#endif
