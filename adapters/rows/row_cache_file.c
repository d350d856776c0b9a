#include "adapters/rows/row_cache_file.h"

#include <assert.h>
#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/directory.h"
#include "adapters/system/file_map.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/search/bits.h"
#include "domain/search/text_scan.h"
#include "domain/search/trigram_index.h"

/* Read in another order of bytes it is another number: such a file is none of ours. */
#define MAGIC          UINT64_C(0x0a776f7279726b62)
#define VERSION        15

#define WORTH_TRIGRAMS 8192 /* rows */
#define ROWS_MAX       INT32_MAX

/*
 * The file is a header, the body with all sections, and a checksum for each block of the body. A
 * block is summed when something of it is read for the first time.
 */
#define BODY     4096
#define BLOCK    4096

#define GATHERED (16 * BLOCK) /* that are read or written at once */

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
	SECTION_PRESENT,
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
	uint64_t body; /* its length, a multiple of 8 */
	uint64_t sums; /* the checksum of the checksums of the blocks */
	struct {
		uint64_t at; /* in the body, a multiple of 8 */
		uint64_t length;
	} sections[SECTIONS];
	uint64_t sum; /* of all before it */
};

static_assert(sizeof(struct cache_header) <= BODY, "the header has its place before the body");

typedef uint64_t pair __attribute__((vector_size(16)));

#define BATCH (4 * sizeof(pair))

/* Fletcher's two sums, in eight lanes of 64 bits: what changes a word changes the first. */
struct sums {
	pair first[4];
	pair second[4];
};

static pair pair_load(const char *bytes)
{
	pair words;

	memcpy(&words, bytes, sizeof(words));
	return words;
}

/* Written out, so that all eight stay in registers. */
static void sums_add(struct sums *sums, const char *at, const char *end)
{
	pair a = sums->first[0], b = sums->first[1], c = sums->first[2], d = sums->first[3];
	pair e = sums->second[0], f = sums->second[1], g = sums->second[2], h = sums->second[3];

	for (; at < end; at += BATCH) {
		e += a += pair_load(at);
		f += b += pair_load(at + sizeof(pair));
		g += c += pair_load(at + 2 * sizeof(pair));
		h += d += pair_load(at + 3 * sizeof(pair));
	}
	*sums = (struct sums){{a, b, c, d}, {e, f, g, h}};
}

/* Loses nothing: different values stay different. */
static uint64_t checksum_mixed(uint64_t value)
{
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	return value ^ value >> 29;
}

/*
 * A sum that tells damage, at the speed of memory: what is changed keeps its sum by a chance of
 * one in 2^64 only. It is no signature: whoever may write the file can make it fit.
 */
static uint64_t checksum_of(const void *bytes, size_t length, uint64_t seed)
{
	char rest[BATCH] = {0};
	uint64_t words[sizeof(struct sums) / sizeof(uint64_t)];
	uint64_t sum = checksum_mixed(seed ^ length);
	size_t whole = length / BATCH * BATCH;
	struct sums sums;

	memset(&sums, 0, sizeof(sums));
	sums_add(&sums, bytes, (const char *)bytes + whole);
	if (length > whole)
		memcpy(rest, (const char *)bytes + whole, length - whole);
	sums_add(&sums, rest, rest + BATCH);
	memcpy(words, &sums, sizeof(words));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		sum = checksum_mixed(sum ^ words[i]);
	return sum;
}

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
	case SECTION_PRESENT:
		return rows < WORTH_TRIGRAMS
			       ? 0
			       : trigram_present_words((size_t)rows) * sizeof(uint64_t);
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

static size_t blocks_of(uint64_t body)
{
	return (size_t)((body + BLOCK - 1) / BLOCK);
}

static uint64_t block_sum(const char *block, size_t length, size_t number)
{
	return checksum_of(block, length, number);
}

