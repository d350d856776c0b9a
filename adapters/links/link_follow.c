#include "adapters/links/link_follow.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"

/* The bookmark that has an address, or gets it by an edit before; 0 if none. */
static enum status link_find_holder(
	const struct link_follow *follow, const char *normal, int64_t *id)
{
	struct catalogue *catalogue = follow->catalogue;

	for (size_t i = 0; i < follow->count; i++) {
		if (strcmp(follow->normals[i], normal) == 0) {
			*id = follow->edits[i].id;
			return STATUS_OK;
		}
	}
	return catalogue->find(catalogue, normal, id, NULL);
}

/* Takes the normal form. */
static void add_edit(struct link_follow *follow, const struct bookmark *bookmark, char *take_normal)
{
	follow->edits = memory_grow(
		follow->edits, follow->count, &follow->capacity, sizeof(*follow->edits));
	follow->normals = memory_grow(
		follow->normals, follow->count, &follow->normal_capacity, sizeof(*follow->normals));
	follow->edits[follow->count] = (struct bookmark_edit){
		.id = bookmark->id, .patch.url = memory_copy_string(bookmark->link.url)};
	follow->normals[follow->count++] = take_normal;
}

void link_follow_add(struct link_follow *follow, const struct bookmark *bookmark)
{
	const char *url = bookmark->link.url;
	char *normal = NULL;
	int64_t holder = 0;

	if (bookmark->deleted || bookmark->link.state != LINK_MOVED || !url ||
		url_normal_form(url, &normal, NULL) != STATUS_OK)
		return;
	if (link_find_holder(follow, normal, &holder) == STATUS_OK &&
		(!holder || holder == bookmark->id)) {
		add_edit(follow, bookmark, normal);
		return;
	}
	if (follow->left)
		follow->left(follow->self, bookmark, holder);
	free(normal);
}

void link_follow_finish(struct link_follow *follow)
{
	for (size_t i = 0; i < follow->count; i++) {
		free((char *)follow->edits[i].patch.url);
		free(follow->normals[i]);
	}
	free(follow->edits);
	free(follow->normals);
	*follow = (struct link_follow){0};
}

struct following {
	struct link_follow follow;
	struct result left; /* an item for each */
};

static void following_note_left(void *self, const struct bookmark *bookmark, int64_t holder)
{
	struct following *following = self;

	(void)holder;
	result_add_item(&following->left, STATUS_DUPLICATE, bookmark->id);
}

static bool following_add(void *self, const struct bookmark *bookmark)
{
	struct following *following = self;

	link_follow_add(&following->follow, bookmark);
	return true;
}

static enum status following_hand_in(
	struct library *library, const struct link_follow *follow, struct result *result)
{
	const struct command command = {
		.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {follow->edits, follow->count}};

	return follow->count ? bus_handle(library->bus, &command, result) : STATUS_OK;
}

enum status link_follow_all(
	struct library *library, const int64_t *ids, size_t count, struct result *result)
{
	struct catalogue *catalogue = library->catalogue;
	struct following following = {
		.follow = {
			.catalogue = catalogue, .left = following_note_left, .self = &following}};
	enum status status = catalogue->each_of(
		catalogue, ids, count, following_add, &following, &result->error);

	if (status == STATUS_OK)
		status = following_hand_in(library, &following.follow, result);
	for (size_t i = 0; i < following.left.item_count; i++)
		result_add_item(result, STATUS_DUPLICATE, following.left.items[i].id);
	result_finish(&following.left);
	link_follow_finish(&following.follow);
	return status;
}
