#include "adapters/sqlite/change_image_text.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

struct string_field {
	char letter;
	size_t offset;
};

static const struct string_field strings[] = {
	{'u', offsetof(struct bookmark, url)},
	{'t', offsetof(struct bookmark, title)},
	{'n', offsetof(struct bookmark, notes)},
	{'s', offsetof(struct bookmark, source)},
};

static const struct string_field numbers[] = {
	{'a', offsetof(struct bookmark, added)},
	{'m', offsetof(struct bookmark, modified)},
	{'d', offsetof(struct bookmark, deleted)},
};

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

static const char *string_of(const struct bookmark *bookmark, const struct string_field *field)
{
	return *(char *const *)((const char *)bookmark + field->offset);
}

static int64_t number_of(const struct bookmark *bookmark, const struct string_field *field)
{
	return *(const int64_t *)((const char *)bookmark + field->offset);
}

static void write_field(FILE *out, char letter, const char *value)
{
	fprintf(out, "%c%zu:%s", letter, strlen(value), value);
}

static void write_number(FILE *out, char letter, int64_t value)
{
	char digits[32];

	snprintf(digits, sizeof(digits), "%" PRId64, value);
	write_field(out, letter, digits);
}

static void write_tags(FILE *out, const struct tag_set *tags)
{
	char *list = tag_set_join(tags);

	write_field(out, 'g', list);
	free(list);
}

/* other is NULL where every field is wanted. */
static char *print(const struct bookmark *bookmark, const struct bookmark *other)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return memory_copy_string("");
	for (size_t i = 0; i < COUNT(strings); i++)
		if (!other || strcmp(string_of(bookmark, &strings[i]),
				      string_of(other, &strings[i])) != 0)
			write_field(out, strings[i].letter, string_of(bookmark, &strings[i]));
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (!other || number_of(bookmark, &numbers[i]) != number_of(other, &numbers[i]))
			write_number(out, numbers[i].letter, number_of(bookmark, &numbers[i]));
	if (!other || !tag_set_equal(&bookmark->tags, &other->tags))
		write_tags(out, &bookmark->tags);
	if (!other || bookmark->unstarred != other->unstarred)
		write_number(out, 'x', bookmark->unstarred);
	fclose(out);
	return text;
}

char *change_image_print(const struct bookmark *bookmark)
{
	return print(bookmark, NULL);
}

char *change_image_print_difference(const struct bookmark *bookmark, const struct bookmark *other)
{
	return print(bookmark, other);
}

static void set_tags(struct bookmark *bookmark, const char *list)
{
	tag_set_clear(&bookmark->tags);
	tag_set_add_list(&bookmark->tags, list, NULL);
}

static void set_field(struct bookmark *bookmark, char letter, const char *value)
{
	for (size_t i = 0; i < COUNT(strings); i++)
		if (strings[i].letter == letter)
			bookmark_set((char **)((char *)bookmark + strings[i].offset), value);
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (numbers[i].letter == letter)
			*(int64_t *)((char *)bookmark + numbers[i].offset) =
				strtoll(value, NULL, 10);
	if (letter == 'g')
		set_tags(bookmark, value);
	if (letter == 'x')
		bookmark->unstarred = *value == '1';
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
