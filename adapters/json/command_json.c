#include "adapters/json/command_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/timestamp.h"

typedef enum status (*read_fn)(struct command_json *read, json_t *object, struct error *error);
typedef void (*write_fn)(struct json_writer *json, const struct command *command);

/* What jansson says of an object that is not as it should be, in words of its own. */
static enum status refuse_shape(struct error *error, const json_error_t *failure)
{
	return error_fail(STATUS_INVALID, error, "%s", failure->text);
}

static enum status read_tag_list(
	json_t *array, const char *key, struct tag_set *tags, struct error *error)
{
	size_t i;
	json_t *value;

	if (array && !json_is_array(array))
		return error_fail(STATUS_INVALID, error, "\"%s\" is to be an array of tags", key);
	json_array_foreach(array, i, value)
	{
		const char *tag = json_string_value(value);

		if (!tag || strchr(tag, ',') || !tag_set_add(tags, tag))
			return error_fail(
				STATUS_INVALID, error, "\"%s\" is to be an array of tags", key);
	}
	return STATUS_OK;
}

/* Of a command that is about some bookmarks: all of these have them at the same place. */
static enum status read_ids(struct command_json *read, json_t *object, struct error *error)
{
	json_error_t failure;
	json_t *array;
	size_t count;

	if (json_unpack_ex(object, &failure, JSON_STRICT, "{s:o}", "ids", &array))
		return refuse_shape(error, &failure);
	count = json_array_size(array);
	read->ids = memory_array(count ? count : 1, sizeof(*read->ids));
	for (size_t i = 0; i < count; i++) {
		read->ids[i] = json_integer_value(json_array_get(array, i));
		if (read->ids[i] < 1)
			count = 0;
	}
	read->command.as.delete_bookmarks =
		(struct some_bookmarks){.ids = read->ids, .count = count};
	return count ? STATUS_OK
		     : error_fail(STATUS_INVALID, error,
			       "\"ids\" is to be an array of ids, not empty");
}

static enum status read_words(struct command_json *read, json_t *array, const char *key,
	size_t *count, struct error *error)
{
	size_t i;
	json_t *value;

	*count = json_array_size(array);
	read->words = memory_array(*count ? *count : 1, sizeof(*read->words));
	json_array_foreach(array, i, value)
	{
		read->words[i] = json_string_value(value);
		if (!read->words[i])
			*count = 0;
	}
	return *count ? STATUS_OK
		      : error_fail(STATUS_INVALID, error,
				"\"%s\" is to be an array of tags, not empty", key);
}

static enum status read_draft(struct bookmark_draft *draft, json_t *object, struct error *error)
{
	json_error_t failure;
	json_t *tags = NULL;

	if (json_unpack_ex(object, &failure, JSON_STRICT, "{s:s, s?s, s?s, s?o}", "url",
		    &draft->url, "title", &draft->title, "notes", &draft->notes, "tags", &tags))
		return refuse_shape(error, &failure);
	draft->tags_given = tags != NULL;
	return read_tag_list(tags, "tags", &draft->tags, error);
}

static enum status read_add(struct command_json *read, json_t *object, struct error *error)
{
	struct add_bookmarks *add = &read->command.as.add_bookmarks;
	enum status status = STATUS_OK;
	int update = 0, partial = 0;
	json_error_t failure;
	json_t *array;

	if (json_unpack_ex(object, &failure, JSON_STRICT, "{s:o, s?b, s?b}", "bookmarks", &array,
		    "update", &update, "partial", &partial))
		return refuse_shape(error, &failure);
	read->count = json_array_size(array);
	if (!read->count)
		return error_fail(STATUS_INVALID, error,
			"\"bookmarks\" is to be an array of objects, not empty");
	read->drafts = memory_array(read->count, sizeof(*read->drafts));
	*add = (struct add_bookmarks){
		.drafts = read->drafts,
		.count = read->count,
		.update = update,
		.partial = partial,
	};
	for (size_t i = 0; i < read->count && !status; i++)
		status = read_draft(&read->drafts[i], json_array_get(array, i), error);
	return status;
}

static enum status read_time(struct bookmark_edit *edit, const char *text, struct error *error)
{
	edit->if_modified = text != NULL;
	if (text && !timestamp_read(text, &edit->modified))
		return error_fail(STATUS_INVALID, error,
			"\"if_modified\" is to be a time as \"date_modified\" has it");
	return STATUS_OK;
}

