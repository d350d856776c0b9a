#include "domain/search/row_segment.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url_parts.h"
#include "domain/search/text_scan.h"

#define SOURCES_MAX UINT16_MAX

/* A column of texts that grows. */
struct text_builder {
	struct buffer bytes;
	uint64_t *bases;
	uint32_t *offsets;
};

struct row_segment {
	struct row_table table;
	size_t holders;
	size_t capacity;
	struct text_builder fields[ROW_FIELDS];
	struct text_builder kept;
	char **source_names;
	size_t source_capacity;
	struct row_origin origin; /* of a segment over borrowed columns */
	bool verified;            /* all of it */
	bool corrupt;
};

/* A column that this segment owns, and so may write. */
#define WRITABLE(type, column) ((type *)(uintptr_t)(column))

static void text_builder_reserve(struct text_builder *builder, size_t capacity)
{
	builder->offsets = memory_resize(builder->offsets, capacity + 1, sizeof(*builder->offsets));
	builder->bases =
		memory_resize(builder->bases, capacity / ROW_GROUP + 1, sizeof(*builder->bases));
}

/* Notes where the text of this row begins. */
static void text_builder_mark(struct text_builder *builder, size_t row)
{
	if (row % ROW_GROUP == 0)
		builder->bases[row / ROW_GROUP] = builder->bytes.length;
	builder->offsets[row] = (uint32_t)(builder->bytes.length - builder->bases[row / ROW_GROUP]);
}

/* Whole texts, and behind them what may be read ahead. */
static void text_builder_append(struct text_builder *builder, const char *bytes, size_t length)
{
	static const char zeros[SCAN_AHEAD];

	buffer_add(&builder->bytes, bytes, length);
	buffer_add(&builder->bytes, zeros, sizeof(zeros));
	builder->bytes.length -= sizeof(zeros);
}

/*
 * Adds a text with its NUL. What would be more than 4 GiB in a group, which offsets cannot say, is
 * left out: of 128 bookmarks so large the last ones are shown, and found, without it.
 */
static void text_builder_add(
	struct text_builder *builder, size_t row, const char *text, size_t length)
{
	uint64_t within = builder->bytes.length - builder->bases[row / ROW_GROUP];

	if (length < UINT32_MAX - ROW_GROUP * ROW_FIELDS &&
		within + length < UINT32_MAX - ROW_GROUP * ROW_FIELDS)
		buffer_add(&builder->bytes, text, length);
	text_builder_append(builder, "", 1);
}

static struct text_column text_builder_column(struct text_builder *builder)
{
	return (struct text_column){buffer_text(&builder->bytes), builder->bases, builder->offsets,
		builder->bytes.length};
}

static void text_builder_finish(struct text_builder *builder)
{
	buffer_finish(&builder->bytes);
	free(builder->bases);
	free(builder->offsets);
}

static void *resized(const void *column, size_t count, size_t size)
{
	return memory_resize(WRITABLE(void, column), count, size);
}

static void reserve(struct row_segment *segment, size_t capacity)
{
	struct row_table *table = &segment->table;

	segment->capacity = capacity;
	table->ids = resized(table->ids, capacity, sizeof(*table->ids));
	table->added = resized(table->added, capacity, sizeof(*table->added));
	table->modified = resized(table->modified, capacity, sizeof(*table->modified));
	table->checked = resized(table->checked, capacity, sizeof(*table->checked));
	table->sources = resized(table->sources, capacity, sizeof(*table->sources));
	table->flags = resized(table->flags, capacity, sizeof(*table->flags));
	table->letters = resized(table->letters, capacity, sizeof(*table->letters));
	for (size_t i = 0; i < ROW_FIELDS; i++)
		text_builder_reserve(&segment->fields[i], capacity);
	text_builder_reserve(&segment->kept, capacity);
}

/* The texts of the next row begin where those of the last one end. */
static void mark_texts(struct row_segment *segment)
{
	struct row_table *table = &segment->table;

	for (size_t i = 0; i < ROW_FIELDS; i++) {
		text_builder_mark(&segment->fields[i], table->count);
		table->fields[i] = text_builder_column(&segment->fields[i]);
	}
	text_builder_mark(&segment->kept, table->count);
	table->kept = text_builder_column(&segment->kept);
}

