#include "adapters/json/event_json.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

static void put_bookmarks(struct json_writer *json, const struct event *event)
{
	json_add_array(json, "bookmarks");
	for (size_t i = 0; i < event->count; i++)
		json_put_integer(json, event->bookmarks[i]);
	json_close_array(json);
}

/* A text of parts, each as a string of an array. */
static void put_parts(struct json_writer *json, const char *key, const char *text, char separator)
{
	const char ends[] = {separator, '\0'};

	json_add_array(json, key);
	while (text && *text) {
		size_t length = strcspn(text, ends);
		char *part = memory_copy_bytes(text, length);

		json_put_string(json, part);
		free(part);
		text += length + (text[length] != '\0');
	}
	json_close_array(json);
}

/* "KEY VALUE" a line: what is a number is put as one. */
static void put_pairs(struct json_writer *json, const char *text)
{
	while (text && *text) {
		size_t key = strcspn(text, " \n"), length = strcspn(text, "\n");
		char *line = memory_copy_bytes(text, length);
		const char *value = line + (key < length ? key + 1 : length);

		line[key] = '\0';
		json_key(json, line);
		if (*value && strspn(value, "0123456789") == strlen(value) && strlen(value) < 18)
			json_put_integer(json, strtoll(value, NULL, 10));
		else
			json_put_string(json, value);
		free(line);
		text += length + (text[length] != '\0');
	}
}

/* What one kind of event says beside the rest. */
static void put_detail(struct json_writer *json, const struct event *event)
{
	if (event->type == BOOKMARKS_DELETED)
		put_parts(json, "urls", event->detail, '\n');
	else
		put_pairs(json, event->detail);
}

void event_json_put(struct json_writer *json, const struct event *event)
{
	json_open_object(json);
	json_add_integer(json, "id", event->id);
	json_add_moment(json, "at", event->at);
	json_add_string(json, "event", event_name(event->type));
	json_add_integer(json, "change", event->change);
	json_add_string(json, "origin", event->origin ? event->origin : "");
	put_bookmarks(json, event);
	put_parts(json, "fields", event->fields, ',');
	json_add_string(json, "subject", event->subject ? event->subject : "");
	json_add_string(json, "command", command_name(event->command));
	put_detail(json, event);
	json_close_object(json);
}
