#include "tests/fakes/fake_catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/tag_counts.h"
#include "domain/base/text.h"

/* A row with what it is ordered by. */
struct place {
	const struct bookmark *bookmark;
	int64_t date;
	char *text; /* NULL where a date orders */
};

static struct fake_library *library_of(struct catalogue *catalogue)
{
	return ((struct fake_catalogue *)catalogue)->library;
}

static char *fold(const char *text)
{
	size_t length;

	return text_fold(text, strlen(text), &length);
}

static struct place place_of(const struct bookmark *bookmark, const struct listing *listing)
{
	struct place place = {.bookmark = bookmark};

	if (listing->trashed)
		place.date = bookmark->deleted;
	else if (listing->order == BY_TITLE)
		place.text = fold(bookmark_label(bookmark));
	else if (listing->order == BY_URL)
		place.text = fold(bookmark->url);
	else if (listing->order != BY_ID)
		place.date = listing->order == BY_ADDED ? bookmark->added : bookmark->modified;
	return place;
}

static int compare(const void *a, const void *b)
{
	const struct place *left = a, *right = b;
	int order = 0;

	if (left->text)
		order = strcmp(left->text, right->text);
	else if (left->date != right->date)
		order = left->date > right->date ? -1 : 1;
	if (order == 0)
		order = left->bookmark->id > right->bookmark->id ? -1 : 1;
	return order;
}

static void show(const struct place *places, size_t count, const struct listing *listing,
	bookmark_visit_fn visit, void *self)
{
	size_t end = count;

	if (listing->limit && listing->offset < count && listing->limit < count - listing->offset)
		end = listing->offset + listing->limit;
	for (size_t i = listing->offset; i < end; i++) {
		size_t at = listing->reverse && !listing->trashed ? count - 1 - i : i;

		if (!visit(self, places[at].bookmark))
			break;
	}
}

static enum status each(struct catalogue *catalogue, const struct listing *listing,
	bookmark_visit_fn visit, void *self, struct error *error)
{
	struct fake_library *library = library_of(catalogue);
	struct place *places = memory_array(library->bookmark_count, sizeof(*places));
	size_t count = 0;

	(void)error;
	for (size_t i = 0; i < library->bookmark_count; i++)
		if ((library->bookmarks[i].deleted != 0) == listing->trashed)
			places[count++] = place_of(&library->bookmarks[i], listing);
	qsort(places, count, sizeof(*places), compare);
	if (library->failure == STATUS_OK)
		show(places, count, listing, visit, self);
	for (size_t i = 0; i < count; i++)
		free(places[i].text);
	free(places);
	return library->failure;
}

static enum status each_of(struct catalogue *catalogue, const int64_t *ids, size_t count,
	bookmark_visit_fn visit, void *self, struct error *error)
{
	struct fake_library *library = library_of(catalogue);

	(void)error;
	for (size_t i = 0; i < count && library->failure == STATUS_OK; i++) {
		const struct bookmark *bookmark = fake_library_bookmark(library, ids[i]);

		if (bookmark && !visit(self, bookmark))
			break;
	}
	return library->failure;
}

static enum status find(
	struct catalogue *catalogue, const char *normal_form, int64_t *id, struct error *error)
{
	struct fake_library *library = library_of(catalogue);
	const struct bookmark *found = fake_library_in_use(library, normal_form);

	(void)error;
	*id = found ? found->id : 0;
	return library->failure;
}

static enum status each_tag(
	struct catalogue *catalogue, tag_visit_fn visit, void *self, struct error *error)
{
	struct fake_library *library = library_of(catalogue);
	struct tag_counts *counts;

	(void)error;
	if (library->failure)
		return library->failure;
	counts = tag_counts_new();
	for (size_t i = 0; i < library->bookmark_count; i++) {
		const struct bookmark *bookmark = &library->bookmarks[i];

		for (size_t j = 0; !bookmark->deleted && j < bookmark->tags.count; j++)
			tag_counts_add(
				counts, bookmark->tags.tags[j], strlen(bookmark->tags.tags[j]));
	}
	tag_counts_each(counts, visit, self);
	tag_counts_free(counts);
	return STATUS_OK;
}

static enum status each_event(struct catalogue *catalogue, int64_t after, event_visit_fn visit,
	void *self, struct error *error)
{
	struct fake_library *library = library_of(catalogue);

	(void)error;
	for (size_t i = 0; i < library->event_count && library->failure == STATUS_OK; i++)
		if (library->events[i].id > after && !visit(self, &library->events[i]))
			break;
	return library->failure;
}

static enum status last_event(struct catalogue *catalogue, int64_t *id, struct error *error)
{
	(void)error;
	*id = library_of(catalogue)->last_event;
	return library_of(catalogue)->failure;
}

static enum status count_rows(struct catalogue *catalogue, size_t *count, struct error *error)
{
	struct fake_library *library = library_of(catalogue);

	(void)error;
	*count = 0;
	for (size_t i = 0; i < library->bookmark_count; i++)
		*count += !library->bookmarks[i].deleted;
	return library->failure;
}

void fake_catalogue_init(struct fake_catalogue *catalogue, struct fake_library *library)
{
	*catalogue = (struct fake_catalogue){
		.port = {each, each_of, find, each_tag, each_event, last_event, count_rows},
		.library = library,
	};
}
