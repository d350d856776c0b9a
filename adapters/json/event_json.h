#ifndef ADAPTERS_JSON_EVENT_JSON_H
#define ADAPTERS_JSON_EVENT_JSON_H

#include "adapters/json/json_writer.h"
#include "domain/bus/event.h"

/*
 * An event as people's programs see it, in the log, in hooks and over HTTP (doc/events.md):
 * {"id": 7, "at": "…Z", "event": "bookmarks_edited", "change": 3, "origin": "bus:auto-tag",
 * "bookmarks": [12], "fields": ["tags"], "subject": "", "command": "edit_bookmarks"}, and what one
 * kind alone has: "urls" of what was deleted, counts and reason of an import of stars.
 */
void event_json_put(struct json_writer *json, const struct event *event);

#endif
