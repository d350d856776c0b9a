#ifndef ADAPTERS_ROWS_ROW_CACHE_FILE_H
#define ADAPTERS_ROWS_ROW_CACHE_FILE_H

#include <stdbool.h>

#include "adapters/sqlite/sqlite_catalogue.h"
#include "domain/search/row_segment.h"

/*
 * A row segment in a file that is mapped, not read: a header, then the columns one behind the
 * other, each with a checksum in the header. Made for this machine and this version of barky;
 * anything else is no segment. doc/search.md draws it.
 */

/*
 * Writes a segment beside its place, 0600, and renames it there; the stamp says which state of
 * which library it holds. False, with nothing left behind, if that cannot be done. What killed
 * programs left behind is removed.
 */
bool row_cache_file_save(
	const char *path, const struct row_segment *segment, const struct library_stamp *stamp);

/*
 * The segment in a file and its stamp; NULL if there is none of the library with this uuid, whole
 * and the user's own. The header is verified, each column when it is first read
 * (row_segment_open()): its checksum, and that nothing in it points out of the file.
 */
struct row_segment *row_cache_file_open(
	const char *path, const char *uuid, struct library_stamp *stamp);

#endif
