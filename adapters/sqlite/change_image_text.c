#include "adapters/sqlite/change_image_text.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"

/* other is NULL where every field is wanted. */
static char *print(const struct bookmark *bookmark, const struct bookmark *other)
{
	struct buffer text = {0};

	for (size_t i = 0; i < BOOKMARK_FIELDS; i++) {
		const struct bookmark_field *field = &bookmark_fields[i];
		char *value;

		if (other && bookmark_field_equal(field, bookmark, other))
			continue;
		value = bookmark_field_print(field, bookmark);
		buffer_print(&text, "%c%zu:%s", field->letter, strlen(value), value);
		free(value);
	}
	return buffer_take(&text);
}

char *change_image_print(const struct bookmark *bookmark)
{
	return print(bookmark, NULL);
}

char *change_image_print_difference(const struct bookmark *bookmark, const struct bookmark *other)
{
	return print(bookmark, other);
}

static void set_field(struct bookmark *bookmark, char letter, const char *value)
{
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].letter == letter)
			bookmark_field_read(&bookmark_fields[i], bookmark, value);
}

void change_image_read(const char *text, struct bookmark *bookmark)
{
	const char *end = text + strlen(text);

	while (*text) {
		char letter = *text, *colon, *value;
		unsigned long long length = strtoull(text + 1, &colon, 10);

		if (*colon != ':' || length > (size_t)(end - colon - 1))
			return;
		value = memory_copy_bytes(colon + 1, length);
		set_field(bookmark, letter, value);
		free(value);
		text = colon + 1 + length;
	}
}