/* The file in memory, for the life of a segment over it. */
struct cache_map {
	struct file_map *file;
	struct cache_header header; /* a copy: what was checked stays so */
	const char *body;
	size_t length; /* of the body */
	const uint64_t *sums;
	uint64_t *verified; /* blocks, as a set */
	struct row_table table;
	const char **names;
};

static const void *section_at(const struct cache_map *map, enum section section)
{
	return map->body + map->header.sections[section].at;
}

static bool is_block_sound(const struct cache_map *map, const char *bytes, size_t block)
{
	const size_t left = map->length - block * BLOCK;

	return block_sum(bytes, left < BLOCK ? left : BLOCK, block) == map->sums[block];
}

static bool verify_block(struct cache_map *map, size_t block)
{
	if (bits_has(map->verified, block))
		return true;
	if (!is_block_sound(map, map->body + block * BLOCK, block))
		return false;
	bits_add(map->verified, block);
	return true;
}

static bool cache_map_verify(void *self, const void *bytes, size_t length)
{
	struct cache_map *map = self;
	const size_t at = (size_t)((const char *)bytes - map->body);

	if (at > map->length || length > map->length - at)
		return false;
	for (size_t block = at / BLOCK; block * BLOCK < at + length; block++)
		if (!verify_block(map, block))
			return false;
	return true;
}

/* By reading it, which is faster than to have every page of it mapped. */
static bool cache_map_verify_all(void *self)
{
	struct cache_map *map = self;
	char *bytes = memory_array(GATHERED, 1);
	bool sound = true;

	for (size_t at = 0; sound && at < map->length; at += GATHERED) {
		const size_t left = map->length - at;
		const size_t length = left < GATHERED ? left : GATHERED;

		sound = file_map_read(map->file, BODY + at, bytes, length);
		for (size_t in = 0; sound && in < length; in += BLOCK)
			sound = is_block_sound(map, bytes + in, (at + in) / BLOCK);
	}
	free(bytes);
	return sound;
}

static bool cache_map_changed(void *self)
{
	const struct cache_map *map = self;

	return file_map_changed(map->file);
}

static void cache_map_free(void *self)
{
	struct cache_map *map = self;

	file_map_free(map->file);
	free(map->verified);
	free(map->names);
	free(map);
}

static bool is_the_users_own(const struct stat *status)
{
	return S_ISREG(status->st_mode) && status->st_uid == geteuid() &&
	       !(status->st_mode & (S_IWGRP | S_IWOTH));
}

/* NULL if it is too short for what its header says, or none of the user's own. Takes fd. */
static struct cache_map *cache_map_new(int fd)
{
	struct cache_map *map = memory_new(sizeof(*map));
	struct stat status;
	size_t size = 0;

	if (fstat(fd, &status) == 0 && is_the_users_own(&status) && status.st_size > BODY)
		size = (size_t)status.st_size;
	map->file = file_map_new(fd, size);
	if (!map->file) {
		free(map);
		return NULL;
	}
	memcpy(&map->header, file_map_bytes(map->file), sizeof(map->header));
	map->body = file_map_bytes(map->file) + BODY;
	map->length = (size_t)map->header.body;
	if (map->header.body % 8 || map->header.body > size - BODY ||
		blocks_of(map->length) * sizeof(*map->sums) != size - BODY - map->length) {
		cache_map_free(map);
		return NULL;
	}
	map->sums = (const void *)(map->body + map->length);
	map->verified = memory_array(BITS_WORDS(blocks_of(map->length)), sizeof(*map->verified));
	return map;
}

static bool is_made_for(const struct cache_map *map, const char *uuid)
{
	const struct cache_header *header = &map->header;
	struct cache_header expected;

	cache_header_init(&expected, &(struct library_stamp){0});
	return memcmp(header, &expected, offsetof(struct cache_header, stamp)) == 0 &&
	       header->sum == cache_header_sum(header) &&
	       header->sums ==
		       checksum_of(map->sums, blocks_of(map->length) * sizeof(*map->sums), 0) &&
	       header->rows <= ROWS_MAX && header->names <= UINT16_MAX + UINT64_C(1) &&
	       memchr(header->stamp.uuid, '\0', sizeof(header->stamp.uuid)) &&
	       strcmp(header->stamp.uuid, uuid) == 0;
}

