#ifndef ADAPTERS_JSON_JSON_WRITER_H
#define ADAPTERS_JSON_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/base/buffer.h"
#include "domain/base/counts.h"

/*
 * JSON on its way out (RFC 8259), a value at a time, into a buffer that the caller empties as he
 * likes: a million bookmarks need the room of one. Commas are set by the writer. Nothing is
 * checked: it is for the caller to close what he opened and to name what stands in an object.
 *
 *   struct json_writer json = { .out = &buffer };
 *   json_open_object(&json);
 *   json_key(&json, "tag");
 *   json_put_string(&json, "c");
 *   json_close_object(&json);              → {"tag": "c"}
 *
 * Whatever could move a terminal is escaped: C0 and C1 controls, DEL, bidirectional controls and
 * U+2028-9 as \uXXXX (\n, \r, \t by their short names). Bytes that are not UTF-8 become U+FFFD.
 *
 * Not one of jansson's names is taken: it would hear us in the place of itself.
 */
struct json_writer {
	struct buffer *out;
	bool comma; /* the next value stands behind another one */
};

void json_open_object(struct json_writer *json);
void json_close_object(struct json_writer *json);
void json_open_array(struct json_writer *json);
void json_close_array(struct json_writer *json);

void json_key(struct json_writer *json, const char *key);
void json_key_of_others(struct json_writer *json, const char *key); /* escaped: not our own */
void json_put_raw(struct json_writer *json, const char *text);      /* JSON already */
void json_put_string(struct json_writer *json, const char *text);   /* NULL is null */
void json_put_integer(struct json_writer *json, int64_t number);
void json_put_null(struct json_writer *json);
void json_put_moment(struct json_writer *json, int64_t seconds); /* "2024-01-31T08:15:00Z" */

/* A key of ours, and what stands behind it. */
void json_add_string(struct json_writer *json, const char *key, const char *text);
void json_add_integer(struct json_writer *json, const char *key, int64_t number);
void json_add_seconds(
	struct json_writer *json, const char *key, double seconds); /* with three decimals */
void json_add_boolean(struct json_writer *json, const char *key, bool value);
void json_add_null(struct json_writer *json, const char *key);
void json_add_moment(struct json_writer *json, const char *key, int64_t seconds);
void json_add_tags(
	struct json_writer *json, const char *key, const struct tag_set *tags); /* ["c"] */
void json_add_array(struct json_writer *json, const char *key);                 /* opens it */
void json_add_object(struct json_writer *json, const char *key);                /* likewise */

void json_put_tag_count(struct json_writer *json, const char *tag, size_t count);

/*
 * {"id": 12, "url": …, "title": …, …, "link": null} — the keys of every bookmark, always all of
 * them: the fields that are shown, in their order. link, once it was checked, is {"state": "moved",
 * "checked": …, "since": …, "status": 301, "url": …, "reason": ""}.
 */
void json_put_bookmark(struct json_writer *json, const struct bookmark *bookmark);

/* As keys of an object that the caller opened: those whose bits are in which (counts_print()). */
void json_put_counts(struct json_writer *json, const struct counts *counts, unsigned which);

/* How an import ended, and its numbers, as keys of an object that the caller opened. */
void json_put_import(struct json_writer *json, enum status status, size_t pages, size_t fetched,
	const struct counts *counts, size_t requests, double seconds);

#endif
