#ifndef DOMAIN_BOOKMARKS_REPOSITORY_H
#define DOMAIN_BOOKMARKS_REPOSITORY_H

#include "domain/bookmarks/bookmark.h"

/*
 * Port: the bookmarks, as handlers read and write them inside a unit of work. Among those that
 * are not in the trash no two have the same address (url_normal_form). Every function may return
 * one of the library's own failures (BUSY to IO); the unit of work is then rolled back.
 */
struct repository {
	/* NOT_FOUND if there is none, in the trash or out of it. bookmark was initialised. */
	enum status (*get)(struct repository *repository, int64_t id, struct bookmark *bookmark);

	/* The id of the one with this normal form that is not in the trash; NOT_FOUND. */
	enum status (*find)(struct repository *repository, const char *normal_form, int64_t *id);

	/* Gives bookmark->id if it is 0, else uses it (a redo). DUPLICATE if the address is in use.
	 */
	enum status (*add)(struct repository *repository, struct bookmark *bookmark);

	/* Replaces the row of bookmark->id. DUPLICATE as above (a restore, a changed address). */
	enum status (*update)(struct repository *repository, const struct bookmark *bookmark);

	/* Removes the row; its id is not used again. */
	enum status (*remove)(struct repository *repository, int64_t id);

	/* Ids, in and out of the trash, of those that have a tag (tags compared without case). */
	enum status (*with_tag)(
		struct repository *repository, const char *tag, int64_t **ids, size_t *count);

	/* Ids of those deleted at or before a time. Both arrays are the caller's to free. */
	enum status (*trashed_until)(
		struct repository *repository, int64_t deleted_until, int64_t **ids, size_t *count);
};

#endif
