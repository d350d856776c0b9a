#include "adapters/rows/row_cache_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/rows/checksum.h"
#include "adapters/system/directory.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/search/trigram_index.h"

#define MAGIC          UINT64_C(0x0a776f7279726b62) /* also says the order of bytes */
#define VERSION        11

#define WORTH_TRIGRAMS 8192 /* rows */
#define ROWS_MAX       INT32_MAX
#define PADDING        64 /* zero bytes behind a text: what is read of it ends there */

/* The pieces of a file: of a text its bytes, and where each row's begin. */
enum section {
	SECTION_TEXTS, /* three for each of the fields and the kept texts */
	SECTION_IDS = SECTION_TEXTS + 3 * (ROW_FIELDS + 1),
	SECTION_ADDED,
	SECTION_MODIFIED,
	SECTION_CHECKED,
	SECTION_SOURCES,
	SECTION_FLAGS,
	SECTION_LETTERS,
	SECTION_BY_ID,
	SECTION_TRIGRAMS,
	SECTION_NAMES, /* of sources, each with its NUL */
	SECTIONS
};

enum { TEXT_BYTES, TEXT_BASES, TEXT_OFFSETS };

struct cache_header {
	uint64_t magic;
	uint64_t version;
	char folding[16];
	struct library_stamp stamp;
	uint64_t rows;
	uint64_t names;
	uint64_t size; /* of the file */
	struct {
		uint64_t at; /* a multiple of 8 */
		uint64_t length;
		uint64_t sum;
	} sections[SECTIONS];
	uint64_t sum; /* of all before it */
};

/* A header that says for whom and by whom it is, and all else zero, padding too. */
static void cache_header_init(struct cache_header *header, const struct library_stamp *stamp)
{
	memset(header, 0, sizeof(*header));
	header->magic = MAGIC;
	header->version = VERSION;
	snprintf(header->folding, sizeof(header->folding), "%s", text_fold_version());
	snprintf(header->stamp.uuid, sizeof(header->stamp.uuid), "%s", stamp->uuid);
	header->stamp.last_event = stamp->last_event;
	header->stamp.mark = stamp->mark;
}

static uint64_t cache_header_sum(const struct cache_header *header)
{
	return checksum_of(header, offsetof(struct cache_header, sum), 0);
}

static enum section text_section(size_t text, size_t part)
{
	return (enum section)(SECTION_TEXTS + 3 * text + part);
}

/* What a section must be long, by the number of rows; of texts and names any length will do. */
static uint64_t section_length(enum section section, uint64_t rows)
{
	switch (section) {
	case SECTION_IDS:
	case SECTION_ADDED:
	case SECTION_MODIFIED:
	case SECTION_LETTERS: return rows * sizeof(uint64_t);
	case SECTION_SOURCES:
	case SECTION_FLAGS: return rows * sizeof(uint16_t);
	case SECTION_CHECKED:
	case SECTION_BY_ID: return rows * sizeof(uint32_t);
	case SECTION_TRIGRAMS:
		return rows < WORTH_TRIGRAMS
			       ? 0
			       : (uint64_t)TRIGRAM_COLUMNS * trigram_index_words((size_t)rows) *
					 sizeof(uint64_t);
	case SECTION_TEXTS:
	case SECTION_NAMES:
	case SECTIONS: break;
	}
	if (section < SECTION_IDS && section % 3 == TEXT_BASES)
		return (rows / ROW_GROUP + 1) * sizeof(uint64_t);
	if (section < SECTION_IDS && section % 3 == TEXT_OFFSETS)
		return (rows + 1) * sizeof(uint32_t);
	return UINT64_MAX;
}

/* The file in memory, for the life of a segment over it. */
struct cache_map {
	const char *bytes;
	size_t size;
	const struct cache_header *header;
	struct row_table table;
	const char **names;
};

static const void *section_at(const struct cache_map *map, enum section section)
{
	return map->bytes + map->header->sections[section].at;
}

static bool section_is_right(const struct cache_map *map, enum section section)
{
	return checksum_of(section_at(map, section), (size_t)map->header->sections[section].length,
		       section) == map->header->sections[section].sum;
}

/*
 * Each row's text lies behind the one before and within the bytes, and these end with zeros. With
 * that nothing that is read can be outside, whatever the bytes are. A field has its NUL at least.
 */
