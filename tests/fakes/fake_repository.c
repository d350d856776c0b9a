#include "tests/fakes/fake_repository.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"

static struct fake_library *library_of(struct repository *repository)
{
	return ((struct fake_repository *)repository)->library;
}

static enum status get(struct repository *repository, int64_t id, struct bookmark *bookmark)
{
	struct fake_library *library = library_of(repository);
	const struct bookmark *found = fake_library_bookmark(library, id);

	if (library->failure)
		return library->failure;
	if (!found)
		return STATUS_NOT_FOUND;
	bookmark_copy(bookmark, found);
	return STATUS_OK;
}

static enum status find(struct repository *repository, const char *normal_form, int64_t *id)
{
	struct fake_library *library = library_of(repository);
	const struct bookmark *found = fake_library_in_use(library, normal_form);

	if (library->failure)
		return library->failure;
	if (!found)
		return STATUS_NOT_FOUND;
	*id = found->id;
	return STATUS_OK;
}

/* Whether the address is free for this bookmark, which may hold it already. */
static enum status claim_address(struct fake_library *library, const struct bookmark *bookmark)
{
	const struct bookmark *holder;
	char *normal = NULL;
	enum status status;

	if (library->failure)
		return library->failure;
	if (bookmark->deleted)
		return STATUS_OK;
	status = url_normal_form(bookmark->url, &normal, NULL);
	if (status == STATUS_OK) {
		holder = fake_library_in_use(library, normal);
		if (holder && holder->id != bookmark->id)
			status = STATUS_DUPLICATE;
	}
	free(normal);
	return status;
}

static enum status add(struct repository *repository, struct bookmark *bookmark)
{
	struct fake_library *library = library_of(repository);
	enum status status = claim_address(library, bookmark);

	if (status != STATUS_OK)
		return status;
	if (bookmark->id && fake_library_bookmark(library, bookmark->id))
		return STATUS_DUPLICATE;
	bookmark->id = fake_library_put(library, bookmark)->id;
	return STATUS_OK;
}

static enum status update(struct repository *repository, const struct bookmark *bookmark)
{
	struct fake_library *library = library_of(repository);
	struct bookmark *row = fake_library_bookmark(library, bookmark->id);
	enum status status = claim_address(library, bookmark);

	if (status != STATUS_OK)
		return status;
	if (!row)
		return STATUS_NOT_FOUND;
	bookmark_copy(row, bookmark);
	return STATUS_OK;
}

static enum status remove_row(struct repository *repository, int64_t id)
{
	struct fake_library *library = library_of(repository);

	if (library->failure)
		return library->failure;
	if (!fake_library_bookmark(library, id))
		return STATUS_NOT_FOUND;
	fake_library_take_out(library, id);
	return STATUS_OK;
}

static enum status with_tag(
	struct repository *repository, const char *tag, int64_t **ids, size_t *count)
{
	struct fake_library *library = library_of(repository);

	*count = 0;
	*ids = memory_array(library->bookmark_count, sizeof(**ids));
	for (size_t i = 0; i < library->bookmark_count; i++)
		if (tag_set_has(&library->bookmarks[i].tags, tag))
			(*ids)[(*count)++] = library->bookmarks[i].id;
	return library->failure;
}

static enum status trashed_until(
	struct repository *repository, int64_t deleted_until, int64_t **ids, size_t *count)
{
	struct fake_library *library = library_of(repository);

	*count = 0;
	*ids = memory_array(library->bookmark_count, sizeof(**ids));
	for (size_t i = 0; i < library->bookmark_count; i++)
		if (library->bookmarks[i].deleted && library->bookmarks[i].deleted <= deleted_until)
			(*ids)[(*count)++] = library->bookmarks[i].id;
	return library->failure;
}

void fake_repository_init(struct fake_repository *repository, struct fake_library *library)
{
	*repository = (struct fake_repository){
		.port = {get, find, add, update, remove_row, with_tag, trashed_until},
		.library = library,
	};
}