struct row_segment *row_segment_new(void)
{
	struct row_segment *segment = memory_new(sizeof(*segment));

	segment->holders = 1;
	reserve(segment, 16);
	mark_texts(segment);
	return segment;
}

struct row_segment *row_segment_over(const struct row_table *table, const struct row_origin *origin)
{
	struct row_segment *segment = memory_new(sizeof(*segment));

	segment->holders = 1;
	segment->table = *table;
	segment->origin = *origin;
	return segment;
}

struct row_segment *row_segment_share(struct row_segment *segment)
{
	if (segment)
		segment->holders++;
	return segment;
}

static void free_columns(struct row_segment *segment)
{
	struct row_table *table = &segment->table;

	free(WRITABLE(void, table->ids));
	free(WRITABLE(void, table->added));
	free(WRITABLE(void, table->modified));
	free(WRITABLE(void, table->checked));
	free(WRITABLE(void, table->sources));
	free(WRITABLE(void, table->flags));
	free(WRITABLE(void, table->letters));
	for (size_t i = 0; i < ROW_FIELDS; i++)
		text_builder_finish(&segment->fields[i]);
	text_builder_finish(&segment->kept);
	for (size_t i = 0; i < table->source_count; i++)
		free(segment->source_names[i]);
	free(segment->source_names);
}

void row_segment_free(struct row_segment *segment)
{
	if (!segment || --segment->holders > 0)
		return;
	if (segment->origin.release)
		segment->origin.release(segment->origin.self);
	else
		free_columns(segment);
	free(segment);
}

bool row_segment_verify(struct row_segment *segment, const void *bytes, size_t length)
{
	const struct row_origin *origin = &segment->origin;

	if (origin->verify && !segment->verified && !segment->corrupt && length)
		segment->corrupt = !origin->verify(origin->self, bytes, length);
	return !segment->corrupt;
}

static bool verify_rows(
	struct row_segment *segment, const void *column, size_t size, size_t first, size_t count)
{
	return row_segment_verify(segment, (const char *)column + first * size, count * size);
}

/* Places first: only they tell which bytes these are. */
static bool open_text(
	struct row_segment *segment, const struct text_column *text, size_t first, size_t count)
{
	const size_t group = first / ROW_GROUP;
	const size_t groups = (first + count) / ROW_GROUP - group + 1;
	size_t begin, end;

	if (!verify_rows(segment, text->bases, sizeof(*text->bases), group, groups) ||
		!verify_rows(segment, text->offsets, sizeof(*text->offsets), first, count + 1))
		return false;
	begin = text_column_begin(text, first);
	end = text_column_begin(text, first + count);
	if (begin > end)
		segment->corrupt = true;
	return !segment->corrupt && row_segment_verify(segment, text->bytes + begin, end - begin);
}

#define OPEN(column) verify_rows(segment, table->column, sizeof(*table->column), first, count)

bool row_segment_open(
	struct row_segment *segment, enum row_column column, size_t first, size_t count)
{
	const struct row_table *table = &segment->table;

	if (!segment->origin.verify || segment->verified)
		return true;
	switch (column) {
	case COLUMN_KEPT: return open_text(segment, &table->kept, first, count);
	case COLUMN_ORDER: return OPEN(ids) && OPEN(added);
	case COLUMN_BY_ID: return !table->by_id || OPEN(by_id);
	case COLUMN_REST: return OPEN(modified) && OPEN(checked) && OPEN(sources) && OPEN(flags);
	case COLUMN_LETTERS: return OPEN(letters);
	case ROW_COLUMNS: break;
	}
	return open_text(segment, &table->fields[column], first, count);
}

bool row_segment_open_row(struct row_segment *segment, size_t row)
{
	for (enum row_column column = 0; column < COLUMN_BY_ID; column++)
		row_segment_open(segment, column, row, 1);
	return row_segment_open(segment, COLUMN_REST, row, 1);
}

bool row_segment_open_all(struct row_segment *segment)
{
	const struct row_origin *origin = &segment->origin;

	if (!segment->verified && !segment->corrupt)
		segment->corrupt = origin->verify_all && !origin->verify_all(origin->self);
	segment->verified = !segment->corrupt;
	return segment->verified;
}

