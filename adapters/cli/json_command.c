#include "adapters/cli/json_command.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/cli/json_field.h"
#include "domain/base/memory.h"

typedef enum status (*read_fn)(struct json_command *read, json_t *object, struct error *error);

/* A kind of command that may be given: its keys, separated by blanks, and who reads them. */
struct reader {
	const char *keys;
	read_fn read;
};

static enum status read_id(json_t *value, const char *key, int64_t *id, struct error *error)
{
	if (!json_is_integer(value) || json_integer_value(value) < 1)
		return json_field_refuse(error, key, "the id of a bookmark");
	*id = json_integer_value(value);
	return STATUS_OK;
}

static enum status read_ids(
	struct json_command *read, json_t *object, struct some_bookmarks *some, struct error *error)
{
	json_t *array = json_object_get(object, "ids");
	enum status status = STATUS_OK;
	size_t count = json_array_size(array);

	if (!count)
		return json_field_refuse(error, "ids", "an array of ids, not empty");
	read->ids = memory_array(count, sizeof(*read->ids));
	for (size_t i = 0; i < count && !status; i++)
		status = read_id(json_array_get(array, i), "ids", &read->ids[i], error);
	*some = (struct some_bookmarks){.ids = read->ids, .count = count};
	return status;
}

static enum status read_words(struct json_command *read, json_t *object, const char *key,
	size_t *count, struct error *error)
{
	json_t *array = json_object_get(object, key);

	*count = json_array_size(array);
	if (!*count)
		return json_field_refuse(error, key, "an array of tags, not empty");
	read->words = memory_array(*count, sizeof(*read->words));
	for (size_t i = 0; i < *count; i++) {
		read->words[i] = json_string_value(json_array_get(array, i));
		if (!read->words[i])
			return json_field_refuse(error, key, "an array of tags, not empty");
	}
	return STATUS_OK;
}

static enum status read_draft(struct bookmark_draft *draft, json_t *object, struct error *error)
{
	enum status status;

	if (!json_is_object(object))
		return json_field_refuse(error, "bookmarks", "an array of objects");
	status = json_field_check_keys(object, "url title notes tags", error);
	if (!status)
		status = json_field_text(object, "url", &draft->url, error);
	if (!status && !draft->url)
		status = json_field_refuse(error, "url", "a string");
	if (!status)
		status = json_field_text(object, "title", &draft->title, error);
	if (!status)
		status = json_field_text(object, "notes", &draft->notes, error);
	draft->tags_given = json_object_get(object, "tags") != NULL;
	return status ? status : json_field_tags(object, "tags", &draft->tags, error);
}

static enum status read_add(struct json_command *read, json_t *object, struct error *error)
{
	struct add_bookmarks *add = &read->command.as.add_bookmarks;
	json_t *array = json_object_get(object, "bookmarks");
	enum status status;

	read->count = json_array_size(array);
	if (!read->count)
		return json_field_refuse(error, "bookmarks", "an array of objects, not empty");
	read->drafts = memory_array(read->count, sizeof(*read->drafts));
	*add = (struct add_bookmarks){.drafts = read->drafts, .count = read->count};
	status = json_field_flag(object, "update", &add->update, error);
	if (!status)
		status = json_field_flag(object, "partial", &add->partial, error);
	for (size_t i = 0; i < read->count && !status; i++)
		status = read_draft(&read->drafts[i], json_array_get(array, i), error);
	return status;
}

static enum status read_tag_edit(struct bookmark_patch *patch, json_t *object, struct error *error)
{
	bool sets = json_object_get(object, "tags") != NULL;
	bool adjusts =
		json_object_get(object, "add_tags") || json_object_get(object, "remove_tags");
	enum status status;

