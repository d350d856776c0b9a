#ifndef ADAPTERS_ROWS_ROW_CACHE_FILE_H
#define ADAPTERS_ROWS_ROW_CACHE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "adapters/sqlite/sqlite_catalogue.h"
#include "domain/search/row_segment.h"

/*
 * A row segment in a file that is mapped, not read: a header, the columns one behind the other, and
 * a checksum for each 4 KiB of them. Made for this machine and this version of barky; anything
 * else, also what a machine of another order of bytes has written, is no segment. doc/search.md
 * describes it.
 */

/*
 * Writes a segment beside its place, 0600, and renames it there; the stamp says which state of
 * which library it holds. False, with nothing left behind, if that cannot be done. What a killed
 * program left behind of the same file is removed.
 */
bool row_cache_file_save(
	const char *path, const struct row_segment *segment, const struct library_stamp *stamp);

/*
 * The segment in a file and its stamp; NULL if there is none of the library with this uuid, whole
 * and the user's own. The header is verified, each part of a column when it is first read
 * (row_segment_open()). Nothing that it says is believed to be outside of it.
 */
struct row_segment *row_cache_file_open(
	const char *path, const char *uuid, struct library_stamp *stamp);

#endif
