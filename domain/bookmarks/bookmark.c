#include "domain/bookmarks/bookmark.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

#define OFFSET(member) offsetof(struct bookmark, member)

const struct bookmark_field bookmark_fields[BOOKMARK_FIELDS] = {
	{"url", 'u', BOOKMARK_TEXT, OFFSET(url), true},
	{"title", 't', BOOKMARK_TEXT, OFFSET(title), true},
	{"notes", 'n', BOOKMARK_TEXT, OFFSET(notes), true},
	{"tags", 'g', BOOKMARK_TAGS, OFFSET(tags), true},
	{"date_added", 'a', BOOKMARK_TIME, OFFSET(added), true},
	{"date_modified", 'm', BOOKMARK_TIME, OFFSET(modified), false},
	{"date_deleted", 'd', BOOKMARK_TIME, OFFSET(deleted), false},
	{"source", 's', BOOKMARK_TEXT, OFFSET(source), true},
	{"unstarred", 'x', BOOKMARK_FLAG, OFFSET(unstarred), true},
};

static void *field_of(const struct bookmark_field *field, struct bookmark *bookmark)
{
	return (char *)bookmark + field->offset;
}

static const void *field_in(const struct bookmark_field *field, const struct bookmark *bookmark)
{
	return (const char *)bookmark + field->offset;
}

static char *text_in(const struct bookmark_field *field, const struct bookmark *bookmark)
{
	return *(char *const *)field_in(field, bookmark);
}

static int64_t time_in(const struct bookmark_field *field, const struct bookmark *bookmark)
{
	return *(const int64_t *)field_in(field, bookmark);
}

static bool flag_in(const struct bookmark_field *field, const struct bookmark *bookmark)
{
	return *(const bool *)field_in(field, bookmark);
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
			free(text_in(&bookmark_fields[i], bookmark));
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
	switch (field->type) {
	case BOOKMARK_TEXT: return strcmp(text_in(field, a), text_in(field, b)) == 0;
	case BOOKMARK_TAGS: return tag_set_equal(field_in(field, a), field_in(field, b));
	case BOOKMARK_TIME: return time_in(field, a) == time_in(field, b);
	case BOOKMARK_FLAG: return flag_in(field, a) == flag_in(field, b);
	}
	return true;
}

void bookmark_field_copy(
	const struct bookmark_field *field, struct bookmark *to, const struct bookmark *from)
{
	switch (field->type) {
	case BOOKMARK_TEXT: bookmark_set(field_of(field, to), text_in(field, from)); break;
	case BOOKMARK_TAGS: tag_set_copy(field_of(field, to), field_in(field, from)); break;
	case BOOKMARK_TIME: *(int64_t *)field_of(field, to) = time_in(field, from); break;
	case BOOKMARK_FLAG: *(bool *)field_of(field, to) = flag_in(field, from); break;
	}
}

char *bookmark_field_print(const struct bookmark_field *field, const struct bookmark *bookmark)
{
	switch (field->type) {
	case BOOKMARK_TEXT: return memory_copy_string(text_in(field, bookmark));
	case BOOKMARK_TAGS: return tag_set_join(field_in(field, bookmark));
	case BOOKMARK_TIME: return memory_print("%" PRId64, time_in(field, bookmark));
	case BOOKMARK_FLAG: return memory_print("%d", flag_in(field, bookmark));
	}
	return NULL;
}

static void read_tags(struct tag_set *tags, const char *list)
{
	tag_set_clear(tags);
	tag_set_add_list(tags, list, NULL);
}

void bookmark_field_read(
	const struct bookmark_field *field, struct bookmark *bookmark, const char *text)
{
	switch (field->type) {
	case BOOKMARK_TEXT: bookmark_set(field_of(field, bookmark), text); break;
	case BOOKMARK_TAGS: read_tags(field_of(field, bookmark), text); break;
	case BOOKMARK_TIME: *(int64_t *)field_of(field, bookmark) = strtoll(text, NULL, 10); break;
	case BOOKMARK_FLAG: *(bool *)field_of(field, bookmark) = *text == '1'; break;
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
