#include "adapters/formats/record.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/base/timestamp.h"
#include "domain/bookmarks/url.h"

void record_clear(struct record *record)
{
	struct bookmark *bookmark = &record->bookmark;

	buffer_clear(&record->url);
	buffer_clear(&record->title);
	buffer_clear(&record->notes);
	buffer_clear(&record->origin);
	tag_set_clear(&bookmark->tags);
	bookmark_link_finish(&bookmark->link);
	*bookmark =
		(struct bookmark){.tags = bookmark->tags, .added = NO_DATE, .modified = NO_DATE};
	record->place = 0;
	record->lost = 0;
}

void record_finish(struct record *record)
{
	bookmark_link_finish(&record->bookmark.link);
	buffer_finish(&record->url);
	buffer_finish(&record->title);
	buffer_finish(&record->notes);
	buffer_finish(&record->origin);
	tag_set_finish(&record->bookmark.tags);
}

void record_add_notes(struct record *record, const char *text, size_t length)
{
	if (length && record->notes.length)
		buffer_add(&record->notes, "\n\n", 2);
	buffer_add(&record->notes, text, length);
}

void record_split_tags(struct tag_set *tags, const char *list, const char *separators)
{
	struct buffer part = {0};

	while (*list) {
		size_t length = strcspn(list, separators);

		buffer_clear(&part);
		buffer_add(&part, list, length);
		tag_set_add(tags, part.text);
		list += length;
		if (*list)
			list++;
	}
	buffer_finish(&part);
}

/* Brackets and quotes are the list's. */
static void add_listed(struct record *record, const char *list)
{
	char *text = text_trim(memory_copy_string(list));
	size_t length = strlen(text);

	if (length > 1 && text[0] == '[' && text[length - 1] == ']')
		for (char *mark = text; *mark; mark++)
			if (strchr("[]\"", *mark))
				*mark = ' ';
	record_split_tags(&record->bookmark.tags, text, ",");
	free(text);
}

void record_add_tags(struct record *record, const char *list, enum tag_style style)
{
	switch (style) {
	case TAGS_BY_COMMAS: record_split_tags(&record->bookmark.tags, list, ","); break;
	case TAGS_BY_COMMAS_OR_BLANKS:
		record_split_tags(
			&record->bookmark.tags, list, strchr(list, ',') ? "," : " \t\r\n\f");
		break;
	case TAGS_BY_BARS: record_split_tags(&record->bookmark.tags, list, "|,"); break;
	case TAGS_BY_SEMICOLONS: record_split_tags(&record->bookmark.tags, list, ";,"); break;
	case TAGS_LISTED: add_listed(record, list); break;
	}
}

/* Where Instapaper and Raindrop keep what is in no folder. */
bool record_is_no_folder(const char *name, size_t length)
{
	static const char *const names[] = {"Unread", "Archive", "Unsorted", "Starred"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == length && strncasecmp(names[i], name, length) == 0)
			return true;
	return false;
}

void record_add_path(struct record *record, const char *path)
{
	struct buffer name = {0};

	while (*path) {
		size_t length = strcspn(path, "/");

		buffer_clear(&name);
		buffer_add(&name, path, length);
		if (!record_is_no_folder(buffer_text(&name), name.length))
			record_add_folder(record, name.text);
		path += length + (path[length] == '/');
	}
	buffer_finish(&name);
}

void record_lose(struct record *record, enum loss loss)
{
	record->lost |= 1u << loss;
}

void record_add_folder(struct record *record, const char *name)
{
	record_split_tags(&record->bookmark.tags, name, ",");
}

void record_set_origin(struct record *record, const char *source)
{
	buffer_clear(&record->origin);
	if (strcmp(source, "manual") == 0 || strncmp(source, "github:", 7) == 0 ||
		strncmp(source, "file:", 5) == 0)
		buffer_add_string(&record->origin, source);
}

void record_set_own(struct record *record, const struct bookmark_field *field, const char *text)
{
	union bookmark_value value = {0};

	if (field->type == BOOKMARK_FLAG)
		value.flag = strcmp(text, "true") == 0;
	else if (field->type != BOOKMARK_TIME || !timestamp_read(text, &value.time))
		return;
	bookmark_field_lend(field, &record->bookmark, value);
}

bool record_is_query(const struct record *record)
{
	return record->url.length >= 6 && strncasecmp(record->url.text, "place:", 6) == 0;
}

static const char *damage(const struct buffer *field)
{
	if (field->length && memchr(field->text, '\0', field->length))
		return "it holds a NUL";
	if (field->length && !text_is_valid(field->text, field->length))
		return "it is not UTF-8";
	return NULL;
}

static void drop_line_ends(struct buffer *url)
{
	size_t kept = 0;

	for (size_t i = 0; i < url->length; i++)
		if (!strchr("\t\r\n", url->text[i]) || !url->text[i])
			url->text[kept++] = url->text[i];
	url->length = kept;
	url->text[kept] = '\0';
}

