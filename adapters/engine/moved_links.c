#include "adapters/engine/moved_links.h"

#include "adapters/links/link_follow.h"

struct following {
	struct link_follow follow;
	struct result left; /* an item for each */
};

static void note_left(void *self, const struct bookmark *bookmark, int64_t holder)
{
	struct following *following = self;

	(void)holder;
	result_add_item(&following->left, STATUS_DUPLICATE, bookmark->id);
}

static bool follow_one(void *self, const struct bookmark *bookmark)
{
	struct following *following = self;

	link_follow_add(&following->follow, bookmark);
	return true;
}

static enum status hand_in(
	struct library *library, const struct link_follow *follow, struct result *result)
{
	const struct command command = {
		.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {follow->edits, follow->count}};

	return follow->count ? bus_handle(library->bus, &command, result) : STATUS_OK;
}

enum status moved_links_follow(
	struct library *library, const int64_t *ids, size_t count, struct result *result)
{
	struct catalogue *catalogue = library->catalogue;
	struct following following = {
		.follow = {.catalogue = catalogue, .left = note_left, .self = &following}};
	enum status status =
		catalogue->each_of(catalogue, ids, count, follow_one, &following, &result->error);

	if (status == STATUS_OK)
		status = hand_in(library, &following.follow, result);
	for (size_t i = 0; i < following.left.item_count; i++)
		result_add_item(result, STATUS_DUPLICATE, following.left.items[i].id);
	result_finish(&following.left);
	link_follow_finish(&following.follow);
	return status;
}
