#include "adapters/cli/tag_edits.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

static bool is_signed(const char *entry)
{
	return *entry == '+' || *entry == '-';
}

static enum status take_entry(struct bookmark_patch *patch, const char *entry, struct error *error)
{
	struct tag_set *set = *entry == '-' ? &patch->without : &patch->tags;

	if (patch->tag_edit == TAGS_SET && is_signed(entry)) {
		error_set(error, "--tags: \"%s\" has a sign and others have none", entry);
		return STATUS_INVALID;
	}
	if (patch->tag_edit == TAGS_ADJUST && !is_signed(entry)) {
		error_set(error, "--tags: \"%s\" has no sign and others have one", entry);
		return STATUS_INVALID;
	}
	if (tag_set_add(patch->tag_edit == TAGS_SET ? &patch->tags : set,
		    entry + (patch->tag_edit == TAGS_ADJUST)))
		return STATUS_OK;
	error_set(error, "--tags: \"%s\" is no tag", entry);
	return STATUS_INVALID;
}

enum status tag_edits_read(struct bookmark_patch *patch, const char *list, struct error *error)
{
	char *copy = memory_copy_string(list);
	char *rest = copy;
	char *entry;
	enum status status = STATUS_OK;

	patch->tag_edit = TAGS_KEEP;
	while (!status && (entry = strsep(&rest, ","))) {
		entry = text_trim(entry);
		if (!*entry)
			continue;
		if (patch->tag_edit == TAGS_KEEP)
			patch->tag_edit = is_signed(entry) ? TAGS_ADJUST : TAGS_SET;
		status = take_entry(patch, entry, error);
	}
	if (patch->tag_edit == TAGS_KEEP)
		patch->tag_edit = TAGS_SET;
	free(copy);
	return status;
}

void tag_edits_finish(struct bookmark_patch *patch)
{
	tag_set_finish(&patch->tags);
	tag_set_finish(&patch->without);
}
