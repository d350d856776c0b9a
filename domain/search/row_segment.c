#include "domain/search/row_segment.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url_parts.h"
#include "domain/search/text_scan.h"

#define SOURCES_MAX UINT16_MAX

/* A column of texts that grows. */
struct text_builder {
	char *bytes;
	size_t length;
	size_t capacity;
	uint64_t *bases;
	uint32_t *offsets;
};

struct row_segment {
	struct row_table table;
	size_t capacity; /* of rows */
	size_t source_capacity;
	struct text_builder texts[TEXT_COLUMNS];
	struct row_origin origin; /* of a segment over borrowed columns */
	bool verified;            /* all of it */
	bool corrupt;
};

#define NUMBERS(column)                                                                            \
	{                                                                                          \
		offsetof(struct row_table, column), sizeof(*(struct row_table){0}.column)          \
	}

const struct number_column number_columns[NUMBER_COLUMNS] = {
	[COLUMN_IDS - TEXT_COLUMNS] = NUMBERS(ids),
	[COLUMN_ADDED - TEXT_COLUMNS] = NUMBERS(added),
	[COLUMN_MODIFIED - TEXT_COLUMNS] = NUMBERS(modified),
	[COLUMN_CHECKED - TEXT_COLUMNS] = NUMBERS(checked),
	[COLUMN_SOURCES - TEXT_COLUMNS] = NUMBERS(sources),
	[COLUMN_FLAGS - TEXT_COLUMNS] = NUMBERS(flags),
	[COLUMN_LETTERS - TEXT_COLUMNS] = NUMBERS(letters),
	[COLUMN_BY_ID - TEXT_COLUMNS] = NUMBERS(by_id),
};

/* A column that this segment owns, and so may write. */
#define WRITABLE(type, column) ((type *)(uintptr_t)(column))

static const void *numbers_at(const struct row_table *table, size_t column)
{
	const void *numbers;

	memcpy(&numbers, (const char *)table + number_columns[column].member, sizeof(numbers));
	return numbers;
}

static void set_numbers(struct row_table *table, size_t column, const void *numbers)
{
	memcpy((char *)table + number_columns[column].member, &numbers, sizeof(numbers));
}

static void text_builder_reserve(struct text_builder *builder, size_t rows)
{
	builder->offsets = memory_resize(builder->offsets, rows + 1, sizeof(*builder->offsets));
	builder->bases = memory_resize(builder->bases, rows / ROW_GROUP + 1, sizeof(uint64_t));
}

/* Notes that the text of this row begins here, behind those of the rows before. */
static void text_builder_mark(struct text_builder *builder, size_t row)
{
	if (row % ROW_GROUP == 0)
		builder->bases[row / ROW_GROUP] = builder->length;
	builder->offsets[row] = (uint32_t)(builder->length - builder->bases[row / ROW_GROUP]);
}

/* Room for so many bytes more, and for what is read ahead. */
static void text_builder_make_room(struct text_builder *builder, size_t more)
{
	const size_t needed = builder->length + more + SCAN_AHEAD;

	if (needed <= builder->capacity)
		return;
	builder->capacity = needed + needed / 2;
	builder->bytes = memory_resize(builder->bytes, builder->capacity, 1);
	memset(builder->bytes + builder->length, 0, SCAN_AHEAD); /* if nothing comes, too */
}

/*
 * Adds a text of this row, with its NUL. What would be more than 4 GiB in a group, which offsets
 * cannot say, is left out: of 128 bookmarks so large the last ones are shown, and found, without
 * it.
 */
static void text_builder_add(
	struct text_builder *builder, size_t row, const char *text, size_t length)
{
	const uint64_t most = UINT32_MAX - ROW_GROUP * ROW_FIELDS;
	const uint64_t within = builder->length - builder->bases[row / ROW_GROUP];

	if (length >= most || within + length >= most)
		length = 0;
	text_builder_make_room(builder, length + 1);
	memcpy(builder->bytes + builder->length, text, length);
	builder->length += length + 1;
	memset(builder->bytes + builder->length - 1, 0, 1 + SCAN_AHEAD);
}

static void text_builder_finish(struct text_builder *builder)
{
	free(builder->bytes);
	free(builder->bases);
	free(builder->offsets);
}

/* The texts of this row, the next one, begin where those of the last one end. */
static void begin_texts(struct row_segment *segment, enum row_column text, size_t row)
{
	struct text_builder *builder = &segment->texts[text];

	text_builder_mark(builder, row);
	segment->table.texts[text] = (struct text_column){
		builder->bytes, builder->bases, builder->offsets, builder->length};
}