static enum status read_edit(struct bookmark_edit *edit, json_t *object, struct error *error)
{
	struct bookmark_patch *patch = &edit->patch;
	json_t *tags = NULL, *added = NULL, *removed = NULL;
	const char *modified = NULL;
	json_error_t failure;
	json_int_t id;
	enum status status;

	if (json_unpack_ex(object, &failure, JSON_STRICT,
		    "{s:I, s?s, s?s, s?s, s?o, s?o, s?o, s?s}", "id", &id, "url", &patch->url,
		    "title", &patch->title, "notes", &patch->notes, "tags", &tags, "add_tags",
		    &added, "remove_tags", &removed, "if_modified", &modified))
		return refuse_shape(error, &failure);
	edit->id = id;
	if (id < 1)
		return error_fail(STATUS_INVALID, error, "\"id\" is to be the id of a bookmark");
	if (tags && (added || removed))
		return error_fail(STATUS_INVALID, error,
			"\"tags\" excludes \"add_tags\" and \"remove_tags\"");
	patch->tag_edit = tags ? TAGS_SET : added || removed ? TAGS_ADJUST : TAGS_KEEP;
	status = read_time(edit, modified, error);
	if (!status)
		status = read_tag_list(
			tags ? tags : added, tags ? "tags" : "add_tags", &patch->tags, error);
	return status ? status : read_tag_list(removed, "remove_tags", &patch->without, error);
}

static enum status read_edits(struct command_json *read, json_t *object, struct error *error)
{
	enum status status = STATUS_OK;
	json_error_t failure;
	json_t *array;

	if (json_unpack_ex(object, &failure, JSON_STRICT, "{s:o}", "edits", &array))
		return refuse_shape(error, &failure);
	read->count = json_array_size(array);
	if (!read->count)
		return error_fail(
			STATUS_INVALID, error, "\"edits\" is to be an array of objects, not empty");
	read->edits = memory_array(read->count, sizeof(*read->edits));
	read->command.as.edit_bookmarks =
		(struct edit_bookmarks){.edits = read->edits, .count = read->count};
	for (size_t i = 0; i < read->count && !status; i++)
		status = read_edit(&read->edits[i], json_array_get(array, i), error);
	return status;
}

static enum status read_empty(struct command_json *read, json_t *object, struct error *error)
{
	json_error_t failure;

	read->command.as.empty_trash =
		(struct empty_trash){.deleted_until = INT64_MAX, .asked_for = true};
	if (json_unpack_ex(object, &failure, JSON_STRICT, "{}"))
		return refuse_shape(error, &failure);
	return STATUS_OK;
}

static enum status read_rename(struct command_json *read, json_t *object, struct error *error)
{
	struct rename_tags *rename = &read->command.as.rename_tags;
	json_error_t failure;
	json_t *from;
	enum status status;

	if (json_unpack_ex(
		    object, &failure, JSON_STRICT, "{s:o, s:s}", "from", &from, "to", &rename->to))
		return refuse_shape(error, &failure);
	status = read_words(read, from, "from", &rename->count, error);
	rename->from = read->words;
	return status;
}

static enum status read_delete_tags(struct command_json *read, json_t *object, struct error *error)
{
	struct delete_tags *delete = &read->command.as.delete_tags;
	json_error_t failure;
	json_t *tags;
	enum status status;

	if (json_unpack_ex(object, &failure, JSON_STRICT, "{s:o}", "tags", &tags))
		return refuse_shape(error, &failure);
	status = read_words(read, tags, "tags", &delete->count, error);
	delete->tags = read->words;
	return status;
}

static enum status read_steps(struct command_json *read, json_t *object, struct error *error)
{
	json_int_t steps = 1;
	json_error_t failure;

	if (json_unpack_ex(object, &failure, JSON_STRICT, "{s?I}", "steps", &steps))
		return refuse_shape(error, &failure);
	read->command.as.undo.steps = (size_t)steps;
	return steps >= 1
		       ? STATUS_OK
		       : error_fail(STATUS_INVALID, error, "\"steps\" is to be a number from 1 on");
}

static enum status read_stars(struct command_json *read, json_t *object, struct error *error)
{
	struct star_request *request = &read->command.as.request_stars.request;
	int full = 0, timestamps = 1, topics = 1, dry_run = 0, wait = 0;
	json_int_t jobs = 4;
	json_error_t failure;
	json_t *tags = NULL;

