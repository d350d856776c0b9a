#ifndef ADAPTERS_JSON_EVENT_JSON_H
#define ADAPTERS_JSON_EVENT_JSON_H

#include "adapters/json/json_writer.h"
#include "domain/bus/event.h"

/*
 * An event as people's programs see it, in the log and in hooks: {"id": 7, "at": "…Z", "event":
 * "bookmarks_deleted", "bookmarks": [12, 13], "command": …, "change": …, "subject": …}.
 */
void event_json_put(struct json_writer *json, const struct event *event);

#endif
