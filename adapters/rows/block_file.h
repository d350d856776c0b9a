#ifndef ADAPTERS_ROWS_BLOCK_FILE_H
#define ADAPTERS_ROWS_BLOCK_FILE_H

#include <stdbool.h>

#include "adapters/sqlite/sqlite_catalogue.h"
#include "domain/search/row_block.h"

/*
 * A row block in a file that is mapped, not read: a header, the columns one behind the other with
 * an index of what they hold, and checksums of every piece. Made for this machine and this version
 * of barky; anything else is no block.
 */

/*
 * Writes a block beside its place, 0600, and renames it there; the stamp says which state of
 * which library it holds. False, with nothing left behind, if that cannot be done.
 */
bool block_file_save(
	const char *path, const struct row_block *block, const struct library_stamp *stamp);

/*
 * The block in a file and its stamp; NULL if there is none of the library with this uuid, whole
 * and the user's own. What is beyond the header is checked as it is read (row_block_trust()).
 */
struct row_block *block_file_open(const char *path, const char *uuid, struct library_stamp *stamp);

#endif
