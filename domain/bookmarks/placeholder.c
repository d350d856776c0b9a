#include "domain/bookmarks/placeholder.h"

#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/timestamp.h"

size_t placeholder_length(const char *text)
{
	size_t length = *text == '{' ? strspn(text + 1, "abcdefghijklmnopqrstuvwxyz_") : 0;

	return length && text[1 + length] == '}' ? length + 2 : 0;
}

static bool placeholder_is(const char *text, size_t length, const char *name)
{
	return strlen(name) == length - 2 && strncmp(name, text + 1, length - 2) == 0;
}

/* NULL of the id, which is no field, and of what is unknown. */
static const struct bookmark_field *field_at(const char *text, size_t length)
{
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].is_shown &&
			placeholder_is(text, length, bookmark_fields[i].name))
			return &bookmark_fields[i];
	return NULL;
}

const char *placeholder_unknown(const char *text)
{
	for (; *text; text++) {
		size_t length = placeholder_length(text);

		if (length && !placeholder_is(text, length, "id") && !field_at(text, length))
			return text;
	}
	return NULL;
}

char *placeholder_fill(const char *text, const struct bookmark *bookmark)
{
	const struct bookmark_field *field = field_at(text, placeholder_length(text));
	union bookmark_value value;
	char time[TIMESTAMP_SIZE];

	if (!field)
		return memory_print("%lld", (long long)bookmark->id);
	value = bookmark_field_value(field, bookmark);
	switch (field->type) {
	case BOOKMARK_TEXT: return memory_copy_string(value.text);
	case BOOKMARK_TAGS: return tag_set_join(value.tags);
	case BOOKMARK_TIME: timestamp_print(value.time, time); return memory_copy_string(time);
	case BOOKMARK_FLAG: return memory_copy_string(value.flag ? "true" : "false");
	}
	return NULL;
}