static bool text_is_sound(
	const struct cache_map *map, size_t text, const struct text_column *column)
{
	const uint64_t length =
		map->header->sections[text_section(text, TEXT_BYTES)].length - PADDING;
	const uint64_t least = text < ROW_FIELDS ? 1 : 0;
	static const char zeros[PADDING];
	uint64_t end = 0;

	if (column->bases[0] + column->offsets[0] != 0)
		return false;
	for (size_t i = 1; i <= map->table.count; i++) {
		uint64_t begin = column->bases[i / ROW_GROUP] + column->offsets[i];

		if (begin < end + least)
			return false;
		end = begin;
	}
	return end == length && memcmp(column->bytes + length, zeros, PADDING) == 0;
}

static bool verify_text(const struct cache_map *map, size_t text, const struct text_column *column)
{
	for (size_t part = TEXT_BYTES; part <= TEXT_OFFSETS; part++)
		if (!section_is_right(map, text_section(text, part)))
			return false;
	return text_is_sound(map, text, column);
}

static bool rows_are_below(const uint32_t *rows, size_t count)
{
	uint32_t most = 0;

	for (size_t i = 0; i < count; i++)
		most = rows[i] > most ? rows[i] : most;
	return count == 0 || most < count;
}

static bool verify_rest(const struct cache_map *map)
{
	uint16_t most = 0;

	if (!section_is_right(map, SECTION_MODIFIED) || !section_is_right(map, SECTION_CHECKED) ||
		!section_is_right(map, SECTION_SOURCES) || !section_is_right(map, SECTION_FLAGS))
		return false;
	for (size_t i = 0; i < map->table.count; i++)
		most = map->table.sources[i] > most ? map->table.sources[i] : most;
	return map->table.count == 0 || most < map->header->names;
}

static bool cache_map_verify(void *self, enum row_column column)
{
	const struct cache_map *map = self;

	switch (column) {
	case COLUMN_KEPT: return verify_text(map, ROW_FIELDS, &map->table.kept);
	case COLUMN_ORDER:
		return section_is_right(map, SECTION_IDS) && section_is_right(map, SECTION_ADDED);
	case COLUMN_BY_ID:
		return section_is_right(map, SECTION_BY_ID) &&
		       rows_are_below(map->table.by_id, map->table.count);
	case COLUMN_REST: return verify_rest(map);
	case COLUMN_LETTERS: return section_is_right(map, SECTION_LETTERS);
	case COLUMN_TRIGRAMS: return section_is_right(map, SECTION_TRIGRAMS);
	case ROW_COLUMNS: break;
	}
	return verify_text(map, (size_t)column, &map->table.fields[column]);
}

static void cache_map_free(void *self)
{
	struct cache_map *map = self;

	munmap((void *)(uintptr_t)map->bytes, map->size);
	free(map->names);
	free(map);
}

static bool is_the_users_own(const struct stat *status)
{
	return S_ISREG(status->st_mode) && status->st_uid == geteuid() &&
	       !(status->st_mode & (S_IWGRP | S_IWOTH));
}

static struct cache_map *cache_map_new(int fd)
{
	struct cache_map *map;
	struct stat status;
	void *bytes;

	if (fstat(fd, &status) != 0 || !is_the_users_own(&status) ||
		(uint64_t)status.st_size < sizeof(struct cache_header))
		return NULL;
	bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return NULL;
	map = memory_new(sizeof(*map));
	map->bytes = bytes;
	map->size = (size_t)status.st_size;
	map->header = bytes;
	return map;
}

static bool is_made_for(const struct cache_map *map, const char *uuid)
{
	const struct cache_header *header = map->header;
	struct cache_header expected;

	cache_header_init(&expected, &(struct library_stamp){0});
	return memcmp(header, &expected, offsetof(struct cache_header, stamp)) == 0 &&
	       header->sum == cache_header_sum(header) && header->size == map->size &&
	       header->rows <= ROWS_MAX && header->names <= UINT16_MAX + UINT64_C(1) &&
	       memchr(header->stamp.uuid, '\0', sizeof(header->stamp.uuid)) &&
	       strcmp(header->stamp.uuid, uuid) == 0;
}

