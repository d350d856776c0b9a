#ifndef DOMAIN_STARS_STAR_FOLLOW_H
#define DOMAIN_STARS_STAR_FOLLOW_H

#include "domain/stars/star_intake.h"

/*
 * Changes bookmark and the baseline as the forge says: a field that still equals the baseline
 * follows, another stays; of tags each is a field. Writes nothing. A new address that another
 * bookmark has is left, in the baseline too, for the day when it is free.
 */
enum status star_follow(const struct star_intake *intake, const struct found_star *found,
	struct bookmark *bookmark, struct star *star);

/* Nothing is new since the last time. */
bool star_baseline_equal(
	const struct star_intake *intake, const struct found_star *found, const struct star *star);

bool star_has_date(const struct star_intake *intake, const struct found_star *found);
void star_keep_earliest(const struct star_intake *intake, const struct found_star *found,
	struct bookmark *bookmark);

/* The bookmark in use that has an address, by its normal form; NOT_FOUND. */
enum status star_find_address(const struct star_intake *intake, const char *url, int64_t *id);

#endif