	if (json_unpack_ex(object, &failure, JSON_STRICT,
		    "{s?s, s?b, s?b, s?b, s?b, s?b, s?I, s?o}", "user", &request->user, "full",
		    &full, "timestamps", &timestamps, "topics", &topics, "dry_run", &dry_run,
		    "wait", &wait, "jobs", &jobs, "tags", &tags))
		return refuse_shape(error, &failure);
	if (jobs < 1 || jobs > 10)
		return error_fail(STATUS_INVALID, error, "\"jobs\" is to be a number from 1 to 10");
	request->full = full;
	request->timestamps = timestamps;
	request->topics = topics;
	request->dry_run = dry_run;
	request->wait = wait;
	request->jobs = (int)jobs;
	request->tags = &read->tags;
	return read_tag_list(tags, "tags", &read->tags, error);
}

static enum status read_part(
	struct command_json *part, json_t *object, size_t number, struct error *error)
{
	struct error why = {0};
	enum status status = command_json_read(part, object, &why);

	if (!status && (part->command.change || part->command.origin))
		status = error_fail(
			STATUS_INVALID, &why, "\"change\" and \"origin\" are the batch's own");
	if (status)
		error_set(error, "command %zu: %s", number + 1, why.text);
	return status;
}

static enum status read_batch(struct command_json *read, json_t *object, struct error *error)
{
	enum status status = STATUS_OK;
	json_error_t failure;
	json_t *array;
	size_t count;

	if (json_unpack_ex(object, &failure, JSON_STRICT, "{s:o}", "commands", &array))
		return refuse_shape(error, &failure);
	count = json_array_size(array);
	if (!count)
		return error_fail(STATUS_INVALID, error,
			"\"commands\" is to be an array of commands, not empty");
	read->parts = memory_array(count, sizeof(*read->parts));
	read->commands = memory_array(count, sizeof(*read->commands));
	for (; read->part_count < count && !status; read->part_count++)
		status = read_part(&read->parts[read->part_count],
			json_array_get(array, read->part_count), read->part_count, error);
	for (size_t i = 0; i < read->part_count; i++)
		read->commands[i] = read->parts[i].command;
	read->command.as.batch = (struct command_batch){read->commands, count};
	return status;
}

static void put_text(struct json_writer *json, const char *key, const char *text)
{
	if (text)
		json_add_string(json, key, text);
}

static void put_words(
	struct json_writer *json, const char *key, const char *const *words, size_t count)
{
	json_add_array(json, key);
	for (size_t i = 0; i < count; i++)
		json_put_string(json, words[i]);
	json_close_array(json);
}

static void put_draft(struct json_writer *json, const struct bookmark_draft *draft)
{
	json_open_object(json);
	put_text(json, "url", draft->url);
	put_text(json, "title", draft->title);
	put_text(json, "notes", draft->notes);
	if (draft->tags_given || draft->tags.count)
		json_add_tags(json, "tags", &draft->tags);
	json_close_object(json);
}

static void put_add(struct json_writer *json, const struct command *command)
{
	const struct add_bookmarks *add = &command->as.add_bookmarks;

	json_add_array(json, "bookmarks");
	for (size_t i = 0; i < add->count; i++)
		put_draft(json, &add->drafts[i]);
	json_close_array(json);
	json_add_boolean(json, "update", add->update);
	json_add_boolean(json, "partial", add->partial);
}

static void put_edit(struct json_writer *json, const struct bookmark_edit *edit)
{
	const struct bookmark_patch *patch = &edit->patch;

	json_open_object(json);
	json_add_integer(json, "id", edit->id);
	put_text(json, "url", patch->url);
	put_text(json, "title", patch->title);
	put_text(json, "notes", patch->notes);
	if (patch->tag_edit == TAGS_SET)
		json_add_tags(json, "tags", &patch->tags);
	if (patch->tag_edit == TAGS_ADJUST) {
		json_add_tags(json, "add_tags", &patch->tags);
		json_add_tags(json, "remove_tags", &patch->without);
	}
	if (edit->if_modified)
		json_add_moment(json, "if_modified", edit->modified);
	json_close_object(json);
}

static void put_edits(struct json_writer *json, const struct command *command)
{
	const struct edit_bookmarks *edits = &command->as.edit_bookmarks;

	json_add_array(json, "edits");
	for (size_t i = 0; i < edits->count; i++)
		put_edit(json, &edits->edits[i]);
	json_close_array(json);
}

static void put_ids(struct json_writer *json, const struct command *command)
{
	const struct some_bookmarks *some = &command->as.delete_bookmarks;

	json_add_array(json, "ids");
	for (size_t i = 0; i < some->count; i++)
		json_put_integer(json, some->ids[i]);
	json_close_array(json);
}

static void put_work_begun(struct json_writer *json, const struct command *command)
{
	put_text(json, "job", command->as.begin_work.claim->name);
}

