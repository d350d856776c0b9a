#ifndef ADAPTERS_SQLITE_SQLITE_REPOSITORY_H
#define ADAPTERS_SQLITE_SQLITE_REPOSITORY_H

#include "domain/bookmarks/repository.h"

struct database;

/* The bookmarks in SQLite: implements domain/bookmarks/repository.h. The database is borrowed. */
struct repository *sqlite_repository_new(struct database *database);
void sqlite_repository_free(struct repository *repository);

#endif
