#ifndef DOMAIN_STARS_STAR_SHARING_H
#define DOMAIN_STARS_STAR_SHARING_H

#include "domain/stars/star_intake.h"

/*
 * Two repositories at one bookmark: one was renamed, and its old name given to another, which
 * turned up before the first did under its new name. Until then both are known by the bookmark,
 * which stays as it is; when the first has moved away with it, the other gets one of its own.
 */

/* OK if a repository other than this one has the bookmark; NOT_FOUND. */
enum status star_sharing_others(
	const struct star_intake *intake, int64_t repository, int64_t bookmark);

/* Makes bookmarks for those that shared before's address with this repository, which has moved. */
enum status star_sharing_part(
	const struct star_intake *intake, const struct bookmark *before, int64_t repository);

#endif