static const char *trouble(struct record *record)
{
	const struct buffer *const fields[] = {&record->url, &record->title, &record->notes};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (damage(fields[i]))
			return damage(fields[i]);
	text_trim((char *)buffer_text(&record->url));
	record->url.length = strlen(record->url.text);
	if (strpbrk(record->url.text, "\t\r\n"))
		drop_line_ends(&record->url);
	record->url.length = strlen(record->url.text);
	if (!record->url.length)
		return "it has no address";
	return url_has_scheme(record->url.text) ? NULL : "its address has no scheme";
}

enum source_step record_yield(
	struct record *record, struct found_bookmark *found, struct error *error)
{
	struct bookmark *bookmark = &record->bookmark;
	const char *why = trouble(record);

	*found = (struct found_bookmark){.place = record->place};
	if (why) {
		error_set(error, "%s", why);
		return SOURCE_SKIPPED;
	}
	for (int i = 0; record->lost && record->lost_counts && i < LOSS_COUNT; i++)
		record->lost_counts[i] += record->lost >> i & 1;
	bookmark->url = record->url.text;
	bookmark->title = text_trim((char *)buffer_text(&record->title));
	bookmark->notes = text_trim((char *)buffer_text(&record->notes));
	bookmark->source = (char *)buffer_text(&record->origin);
	found->bookmark = bookmark;
	return SOURCE_BOOKMARK;
}

enum source_step record_skip(long place, struct found_bookmark *found)
{
	*found = (struct found_bookmark){.place = place};
	return SOURCE_SKIPPED;
}

struct record *record_queue_open(struct record_queue *queue)
{
	size_t before = queue->capacity;
	struct record *record;

	queue->records = memory_grow(
		queue->records, queue->count, &queue->capacity, sizeof(*queue->records));
	memset(queue->records + before, 0, (queue->capacity - before) * sizeof(*queue->records));
	record = &queue->records[queue->count++];
	record_clear(record);
	record->lost_counts = queue->lost_counts;
	queue->is_open = true;
	return record;
}

struct record *record_queue_last(struct record_queue *queue)
{
	return queue->is_open ? &queue->records[queue->count - 1] : NULL;
}

void record_queue_end(struct record_queue *queue)
{
	queue->is_open = false;
}

/* Those that were handed out make room; the one that is open becomes the first. */
static void drop_taken(struct record_queue *queue)
{
	if (!queue->records)
		return;
	if (queue->is_open && queue->count > 1) {
		struct record first = queue->records[0];

		queue->records[0] = queue->records[queue->count - 1];
		queue->records[queue->count - 1] = first;
	}
	queue->count = queue->is_open ? 1 : 0;
	queue->next = 0;
}

/* The next that is complete, lent until the one after it is asked for; NULL: there is none yet. */
static struct record *record_queue_next(struct record_queue *queue)
{
	if (queue->next < queue->count - (queue->is_open ? 1 : 0))
		return &queue->records[queue->next++];
	drop_taken(queue);
	return NULL;
}

void record_queue_finish(struct record_queue *queue)
{
	for (size_t i = 0; i < queue->capacity; i++)
		record_finish(&queue->records[i]);
	free(queue->records);
	*queue = (struct record_queue){0};
}

enum source_step record_queue_yield(struct record_queue *queue, const bool *at_end,
	record_fill_fn fill, struct bookmark_source *source, struct found_bookmark *found,
	struct error *error)
{
	for (;;) {
		struct record *record = record_queue_next(queue);

		if (record && !record_is_query(record))
			return record_yield(record, found, error);
		if (record)
			continue;
		if (*at_end)
			return SOURCE_END;
		source->status = fill(source, error);
		if (source->status != STATUS_OK)
			return SOURCE_FAILED;
	}
}

void folders_finish(struct folders *folders)
{
	while (folders->count > 0)
		folders_leave(folders);
	free(folders->names);
	tag_set_finish(&folders->tags);
	*folders = (struct folders){0};
}

void folders_enter(struct folders *folders, const char *name)
{
	folders->names = memory_grow(
		folders->names, folders->count, &folders->capacity, sizeof(*folders->names));
	folders->names[folders->count++] = name ? memory_copy_string(name) : NULL;
	folders->is_stale = true;
}

void folders_leave(struct folders *folders)
{
	if (folders->count > 0)
		free(folders->names[--folders->count]);
	folders->is_stale = true;
}

static void folders_gather(struct folders *folders)
{
	tag_set_clear(&folders->tags);
	for (size_t i = 0; i < folders->count; i++)
		if (folders->names[i])
			record_split_tags(&folders->tags, folders->names[i], ",");
	folders->is_stale = false;
}

void folders_add_to(struct folders *folders, struct record *record)
{
	if (folders->is_stale)
		folders_gather(folders);
	tag_set_unite(&record->bookmark.tags, &folders->tags);
}

bool folder_is_root(const char *name)
{
	static const char *const names[] = {"Bookmarks bar", "Bookmarks toolbar", "Bookmarks menu",
		"Other bookmarks", "Unsorted bookmarks", "Unfiled bookmarks", "Mobile bookmarks",
		"Synced bookmarks", "Favorites bar", "Favourites bar", "Other favorites",
		"Other favourites", "Mobile favorites", "Mobile favourites", "BookmarksBar",
		"BookmarksMenu", "Bookmarks Toolbar Folder", "Personal Toolbar Folder"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(names[i], name) == 0)
			return true;
	return false;
}