/* Does each section lie within the file, and is it as long as it must be? */
static bool sections_fit(const struct cache_map *map)
{
	for (enum section i = SECTION_TEXTS; i < SECTIONS; i++) {
		const uint64_t at = map->header->sections[i].at;
		const uint64_t length = map->header->sections[i].length;
		const uint64_t expected = section_length(i, map->header->rows);

		if (at % 8 || at > map->size || length > map->size - at ||
			(expected != UINT64_MAX && length != expected))
			return false;
		if (i < SECTION_IDS && i % 3 == TEXT_BYTES && length < PADDING)
			return false;
	}
	return true;
}

/* The names are few, and read at once; each ends with a NUL. */
static bool read_names(struct cache_map *map)
{
	const size_t length = (size_t)map->header->sections[SECTION_NAMES].length;
	const char *at = section_at(map, SECTION_NAMES);
	const char *end = at + length;

	if (!section_is_right(map, SECTION_NAMES))
		return false;
	map->names = memory_array((size_t)map->header->names + 1, sizeof(*map->names));
	for (size_t i = 0; i < map->header->names; i++) {
		const char *stop = memchr(at, '\0', (size_t)(end - at));

		if (!stop)
			return false;
		map->names[i] = at;
		at = stop + 1;
	}
	return true;
}

static struct text_column text_at(const struct cache_map *map, size_t text)
{
	return (struct text_column){
		.bytes = section_at(map, text_section(text, TEXT_BYTES)),
		.bases = section_at(map, text_section(text, TEXT_BASES)),
		.offsets = section_at(map, text_section(text, TEXT_OFFSETS)),
	};
}

static void lay_out(struct cache_map *map)
{
	const bool trigrams = map->header->sections[SECTION_TRIGRAMS].length > 0;

	map->table = (struct row_table){
		.count = (size_t)map->header->rows,
		.kept = text_at(map, ROW_FIELDS),
		.ids = section_at(map, SECTION_IDS),
		.added = section_at(map, SECTION_ADDED),
		.modified = section_at(map, SECTION_MODIFIED),
		.checked = section_at(map, SECTION_CHECKED),
		.sources = section_at(map, SECTION_SOURCES),
		.flags = section_at(map, SECTION_FLAGS),
		.letters = section_at(map, SECTION_LETTERS),
		.by_id = section_at(map, SECTION_BY_ID),
		.trigrams = trigrams ? section_at(map, SECTION_TRIGRAMS) : NULL,
		.source_names = map->names,
		.source_count = (size_t)map->header->names,
	};
	for (size_t i = 0; i < ROW_FIELDS; i++)
		map->table.fields[i] = text_at(map, i);
}

struct row_segment *row_cache_file_open(
	const char *path, const char *uuid, struct library_stamp *stamp)
{
	struct cache_map *map;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0)
		return NULL;
	map = cache_map_new(fd);
	close(fd);
	if (!map)
		return NULL;
	if (!is_made_for(map, uuid) || !sections_fit(map) || !read_names(map)) {
		cache_map_free(map);
		return NULL;
	}
	lay_out(map);
	*stamp = map->header->stamp;
	return row_segment_over(
		&map->table, &(struct row_origin){cache_map_verify, cache_map_free, map});
}

/* A file that is being written. */
struct cache_writer {
	int fd;
	bool failed;
	uint64_t at;
	struct cache_header header;
};

static void write_bytes(struct cache_writer *writer, const void *bytes, uint64_t length)
{
	const char *at = bytes;

	writer->at += length;
	while (length && !writer->failed) {
		ssize_t written = write(writer->fd, at, (size_t)length);

		writer->failed = written <= 0;
		if (written <= 0)
			break;
		at += written;
		length -= (uint64_t)written;
	}
}

static void write_section(
	struct cache_writer *writer, enum section section, const void *bytes, uint64_t length)
{
	static const char zeros[8];

	writer->header.sections[section].at = writer->at;
	writer->header.sections[section].length = length;
	writer->header.sections[section].sum = checksum_of(bytes, (size_t)length, section);
	write_bytes(writer, bytes, length);
	write_bytes(writer, zeros, (8 - length % 8) % 8);
}

/* The bytes of a text with zeros behind them, which its memory need not have. */
static void write_text(
	struct cache_writer *writer, size_t text, const struct text_column *column, size_t rows)
{
	const size_t length = text_column_begin(column, rows);
	char *padded = memory_array(length + PADDING, 1);