static void put_work_finished(struct json_writer *json, const struct command *command)
{
	const struct work_end *end = command->as.finish_work.end;

	put_text(json, "job", end->name);
	put_text(json, "status", status_name(end->status));
	put_text(json, "result", end->result);
}

static void put_nothing(struct json_writer *json, const struct command *command)
{
	(void)json;
	(void)command;
}

static void put_rename(struct json_writer *json, const struct command *command)
{
	const struct rename_tags *rename = &command->as.rename_tags;

	put_words(json, "from", rename->from, rename->count);
	put_text(json, "to", rename->to);
}

static void put_delete_tags(struct json_writer *json, const struct command *command)
{
	put_words(json, "tags", command->as.delete_tags.tags, command->as.delete_tags.count);
}

static void put_import(struct json_writer *json, const struct command *command)
{
	const struct take_in_bookmarks *import = &command->as.take_in_bookmarks;

	put_text(json, "source", import->origin);
	json_add_boolean(json, "dry_run", import->dry_run);
}

static void put_steps(struct json_writer *json, const struct command *command)
{
	json_add_integer(json, "steps", (int64_t)command->as.undo.steps);
}

static void put_request(struct json_writer *json, const struct star_request *request)
{
	put_text(json, "user", request->user);
	json_add_boolean(json, "full", request->full);
	json_add_boolean(json, "timestamps", request->timestamps);
	json_add_boolean(json, "topics", request->topics);
	json_add_boolean(json, "dry_run", request->dry_run);
	json_add_boolean(json, "wait", request->wait);
	json_add_integer(json, "jobs", request->jobs);
	if (request->tags)
		json_add_tags(json, "tags", request->tags);
}

static void put_stars(struct json_writer *json, const struct command *command)
{
	put_request(json, &command->as.request_stars.request);
}

static void put_walk(struct json_writer *json, const struct command *command)
{
	put_request(json, &command->as.begin_stars.request);
}

static void put_page(struct json_writer *json, const struct command *command)
{
	put_text(json, "user", command->as.take_in_stars.page->user);
	json_add_integer(json, "stars", (int64_t)command->as.take_in_stars.page->count);
}

static void put_walk_end(struct json_writer *json, const struct command *command)
{
	put_text(json, "user", command->as.finish_stars.end->user);
	put_text(json, "status", status_name(command->as.finish_stars.end->status));
}

static void put_batch(struct json_writer *json, const struct command *command)
{
	json_add_array(json, "commands");
	for (size_t i = 0; i < command->as.batch.count; i++)
		command_json_put(json, &command->as.batch.commands[i]);
	json_close_array(json);
}

/* A row that misses a field, or a command without a row, does not compile. */
#pragma GCC diagnostic error "-Wmissing-field-initializers"

/* Without a reader: what belongs to something under way cannot be given by hand. */
static const struct {
	enum command_type type;
	read_fn read;
	write_fn write;
	const char *form;
} rows[] = {
	{ADD_BOOKMARKS, read_add, put_add,
		"{\"command\": \"add_bookmarks\", \"bookmarks\": [{\"url\": \"…\", \"title\": "
		"\"…\","
		" \"notes\": \"…\", \"tags\": [\"…\"]}], \"update\": false, \"partial\": false}"},
	{EDIT_BOOKMARKS, read_edits, put_edits,
		"{\"command\": \"edit_bookmarks\", \"edits\": [{\"id\": 12, \"url\": \"…\","
		" \"title\": \"…\", \"notes\": \"…\", \"tags\": [\"…\"], \"add_tags\": [\"…\"],"
		" \"remove_tags\": [\"…\"], \"if_modified\": \"2024-01-31T08:15:00Z\"}]}"},
	{DELETE_BOOKMARKS, read_ids, put_ids,
		"{\"command\": \"delete_bookmarks\", \"ids\": [12, 13]}"},
	{RESTORE_BOOKMARKS, read_ids, put_ids,
		"{\"command\": \"restore_bookmarks\", \"ids\": [12, 13]}"},
	{EMPTY_TRASH, read_empty, put_nothing, "{\"command\": \"empty_trash\"}"},
	{RENAME_TAGS, read_rename, put_rename,
		"{\"command\": \"rename_tags\", \"from\": [\"a\", \"b\"], \"to\": \"c\"}"},
	{DELETE_TAGS, read_delete_tags, put_delete_tags,
		"{\"command\": \"delete_tags\", \"tags\": [\"a\"]}"},
	{TAKE_IN_BOOKMARKS, NULL, put_import, NULL},
	{UNDO, read_steps, put_steps, "{\"command\": \"undo\", \"steps\": 1}"},
	{REDO, read_steps, put_steps, "{\"command\": \"redo\", \"steps\": 1}"},
	{REQUEST_STARS, read_stars, put_stars,
		"{\"command\": \"request_stars\", \"user\": \"octocat\", \"full\": false,"
		" \"timestamps\": true, \"topics\": true, \"dry_run\": false, \"wait\": false,"
		" \"jobs\": 4, \"tags\": [\"…\"]}"},
	{BEGIN_STARS, NULL, put_walk, NULL},
	{TAKE_IN_STARS, NULL, put_page, NULL},
	{FINISH_STARS, NULL, put_walk_end, NULL},
	{NOTE_INCIDENT, NULL, put_nothing, NULL},
	{RECORD_LINKS, NULL, put_nothing, NULL},
	{BEGIN_WORK, NULL, put_work_begun, NULL},
	{FINISH_WORK, NULL, put_work_finished, NULL},
	{FORGET_LINKS, read_ids, put_ids, "{\"command\": \"forget_links\", \"ids\": [12, 13]}"},
	{BATCH, read_batch, put_batch,
		"{\"command\": \"batch\", \"commands\": [{\"command\": …}, …]}"},
};

