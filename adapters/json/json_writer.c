#include "adapters/json/json_writer.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/timestamp.h"
#include "domain/base/text.h"

static void separate(struct json_writer *json)
{
	if (json->comma)
		buffer_add(json->out, ", ", 2);
	json->comma = true;
}

static void open(struct json_writer *json, char bracket)
{
	separate(json);
	buffer_add_char(json->out, bracket);
	json->comma = false;
}

static void close(struct json_writer *json, char bracket)
{
	buffer_add_char(json->out, bracket);
	json->comma = true;
}

static void add_escape(struct buffer *out, unsigned code)
{
	switch (code) {
	case '"': buffer_add(out, "\\\"", 2); break;
	case '\\': buffer_add(out, "\\\\", 2); break;
	case '\n': buffer_add(out, "\\n", 2); break;
	case '\r': buffer_add(out, "\\r", 2); break;
	case '\t': buffer_add(out, "\\t", 2); break;
	default: buffer_print(out, "\\u%04x", code); break;
	}
}

/* A character of two or three bytes that is escaped: its code; 0 for any other one. */
static unsigned unsafe_character(const unsigned char *at)
{
	unsigned code;

	if (at[0] == 0xc2 && at[1] < 0xa0)
		return at[1];
	if (at[0] == 0xd8 && at[1] == 0x9c)
		return 0x61c;
	if (at[0] != 0xe2 || (at[1] != 0x80 && at[1] != 0x81))
		return 0;
	code = 0x2000u + (at[1] & 0x3fu) * 64 + (at[2] & 0x3fu);
	if (code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e))
		return code;
	return code >= 0x2066 && code <= 0x2069 ? code : 0;
}

static size_t json_plain_length(const unsigned char *at)
{
	size_t length = 0;

	while (at[length] >= 0x20 && at[length] != '"' && at[length] != '\\' &&
		at[length] != 0x7f && at[length] != 0xc2 && at[length] != 0xd8 &&
		at[length] != 0xe2)
		length++;
	return length;
}

static void quote_valid(struct buffer *out, const unsigned char *at)
{
	buffer_add_char(out, '"');
	while (*at) {
		size_t length = json_plain_length(at);
		unsigned code;

		buffer_add(out, (const char *)at, length);
		at += length;
		if (!*at)
			break;
		code = *at < 0x80 ? *at : unsafe_character(at);
		if (code)
			add_escape(out, code);
		length = *at < 0x80 ? 1 : *at < 0xe0 ? 2 : 3;
		if (!code)
			buffer_add(out, (const char *)at, length);
		at += length;
	}
	buffer_add_char(out, '"');
}

