#ifndef ADAPTERS_FORMATS_DATABASES_H
#define ADAPTERS_FORMATS_DATABASES_H

#include "adapters/formats/reader.h"

/*
 * SQLite databases of others: Firefox's places.sqlite, buku's and bark's bookmarks.db, and a
 * barky library that is not the one in use. Only what is bookmarks is read; what is in the trash
 * of another library stays there.
 */
extern const struct format_reader firefox_reader;
extern const struct format_reader buku_reader;
extern const struct format_reader bark_reader;
extern const struct format_reader barky_reader;

#endif
