#ifndef TESTS_FAKE_LIBRARY_H
#define TESTS_FAKE_LIBRARY_H

#include "domain/bookmarks/journal.h"

/*
 * A library in memory, which the fakes of the ports share. Tests may look at all of it. It
 * copies as a whole, which is how a rollback works here.
 */
struct fake_image {
	int64_t bookmark;
	bool has_before;
	bool has_after;
	struct bookmark before;
	struct bookmark after;
};

struct fake_change {
	struct change change;
	struct fake_image *images; /* in the order in which they were recorded */
	size_t count;
	size_t capacity;
};

struct fake_library {
	struct bookmark *bookmarks; /* by rising id */
	size_t bookmark_count;
	size_t bookmark_capacity;
	struct fake_change *changes; /* by rising id */
	size_t change_count;
	size_t change_capacity;
	struct event *events; /* by rising id; they own their arrays and subjects here */
	size_t event_count;
	size_t event_capacity;
	int64_t last_bookmark; /* ids given so far, also of what is gone */
	int64_t last_change;
	int64_t last_event;
	enum status failure; /* unless it is OK, every call on the library returns this */
};

void fake_library_finish(struct fake_library *library);
void fake_library_copy(struct fake_library *to, const struct fake_library *from); /* to was {0} */

struct bookmark *fake_library_bookmark(const struct fake_library *library, int64_t id);
struct fake_change *fake_library_change(const struct fake_library *library, int64_t id);

/* The one in use with this normal form, or NULL. */
struct bookmark *fake_library_in_use(const struct fake_library *library, const char *normal_form);

/* Puts a copy in its place by id, giving one if it has none; gives the place back. */
struct bookmark *fake_library_put(struct fake_library *library, const struct bookmark *bookmark);
void fake_library_take_out(struct fake_library *library, int64_t id);

void fake_change_finish(struct fake_change *change);
void fake_library_drop_change(struct fake_library *library, int64_t id);

#endif
