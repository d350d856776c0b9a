#ifndef ADAPTERS_FILES_BROWSER_PROFILES_H
#define ADAPTERS_FILES_BROWSER_PROFILES_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * The bookmarks that programs of this user keep: Firefox and Chrome, their kin, Safari, and buku,
 * each in the places where the program, its snap and its flatpak put them, on Linux and macOS.
 * Nothing is changed, and a profile without bookmarks of its own is none.
 */
struct browser_profile {
	const char *browser; /* "firefox", as people name it to a command */
	const char *program; /* "Firefox (snap)" */
	const char *path;    /* of the file to import */
};

typedef void (*browser_profile_fn)(void *self, const struct browser_profile *profile);

/*
 * Visits the profiles of one browser, or of all where it is NULL. home is the user's folder;
 * config is where programs keep theirs besides .config there ($XDG_CONFIG_HOME), NULL for nowhere.
 */
void browser_profiles_each(const char *home, const char *config, const char *browser,
	browser_profile_fn visit, void *self);

/* Whether there is a browser of this name: "firefox". */
bool browser_is_known(const char *browser);

/* How many bookmarks a file holds that can be used, and in which format; read, not taken in. */
enum status bookmark_file_count(
	const char *path, const char **format, size_t *count, struct error *error);

/* What a first start offers: each profile that holds bookmarks which can be read, and how many. */
struct browser_found {
	const char *browser; /* "firefox" */
	const char *program; /* "Firefox (snap)" */
	char *path;
	const char *format;
	size_t bookmarks;
};

struct browser_list {
	struct browser_found *found;
	size_t count;
	size_t capacity;
};

/* Reads every profile, which may take a while: nothing for a thread that draws. list is { 0 }. */
void browser_list_fill(struct browser_list *list, const char *home, const char *config);
void browser_list_finish(struct browser_list *list);

#endif
