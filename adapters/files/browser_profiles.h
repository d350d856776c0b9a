#ifndef ADAPTERS_FILES_BROWSER_PROFILES_H
#define ADAPTERS_FILES_BROWSER_PROFILES_H

#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * The bookmarks that programs of this user keep: Firefox and Chrome, their kin, and buku, each in
 * the places where the program, its snap and its flatpak put them. Nothing is changed, and a
 * profile without bookmarks of its own is none.
 */
struct browser_profile {
	const char *program; /* "Firefox" */
	const char *path;    /* of the file to import */
};

typedef void (*browser_profile_fn)(void *self, const struct browser_profile *profile);

/* home is the user's folder. */
void browser_profiles_each(const char *home, browser_profile_fn visit, void *self);

/* How many bookmarks a file holds that can be used, and in which format; read, not taken in. */
enum status bookmark_file_count(
	const char *path, const char **format, size_t *count, struct error *error);

#endif
