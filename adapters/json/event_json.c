#include "adapters/json/event_json.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

static void put_bookmarks(struct json_writer *json, const struct event *event)
{
	json_key(json, "bookmarks");
	json_open_array(json);
	for (size_t i = 0; i < event->count; i++)
		json_put_integer(json, event->bookmarks[i]);
	json_close_array(json);
}

/* A text of parts, each as a string of an array. */
static void put_parts(struct json_writer *json, const char *key, const char *text, char separator)
{
	const char ends[] = {separator, '\0'};

	json_key(json, key);
	json_open_array(json);
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
	json_key(json, "id");
	json_put_integer(json, event->id);
	json_key(json, "at");
	json_put_moment(json, event->at);
	json_key(json, "event");
	json_put_string(json, event_name(event->type));
	json_key(json, "change");
	json_put_integer(json, event->change);
	json_key(json, "origin");
	json_put_string(json, event->origin ? event->origin : "");
	put_bookmarks(json, event);
	put_parts(json, "fields", event->fields, ',');
	json_key(json, "subject");
	json_put_string(json, event->subject ? event->subject : "");
	json_key(json, "command");
	json_put_string(json, command_name(event->command));
	put_detail(json, event);
	json_close_object(json);
}
