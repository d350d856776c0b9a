#include "domain/search/row_block.h"

#include <stdlib.h>
#include <string.h>

#include "domain/search/bits.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url_parts.h"

#define SOURCES_MAX UINT16_MAX

struct row_block {
	struct row_table table;
	size_t holders;
	size_t capacity;
	struct buffer folded;
	struct buffer kept;
	char **source_names;
	size_t source_capacity;
	struct row_trust trust;    /* of a block over lent columns */
	uint8_t *trusted;          /* by group: the parts that were checked; NULL: all is our own */
	uint64_t *trusted_columns; /* of the index */
	bool damaged;
};

static void *resized(const void *column, size_t count, size_t size)
{
	return memory_resize((void *)(uintptr_t)column, count, size);
}

static void reserve(struct row_block *block, size_t capacity)
{
	struct row_table *table = &block->table;

	block->capacity = capacity;
	table->ids = resized(table->ids, capacity, sizeof(*table->ids));
	table->added = resized(table->added, capacity, sizeof(*table->added));
	table->modified = resized(table->modified, capacity, sizeof(*table->modified));
	table->folded_at = resized(table->folded_at, capacity + 1, sizeof(*table->folded_at));
	table->fields = resized(table->fields, capacity, sizeof(*table->fields));
	table->kept_at = resized(table->kept_at, capacity + 1, sizeof(*table->kept_at));
	table->sources = resized(table->sources, capacity, sizeof(*table->sources));
	table->flags = resized(table->flags, capacity, sizeof(*table->flags));
}

/* A column that this block owns, and so may write. */
#define WRITABLE(type, column) ((type *)(uintptr_t)(column))

static void begin_row(struct row_block *block)
{
	if (block->table.count == block->capacity)
		reserve(block, block->capacity + block->capacity / 2 + 64);
}

static void note_fields(const struct row_table *table, size_t row)
{
	const char *text = table->folded + table->folded_at[row];
	struct row_fields *fields = &WRITABLE(struct row_fields, table->fields)[row];
	const char *at = text;

	for (size_t i = 0; i < ROW_FIELDS - 1; i++) {
		at += strlen(at) + 1;
		fields->begin[i] = at - text < ROW_FAR ? (uint16_t)(at - text) : ROW_FAR;
	}
}

static size_t end_row(struct row_block *block)
{
	struct row_table *table = &block->table;
	size_t number = table->count++;

	table->folded = buffer_text(&block->folded);
	table->kept = buffer_text(&block->kept);
	note_fields(table, number);
	WRITABLE(uint64_t, table->folded_at)[number + 1] = block->folded.length;
	WRITABLE(uint64_t, table->kept_at)[number + 1] = block->kept.length;
	return number;
}

struct row_block *row_block_new(void)
{
	struct row_block *block = memory_new(sizeof(*block));

	block->holders = 1;
	reserve(block, 16);
	WRITABLE(uint64_t, block->table.folded_at)[0] = 0;
	WRITABLE(uint64_t, block->table.kept_at)[0] = 0;
	block->table.folded = buffer_text(&block->folded);
	block->table.kept = buffer_text(&block->kept);
	return block;
}

static size_t groups_of(const struct row_block *block)
{
	return (block->table.count + ROW_GROUP - 1) / ROW_GROUP;
}

struct row_block *row_block_over(const struct row_table *table, const struct row_trust *trust)
{
	struct row_block *block = memory_new(sizeof(*block));

	block->holders = 1;
	block->table = *table;
	block->trust = *trust;
	block->trusted = memory_array(groups_of(block), sizeof(*block->trusted));
	block->trusted_columns = memory_array(BITS_WORDS(trust->columns), sizeof(uint64_t));
	return block;
}

static bool check_group(struct row_block *block, size_t group, unsigned parts)
{
	for (unsigned part = ROW_ORDER; part < ROW_ALL; part <<= 1)
		if ((parts & part) && !(block->trusted[group] & part) &&
			!block->trust.check_group(block->trust.self, group, (enum row_part)part))
			return false;
	block->trusted[group] |= (uint8_t)parts;
	return true;
}

bool row_block_trust(struct row_block *block, size_t first, size_t count, unsigned parts)
{
	if (!block->trusted || !count)
		return true;
	for (size_t group = first / ROW_GROUP; group <= (first + count - 1) / ROW_GROUP; group++)
		if ((block->trusted[group] & parts) != parts && !block->damaged)
			block->damaged = !check_group(block, group, parts);
	return !block->damaged;
}

bool row_block_trust_column(struct row_block *block, size_t column)
{
	if (!block->trusted || bits_has(block->trusted_columns, column))
		return !block->damaged;
	if (!block->trust.check_column(block->trust.self, column))
		block->damaged = true;
	bits_add(block->trusted_columns, column);
	return !block->damaged;
}

void row_block_give_back(struct row_block *block)
{
	if (block->trusted)
		block->trust.give_back(block->trust.self);
}

bool row_block_trust_all(struct row_block *block)
{
	for (size_t i = 0; i < block->trust.columns; i++)
		row_block_trust_column(block, i);
	row_block_trust(block, 0, block->table.count, ROW_ALL);
	row_block_give_back(block);
	return !block->damaged;
}

bool row_block_damaged(const struct row_block *block)
{
	return block->damaged;
}

struct row_block *row_block_share(struct row_block *block)
{
	if (block)
		block->holders++;
	return block;
}

static void free_columns(struct row_block *block)
{
	struct row_table *table = &block->table;

	free(WRITABLE(void, table->ids));
	free(WRITABLE(void, table->added));
	free(WRITABLE(void, table->modified));
	free(WRITABLE(void, table->folded_at));
	free(WRITABLE(void, table->fields));
	free(WRITABLE(void, table->kept_at));
	free(WRITABLE(void, table->sources));
	free(WRITABLE(void, table->flags));
	buffer_finish(&block->folded);
	buffer_finish(&block->kept);
	for (size_t i = 0; i < table->source_count; i++)
		free(block->source_names[i]);
	free(block->source_names);
}