static void reserve_rows(struct row_segment *segment, size_t rows)
{
	segment->capacity = rows;
	for (size_t i = 0; i < COLUMN_NAMES; i++)
		text_builder_reserve(&segment->texts[i], rows);
	for (size_t i = 0; i < COLUMN_BY_ID - TEXT_COLUMNS; i++)
		set_numbers(&segment->table, i,
			memory_resize(WRITABLE(void, numbers_at(&segment->table, i)), rows,
				number_columns[i].size));
}

static void reserve_sources(struct row_segment *segment, size_t sources)
{
	segment->source_capacity = sources;
	text_builder_reserve(&segment->texts[COLUMN_NAMES], sources);
}

struct row_segment *row_segment_new(void)
{
	struct row_segment *segment = memory_new(sizeof(*segment));

	reserve_rows(segment, 16);
	reserve_sources(segment, 16);
	for (enum row_column i = 0; i < TEXT_COLUMNS; i++) {
		text_builder_make_room(&segment->texts[i], 0);
		begin_texts(segment, i, 0);
	}
	return segment;
}

struct row_segment *row_segment_over(const struct row_table *table, const struct row_origin *origin)
{
	struct row_segment *segment = memory_new(sizeof(*segment));

	segment->table = *table;
	segment->origin = *origin;
	return segment;
}

static void free_columns(struct row_segment *segment)
{
	for (size_t i = 0; i < TEXT_COLUMNS; i++)
		text_builder_finish(&segment->texts[i]);
	for (size_t i = 0; i < NUMBER_COLUMNS; i++)
		free(WRITABLE(void, numbers_at(&segment->table, i)));
	free(WRITABLE(void, segment->table.trigrams));
	free(WRITABLE(void, segment->table.present));
}

void row_segment_free(struct row_segment *segment)
{
	if (!segment)
		return;
	if (segment->origin.release)
		segment->origin.release(segment->origin.self);
	else
		free_columns(segment);
	free(segment);
}

/* Sources are few; beyond what a column can tell apart the last name stands for all others. */
static uint16_t source_number(struct row_segment *segment, const char *source)
{
	struct row_table *table = &segment->table;
	const struct text_column *names = &table->texts[COLUMN_NAMES];
	const size_t number = table->source_count;

	for (size_t i = number; i-- > 0;)
		if (strcmp(names->bytes + text_column_begin(names, i), source) == 0)
			return (uint16_t)i;
	if (number > SOURCES_MAX)
		return SOURCES_MAX;
	if (number + 1 >= segment->source_capacity)
		reserve_sources(segment, segment->source_capacity * 2);
	text_builder_add(&segment->texts[COLUMN_NAMES], number, source, strlen(source));
	begin_texts(segment, COLUMN_NAMES, ++table->source_count);
	return (uint16_t)number;
}

/* What is known of a row while it is being added. */
struct new_row {
	struct row_segment *segment;
	uint16_t flags;
	uint64_t letters;
};

/*
 * Does folding change nothing but the case of its letters, as it does not in ASCII text? Eight
 * bytes at a time: the highest bit of one is set if it was, or if taking a blank from it borrows.
 */
static bool is_plain_text(const char *text, size_t length)
{
	const uint64_t blanks = UINT64_C(0x2020202020202020), highest = blanks << 2;
	uint64_t word, any = 0;
	size_t i = 0;

	for (; i + sizeof(word) <= length; i += sizeof(word)) {
		memcpy(&word, text + i, sizeof(word));
		any |= word | (word - blanks);
	}
	for (; i < length; i++)
		any |= (unsigned char)text[i] < ' ' || (unsigned char)text[i] >= 0x80 ? highest : 0;
	return !(any & highest);
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
	text_builder_add(&row->segment->texts[field], row->segment->table.count, text, length);
	row->letters |= letters_of(text, length);
	row->flags |= (uint16_t)(1u << field);
}

static void add_field(struct new_row *row, enum row_field field, const char *text)
{
	struct text_builder *texts = row->segment->texts;
	const size_t number = row->segment->table.count;
	const size_t length = strlen(text);
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
		text_builder_add(&texts[field], number, folded, folded_length);
		row->letters |= letters_of(folded, folded_length);
		text_builder_add(&texts[COLUMN_KEPT], number, text, length);
	}
	free(folded);
}

static void add_fields(struct new_row *row, const struct bookmark *bookmark)
{
	char *tags = tag_set_join(&bookmark->tags);

	add_field(row, FIELD_TITLE, bookmark->title);
	add_field(row, FIELD_URL, bookmark->url);
	add_field(row, FIELD_NOTES, bookmark->notes);
	add_field(row, FIELD_TAGS, tags);
	free(tags);
}

