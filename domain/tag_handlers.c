#include "domain/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "domain/memory.h"

/* Takes one tag off a bookmark and, if there is a new one, puts that in its place. */
static enum status replace(struct handling *handling, int64_t id, const char *from, const char *to)
{
	struct bookmark before, after;
	enum status status;

	bookmark_init(&before);
	bookmark_init(&after);
	status = handling->bookmarks->get(handling->bookmarks, id, &before);
	if (status == STATUS_OK) {
		bookmark_copy(&after, &before);
		tag_set_remove(&after.tags, from);
		if (to)
			tag_set_add(&after.tags, to);
		if (tag_set_equal(&before.tags, &after.tags)) {
			handling->outcome->unchanged++;
		} else {
			status = change_edit(handling, &before, &after);
			handling->outcome->updated += status == STATUS_OK;
		}
	}
	bookmark_finish(&after);
	bookmark_finish(&before);
	return status;
}

static enum status replace_everywhere(struct handling *handling, const char *from, const char *to)
{
	int64_t *ids = NULL;
	size_t count = 0;
	enum status status = handling->bookmarks->with_tag(handling->bookmarks, from, &ids, &count);

	if (status == STATUS_OK && count == 0) {
		reason_say(&handling->outcome->reason, "no tag %s", from);
		status = STATUS_NOT_FOUND;
	}
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = replace(handling, ids[i], from, to);
	free(ids);
	return status;
}

static char *list_of(const char *const *tags, size_t count, const char *end)
{
	char *list = memory_copy_string("");

	for (size_t i = 0; i < count; i++) {
		char *longer = memory_print("%s%s%s", list, i ? ", " : "", tags[i]);

		free(list);
		list = longer;
	}
	if (end) {
		char *longer = memory_print("%s → %s", list, end);

		free(list);
		list = longer;
	}
	return list;
}

static enum status replace_all(struct handling *handling, const char *const *tags, size_t count,
	const char *to, enum event_type happened)
{
	char *subject = list_of(tags, count, to);
	enum status status = STATUS_OK;

	handling->subject = subject;
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = replace_everywhere(handling, tags[i], to);
	if (status == STATUS_OK && handling->outcome->change)
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
	if (!usable) {
		reason_say(&handling->outcome->reason,
			"not a tag: \"%s\": no commas, no control characters, not empty",
			rename->to);
		return STATUS_INVALID;
	}
	return replace_all(handling, rename->from, rename->count, rename->to, TAGS_RENAMED);
}

enum status handle_delete_tags(struct handling *handling, const struct command *command)
{
	const struct delete_tags *delete = &command->as.delete_tags;

	return replace_all(handling, delete->tags, delete->count, NULL, TAGS_DELETED);
}