/* Does each section lie within the body, and is it as long as it must be? */
static bool sections_fit(const struct cache_map *map)
{
	for (enum section i = SECTION_TEXTS; i < SECTIONS; i++) {
		const uint64_t at = map->header.sections[i].at;
		const uint64_t length = map->header.sections[i].length;
		const uint64_t expected = section_length(i, map->header.rows);

		if (at % 8 || at > map->length || length > map->length - at ||
			(expected != UINT64_MAX && length != expected))
			return false;
		if (i < SECTION_IDS && i % 3 == TEXT_BYTES && length < SCAN_AHEAD)
			return false;
	}
	return true;
}

/* The names are few, and read at once; each ends with a NUL. */
static bool read_names(struct cache_map *map)
{
	const size_t length = (size_t)map->header.sections[SECTION_NAMES].length;
	const char *at = section_at(map, SECTION_NAMES);
	const char *end = at + length;

	if (!cache_map_verify(map, at, length))
		return false;
	map->names = memory_array((size_t)map->header.names + 1, sizeof(*map->names));
	for (size_t i = 0; i < map->header.names; i++) {
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
		.length = (size_t)map->header.sections[text_section(text, TEXT_BYTES)].length -
			  SCAN_AHEAD,
	};
}

static void lay_out(struct cache_map *map)
{
	const bool trigrams = map->header.sections[SECTION_TRIGRAMS].length > 0;

	map->table = (struct row_table){
		.count = (size_t)map->header.rows,
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
		.present = trigrams ? section_at(map, SECTION_PRESENT) : NULL,
		.source_names = map->names,
		.source_count = (size_t)map->header.names,
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
	if (!map)
		return NULL;
	if (!is_made_for(map, uuid) || !sections_fit(map) || !read_names(map)) {
		cache_map_free(map);
		return NULL;
	}
	lay_out(map);
	*stamp = map->header.stamp;
	return row_segment_over(
		&map->table, &(struct row_origin){cache_map_verify, cache_map_verify_all,
				     cache_map_changed, cache_map_free, map});
}

/* A file that is being written. */
struct cache_writer {
	int fd;
	bool failed;
	const struct row_table *table;
	char *bytes; /* that are to be written next, GATHERED at most */
	size_t used;
	struct buffer sums; /* of the blocks before */
	struct cache_header header;
};

static void write_out(struct cache_writer *writer, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length && !writer->failed) {
		ssize_t written = write(writer->fd, at, length);

		writer->failed = written <= 0;
		if (written <= 0)
			break;
		at += written;
		length -= (size_t)written;
	}
}

/* Writes what has been gathered, and sums each block of it. */
static void flush_blocks(struct cache_writer *writer)
{
	for (size_t at = 0; at < writer->used; at += BLOCK) {
		const size_t left = writer->used - at;
		const size_t number = writer->sums.length / sizeof(uint64_t);
		const uint64_t sum =
			block_sum(writer->bytes + at, left < BLOCK ? left : BLOCK, number);

		buffer_add(&writer->sums, (const char *)&sum, sizeof(sum));
	}
	write_out(writer, writer->bytes, writer->used);
	writer->used = 0;
}

static void write_bytes(struct cache_writer *writer, const void *bytes, size_t length)
{
	const char *at = bytes;

	writer->header.body += length;
	while (length) {
		const size_t room = GATHERED - writer->used;
		const size_t now = length < room ? length : room;

		memcpy(writer->bytes + writer->used, at, now);
		writer->used += now;
		at += now;
		length -= now;
		if (writer->used == GATHERED)
			flush_blocks(writer);
	}
}

static void begin_section(struct cache_writer *writer, enum section section)
{
	static const char zeros[8];

	write_bytes(writer, zeros, (8 - writer->header.body % 8) % 8);
	writer->header.sections[section].at = writer->header.body;
}