static bool has_odd_host(const char *url)
{
	struct url_parts parts;

	if (is_plain_text(url, strlen(url)) && !strchr(url, '%'))
		return false;
	url_split(url, &parts);
	for (size_t i = 0; i < parts.host.length; i++)
		if ((unsigned char)parts.host.start[i] >= 0x80 || parts.host.start[i] == '%')
			return true;
	return false;
}

static uint32_t seconds_that_fit(int64_t time)
{
	return time < 0 ? 0 : time < UINT32_MAX ? (uint32_t)time : UINT32_MAX;
}

size_t row_segment_add(struct row_segment *segment, const struct bookmark *bookmark)
{
	struct row_table *table = &segment->table;
	const size_t number = table->count;
	struct new_row row = {.segment = segment};

	add_fields(&row, bookmark);
	if (bookmark->unstarred)
		row.flags |= ROW_UNSTARRED;
	if (has_odd_host(bookmark->url))
		row.flags |= ROW_ODD_HOST;
	row.flags |= (uint16_t)((unsigned)bookmark->link.state << ROW_LINK_SHIFT);
	WRITABLE(int64_t, table->ids)[number] = bookmark->id;
	WRITABLE(int64_t, table->added)[number] = bookmark->added;
	WRITABLE(int64_t, table->modified)[number] = bookmark->modified;
	WRITABLE(uint32_t, table->checked)[number] = seconds_that_fit(bookmark->link.checked);
	WRITABLE(uint16_t, table->sources)[number] = source_number(segment, bookmark->source);
	WRITABLE(uint16_t, table->flags)[number] = row.flags;
	WRITABLE(uint64_t, table->letters)[number] = row.letters;
	if (++table->count == segment->capacity)
		reserve_rows(segment, table->count + table->count / 2);
	for (enum row_column i = 0; i < COLUMN_NAMES; i++)
		begin_texts(segment, i, table->count);
	return number;
}

/* A row and the number that it is sorted by, moved to where unsigned numbers compare the same. */
struct numbered_row {
	uint64_t number;
	uint32_t row;
};

/* Leaves the order of rows that do not differ in this byte; false if none do. */
static bool sort_by_byte(
	const struct numbered_row *rows, struct numbered_row *sorted, size_t count, unsigned shift)
{
	size_t places[256] = {0};
	size_t place = 0;

	for (size_t i = 0; i < count; i++)
		places[rows[i].number >> shift & 0xff]++;
	if (count == 0 || places[rows[0].number >> shift & 0xff] == count)
		return false;
	for (size_t i = 0; i < 256; i++) {
		const size_t rows_of_it = places[i];

		places[i] = place;
		place += rows_of_it;
	}
	for (size_t i = 0; i < count; i++)
		sorted[places[rows[i].number >> shift & 0xff]++] = rows[i];
	return true;
}

/* Puts rows in the order of their numbers, least first; equal ones stay as they are. */
static void sort_by_numbers(uint32_t *rows, size_t count, const int64_t *numbers)
{
	struct numbered_row *from = memory_array(count, sizeof(*from));
	struct numbered_row *to = memory_array(count, sizeof(*to));

	for (size_t i = 0; i < count; i++)
		from[i] = (struct numbered_row){
			(uint64_t)numbers[rows[i]] ^ UINT64_C(1) << 63, rows[i]};
	for (unsigned shift = 0; shift < 64; shift += 8)
		if (sort_by_byte(from, to, count, shift)) {
			struct numbered_row *swap = from;

			from = to;
			to = swap;
		}
	for (size_t i = 0; i < count; i++)
		rows[i] = from[i].row;
	free(from);
	free(to);
}

/* What is read next lies anywhere in memory: it is asked for so many rows before. */
#define AHEAD 16

static void reorder_texts(struct row_segment *segment, enum row_column text, const uint32_t *order)
{
	const size_t rows = segment->table.count;
	const struct text_column from = segment->table.texts[text];
	struct text_builder sorted = {0};

	text_builder_reserve(&sorted, rows);
	text_builder_make_room(&sorted, from.length + 1);
	for (size_t i = 0; i < rows; i++) {
		const char *bytes = from.bytes + text_column_begin(&from, order[i]);
		const size_t size = text_column_size(&from, order[i]);

		if (i + AHEAD < rows)
			__builtin_prefetch(from.bytes + text_column_begin(&from, order[i + AHEAD]));
		text_builder_mark(&sorted, i);
		if (size)
			text_builder_add(&sorted, i, bytes, size - 1);
	}
	text_builder_finish(&segment->texts[text]);
	segment->texts[text] = sorted;
	begin_texts(segment, text, rows);
}

static void reorder_numbers(struct row_segment *segment, size_t column, const uint32_t *order)
{
	const size_t rows = segment->table.count;
	const size_t size = number_columns[column].size;
	const char *from = numbers_at(&segment->table, column);
	char *sorted = memory_array(segment->capacity, size);

	for (size_t i = 0; i < rows; i++)
		memcpy(sorted + i * size, from + order[i] * size, size);
	free(WRITABLE(void, from));
	set_numbers(&segment->table, column, sorted);
}

