#include "tests/fakes/fake_library.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"

static void finish_image(struct fake_image *image)
{
	bookmark_finish(&image->before);
	bookmark_finish(&image->after);
}

void fake_change_finish(struct fake_change *change)
{
	for (size_t i = 0; i < change->count; i++)
		finish_image(&change->images[i]);
	free(change->images);
}

void fake_library_finish(struct fake_library *library)
{
	for (size_t i = 0; i < library->bookmark_count; i++)
		bookmark_finish(&library->bookmarks[i]);
	for (size_t i = 0; i < library->change_count; i++)
		fake_change_finish(&library->changes[i]);
	for (size_t i = 0; i < library->event_count; i++) {
		free((void *)library->events[i].bookmarks);
		free((void *)library->events[i].subject);
		free((void *)library->events[i].origin);
		free((void *)library->events[i].fields);
		free((void *)library->events[i].detail);
	}
	free(library->bookmarks);
	free(library->changes);
	free(library->events);
	*library = (struct fake_library){0};
}

static struct bookmark *copy_bookmarks(const struct fake_library *from)
{
	struct bookmark *copies = memory_array(from->bookmark_count, sizeof(*copies));

	for (size_t i = 0; i < from->bookmark_count; i++) {
		bookmark_init(&copies[i]);
		bookmark_copy(&copies[i], &from->bookmarks[i]);
	}
	return copies;
}

static struct fake_image *copy_images(const struct fake_change *from)
{
	struct fake_image *copies = memory_array(from->count, sizeof(*copies));

	for (size_t i = 0; i < from->count; i++) {
		copies[i] = from->images[i];
		bookmark_init(&copies[i].before);
		bookmark_init(&copies[i].after);
		bookmark_copy(&copies[i].before, &from->images[i].before);
		bookmark_copy(&copies[i].after, &from->images[i].after);
	}
	return copies;
}

static struct fake_change *copy_changes(const struct fake_library *from)
{
	struct fake_change *copies = memory_array(from->change_count, sizeof(*copies));

	for (size_t i = 0; i < from->change_count; i++) {
		copies[i] = from->changes[i];
		copies[i].images = copy_images(&from->changes[i]);
		copies[i].capacity = from->changes[i].count;
	}
	return copies;
}

static struct event *copy_events(const struct fake_library *from)
{
	struct event *copies = memory_array(from->event_count, sizeof(*copies));

	for (size_t i = 0; i < from->event_count; i++) {
		int64_t *ids = memory_array(from->events[i].count, sizeof(*ids));

		copies[i] = from->events[i];
		for (size_t j = 0; j < copies[i].count; j++)
			ids[j] = from->events[i].bookmarks[j];
		copies[i].bookmarks = ids;
		copies[i].subject = memory_copy_string(from->events[i].subject);
		copies[i].origin = memory_copy_string(from->events[i].origin);
		copies[i].fields = memory_copy_string(from->events[i].fields);
		copies[i].detail = memory_copy_string(from->events[i].detail);
	}
	return copies;
}

void fake_library_copy(struct fake_library *to, const struct fake_library *from)
{
	*to = *from;
	to->bookmarks = copy_bookmarks(from);
	to->bookmark_capacity = from->bookmark_count;
	to->changes = copy_changes(from);
	to->change_capacity = from->change_count;
	to->events = copy_events(from);
	to->event_capacity = from->event_count;
}

struct bookmark *fake_library_bookmark(const struct fake_library *library, int64_t id)
{
	for (size_t i = 0; i < library->bookmark_count; i++)
		if (library->bookmarks[i].id == id)
			return &library->bookmarks[i];
	return NULL;
}

struct fake_change *fake_library_change(const struct fake_library *library, int64_t id)
{
	for (size_t i = 0; i < library->change_count; i++)
		if (library->changes[i].change.id == id)
			return &library->changes[i];
	return NULL;
}

static bool has_address(const struct bookmark *bookmark, const char *normal_form)
{
	char *normal = NULL;
	bool same = url_normal_form(bookmark->url, &normal, NULL) == STATUS_OK &&
		    strcmp(normal, normal_form) == 0;

	free(normal);
	return same;
}

struct bookmark *fake_library_in_use(const struct fake_library *library, const char *normal_form)
{
	for (size_t i = 0; i < library->bookmark_count; i++)
		if (!library->bookmarks[i].deleted &&
			has_address(&library->bookmarks[i], normal_form))
			return &library->bookmarks[i];
	return NULL;
}

struct bookmark *fake_library_put(struct fake_library *library, const struct bookmark *bookmark)
{
	int64_t id = bookmark->id ? bookmark->id : library->last_bookmark + 1;
	size_t place = library->bookmark_count;
	struct bookmark *slot;

	library->bookmarks = memory_grow(library->bookmarks, library->bookmark_count,
		&library->bookmark_capacity, sizeof(*library->bookmarks));
	while (place > 0 && library->bookmarks[place - 1].id > id)
		place--;
	slot = &library->bookmarks[place];
	memmove(slot + 1, slot, (library->bookmark_count - place) * sizeof(*slot));
	library->bookmark_count++;
	bookmark_init(slot);
	bookmark_copy(slot, bookmark);
	slot->id = id;
	if (id > library->last_bookmark)
		library->last_bookmark = id;
	return slot;
}

void fake_library_take_out(struct fake_library *library, int64_t id)
{
	struct bookmark *slot = fake_library_bookmark(library, id);
	size_t place = (size_t)(slot - library->bookmarks);

	bookmark_finish(slot);
	library->bookmark_count--;
	memmove(slot, slot + 1, (library->bookmark_count - place) * sizeof(*slot));
}

void fake_library_drop_change(struct fake_library *library, int64_t id)
{
	struct fake_change *slot = fake_library_change(library, id);
	size_t place = (size_t)(slot - library->changes);

	fake_change_finish(slot);
	library->change_count--;
	memmove(slot, slot + 1, (library->change_count - place) * sizeof(*slot));
}