_Static_assert(sizeof(rows) / sizeof(rows[0]) == COMMAND_TYPES, "a command has no row");

const char *command_json_form(enum command_type type)
{
	return (unsigned)type < COMMAND_TYPES ? rows[type].form : NULL;
}

/* "auto-tag" is "bus:auto-tag" in the events: a name of one's own, and the way it came. */
static void take_origin(struct command_json *read, const char *name)
{
	if (!name)
		return;
	read->origin = strncmp(name, "bus:", 4) == 0 ? memory_copy_string(name)
						     : memory_print("bus:%s", name);
	read->command.origin = read->origin;
}

/* The keys of every command; the rest is the command's own. */
static enum status take_common(
	struct command_json *read, json_t *object, const char **name, struct error *error)
{
	const char *origin = NULL;
	json_int_t change = 0;
	json_error_t failure;

	if (json_unpack_ex(object, &failure, 0, "{s:s, s?s, s?I}", "command", name, "origin",
		    &origin, "change", &change))
		return refuse_shape(error, &failure);
	if (json_object_get(object, "change") && change < 1)
		return error_fail(
			STATUS_INVALID, error, "\"change\" is to be the number of a change");
	take_origin(read, origin);
	read->command.change = change;
	read->command.must_join = change != 0;
	return STATUS_OK;
}

static enum status read_own(
	struct command_json *read, const char *name, json_t *object, struct error *error)
{
	const enum command_type type = read->command.type;
	json_t *own = json_copy(object);
	struct error why = {0};
	enum status status;

	json_object_del(own, "command");
	json_object_del(own, "origin");
	json_object_del(own, "change");
	status = rows[type].read(read, own, &why);
	if (status)
		error_set(error, "%s: %s; it is like %s", name, why.text, rows[type].form);
	json_decref(own);
	return status;
}

enum status command_json_read(struct command_json *read, json_t *object, struct error *error)
{
	const char *name = NULL;
	enum status status;

	*read = (struct command_json){0};
	status = take_common(read, object, &name, error);
	if (status)
		return status;
	if (!command_type_of(name, &read->command.type) || !rows[read->command.type].read)
		return error_fail(STATUS_INVALID, error, "there is no command \"%s\" here", name);
	return read_own(read, name, object, error);
}

void command_json_finish(struct command_json *read)
{
	for (size_t i = 0; read->drafts && i < read->count; i++)
		tag_set_finish(&read->drafts[i].tags);
	for (size_t i = 0; read->edits && i < read->count; i++) {
		tag_set_finish(&read->edits[i].patch.tags);
		tag_set_finish(&read->edits[i].patch.without);
	}
	for (size_t i = 0; i < read->part_count; i++)
		command_json_finish(&read->parts[i]);
	tag_set_finish(&read->tags);
	free(read->drafts);
	free(read->edits);
	free(read->ids);
	free(read->words);
	free(read->origin);
	free(read->parts);
	free(read->commands);
	*read = (struct command_json){0};
}

void command_json_put(struct json_writer *json, const struct command *command)
{
	json_open_object(json);
	put_text(json, "command", command_name(command->type));
	put_text(json, "origin", command->origin);
	if (command->change)
		json_add_integer(json, "change", command->change);
	rows[command->type].write(json, command);
	json_close_object(json);
}
