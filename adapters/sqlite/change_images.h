#ifndef ADAPTERS_SQLITE_CHANGE_IMAGES_H
#define ADAPTERS_SQLITE_CHANGE_IMAGES_H

#include <stdint.h>

#include "domain/bookmarks/bookmark_history.h"
#include "domain/bookmarks/journal.h"

struct database;

/* One image as it is stored: texts of its fields, or NULL. It owns them. */
struct stored_image {
	int64_t number; /* its place in the change */
	int64_t bookmark;
	char *before;
	char *after;
};

/* Puts the fields of an image's side into a bookmark; what cannot be read is passed over. */
void change_image_read(const char *text, struct bookmark *bookmark);

void stored_image_finish(struct stored_image *image);

/* The texts of what a handler recorded: of two sides only what differs. */
void stored_image_init(
	struct stored_image *image, int64_t number, const struct change_image *recorded);

/* Takes a later image of the same bookmark in: the first before stays, after is the new one. */
void stored_image_merge(struct stored_image *image, const struct change_image *later);

enum status change_images_insert(
	struct database *database, int64_t change, const struct stored_image *image);
enum status change_images_update(
	struct database *database, int64_t change, const struct stored_image *image);

/* STATUS_NOT_FOUND leaves *image empty. */
enum status change_images_find(
	struct database *database, int64_t change, int64_t bookmark, struct stored_image *image);
enum status change_images_at(
	struct database *database, int64_t change, int64_t number, struct stored_image *image);

enum status change_images_forget(struct database *database, int64_t bookmark);

/*
 * The changes of one bookmark that stand (none that was undone), the latest first, at most so many.
 * now is the bookmark as it is; what it was is filled in from the journal, from there backwards.
 */
enum status change_history_read(struct database *database, const struct bookmark *now, size_t most,
	struct bookmark_history *history, struct error *error);

#endif
