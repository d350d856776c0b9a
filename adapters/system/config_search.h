#ifndef ADAPTERS_SYSTEM_CONFIG_SEARCH_H
#define ADAPTERS_SYSTEM_CONFIG_SEARCH_H

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * Puts a saved search into the configuration file, under [searches]: in the place of the one of
 * that name, else behind the last. Every other byte of the file stays as it is, the user's comments
 * too; the file is written whole or not at all, through a symbolic link, with its mode, and made if
 * there is none.
 *
 * STATUS_INVALID with a reason, and nothing is written, if the file could not say it again: a name
 * with "=" or ":" in it, a query that would be taken for a comment, or a line that is too long.
 */
enum status config_save_search(
	const char *path, const char *name, const char *query, struct error *error);

#endif