static void end_section(struct cache_writer *writer, enum section section)
{
	writer->header.sections[section].length =
		writer->header.body - writer->header.sections[section].at;
}

static void write_section(
	struct cache_writer *writer, enum section section, const void *bytes, uint64_t length)
{
	begin_section(writer, section);
	write_bytes(writer, bytes, (size_t)length);
	end_section(writer, section);
}

/* Zeros behind the texts end what is read of them. */
static void write_text(struct cache_writer *writer, size_t text, const struct text_column *column)
{
	static const char zeros[SCAN_AHEAD];
	const size_t rows = writer->table->count;

	begin_section(writer, text_section(text, TEXT_BYTES));
	write_bytes(writer, column->bytes, column->length);
	write_bytes(writer, zeros, SCAN_AHEAD);
	end_section(writer, text_section(text, TEXT_BYTES));
	write_section(writer, text_section(text, TEXT_BASES), column->bases,
		section_length(text_section(text, TEXT_BASES), rows));
	write_section(writer, text_section(text, TEXT_OFFSETS), column->offsets,
		section_length(text_section(text, TEXT_OFFSETS), rows));
}

static void write_names(struct cache_writer *writer)
{
	const struct row_table *table = writer->table;

	begin_section(writer, SECTION_NAMES);
	for (size_t i = 0; i < table->source_count; i++)
		write_bytes(writer, table->source_names[i], strlen(table->source_names[i]) + 1);
	end_section(writer, SECTION_NAMES);
	writer->header.names = table->source_count;
}

static void write_columns(struct cache_writer *writer)
{
	const struct row_table *table = writer->table;
	uint32_t *by_id = row_table_sort_by_id(table);
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
		{SECTION_BY_ID, by_id},
	};

	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		write_section(writer, columns[i].section, columns[i].bytes,
			section_length(columns[i].section, table->count));
	free(by_id);
}

/* Of few rows there are none. */
static void write_trigrams(struct cache_writer *writer)
{
	const size_t rows = writer->table->count;
	struct trigram_index index = {0};

	if (rows >= WORTH_TRIGRAMS)
		trigram_index_init(&index, writer->table);
	write_section(
		writer, SECTION_TRIGRAMS, index.columns, section_length(SECTION_TRIGRAMS, rows));
	write_section(
		writer, SECTION_PRESENT, index.present, section_length(SECTION_PRESENT, rows));
	trigram_index_finish(&index);
}

/* The last block, the sums of all, and the header in its place before them. */
static void write_end(struct cache_writer *writer)
{
	static const char zeros[8];
	struct cache_header *header = &writer->header;

	write_bytes(writer, zeros, (8 - header->body % 8) % 8);
	flush_blocks(writer);
	write_out(writer, buffer_text(&writer->sums), writer->sums.length);
	header->rows = writer->table->count;
	header->sums = checksum_of(buffer_text(&writer->sums), writer->sums.length, 0);
	header->sum = cache_header_sum(header);
	writer->failed |= lseek(writer->fd, 0, SEEK_SET) < 0;
	write_out(writer, header, sizeof(*header));
}

/* The header comes last, as it has the sum of all sums. */
static bool write_file(int fd, const struct row_table *table, const struct library_stamp *stamp)
{
	struct cache_writer writer = {.fd = fd, .table = table};

	cache_header_init(&writer.header, stamp);
	if (lseek(fd, BODY, SEEK_SET) < 0)
		return false;
	writer.bytes = memory_array(GATHERED, 1);
	for (size_t i = 0; i < ROW_FIELDS; i++)
		write_text(&writer, i, &table->fields[i]);
	write_text(&writer, ROW_FIELDS, &table->kept);
	write_columns(&writer);
	write_trigrams(&writer);
	write_names(&writer);
	write_end(&writer);
	free(writer.bytes);
	buffer_finish(&writer.sums);
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
