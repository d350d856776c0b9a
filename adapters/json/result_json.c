#include "adapters/json/result_json.h"

#include <stdlib.h>

static void put_count(struct json_writer *json, const char *key, size_t count)
{
	json_key(json, key);
	json_put_integer(json, (int64_t)count);
}

static void put_items(struct json_writer *json, const struct result *result)
{
	json_key(json, "items");
	json_open_array(json);
	for (size_t i = 0; i < result->item_count; i++) {
		json_open_object(json);
		json_key(json, "status");
		json_put_string(json, status_name(result->items[i].status));
		json_key(json, "id");
		json_put_integer(json, result->items[i].id);
		json_close_object(json);
	}
	json_close_array(json);
}

static void put_step(struct json_writer *json, const struct result_step *step)
{
	char *text = describe_change(step->command, step->bookmarks, step->subject);

	json_open_object(json);
	json_key(json, "change");
	json_put_integer(json, step->change);
	json_key(json, "command");
	json_put_string(json, command_name(step->command));
	put_count(json, "bookmarks", step->bookmarks);
	json_key(json, "text");
	json_put_string(json, text);
	json_close_object(json);
	free(text);
}

static void put_steps(struct json_writer *json, const struct result *result)
{
	json_key(json, "steps");
	json_open_array(json);
	for (size_t i = 0; i < result->step_count; i++)
		put_step(json, &result->steps[i]);
	json_close_array(json);
}

void result_json_put_status(struct json_writer *json, enum status status, const struct error *error)
{
	json_key(json, "ok");
	json_put_boolean(json, status == STATUS_OK);
	json_key(json, "status");
	json_put_string(json, status_name(status));
	json_key(json, "error");
	json_put_string(json, !status ? NULL : *error->text ? error->text : status_message(status));
}

/* Of a batch that failed the last one is the one it failed at. */
static void put_parts(struct json_writer *json, const struct result *result, enum status status)
{
	json_key(json, "results");
	json_open_array(json);
	for (size_t i = 0; i < result->part_count; i++) {
		bool failed = status && i + 1 == result->part_count;

		json_open_object(json);
		result_json_put(json, failed ? status : STATUS_OK, &result->parts[i]);
		json_close_object(json);
	}
	json_close_array(json);
}

void result_json_put(struct json_writer *json, enum status status, const struct result *result)
{
	result_json_put_status(json, status, &result->error);
	json_key(json, "change");
	json_put_integer(json, result->change);
	put_count(json, "added", result->added);
	put_count(json, "updated", result->updated);
	put_count(json, "unchanged", result->unchanged);
	put_count(json, "skipped", result->skipped);
	put_items(json, result);
	put_steps(json, result);
	if (result->part_count)
		put_parts(json, result, status);
}