/* Eight bytes at once: no control, no quote, no backslash, nothing beyond ASCII. */
static bool is_plain_word(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
	const uint64_t quote = word ^ ones * '"', slash = word ^ ones * '\\',
		       rubout = word ^ ones * 0x7f;

	return !((word | ((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
			 ((slash - ones) & ~slash) | ((rubout - ones) & ~rubout)) &
		 highs);
}

/* ASCII that needs no escape; most text is. */
static bool json_is_plain(const char *text, size_t length)
{
	uint64_t word;

	for (; length >= sizeof(word); text += sizeof(word), length -= sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		if (!is_plain_word(word))
			return false;
	}
	for (; length > 0; text++, length--)
		if ((signed char)*text < 0x20 || *text == '"' || *text == '\\' || *text == 0x7f)
			return false;
	return true;
}

static void json_quote(struct buffer *out, const char *text)
{
	size_t length = strlen(text);
	char *valid = NULL;

	if (json_is_plain(text, length)) {
		buffer_add_char(out, '"');
		buffer_add(out, text, length);
		buffer_add_char(out, '"');
		return;
	}
	if (!text_is_valid(text, length))
		valid = text_valid(text, length);
	quote_valid(out, (const unsigned char *)(valid ? valid : text));
	free(valid);
}

void json_open_object(struct json_writer *json)
{
	open(json, '{');
}

void json_close_object(struct json_writer *json)
{
	close(json, '}');
}

void json_open_array(struct json_writer *json)
{
	open(json, '[');
}

void json_close_array(struct json_writer *json)
{
	close(json, ']');
}

/* A key is a word of ours, which needs no escaping. */
void json_key(struct json_writer *json, const char *key)
{
	if (json->comma)
		buffer_add(json->out, ", \"", 3);
	else
		buffer_add_char(json->out, '"');
	buffer_add_string(json->out, key);
	buffer_add(json->out, "\": ", 3);
	json->comma = false;
}

void json_key_of_others(struct json_writer *json, const char *key)
{
	separate(json);
	json_quote(json->out, key);
	buffer_add(json->out, ": ", 2);
	json->comma = false;
}

void json_put_raw(struct json_writer *json, const char *text)
{
	separate(json);
	buffer_add_string(json->out, text);
}

void json_put_string(struct json_writer *json, const char *text)
{
	if (!text) {
		json_put_null(json);
		return;
	}
	separate(json);
	json_quote(json->out, text);
}

void json_put_integer(struct json_writer *json, int64_t number)
{
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	char digits[24];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (number < 0)
		digits[--at] = '-';
	separate(json);
	buffer_add(json->out, digits + at, sizeof(digits) - at);
}

void json_put_null(struct json_writer *json)
{
	json_put_raw(json, "null");
}

void json_put_moment(struct json_writer *json, int64_t seconds)
{
	char text[TIMESTAMP_SIZE];

	timestamp_print(seconds, text);
	separate(json);
	buffer_add_char(json->out, '"');
	buffer_add_string(json->out, text);
	buffer_add_char(json->out, '"');
}

void json_add_string(struct json_writer *json, const char *key, const char *text)
{
	json_key(json, key);
	json_put_string(json, text);
}

void json_add_integer(struct json_writer *json, const char *key, int64_t number)
{
	json_key(json, key);
	json_put_integer(json, number);
}

void json_add_seconds(struct json_writer *json, const char *key, double seconds)
{
	int64_t thousandths = seconds > 0 ? (int64_t)(seconds * 1000 + 0.5) : 0;

	json_key(json, key);
	separate(json);
	buffer_print(json->out, "%" PRId64 ".%03" PRId64, thousandths / 1000, thousandths % 1000);
}

void json_add_boolean(struct json_writer *json, const char *key, bool value)
{
	json_key(json, key);
	json_put_raw(json, value ? "true" : "false");
}

void json_add_moment(struct json_writer *json, const char *key, int64_t seconds)
{
	json_key(json, key);
	json_put_moment(json, seconds);
}

void json_add_tags(struct json_writer *json, const char *key, const struct tag_set *tags)
{
	json_add_array(json, key);
	for (size_t i = 0; i < tags->count; i++)
		json_put_string(json, tags->tags[i]);
	json_close_array(json);
}

void json_add_null(struct json_writer *json, const char *key)
{
	json_key(json, key);
	json_put_null(json);
}

void json_add_array(struct json_writer *json, const char *key)
{
	json_key(json, key);
	json_open_array(json);
}

void json_add_object(struct json_writer *json, const char *key)
{
	json_key(json, key);
	json_open_object(json);
}

void json_put_tag_count(struct json_writer *json, const char *tag, size_t count)
{
	json_open_object(json);
	json_add_string(json, "tag", tag);
	json_add_integer(json, "count", (int64_t)count);
	json_close_object(json);
}

/* Strings are never null: where there is nothing to say they are empty. */
static void put_link(struct json_writer *json, const struct bookmark_link *link)
{
	if (link->state == LINK_UNCHECKED) {
		json_put_null(json);
		return;
	}
	json_open_object(json);
	json_add_string(json, "state", link_state_name(link->state));
	json_add_moment(json, "checked", link->checked);
	json_add_moment(json, "since", link->since);
	json_add_integer(json, "status", link->status);
	json_add_string(json, "url", link->url ? link->url : "");
	json_add_string(json, "reason", link->reason ? link->reason : "");
	json_close_object(json);
}

static void put_field(
	struct json_writer *json, const struct bookmark_field *field, union bookmark_value value)
{
	switch (field->type) {
	case BOOKMARK_TEXT: json_add_string(json, field->name, value.text); break;
	case BOOKMARK_TAGS: json_add_tags(json, field->name, value.tags); break;
	case BOOKMARK_TIME: json_add_moment(json, field->name, value.time); break;
	case BOOKMARK_FLAG: json_add_boolean(json, field->name, value.flag); break;
	}
}

void json_put_bookmark(struct json_writer *json, const struct bookmark *bookmark)
{
	json_open_object(json);
	json_add_integer(json, "id", bookmark->id);
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].is_shown)
			put_field(json, &bookmark_fields[i],
				bookmark_field_value(&bookmark_fields[i], bookmark));
	json_key(json, "link");
	put_link(json, &bookmark->link);
	json_close_object(json);
}

void json_put_counts(struct json_writer *json, const struct counts *counts, unsigned which)
{
	for (int i = 0; i < COUNTS; i++)
		if (which & 1u << i)
			json_add_integer(json, counts_name((enum count)i),
				(int64_t)counts_value(counts, (enum count)i));
}

static const char *import_word(enum status status)
{
	switch ((int)status) {
	case STATUS_OK: return "complete";
	case STATUS_RATE_LIMITED: return "rate-limited";
	case STATUS_INTERRUPTED: return "interrupted";
	default: return "failed";
	}
}

void json_put_import(struct json_writer *json, enum status status, size_t pages, size_t fetched,
	const struct counts *counts, size_t requests, double seconds)
{
	json_add_string(json, "status", import_word(status));
	json_add_integer(json, "pages", (int64_t)pages);
	json_add_integer(json, "fetched", (int64_t)fetched);
	json_put_counts(json, counts, COUNTS_ALL);
	json_add_integer(json, "requests", (int64_t)requests);
	json_add_seconds(json, "seconds", seconds);
}