void row_block_free(struct row_block *block)
{
	if (!block || --block->holders > 0)
		return;
	if (block->trusted)
		block->trust.release(block->trust.self);
	else
		free_columns(block);
	free(block->trusted);
	free(block->trusted_columns);
	free(block);
}

/* Sources are few; beyond what a column can tell apart the last name stands for all others. */
static uint16_t source_number(struct row_block *block, const char *source)
{
	struct row_table *table = &block->table;

	for (size_t i = table->source_count; i-- > 0;)
		if (strcmp(table->source_names[i], source) == 0)
			return (uint16_t)i;
	if (table->source_count > SOURCES_MAX)
		return SOURCES_MAX;
	block->source_names = memory_grow(block->source_names, table->source_count,
		&block->source_capacity, sizeof(*block->source_names));
	block->source_names[table->source_count] = memory_copy_string(source);
	table->source_names = (const char *const *)block->source_names;
	return (uint16_t)table->source_count++;
}

/* Adds a field's folded form, and the field itself where that is another. */
static uint8_t add_field(struct row_block *block, const char *text, size_t length, uint8_t flag)
{
	size_t folded_length;
	char *folded = text_fold(text, length, &folded_length);
	bool same = folded_length == length && memcmp(folded, text, length) == 0;

	buffer_add(&block->folded, folded, folded_length + 1);
	if (!same)
		buffer_add(&block->kept, text, length + 1);
	free(folded);
	return same ? flag : 0;
}

static uint8_t add_tags(struct row_block *block, const struct tag_set *tags)
{
	struct buffer joined = {0};
	uint8_t flag;

	for (size_t i = 0; i < tags->count; i++) {
		if (i)
			buffer_add_char(&joined, ',');
		buffer_add_string(&joined, tags->tags[i]);
	}
	flag = add_field(block, buffer_text(&joined), joined.length, ROW_TAGS_FOLDED);
	buffer_finish(&joined);
	return flag;
}

static uint8_t odd_host(const char *url)
{
	struct url_parts parts;

	url_split(url, &parts);
	for (size_t i = 0; i < parts.host.length; i++) {
		unsigned char byte = (unsigned char)parts.host.start[i];

		if (byte >= 0x80 || byte == '%')
			return ROW_ODD_HOST;
	}
	return 0;
}

size_t row_block_add(struct row_block *block, const struct bookmark *bookmark)
{
	struct row_table *table = &block->table;
	size_t number = table->count;
	uint8_t flags = bookmark->unstarred ? ROW_UNSTARRED : 0;

	begin_row(block);
	flags |= add_field(block, bookmark->title, strlen(bookmark->title), ROW_TITLE_FOLDED);
	flags |= add_field(block, bookmark->url, strlen(bookmark->url), ROW_URL_FOLDED);
	flags |= add_field(block, bookmark->notes, strlen(bookmark->notes), ROW_NOTES_FOLDED);
	flags |= add_tags(block, &bookmark->tags);
	flags |= odd_host(bookmark->url);
	WRITABLE(int64_t, table->ids)[number] = bookmark->id;
	WRITABLE(int64_t, table->added)[number] = bookmark->added;
	WRITABLE(int64_t, table->modified)[number] = bookmark->modified;
	WRITABLE(uint16_t, table->sources)[number] = source_number(block, bookmark->source);
	WRITABLE(uint8_t, table->flags)[number] = flags;
	return end_row(block);
}

size_t row_block_copy(struct row_block *block, const struct row_table *from, size_t row)
{
	struct row_table *table = &block->table;
	size_t number = table->count;

	begin_row(block);
	buffer_add(&block->folded, from->folded + from->folded_at[row],
		(size_t)(from->folded_at[row + 1] - from->folded_at[row]));
	buffer_add(&block->kept, from->kept + from->kept_at[row],
		(size_t)(from->kept_at[row + 1] - from->kept_at[row]));
	WRITABLE(int64_t, table->ids)[number] = from->ids[row];
	WRITABLE(int64_t, table->added)[number] = from->added[row];
	WRITABLE(int64_t, table->modified)[number] = from->modified[row];
	WRITABLE(uint16_t, table->sources)
	[number] = source_number(block, from->source_names[from->sources[row]]);
	WRITABLE(uint8_t, table->flags)[number] = from->flags[row];
	return end_row(block);
}

const struct row_table *row_block_table(const struct row_block *block)
{
	return &block->table;
}

const char *row_table_far_field(const struct row_table *table, size_t row, size_t field)
{
	const char *before = row_table_field(table, row, field - 1);

	return before + strlen(before) + 1;
}

/* One that folding changed stands among those that were kept, in the same order. */
static const char *kept_field(
	const struct row_table *table, size_t row, size_t field, const char **kept)
{
	const char *text = *kept;

	if (table->flags[row] >> field & 1)
		return row_table_field(table, row, field);
	*kept += strlen(text) + 1;
	return text;
}

void row_table_row(const struct row_table *table, size_t number, struct row *row)
{
	const char *kept = table->kept + table->kept_at[number];

	row->id = table->ids[number];
	row->added = table->added[number];
	row->modified = table->modified[number];
	row->title = kept_field(table, number, 0, &kept);
	row->url = kept_field(table, number, 1, &kept);
	row->notes = kept_field(table, number, 2, &kept);
	row->tags = kept_field(table, number, 3, &kept);
	row->source = table->source_names[table->sources[number]];
	row->unstarred = table->flags[number] & ROW_UNSTARRED;
}
