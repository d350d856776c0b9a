#ifndef ADAPTERS_STARS_STAR_BATCH_H
#define ADAPTERS_STARS_STAR_BATCH_H

#include "adapters/stars/forge.h"
#include "domain/base/error.h"
#include "domain/stars/star.h"

/*
 * A page of stars, read from a forge's JSON: repositories as they are, or wrapped as
 * {"starred_at": …, "repo": {…}}, item by item, since proxies drop the media type. An item that
 * cannot be used (no name, no web address, a member of the wrong type) is passed over and named.
 *
 * A repository without a number is known by its name: a negative number made from it.
 */
struct star_batch {
	struct remote_star *stars; /* they own what they hold here */
	size_t count;
	size_t capacity;
	char **skipped; /* a line for each item that was passed over */
	size_t skipped_count;
	size_t skipped_capacity;
};

/*
 * {0} before; star_batch_finish() after, whatever came of it. REMOTE of what is not JSON of this
 * shape as a whole: then nothing of it is to be used. INVALID of what holds far more than a page:
 * it was not even read, and asking again would bring the same.
 */
enum status star_batch_read(struct star_batch *batch, const struct forge *forge, const char *json,
	size_t length, struct error *error);
void star_batch_finish(struct star_batch *batch);

/* A string member of a JSON object: the forge's "message", the owner's login. NULL; or yours. */
char *star_batch_member(const char *json, size_t length, const char *name);

#endif
