#include "domain/bus/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/change.h"

/* The tags to take off, and what is put in their place; NULL is nothing. */
struct replacement {
	const char *const *from;
	size_t count;
	const char *to;
};

static void tags_replace(const void *self, struct bookmark *bookmark)
{
	const struct replacement *replacement = self;

	for (size_t i = 0; i < replacement->count; i++)
		tag_set_remove(&bookmark->tags, replacement->from[i]);
	if (replacement->to)
		tag_set_add(&bookmark->tags, replacement->to);
}

/* Ids of bookmarks, with repetitions while they are gathered. */
struct ids {
	int64_t *ids;
	size_t count;
};

static enum status tags_gather(struct handling *handling, const char *tag, struct ids *all)
{
	int64_t *ids = NULL;
	size_t count = 0;
	enum status status = handling->bookmarks->with_tag(handling->bookmarks, tag, &ids, &count);

	if (status == STATUS_OK && count == 0)
		status = error_fail(STATUS_NOT_FOUND, &handling->result->error, "no tag %s", tag);
	if (status == STATUS_OK) {
		all->ids = memory_resize(all->ids, all->count + count, sizeof(*ids));
		memcpy(all->ids + all->count, ids, count * sizeof(*ids));
		all->count += count;
	}
	free(ids);
	return status;
}

static int compare_ids(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

static enum status replace_everywhere(
	struct handling *handling, const struct replacement *replacement)
{
	struct ids all = {0};
	enum status status = STATUS_OK;

	for (size_t i = 0; i < replacement->count && status == STATUS_OK; i++)
		status = tags_gather(handling, replacement->from[i], &all);
	if (all.count)
		qsort(all.ids, all.count, sizeof(*all.ids), compare_ids);
	for (size_t i = 0; i < all.count && status == STATUS_OK; i++)
		if (i == 0 || all.ids[i] != all.ids[i - 1])
			status = change_edit_by(handling, all.ids[i], tags_replace, replacement);
	free(all.ids);
	return status;
}

static char *list_of(const char *const *tags, size_t count, const char *end)
{
	struct buffer list = {0};

	for (size_t i = 0; i < count; i++)
		buffer_print(&list, "%s%s", i ? ", " : "", tags[i]);
	if (end)
		buffer_print(&list, " → %s", end);
	return buffer_take(&list);
}

static enum status replace_all(
	struct handling *handling, const struct replacement *replacement, enum event_type happened)
{
	char *subject = list_of(replacement->from, replacement->count, replacement->to);
	enum status status;

	handling->subject = subject;
	status = replace_everywhere(handling, replacement);
	if (status == STATUS_OK && handling->result->change)
		event_queue_record(handling->events, happened, subject);
	handling->subject = NULL;
	free(subject);
	return status;
}

enum status handle_rename_tags(struct handling *handling, const struct command *command)
{
	const struct rename_tags *rename = &command->as.rename_tags;
	struct tag_set proof = {0};
	bool usable = tag_set_add(&proof, rename->to);

	tag_set_finish(&proof);
	if (!usable)
		return error_fail(STATUS_INVALID, &handling->result->error,
			"not a tag: \"%s\": no commas, no control characters, not empty",
			rename->to);
	return replace_all(handling, &(struct replacement){rename->from, rename->count, rename->to},
		TAGS_RENAMED);
}

enum status handle_delete_tags(struct handling *handling, const struct command *command)
{
	const struct delete_tags *delete = &command->as.delete_tags;

	return replace_all(
		handling, &(struct replacement){delete->tags, delete->count, NULL}, TAGS_DELETED);
}
