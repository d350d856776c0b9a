#include "adapters/http_api/linkding_json.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"

#define ARCHIVE "https://web.archive.org/web/2/"

static void put_tag_names(struct json_writer *json, const struct tag_set *tags)
{
	json_add_array(json, "tag_names");
	for (size_t i = 0; i < tags->count; i++)
		if (strcasecmp(tags->tags[i], LINKDING_UNREAD) != 0 &&
			strcasecmp(tags->tags[i], LINKDING_ARCHIVED) != 0)
			json_put_string(json, tags->tags[i]);
	json_close_array(json);
}

void linkding_put_bookmark(struct json_writer *json, const struct bookmark *bookmark)
{
	char *snapshot = memory_print("%s%s", ARCHIVE, bookmark->url);

	json_open_object(json);
	json_add_integer(json, "id", bookmark->id);
	json_add_string(json, "url", bookmark->url);
	json_add_string(json, "title", bookmark->title);
	json_add_string(json, "description", bookmark->notes);
	json_add_string(json, "notes", "");
	json_add_string(json, "web_archive_snapshot_url", snapshot);
	json_add_string(json, "favicon_url", NULL);
	json_add_string(json, "preview_image_url", NULL);
	json_add_boolean(json, "is_archived", tag_set_has(&bookmark->tags, LINKDING_ARCHIVED));
	json_add_boolean(json, "unread", tag_set_has(&bookmark->tags, LINKDING_UNREAD));
	json_add_boolean(json, "shared", false);
	put_tag_names(json, &bookmark->tags);
	json_add_moment(json, "date_added", bookmark->added);
	json_add_moment(json, "date_modified", bookmark->modified);
	json_add_string(json, "website_title", NULL);
	json_add_string(json, "website_description", NULL);
	json_close_object(json);
	free(snapshot);
}

static enum status refuse(
	const char **field, const char *name, struct error *error, const char *kind)
{
	*field = name;
	return error_fail(STATUS_INVALID, error, "Not a valid %s.", kind);
}

/* null is as if it were not there. */
static bool read_string(const json_t *object, const char *name, const char **value)
{
	const json_t *member = json_object_get(object, name);

	*value = json_string_value(member);
	return !member || json_is_null(member) || json_is_string(member);
}

static bool read_flag(const json_t *object, const char *name, int *value)
{
	const json_t *member = json_object_get(object, name);

	*value = json_is_boolean(member) ? json_is_true(member) : -1;
	return !member || json_is_null(member) || json_is_boolean(member);
}

static bool read_names(const json_t *object, const json_t **names)
{
	const json_t *member = json_object_get(object, "tag_names");

	*names = json_is_array(member) ? member : NULL;
	for (size_t i = 0; i < json_array_size(member); i++)
		if (!json_is_string(json_array_get(member, i)))
			return false;
	return !member || json_is_null(member) || json_is_array(member);
}

enum status linkding_read(struct linkding_bookmark *read, const json_t *object, const char **field,
	struct error *error)
{
	const struct {
		const char *name;
		const char **value;
	} strings[] = {{"url", &read->url}, {"title", &read->title},
		{"description", &read->description}, {"notes", &read->notes}};

	*read = (struct linkding_bookmark){.unread = -1, .archived = -1};
	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		if (!read_string(object, strings[i].name, strings[i].value))
			return refuse(field, strings[i].name, error, "string");
	if (!read_flag(object, "unread", &read->unread))
		return refuse(field, "unread", error, "boolean");
	if (!read_flag(object, "is_archived", &read->archived))
		return refuse(field, "is_archived", error, "boolean");
	if (!read_names(object, &read->tag_names))
		return refuse(field, "tag_names", error, "list of strings");
	return STATUS_OK;
}

char *linkding_notes(const struct linkding_bookmark *sent, const char *known)
{
	const char *first = sent->description ? sent->description : known;
	const char *further = sent->notes && *sent->notes ? sent->notes : NULL;

	if (!further)
		return sent->description ? memory_copy_string(sent->description) : NULL;
	return memory_print("%s%s%s", first, *first ? "\n\n" : "", further);
}

/* Each word of a text, as a set: what a client makes of tags that it splits at blanks. */
static void add_words(struct tag_set *words, const char *text)
{
	char *copy = memory_copy_string(text);
	char *rest = copy;
	char *word;

	while ((word = strsep(&rest, " \t")))
		if (*word)
			tag_set_add(words, word);
	free(copy);
}

/* A set without the two flags that are no tags of linkding's. */
static void drop_flags(struct tag_set *tags)
{
	tag_set_remove(tags, LINKDING_UNREAD);
	tag_set_remove(tags, LINKDING_ARCHIVED);
}

static bool are_words_of(const json_t *names, const struct tag_set *known)
{
	struct tag_set words = {0}, sent = {0};
	bool same;

	for (size_t i = 0; i < known->count; i++)
		add_words(&words, known->tags[i]);
	for (size_t i = 0; i < json_array_size(names); i++)
		add_words(&sent, json_string_value(json_array_get(names, i)));
	drop_flags(&words);
	drop_flags(&sent);
	same = tag_set_equal(&words, &sent);
	tag_set_finish(&words);
	tag_set_finish(&sent);
	return same;
}

static void set_flag(struct tag_set *tags, const struct tag_set *known, const char *tag, int flag)
{
	bool wanted = flag < 0 ? tag_set_has(known, tag) : flag != 0;

	if (wanted)
		tag_set_add(tags, tag);
	else
		tag_set_remove(tags, tag);
}

enum status linkding_tags(const struct linkding_bookmark *sent, const struct tag_set *known,
	struct tag_set *tags, struct error *error)
{
	enum status status = STATUS_OK;

	if (!sent->tag_names || (known->count && are_words_of(sent->tag_names, known)))
		tag_set_copy(tags, known);
	else
		for (size_t i = 0; !status && i < json_array_size(sent->tag_names); i++)
			status = tag_set_add_list(
				tags, json_string_value(json_array_get(sent->tag_names, i)), error);
	set_flag(tags, known, LINKDING_UNREAD, sent->unread);
	set_flag(tags, known, LINKDING_ARCHIVED, sent->archived);
	return status;
}

static const struct {
	const char *theirs;
	const char *ours;
} words[] = {
	{"and", "AND"},
	{"or", "OR"},
	{"not", "NOT"},
	{"!untagged", "is:untagged"},
	{"!unread", "tag:" LINKDING_UNREAD},
};

static const char *translate(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].theirs) == length && !memcmp(words[i].theirs, word, length))
			return words[i].ours;
	return NULL;
}

/* Where a word ends: at a blank, or at the quote that closes a phrase. */
static size_t word_length(const char *at)
{
	size_t length = 0;
	bool quoted = false;

	for (; at[length] && (quoted || at[length] != ' '); length++)
		quoted ^= at[length] == '"';
	return length;
}

char *linkding_query(const char *text)
{
	struct buffer query = {0};

	while (*text) {
		size_t blanks = strspn(text, " ");
		size_t length = word_length(text + blanks);
		const char *ours = translate(text + blanks, length);

		buffer_add(&query, text, blanks);
		if (ours)
			buffer_add_string(&query, ours);
		else
			buffer_add(&query, text + blanks, length);
		text += blanks + length;
	}
	return buffer_take(&query);
}
