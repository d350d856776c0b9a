#include "adapters/stars/star_batch.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/json/json_guard.h"
#include "domain/bookmarks/bookmark.h"
#include "domain/bookmarks/bookmark_source.h"
#include "domain/base/memory.h"
#include "domain/base/timestamp.h"
#include "domain/bookmarks/url.h"

/* A page of 100 full objects has 9,000 values, four deep. */
static const struct json_bounds page_bounds = {.values = 100000, .depth = 64};

static void remote_star_finish(struct remote_star *star)
{
	free((char *)star->title);
	free((char *)star->url);
	free((char *)star->notes);
	tag_set_finish(&star->tags);
}

void star_batch_finish(struct star_batch *batch)
{
	for (size_t i = 0; i < batch->count; i++)
		remote_star_finish(&batch->stars[i]);
	for (size_t i = 0; i < batch->skipped_count; i++)
		free(batch->skipped[i]);
	free(batch->stars);
	free(batch->skipped);
	*batch = (struct star_batch){0};
}

/* Absent and null are the same to a forge. */
static const json_t *member(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);

	return json_is_null(value) ? NULL : value;
}

/* An optional string: "" if it is not there; false if it is something else. */
static bool get_string(const json_t *object, const char *name, const char **text)
{
	const json_t *value = member(object, name);

	*text = value && json_is_string(value) ? json_string_value(value) : "";
	return !value || json_is_string(value);
}

/* FNV-1a over the name without case, which forges do not tell apart. */
static int64_t number_of_name(const char *name)
{
	uint64_t hash = 14695981039346656037u;

	for (; *name; name++) {
		unsigned char byte = (unsigned char)*name;

		hash ^= byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
		hash *= 1099511628211u;
	}
	return -(int64_t)(hash >> 2) - 1;
}

static const char *take_identity(
	const struct forge *forge, const json_t *repository, struct remote_star *star)
{
	const json_t *id = member(repository, forge->id);
	const char *name;

	if (!get_string(repository, forge->full_name, &name))
		return "its name is no text";
	star->title = bookmark_clean_title(name);
	if (!*star->title)
		return "it has no name";
	if (id && (!json_is_integer(id) || json_integer_value(id) <= 0))
		return "its number is none";
	star->repository = id ? json_integer_value(id) : number_of_name(star->title);
	return NULL;
}

static const char *take_address(
	const struct forge *forge, const json_t *repository, struct remote_star *star)
{
	char *normal = NULL;
	const char *url;
	bool good = get_string(repository, forge->address, &url) && url_is_web(url) &&
		    url_normal_form(url, &normal, NULL) == STATUS_OK;

	free(normal);
	star->url = memory_copy_string(url);
	if (good)
		return NULL;
	return *url ? "its address cannot be used" : "it has no address";
}

static const char *take_notes(const json_t *repository, struct remote_star *star)
{
	const char *description;

	if (!get_string(repository, "description", &description))
		return "its description is no text";
	star->notes = bookmark_clean_notes(description);
	return NULL;
}

static const char *star_take_tags(const json_t *repository, struct remote_star *star)
{
	const json_t *topics = member(repository, "topics");
	const json_t *topic;
	const char *language;
	size_t i;

	if (topics && !json_is_array(topics))
		return "its topics are no list";
	json_array_foreach(topics, i, topic)
	{
		if (!json_is_string(topic))
			return "one of its topics is no text";
		tag_set_add(&star->tags, json_string_value(topic));
	}
	if (!get_string(repository, "language", &language))
		return "its language is no text";
	tag_set_add(&star->tags, language);
	return NULL;
}

/* A time that cannot be read is not known. */
static const char *star_take_time(const json_t *item, struct remote_star *star)
{
	const char *time;

	star->starred_at = NO_DATE;
	if (!get_string(item, "starred_at", &time))
		return "the time of its star is no text";
	if (!timestamp_read(time, &star->starred_at))
		star->starred_at = NO_DATE;
	return NULL;
}

/* NULL, or why the item cannot be used. */
static const char *take_item(
	const struct forge *forge, const json_t *item, struct remote_star *star)
{
	const json_t *inner = json_object_get(item, "repo");
	const json_t *repository = inner ? inner : item;
	const char *trouble;

	if (!json_is_object(item) || !json_is_object(repository))
		return "it is no repository";
	trouble = take_identity(forge, repository, star);
	if (!trouble)
		trouble = take_address(forge, repository, star);
	if (!trouble)
		trouble = take_notes(repository, star);
	if (!trouble)
		trouble = star_take_tags(repository, star);
	return trouble ? trouble : star_take_time(item, star);
}

static void pass_over(
	struct star_batch *batch, const struct remote_star *star, size_t place, const char *trouble)
{
	const char *name =
		star->title && *star->title ? star->title : "a repository without a name";

	batch->skipped = memory_grow(batch->skipped, batch->skipped_count, &batch->skipped_capacity,
		sizeof(*batch->skipped));
	batch->skipped[batch->skipped_count++] =
		memory_print("%s (item %zu of its page): %s", name, place + 1, trouble);
}

static void take_items(struct star_batch *batch, const struct forge *forge, const json_t *items)
{
	const json_t *item;
	size_t i;

	json_array_foreach(items, i, item)
	{
		struct remote_star star = {0};
		const char *trouble = take_item(forge, item, &star);

		if (trouble) {
			pass_over(batch, &star, i, trouble);
			remote_star_finish(&star);
			continue;
		}
		batch->stars = memory_grow(
			batch->stars, batch->count, &batch->capacity, sizeof(*batch->stars));
		batch->stars[batch->count++] = star;
	}
}

static json_t *load(const char *json, size_t length, struct error *error)
{
	json_error_t failure;
	json_t *root;

	root = json_loadb(json, length, JSON_REJECT_DUPLICATES, &failure);
	if (!root && length == 0)
		error_set(error, "the answer is empty");
	else if (!root)
		error_set(error, "the answer is not JSON: %s", failure.text);
	return root;
}

enum status star_batch_read(struct star_batch *batch, const struct forge *forge, const char *json,
	size_t length, struct error *error)
{
	json_t *root;
	bool good;

	if (!json_guard_allows(json, length, &page_bounds))
		return error_fail(
			STATUS_INVALID, error, "the answer holds far more than a page of stars");
	root = load(json, length, error);
	good = json_is_array(root);
	if (good)
		take_items(batch, forge, root);
	else if (root)
		error_set(error, "the answer is no list of stars");
	json_decref(root);
	return good ? STATUS_OK : STATUS_REMOTE;
}

char *star_batch_member(const char *json, size_t length, const char *name)
{
	bool allowed = json_guard_allows(json, length, &page_bounds);
	json_t *root = allowed ? load(json, length, NULL) : NULL;
	const json_t *value = member(root, name);
	char *text = NULL;

	if (json_is_string(value))
		text = memory_copy_string(json_string_value(value));
	json_decref(root);
	return text;
}
