#include "adapters/formats/json_record.h"

#include "adapters/formats/dates.h"

/* The value of the first of these keys that is there and not null. */
static const json_t *first_of(const json_t *object, const char *const *keys, const char **key)
{
	for (; *keys; keys++) {
		const json_t *value = json_object_get(object, *keys);

		if (value && !json_is_null(value)) {
			*key = *keys;
			return value;
		}
	}
	return NULL;
}

static bool add_text(
	struct buffer *field, const json_t *object, const char *const *keys, struct error *error)
{
	const char *key;
	const json_t *value = first_of(object, keys, &key);

	if (!value)
		return true;
	if (!json_is_string(value)) {
		error_set(error, "its \"%s\" is not text", key);
		return false;
	}
	buffer_add(field, json_string_value(value), json_string_length(value));
	return true;
}

static int64_t date_of(const json_t *object, const char *const *keys)
{
	const char *key;
	const json_t *value = first_of(object, keys, &key);

	if (json_is_string(value))
		return date_of_text(json_string_value(value));
	if (json_is_integer(value))
		return date_of_number(json_integer_value(value));
	if (json_is_real(value) && json_real_value(value) > -9e18 && json_real_value(value) < 9e18)
		return date_of_number((int64_t)json_real_value(value));
	return NO_DATE;
}

static bool add_tag_list(
	struct record *record, const json_t *value, const char *key, struct error *error)
{
	size_t index;
	json_t *tag;

	json_array_foreach((json_t *)value, index, tag)
	{
		if (!json_is_string(tag)) {
			error_set(error, "one of its \"%s\" is not text", key);
			return false;
		}
		record_add_folder(record, json_string_value(tag));
	}
	return true;
}

/* Only Pinboard, which allows no blanks in a tag, puts blanks between them. */
static bool add_tags(struct record *record, const json_t *object, struct error *error)
{
	static const char *const keys[] = {"tags", "tag_names", "topics", NULL};
	const char *key;
	const json_t *value = first_of(object, keys, &key);

	if (!value)
		return true;
	if (json_is_array(value))
		return add_tag_list(record, value, key, error);
	if (!json_is_string(value)) {
		error_set(error, "its \"%s\" are neither a list nor text", key);
		return false;
	}
	if (json_object_get(object, "href"))
		record_add_tags(record, json_string_value(value));
	else
		record_add_folder(record, json_string_value(value));
	return true;
}

/* linkding has a description and notes; a bookmark has one text. */
static bool add_notes(
	struct record *record, const json_t *object, bool title_is_description, struct error *error)
{
	static const char *const own[] = {"notes", "extended", "note", NULL};
	static const char *const described[] = {"description", "excerpt", NULL};
	struct buffer description = {0};
	bool usable = add_text(&record->notes, object, own, error);

	if (usable && !title_is_description)
		usable = add_text(&description, object, described, error);
	if (usable && description.length && record->notes.length)
		buffer_add(&description, "\n\n", 2);
	if (usable && description.length) {
		buffer_add(&description, buffer_text(&record->notes), record->notes.length);
		buffer_clear(&record->notes);
		buffer_add(&record->notes, description.text, description.length);
	}
	buffer_finish(&description);
	return usable;
}

/* Where it came from, in barky's own form. */
static void add_origin(struct record *record, const json_t *object)
{
	const char *source = json_string_value(json_object_get(object, "source"));

	if (!source || !json_object_get(object, "date_added"))
		return;
	record_set_origin(record, source);
	record->unstarred = json_is_true(json_object_get(object, "unstarred"));
}

static bool fill_bookmark(struct record *record, const json_t *object, struct error *error)
{
	static const char *const url[] = {"url", "uri", "href", "link", NULL};
	static const char *const title[] = {"title", NULL};
	static const char *const described[] = {"description", NULL};
	static const char *const added[] = {"date_added", "dateAdded", "time", "created",
		"created_at", "time_added", "timestamp", "added", NULL};
	static const char *const modified[] = {"date_modified", "lastModified", "lastUpdate",
		"updated", "updated_at", "modified", NULL};
	bool is_pinboard = json_object_get(object, "href") && !json_object_get(object, "title");

	record->added = date_of(object, added);
	record->modified = date_of(object, modified);
	add_origin(record, object);
	return add_text(&record->url, object, url, error) &&
	       add_text(&record->title, object, is_pinboard ? described : title, error) &&
	       add_notes(record, object, is_pinboard, error) && add_tags(record, object, error);
}

static bool fill_star(struct record *record, const json_t *repository, const json_t *starred_at,
	struct error *error)
{
	static const char *const url[] = {"html_url", NULL};
	static const char *const title[] = {"full_name", NULL};
	static const char *const notes[] = {"description", NULL};
	const json_t *language = json_object_get(repository, "language");

	if (json_is_string(starred_at))
		record->added = date_of_text(json_string_value(starred_at));
	if (json_is_string(language))
		record_add_folder(record, json_string_value(language));
	return add_text(&record->url, repository, url, error) &&
	       add_text(&record->title, repository, title, error) &&
	       add_text(&record->notes, repository, notes, error) &&
	       add_tags(record, repository, error);
}

bool json_record_fill(struct record *record, const json_t *object, struct error *error)
{
	const json_t *repository = json_object_get(object, "repo");

	if (!json_is_object(object)) {
		error_set(error, "it is not an object");
		return false;
	}
	if (json_is_object(repository))
		return fill_star(record, repository, json_object_get(object, "starred_at"), error);
	if (json_object_get(object, "html_url") && json_object_get(object, "full_name"))
		return fill_star(record, object, NULL, error);
	return fill_bookmark(record, object, error);
}
