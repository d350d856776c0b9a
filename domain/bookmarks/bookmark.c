#include "domain/bookmarks/bookmark.h"

#include <assert.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

#define OFFSET(member) offsetof(struct bookmark, member)

const struct bookmark_field bookmark_fields[BOOKMARK_FIELDS] = {
	{"url", 'u', BOOKMARK_TEXT, OFFSET(url), true, true, "address", NULL},
	{"title", 't', BOOKMARK_TEXT, OFFSET(title), true, true, "title", NULL},
	{"notes", 'n', BOOKMARK_TEXT, OFFSET(notes), true, true, "notes", NULL},
	{"tags", 'g', BOOKMARK_TAGS, OFFSET(tags), true, true, "tags", NULL},
	{"date_added", 'a', BOOKMARK_TIME, OFFSET(added), true, true, NULL, NULL},
	{"date_modified", 'm', BOOKMARK_TIME, OFFSET(modified), true, false, NULL, NULL},
	{"date_deleted", 'd', BOOKMARK_TIME, OFFSET(deleted), false, false, NULL, NULL},
	{"source", 's', BOOKMARK_TEXT, OFFSET(source), true, true, NULL, NULL},
	{"unstarred", 'x', BOOKMARK_FLAG, OFFSET(unstarred), true, true, "no longer starred",
		"starred again"},
};

static void *field_of(const struct bookmark_field *field, struct bookmark *bookmark)
{
	return (char *)bookmark + field->offset;
}

union bookmark_value bookmark_field_value(
	const struct bookmark_field *field, const struct bookmark *bookmark)
{
	const void *value = (const char *)bookmark + field->offset;

	switch (field->type) {
	case BOOKMARK_TEXT: return (union bookmark_value){.text = *(char *const *)value};
	case BOOKMARK_TAGS: return (union bookmark_value){.tags = value};
	case BOOKMARK_TIME: return (union bookmark_value){.time = *(const int64_t *)value};
	case BOOKMARK_FLAG: return (union bookmark_value){.flag = *(const bool *)value};
	}
	return (union bookmark_value){0};
}

void bookmark_field_lend(
	const struct bookmark_field *field, struct bookmark *bookmark, union bookmark_value value)
{
	void *place = field_of(field, bookmark);

	switch (field->type) {
	case BOOKMARK_TEXT: *(const char **)place = value.text; break;
	case BOOKMARK_TAGS: assert(!"tags are not lent"); break;
	case BOOKMARK_TIME: *(int64_t *)place = value.time; break;
	case BOOKMARK_FLAG: *(bool *)place = value.flag; break;
	}
}

void bookmark_init(struct bookmark *bookmark)
{
	*bookmark = (struct bookmark){0};
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].type == BOOKMARK_TEXT)
			bookmark_set(field_of(&bookmark_fields[i], bookmark), "");
}

void bookmark_finish(struct bookmark *bookmark)
{
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].type == BOOKMARK_TEXT)
			bookmark_take(field_of(&bookmark_fields[i], bookmark), NULL);
	tag_set_finish(&bookmark->tags);
	bookmark_link_finish(&bookmark->link);
	*bookmark = (struct bookmark){0};
}

void bookmark_take(char **field, char *take)
{
	free(*field);
	*field = take;
}

void bookmark_set(char **field, const char *text)
{
	bookmark_take(field, memory_copy_string(text));
}

bool bookmark_field_equal(
	const struct bookmark_field *field, const struct bookmark *a, const struct bookmark *b)
{
	union bookmark_value left = bookmark_field_value(field, a);
	union bookmark_value right = bookmark_field_value(field, b);

	switch (field->type) {
	case BOOKMARK_TEXT: return strcmp(left.text, right.text) == 0;
	case BOOKMARK_TAGS: return tag_set_equal(left.tags, right.tags);
	case BOOKMARK_TIME: return left.time == right.time;
	case BOOKMARK_FLAG: return left.flag == right.flag;
	}
	return true;
}

void bookmark_field_copy(
	const struct bookmark_field *field, struct bookmark *to, const struct bookmark *from)
{
	union bookmark_value value = bookmark_field_value(field, from);

	switch (field->type) {
	case BOOKMARK_TEXT: bookmark_set(field_of(field, to), value.text); break;
	case BOOKMARK_TAGS: tag_set_copy(field_of(field, to), value.tags); break;
	case BOOKMARK_TIME:
	case BOOKMARK_FLAG: bookmark_field_lend(field, to, value); break;
	}
}

char *bookmark_field_print(const struct bookmark_field *field, const struct bookmark *bookmark)
{
	union bookmark_value value = bookmark_field_value(field, bookmark);

	switch (field->type) {
	case BOOKMARK_TEXT: return memory_copy_string(value.text);
	case BOOKMARK_TAGS: return tag_set_join(value.tags);
	case BOOKMARK_TIME: return memory_print("%" PRId64, value.time);
	case BOOKMARK_FLAG: return memory_print("%d", value.flag);
	}
	return NULL;
}

static void bookmark_read_tags(struct tag_set *tags, const char *list)
{
	tag_set_clear(tags);
	tag_set_add_list(tags, list, NULL);
}

void bookmark_field_read(
	const struct bookmark_field *field, struct bookmark *bookmark, const char *text)
{
	void *place = field_of(field, bookmark);

	switch (field->type) {
	case BOOKMARK_TEXT: bookmark_set(place, text); break;
	case BOOKMARK_TAGS: bookmark_read_tags(place, text); break;
	case BOOKMARK_TIME: *(int64_t *)place = strtoll(text, NULL, 10); break;
	case BOOKMARK_FLAG: *(bool *)place = *text == '1'; break;
	}
}

void bookmark_copy(struct bookmark *to, const struct bookmark *from)
{
	if (to == from)
		return;
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		bookmark_field_copy(&bookmark_fields[i], to, from);
	bookmark_link_copy(&to->link, &from->link);
	to->id = from->id;
}

bool bookmark_equal(const struct bookmark *a, const struct bookmark *b)
{
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (!bookmark_field_equal(&bookmark_fields[i], a, b))
			return false;
	return a->id == b->id;
}

void bookmark_differences(const struct bookmark *a, const struct bookmark *b,
	char fields[static BOOKMARK_FIELDS_SIZE])
{
	size_t length = 0;

	fields[0] = '\0';
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++) {
		const struct bookmark_field *field = &bookmark_fields[i];

		if (field->is_told && !bookmark_field_equal(field, a, b))
			length += (size_t)snprintf(fields + length, BOOKMARK_FIELDS_SIZE - length,
				"%s%s", length ? "," : "", field->name);
	}
}

const char *bookmark_label(const struct bookmark *bookmark)
{
	return *bookmark->title ? bookmark->title : bookmark->url;
}

char *bookmark_clean_notes(const char *notes)
{
	return text_trim(text_valid(notes, strlen(notes)));
}

char *bookmark_clean_title(const char *title)
{
	char *clean = bookmark_clean_notes(title);

	for (char *c = clean; *c; c++)
		if (*c == '\n' || *c == '\r')
			*c = ' ';
	return clean;
}
