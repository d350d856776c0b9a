#include "adapters/sqlite/bookmark_batch.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

/* Small enough to stay in the processor's cache, large enough to make a transaction cheap. */
#define ROWS_MAX  256
#define BYTES_MAX ((size_t)256 * 1024)

static void keep_text(struct buffer *texts, const char *text)
{
	buffer_add(texts, text, strlen(text) + 1);
}

static void keep_text_or_none(struct buffer *texts, const char *text)
{
	keep_text(texts, text ? text : "");
}

bool bookmark_batch_keep(void *self, const struct bookmark *bookmark)
{
	struct bookmark_batch *batch = self;
	struct buffer *texts = &batch->texts;

	batch->rows =
		memory_grow(batch->rows, batch->count, &batch->capacity, sizeof(*batch->rows));
	batch->rows[batch->count++] = *bookmark;
	keep_text(texts, bookmark->url);
	keep_text(texts, bookmark->title);
	keep_text(texts, bookmark->notes);
	keep_text(texts, bookmark->source);
	keep_text_or_none(texts, bookmark->link.url);
	keep_text_or_none(texts, bookmark->link.reason);
	for (size_t i = 0; i < bookmark->tags.count; i++)
		keep_text(texts, bookmark->tags.tags[i]);
	return batch->count < ROWS_MAX && texts->length < BYTES_MAX;
}

/* The text at *at, which moves on to the next. */
static char *next_text(char **at)
{
	char *text = *at;

	*at += strlen(text) + 1;
	return text;
}

static char *next_text_or_none(char **at)
{
	char *text = next_text(at);

	return *text ? text : NULL;
}

static void next_tags(struct tag_set *tags, char **at, size_t count)
{
	tags->count = 0;
	while (tags->count < count) {
		tags->tags =
			memory_grow(tags->tags, tags->count, &tags->capacity, sizeof(*tags->tags));
		tags->tags[tags->count++] = next_text(at);
	}
}

/* Gives a row its texts; the array of its tags is lent to one row after the other. */
static void restore(struct bookmark *row, struct tag_set *tags, char **at)
{
	row->url = next_text(at);
	row->title = next_text(at);
	row->notes = next_text(at);
	row->source = next_text(at);
	row->link.url = next_text_or_none(at);
	row->link.reason = next_text_or_none(at);
	next_tags(tags, at, row->tags.count);
	row->tags = *tags;
}

bool bookmark_batch_visit(struct bookmark_batch *batch, bookmark_visit_fn visit, void *self)
{
	char *at = batch->texts.text;
	struct tag_set tags = {0};
	bool more = true;

	for (size_t i = 0; i < batch->count && more; i++) {
		restore(&batch->rows[i], &tags, &at);
		more = visit(self, &batch->rows[i]);
	}
	free(tags.tags);
	batch->count = 0;
	buffer_clear(&batch->texts);
	return more;
}

void bookmark_batch_finish(struct bookmark_batch *batch)
{
	free(batch->rows);
	buffer_finish(&batch->texts);
	*batch = (struct bookmark_batch){0};
}