/* The rows by their ids, as places in a new order. */
static uint32_t *renumbered(const uint32_t *by_id, const uint32_t *order, size_t rows)
{
	uint32_t *places = memory_array(rows + 1, sizeof(*places));
	uint32_t *renumbered = memory_array(rows + 1, sizeof(*renumbered));

	for (size_t i = 0; i < rows; i++)
		places[order[i]] = (uint32_t)i;
	for (size_t i = 0; i < rows; i++)
		renumbered[i] = places[by_id[i]];
	free(places);
	return renumbered;
}

void row_segment_sort(struct row_segment *segment)
{
	struct row_table *table = &segment->table;
	const size_t rows = table->count;
	uint32_t *by_id = memory_array(rows + 1, sizeof(*by_id));
	uint32_t *order = memory_array(rows + 1, sizeof(*order));

	for (size_t i = 0; i < rows; i++)
		by_id[i] = (uint32_t)i;
	sort_by_numbers(by_id, rows, table->ids);
	for (size_t i = 0; i < rows; i++)
		order[i] = by_id[i];
	sort_by_numbers(order, rows, table->added);
	for (size_t i = 0; i < rows / 2; i++) {
		const uint32_t swap = order[i];

		order[i] = order[rows - 1 - i];
		order[rows - 1 - i] = swap;
	}
	for (enum row_column i = 0; i < COLUMN_NAMES; i++)
		reorder_texts(segment, i, order);
	for (size_t i = 0; i < COLUMN_BY_ID - TEXT_COLUMNS; i++)
		reorder_numbers(segment, i, order);
	table->by_id = renumbered(by_id, order, rows);
	free(by_id);
	free(order);
}

void row_segment_take_trigrams(struct row_segment *segment, uint64_t *trigrams, uint64_t *present)
{
	segment->table.trigrams = trigrams;
	segment->table.present = present;
}

const struct row_table *row_segment_table(const struct row_segment *segment)
{
	return &segment->table;
}

bool row_segment_verify(struct row_segment *segment, const void *bytes, size_t length)
{
	const struct row_origin *origin = &segment->origin;

	if (origin->verify && !segment->verified && !segment->corrupt && length)
		segment->corrupt = !origin->verify(origin->self, bytes, length);
	return !segment->corrupt;
}

static void open_numbers(
	struct row_segment *segment, const void *numbers, size_t size, size_t first, size_t count)
{
	row_segment_verify(segment, (const char *)numbers + first * size, count * size);
}

/* Places first: only they tell which bytes these are. */
static void open_texts(
	struct row_segment *segment, const struct text_column *texts, size_t first, size_t count)
{
	const size_t group = first / ROW_GROUP;
	const size_t groups = (first + count) / ROW_GROUP - group + 1;
	size_t begin, end;

	open_numbers(segment, texts->bases, sizeof(*texts->bases), group, groups);
	open_numbers(segment, texts->offsets, sizeof(*texts->offsets), first, count + 1);
	if (segment->corrupt)
		return;
	begin = text_column_begin(texts, first);
	end = text_column_begin(texts, first + count);
	if (begin > end)
		segment->corrupt = true;
	else
		row_segment_verify(segment, texts->bytes + begin, end - begin);
}

bool row_segment_open(struct row_segment *segment, unsigned columns, size_t first, size_t count)
{
	const struct row_table *table = &segment->table;

	if (!segment->origin.verify || segment->verified)
		return true;
	for (size_t i = 0; i < COLUMN_NAMES; i++)
		if (columns >> i & 1)
			open_texts(segment, &table->texts[i], first, count);
	if (columns >> COLUMN_NAMES & 1)
		open_texts(segment, &table->texts[COLUMN_NAMES], 0, table->source_count);
	for (size_t i = 0; i < NUMBER_COLUMNS; i++)
		if (columns >> (TEXT_COLUMNS + i) & 1)
			open_numbers(segment, numbers_at(table, i), number_columns[i].size, first,
				count);
	return !segment->corrupt;
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

/* Numbers of rows that were read are not believed either. */
bool row_table_find(const struct row_table *table, int64_t id, size_t *row)
{
	size_t low = 0;
	size_t high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (table->by_id[middle] >= table->count)
			return false;
		if (table->ids[table->by_id[middle]] < id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == table->count)
		return false;
	*row = table->by_id[low];
	return *row < table->count && table->ids[*row] == id;
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
	const struct text_column *texts = &table->texts[COLUMN_KEPT];
	const char *kept = texts->bytes + text_column_begin(texts, number);

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