	if (sets && adjusts) {
		error_set(error, "\"tags\" excludes \"add_tags\" and \"remove_tags\"");
		return STATUS_INVALID;
	}
	patch->tag_edit = sets ? TAGS_SET : adjusts ? TAGS_ADJUST : TAGS_KEEP;
	status = json_field_tags(object, sets ? "tags" : "add_tags", &patch->tags, error);
	return status ? status : json_field_tags(object, "remove_tags", &patch->without, error);
}

static enum status read_edit(struct bookmark_edit *edit, json_t *object, struct error *error)
{
	struct bookmark_patch *patch = &edit->patch;
	enum status status;

	if (!json_is_object(object))
		return json_field_refuse(error, "edits", "an array of objects");
	status = json_field_check_keys(
		object, "id url title notes tags add_tags remove_tags", error);
	if (!status)
		status = read_id(json_object_get(object, "id"), "id", &edit->id, error);
	if (!status)
		status = json_field_text(object, "url", &patch->url, error);
	if (!status)
		status = json_field_text(object, "title", &patch->title, error);
	if (!status)
		status = json_field_text(object, "notes", &patch->notes, error);
	return status ? status : read_tag_edit(patch, object, error);
}

static enum status read_edits(struct json_command *read, json_t *object, struct error *error)
{
	json_t *array = json_object_get(object, "edits");
	enum status status = STATUS_OK;

	read->count = json_array_size(array);
	if (!read->count)
		return json_field_refuse(error, "edits", "an array of objects, not empty");
	read->edits = memory_array(read->count, sizeof(*read->edits));
	read->command.as.edit_bookmarks =
		(struct edit_bookmarks){.edits = read->edits, .count = read->count};
	for (size_t i = 0; i < read->count && !status; i++)
		status = read_edit(&read->edits[i], json_array_get(array, i), error);
	return status;
}

static enum status read_delete(struct json_command *read, json_t *object, struct error *error)
{
	return read_ids(read, object, &read->command.as.delete_bookmarks, error);
}

static enum status read_restore(struct json_command *read, json_t *object, struct error *error)
{
	return read_ids(read, object, &read->command.as.restore_bookmarks, error);
}

static enum status read_empty(struct json_command *read, json_t *object, struct error *error)
{
	(void)object;
	(void)error;
	read->command.as.empty_trash =
		(struct empty_trash){.deleted_until = INT64_MAX, .asked_for = true};
	return STATUS_OK;
}

static enum status read_rename(struct json_command *read, json_t *object, struct error *error)
{
	struct rename_tags *rename = &read->command.as.rename_tags;
	enum status status = json_field_text(object, "to", &rename->to, error);

	if (!status && !rename->to)
		status = json_field_refuse(error, "to", "a string");
	if (!status)
		status = read_words(read, object, "from", &rename->count, error);
	rename->from = read->words;
	return status;
}

static enum status read_delete_tags(struct json_command *read, json_t *object, struct error *error)
{
	struct delete_tags *tags = &read->command.as.delete_tags;
	enum status status = read_words(read, object, "tags", &tags->count, error);

	tags->tags = read->words;
	return status;
}

static enum status read_steps(struct json_command *read, json_t *object, struct error *error)
{
	json_t *steps = json_object_get(object, "steps");

	read->command.as.undo.steps = 1;
	if (!steps)
		return STATUS_OK;
	if (!json_is_integer(steps) || json_integer_value(steps) < 1)
		return json_field_refuse(error, "steps", "a number from 1 on");
	read->command.as.undo.steps = (size_t)json_integer_value(steps);
	return STATUS_OK;
}

static enum status read_jobs(json_t *object, int *jobs, struct error *error)
{
	json_t *value = json_object_get(object, "jobs");

	if (value && (!json_is_integer(value) || json_integer_value(value) < 1 ||
			     json_integer_value(value) > 10))
		return json_field_refuse(error, "jobs", "a number from 1 to 10");
	*jobs = (int)json_integer_value(value);
	return STATUS_OK;
}

