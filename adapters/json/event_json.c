#include "adapters/json/event_json.h"

static void put_bookmarks(struct json_writer *json, const struct event *event)
{
	json_key(json, "bookmarks");
	json_open_array(json);
	for (size_t i = 0; i < event->count; i++)
		json_put_integer(json, event->bookmarks[i]);
	json_close_array(json);
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
	put_bookmarks(json, event);
	json_key(json, "command");
	json_put_string(json, command_name(event->command));
	json_key(json, "change");
	json_put_integer(json, event->change);
	json_key(json, "subject");
	json_put_string(json, event->subject ? event->subject : "");
	json_close_object(json);
}