bool row_segment_corrupt(struct row_segment *segment)
{
	const struct row_origin *origin = &segment->origin;

	if (!segment->corrupt && origin->changed)
		segment->corrupt = origin->changed(origin->self);
	segment->verified &= !segment->corrupt;
	return segment->corrupt;
}

/* Sources are few; beyond what a column can tell apart the last name stands for all others. */
static uint16_t source_number(struct row_segment *segment, const char *source)
{
	struct row_table *table = &segment->table;

	for (size_t i = table->source_count; i-- > 0;)
		if (strcmp(table->source_names[i], source) == 0)
			return (uint16_t)i;
	if (table->source_count > SOURCES_MAX)
		return SOURCES_MAX;
	segment->source_names = memory_grow(segment->source_names, table->source_count,
		&segment->source_capacity, sizeof(*segment->source_names));
	segment->source_names[table->source_count] = memory_copy_string(source);
	table->source_names = (const char *const *)segment->source_names;
	return (uint16_t)table->source_count++;
}

/* What is known of a row while it is being added. */
struct new_row {
	struct row_segment *segment;
	uint16_t flags;
	uint64_t letters;
};

/* Does folding change nothing but the case of its letters, as it does not in ASCII text? */
static bool is_plain_text(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] < ' ' || (unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

static bool differs_in_case_only(const char *text, const char *folded, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (letter_lower(text[i]) != (unsigned char)folded[i])
			return false;
	return true;
}

static void add_as_given(struct new_row *row, enum row_field field, const char *text, size_t length)
{
	text_builder_add(&row->segment->fields[field], row->segment->table.count, text, length);
	row->letters |= letters_of(text, length);
	row->flags |= (uint16_t)(1u << field);
}

static void add_field(struct new_row *row, enum row_field field, const char *text, size_t length)
{
	const size_t number = row->segment->table.count;
	size_t folded_length;
	char *folded;

	if (is_plain_text(text, length)) {
		add_as_given(row, field, text, length);
		return;
	}
	folded = text_fold(text, length, &folded_length);
	if (folded_length == length && differs_in_case_only(text, folded, length)) {
		add_as_given(row, field, text, length);
	} else {
		text_builder_add(&row->segment->fields[field], number, folded, folded_length);
		row->letters |= letters_of(folded, folded_length);
		text_builder_add(&row->segment->kept, number, text, length);
	}
	free(folded);
}

static bool has_odd_host(const char *url)
{
	struct url_parts parts;

	url_split(url, &parts);
	for (size_t i = 0; i < parts.host.length; i++)
		if ((unsigned char)parts.host.start[i] >= 0x80 || parts.host.start[i] == '%')
			return true;
	return false;
}

static size_t end_row(struct new_row *row, const char *source)
{
	struct row_table *table = &row->segment->table;
	size_t number = table->count++;

	WRITABLE(uint16_t, table->sources)[number] = source_number(row->segment, source);
	WRITABLE(uint16_t, table->flags)[number] = row->flags;
	WRITABLE(uint64_t, table->letters)[number] = row->letters;
	if (table->count == row->segment->capacity)
		reserve(row->segment, table->count + table->count / 2);
	mark_texts(row->segment);
	return number;
}

static void set_numbers(struct row_table *table, int64_t id, int64_t added, int64_t modified)
{
	WRITABLE(int64_t, table->ids)[table->count] = id;
	WRITABLE(int64_t, table->added)[table->count] = added;
	WRITABLE(int64_t, table->modified)[table->count] = modified;
}

static uint32_t seconds_that_fit(int64_t time)
{
	return time < 0 ? 0 : time < UINT32_MAX ? (uint32_t)time : UINT32_MAX;
}

size_t row_segment_add_row(struct row_segment *segment, const struct row *row)
{
	struct new_row new = {.segment = segment};

	set_numbers(&segment->table, row->id, row->added, row->modified);
	add_field(&new, FIELD_TITLE, row->title, strlen(row->title));
	add_field(&new, FIELD_URL, row->url, strlen(row->url));
	add_field(&new, FIELD_NOTES, row->notes, strlen(row->notes));
	add_field(&new, FIELD_TAGS, row->tags, strlen(row->tags));
	if (row->unstarred)
		new.flags |= ROW_UNSTARRED;
	if (has_odd_host(row->url))
		new.flags |= ROW_ODD_HOST;
	new.flags |= (uint16_t)((unsigned)row->link << ROW_LINK_SHIFT);
	WRITABLE(uint32_t, segment->table.checked)
	[segment->table.count] = seconds_that_fit(row->checked);
	return end_row(&new, row->source);
}

struct row row_of_bookmark(const struct bookmark *bookmark, const char *tags)
{
	return (struct row){
		.id = bookmark->id,
		.added = bookmark->added,
		.modified = bookmark->modified,
		.checked = bookmark->link.checked,
		.title = bookmark->title,
		.url = bookmark->url,
		.notes = bookmark->notes,
		.tags = tags,
		.source = bookmark->source,
		.unstarred = bookmark->unstarred,
		.link = bookmark->link.state,
	};
}

size_t row_segment_add(struct row_segment *segment, const struct bookmark *bookmark)
{
	char *tags = tag_set_join(&bookmark->tags);
	const struct row row = row_of_bookmark(bookmark, tags);
	size_t number = row_segment_add_row(segment, &row);

	free(tags);
	return number;
}

static void copy_text(struct text_builder *to, const struct text_column *from, size_t row)
{
	text_builder_append(
		to, from->bytes + text_column_begin(from, row), text_column_size(from, row));
}

size_t row_segment_copy(struct row_segment *segment, const struct row_table *from, size_t number)
{
	struct new_row row = {segment, from->flags[number], from->letters[number]};

	set_numbers(
		&segment->table, from->ids[number], from->added[number], from->modified[number]);
	for (size_t i = 0; i < ROW_FIELDS; i++)
		copy_text(&segment->fields[i], &from->fields[i], number);
	copy_text(&segment->kept, &from->kept, number);
	WRITABLE(uint32_t, segment->table.checked)[segment->table.count] = from->checked[number];
	return end_row(&row, row_table_source(from, number));
}

const struct row_table *row_segment_table(const struct row_segment *segment)
{
	return &segment->table;
}

/* A row and the number that it is sorted by. */
struct numbered_row {
	int64_t number;
	uint32_t row;
};

static int compare_numbers(const void *a, const void *b)
{
	const int64_t left = ((const struct numbered_row *)a)->number;
	const int64_t right = ((const struct numbered_row *)b)->number;

	return left < right ? -1 : left > right;
}

uint32_t *row_table_sort_by_id(const struct row_table *table)
{
	struct numbered_row *sorted = memory_array(table->count, sizeof(*sorted));
	uint32_t *rows = memory_array(table->count, sizeof(*rows));

	for (size_t i = 0; i < table->count; i++)
		sorted[i] = (struct numbered_row){table->ids[i], (uint32_t)i};
	qsort(sorted, table->count, sizeof(*sorted), compare_numbers);
	for (size_t i = 0; i < table->count; i++)
		rows[i] = sorted[i].row;
	free(sorted);
	return rows;
}

bool row_table_find(const struct row_table *table, const uint32_t *by_id, int64_t id, size_t *row)
{
	size_t low = 0;
	size_t high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_id[middle] >= table->count)
			return false;
		if (table->ids[by_id[middle]] < id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == table->count || by_id[low] >= table->count || table->ids[by_id[low]] != id)
		return false;
	*row = by_id[low];
	return true;
}

/* One that is not in its column as given stands among those that were kept, in the same order. */
static const char *text_as_given(
	const struct row_table *table, size_t row, enum row_field field, const char **kept)
{
	const char *text = *kept;

	if (table->flags[row] >> field & 1)
		return row_table_text(table, row, field);
	*kept += strlen(text) + 1;
	return text;
}

void row_table_row(const struct row_table *table, size_t number, struct row *row)
{
	const char *kept = table->kept.bytes + text_column_begin(&table->kept, number);

	row->id = table->ids[number];
	row->added = table->added[number];
	row->modified = table->modified[number];
	row->checked = table->checked[number];
	row->title = text_as_given(table, number, FIELD_TITLE, &kept);
	row->url = text_as_given(table, number, FIELD_URL, &kept);
	row->notes = text_as_given(table, number, FIELD_NOTES, &kept);
	row->tags = text_as_given(table, number, FIELD_TAGS, &kept);
	row->source = row_table_source(table, number);
	row->link = row_flags_link(table->flags[number]);
	row->unstarred = table->flags[number] & ROW_UNSTARRED;
}