static enum status read_star_flags(
	struct star_request *request, json_t *object, struct error *error)
{
	const struct {
		const char *key;
		bool *flag;
	} flags[] = {
		{"full", &request->full},
		{"timestamps", &request->timestamps},
		{"topics", &request->topics},
		{"dry_run", &request->dry_run},
		{"wait", &request->wait},
	};
	enum status status = STATUS_OK;

	request->timestamps = request->topics = true;
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags) && !status; i++)
		status = json_field_flag(object, flags[i].key, flags[i].flag, error);
	return status;
}

static enum status read_stars(struct json_command *read, json_t *object, struct error *error)
{
	struct star_request *request = &read->command.as.request_stars.request;
	enum status status = json_field_text(object, "user", &request->user, error);

	request->tags = &read->tags;
	if (!status)
		status = read_star_flags(request, object, error);
	if (!status)
		status = read_jobs(object, &request->jobs, error);
	return status ? status : json_field_tags(object, "tags", &read->tags, error);
}

/* Without a row: what belongs to an import under way cannot be given by hand. */
static const struct reader readers[COMMAND_TYPES] = {
	[ADD_BOOKMARKS] = {"command request bookmarks update partial", read_add},
	[EDIT_BOOKMARKS] = {"command request edits", read_edits},
	[DELETE_BOOKMARKS] = {"command request ids", read_delete},
	[RESTORE_BOOKMARKS] = {"command request ids", read_restore},
	[EMPTY_TRASH] = {"command request", read_empty},
	[RENAME_TAGS] = {"command request from to", read_rename},
	[DELETE_TAGS] = {"command request tags", read_delete_tags},
	[UNDO] = {"command request steps", read_steps},
	[REDO] = {"command request steps", read_steps},
	[REQUEST_STARS] = {"command request user full timestamps topics dry_run wait jobs tags",
		read_stars},
};

static enum status read_object(struct json_command *read, json_t *object, struct error *error)
{
	const char *name = json_string_value(json_object_get(object, "command"));
	enum status status;

	if (!name)
		return json_field_refuse(error, "command", "the name of a command");
	if (!command_type_of(name, &read->command.type) || !readers[read->command.type].read) {
		error_set(error, "there is no command \"%s\" here", name);
		return STATUS_INVALID;
	}
	status = json_field_check_keys(object, readers[read->command.type].keys, error);
	return status ? status : readers[read->command.type].read(read, object, error);
}

enum status json_command_read(
	struct json_command *read, const char *line, size_t length, struct error *error)
{
	json_error_t failure;

	*read = (struct json_command){0};
	read->root = json_loadb(line, length, JSON_REJECT_DUPLICATES, &failure);
	if (!read->root) {
		error_set(error, "no JSON: %s (byte %d)", failure.text, failure.position);
		return STATUS_INVALID;
	}
	if (!json_is_object((json_t *)read->root)) {
		error_set(error, "no JSON object");
		return STATUS_INVALID;
	}
	return read_object(read, read->root, error);
}

void json_command_finish(struct json_command *read)
{
	for (size_t i = 0; read->drafts && i < read->count; i++)
		tag_set_finish(&read->drafts[i].tags);
	for (size_t i = 0; read->edits && i < read->count; i++) {
		tag_set_finish(&read->edits[i].patch.tags);
		tag_set_finish(&read->edits[i].patch.without);
	}
	tag_set_finish(&read->tags);
	free(read->drafts);
	free(read->edits);
	free(read->ids);
	free(read->words);
	json_decref(read->root);
	*read = (struct json_command){0};
}

void json_command_echo(struct json_writer *json, const struct json_command *read)
{
	json_t *request = read->root ? json_object_get(read->root, "request") : NULL;

	if (json_is_string(request)) {
		json_key(json, "request");
		json_put_string(json, json_string_value(request));
	} else if (json_is_integer(request)) {
		json_key(json, "request");
		json_put_integer(json, json_integer_value(request));
	}
}