	memcpy(padded, column->bytes, length);
	write_section(writer, text_section(text, TEXT_BYTES), padded, length + PADDING);
	free(padded);
	write_section(writer, text_section(text, TEXT_BASES), column->bases,
		section_length(text_section(text, TEXT_BASES), rows));
	write_section(writer, text_section(text, TEXT_OFFSETS), column->offsets,
		section_length(text_section(text, TEXT_OFFSETS), rows));
}

static void write_names(struct cache_writer *writer, const struct row_table *table)
{
	struct buffer names = {0};

	for (size_t i = 0; i < table->source_count; i++)
		buffer_add(&names, table->source_names[i], strlen(table->source_names[i]) + 1);
	write_section(writer, SECTION_NAMES, buffer_text(&names), names.length);
	buffer_finish(&names);
}

static void write_columns(struct cache_writer *writer, const struct row_table *table)
{
	const struct {
		enum section section;
		const void *bytes;
	} columns[] = {
		{SECTION_IDS, table->ids},
		{SECTION_ADDED, table->added},
		{SECTION_MODIFIED, table->modified},
		{SECTION_CHECKED, table->checked},
		{SECTION_SOURCES, table->sources},
		{SECTION_FLAGS, table->flags},
		{SECTION_LETTERS, table->letters},
	};

	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		write_section(writer, columns[i].section, columns[i].bytes,
			section_length(columns[i].section, table->count));
}

/* What is made for the file alone. */
static void write_indexes(struct cache_writer *writer, const struct row_table *table)
{
	uint32_t *by_id = row_table_sort_by_id(table);
	uint64_t *trigrams = table->count < WORTH_TRIGRAMS ? NULL : trigram_index_new(table);

	write_section(writer, SECTION_BY_ID, by_id, section_length(SECTION_BY_ID, table->count));
	write_section(writer, SECTION_TRIGRAMS, trigrams ? (const void *)trigrams : "",
		section_length(SECTION_TRIGRAMS, table->count));
	free(trigrams);
	free(by_id);
}

/* The header comes last, as it has the sums of all. */
static bool write_file(int fd, const struct row_table *table, const struct library_stamp *stamp)
{
	struct cache_writer writer = {.fd = fd, .at = (sizeof(writer.header) + 7) / 8 * 8};

	cache_header_init(&writer.header, stamp);
	if (lseek(fd, (off_t)writer.at, SEEK_SET) < 0)
		return false;
	for (size_t i = 0; i < ROW_FIELDS; i++)
		write_text(&writer, i, &table->fields[i], table->count);
	write_text(&writer, ROW_FIELDS, &table->kept, table->count);
	write_columns(&writer, table);
	write_indexes(&writer, table);
	write_names(&writer, table);
	writer.header.rows = table->count;
	writer.header.names = table->source_count;
	writer.header.size = writer.at;
	writer.header.sum = cache_header_sum(&writer.header);
	if (lseek(fd, 0, SEEK_SET) < 0)
		return false;
	write_bytes(&writer, &writer.header, sizeof(writer.header));
	return !writer.failed;
}

/* "rows-UUID.XXXXXX", as mkostemp() makes them. */
static bool is_leftover(const char *name)
{
	const char *dot = strchr(name, '.');

	return strncmp(name, "rows-", 5) == 0 && dot && strlen(dot) == strlen(".XXXXXX");
}

/* A file that is being written is locked by who writes it: one that is not was left behind. */
static void remove_leftovers(const char *path)
{
	char *directory = directory_of(path);
	DIR *entries = opendir(directory);
	struct dirent *entry;

	while (entries && (entry = readdir(entries)) != NULL) {
		int fd = is_leftover(entry->d_name)
				 ? openat(dirfd(entries), entry->d_name,
					   O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
				 : -1;

		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
			unlinkat(dirfd(entries), entry->d_name, 0);
		if (fd >= 0)
			close(fd);
	}
	if (entries)
		closedir(entries);
	free(directory);
}

/* Not synced: what a power cut leaves of it is found out by its sums. */
bool row_cache_file_save(
	const char *path, const struct row_segment *segment, const struct library_stamp *stamp)
{
	char *temporary = memory_print("%s.XXXXXX", path);
	int fd;
	bool saved = false;

	remove_leftovers(path);
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd >= 0) {
		flock(fd, LOCK_EX);
		saved = write_file(fd, row_segment_table(segment), stamp) &&
			rename(temporary, path) == 0;
		saved = close(fd) == 0 && saved;
		if (!saved)
			unlink(temporary);
	}
	free(temporary);
	return saved;
}
