#include "tests/fakes/fake_journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

static struct fake_library *library_of(struct journal *journal)
{
	return ((struct fake_journal *)journal)->library;
}

static enum status drop_taken_back(struct journal *journal)
{
	struct fake_library *library = library_of(journal);

	for (size_t i = library->change_count; i-- > 0;)
		if (library->changes[i].change.state == CHANGE_TAKEN_BACK)
			fake_library_drop_change(library, library->changes[i].change.id);
	return library->failure;
}

static enum status open_change(struct journal *journal, enum command_type command,
	const char *subject, int64_t at, int64_t *change)
{
	struct fake_library *library = library_of(journal);
	struct fake_change *opened;

	if (drop_taken_back(journal) != STATUS_OK)
		return library->failure;
	library->changes = memory_grow(library->changes, library->change_count,
		&library->change_capacity, sizeof(*library->changes));
	opened = &library->changes[library->change_count++];
	*opened = (struct fake_change){
		.change = {.id = ++library->last_change, .at = at, .command = command},
	};
	snprintf(opened->change.subject, sizeof(opened->change.subject), "%s", subject);
	*change = opened->change.id;
	return STATUS_OK;
}

static enum status join_change(struct journal *journal, int64_t id)
{
	struct fake_library *library = library_of(journal);
	const struct fake_change *change = fake_library_change(library, id);

	if (library->failure)
		return library->failure;
	return change && change->change.state == CHANGE_DONE ? STATUS_OK : STATUS_NOT_FOUND;
}

static struct fake_image *find_image(struct fake_change *change, int64_t bookmark)
{
	for (size_t i = 0; i < change->count; i++)
		if (change->images[i].bookmark == bookmark)
			return &change->images[i];
	return NULL;
}

static struct fake_image *append_image(struct fake_change *change, const struct change_image *given)
{
	struct fake_image *image;

	change->images = memory_grow(
		change->images, change->count, &change->capacity, sizeof(*change->images));
	image = &change->images[change->count++];
	*image = (struct fake_image){.bookmark = given->bookmark, .has_before = given->before};
	bookmark_init(&image->before);
	bookmark_init(&image->after);
	if (given->before)
		bookmark_copy(&image->before, given->before);
	return image;
}

static enum status record(struct journal *journal, int64_t id, const struct change_image *given)
{
	struct fake_library *library = library_of(journal);
	struct fake_change *change = fake_library_change(library, id);
	struct fake_image *image;

	if (library->failure)
		return library->failure;
	if (!change)
		return STATUS_NOT_FOUND;
	image = find_image(change, given->bookmark);
	if (!image)
		image = append_image(change, given);
	image->has_after = given->after;
	if (given->after)
		bookmark_copy(&image->after, given->after);
	return STATUS_OK;
}

static void describe(const struct fake_change *from, struct change *to)
{
	*to = from->change;
	to->bookmarks = from->count;
}

static enum status last_done(struct journal *journal, struct change *change)
{
	struct fake_library *library = library_of(journal);

	if (library->failure)
		return library->failure;
	for (size_t i = library->change_count; i-- > 0;) {
		if (library->changes[i].change.state == CHANGE_DONE && library->changes[i].count) {
			describe(&library->changes[i], change);
			return STATUS_OK;
		}
	}
	return STATUS_NOT_FOUND;
}

static enum status first_taken_back(struct journal *journal, struct change *change)
{
	struct fake_library *library = library_of(journal);

	if (library->failure)
		return library->failure;
	for (size_t i = 0; i < library->change_count; i++) {
		if (library->changes[i].change.state == CHANGE_TAKEN_BACK) {
			describe(&library->changes[i], change);
			return STATUS_OK;
		}
	}
	return STATUS_NOT_FOUND;
}

static enum status set_state(struct journal *journal, int64_t id, enum change_state state)
{
	struct fake_library *library = library_of(journal);
	struct fake_change *change = fake_library_change(library, id);

	if (library->failure)
		return library->failure;
	if (!change)
		return STATUS_NOT_FOUND;
	change->change.state = state;
	return STATUS_OK;
}

/* Walks over a copy, as the function may record. */
static enum status each_image(
	struct journal *journal, int64_t id, bool latest_first, change_image_fn visit, void *self)
{
	struct fake_library *library = library_of(journal);
	struct fake_library copy;
	const struct fake_change *change;
	enum status status = library->failure;

	fake_library_copy(&copy, library);
	change = fake_library_change(&copy, id);
	for (size_t i = 0; change && i < change->count && status == STATUS_OK; i++) {
		size_t place = latest_first ? change->count - 1 - i : i;
		const struct fake_image *image = &change->images[place];
		struct change_image shown = {
			.bookmark = image->bookmark,
			.before = image->has_before ? &image->before : NULL,
			.after = image->has_after ? &image->after : NULL,
		};

		status = visit(self, &shown);
	}
	fake_library_finish(&copy);
	return status;
}

static void drop_image(struct fake_change *change, struct fake_image *image)
{
	size_t place = (size_t)(image - change->images);

	bookmark_finish(&image->before);
	bookmark_finish(&image->after);
	change->count--;
	memmove(image, image + 1, (change->count - place) * sizeof(*image));
}

static enum status forget(struct journal *journal, int64_t bookmark)
{
	struct fake_library *library = library_of(journal);

	for (size_t i = library->change_count; i-- > 0;) {
		struct fake_change *change = &library->changes[i];
		struct fake_image *image = find_image(change, bookmark);

		if (!image)
			continue;
		drop_image(change, image);
		if (change->count == 0)
			fake_library_drop_change(library, change->change.id);
	}
	return library->failure;
}

static enum status append(struct journal *journal, struct event *event)
{
	struct fake_library *library = library_of(journal);
	struct event *kept;
	int64_t *ids;

	if (library->failure)
		return library->failure;
	library->events = memory_grow(library->events, library->event_count,
		&library->event_capacity, sizeof(*library->events));
	kept = &library->events[library->event_count++];
	event->id = ++library->last_event;
	*kept = *event;
	ids = memory_array(event->count, sizeof(*ids));
	for (size_t i = 0; i < event->count; i++)
		ids[i] = event->bookmarks[i];
	kept->bookmarks = ids;
	kept->subject = memory_copy_string(event->subject ? event->subject : "");
	kept->origin = memory_copy_string(event->origin ? event->origin : "");
	kept->fields = memory_copy_string(event->fields ? event->fields : "");
	kept->detail = memory_copy_string(event->detail ? event->detail : "");
	return STATUS_OK;
}

void fake_journal_init(struct fake_journal *journal, struct fake_library *library)
{
	*journal = (struct fake_journal){
		.port = {open_change, join_change, record, last_done, first_taken_back, set_state,
			each_image, forget, drop_taken_back, append},
		.library = library,
	};
}
