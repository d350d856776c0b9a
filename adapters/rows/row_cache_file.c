#include "adapters/rows/row_cache_file.h"

#include <assert.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/atomic_file.h"
#include "adapters/system/file_map.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/search/bits.h"
#include "domain/search/text_scan.h"
#include "domain/search/trigram_index.h"

/* Read in another order of bytes it is another number: such a file is none of ours. */
#define MAGIC    UINT64_C(0x0a776f7279726b62)
#define VERSION  17

#define ROWS_MAX INT32_MAX

/*
 * The file is a header, the body, and a checksum for each block of the body. The body is the
 * columns, one behind the other, each beginning with a block of its own. A block is summed when
 * something of it is read for the first time.
 */
#define BLOCK    4096
#define BODY     BLOCK
#define GATHERED 64 /* blocks that are read or written at once */

/* What is to be known to find the columns, and for whom and by whom they are. */
struct cache_header {
	uint64_t magic;
	uint64_t version;
	char folding[16];
	struct library_stamp stamp;
	uint64_t rows;
	uint64_t sources;
	uint64_t texts[TEXT_COLUMNS]; /* their lengths in bytes */
	uint64_t indexed;             /* 1 with trigrams, else 0 */
	uint64_t blocks;
	uint64_t sums; /* the checksum of the checksums of the blocks */
	uint64_t sum;  /* of all before it */
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

/* A piece of the body: where a table points to it, and how many bytes it has. */
struct piece {
	size_t member;
	uint64_t length;
};

#define PIECES (3 * TEXT_COLUMNS + NUMBER_COLUMNS + 2)

/* All pieces in their order, by what the header says. */
static void pieces_of(const struct cache_header *header, struct piece *pieces)
{
	const size_t rows = (size_t)header->rows;
	const size_t indexed = (size_t)header->indexed;

	for (size_t i = 0; i < TEXT_COLUMNS; i++) {
		const size_t text =
			offsetof(struct row_table, texts) + i * sizeof(struct text_column);
		const size_t count = i == COLUMN_NAMES ? (size_t)header->sources : rows;

		*pieces++ = (struct piece){
			text + offsetof(struct text_column, bytes), header->texts[i] + SCAN_AHEAD};
		*pieces++ = (struct piece){text + offsetof(struct text_column, bases),
			(count / ROW_GROUP + 1) * sizeof(uint64_t)};
		*pieces++ = (struct piece){text + offsetof(struct text_column, offsets),
			(count + 1) * sizeof(uint32_t)};
	}
	for (size_t i = 0; i < NUMBER_COLUMNS; i++)
		*pieces++ = (struct piece){number_columns[i].member, rows * number_columns[i].size};
	*pieces++ = (struct piece){offsetof(struct row_table, trigrams),
		indexed * TRIGRAM_COLUMNS * trigram_index_words(rows) * sizeof(uint64_t)};
	*pieces++ = (struct piece){offsetof(struct row_table, present),
		indexed * TRIGRAM_PRESENT_WORDS * sizeof(uint64_t)};
}

static uint64_t blocks_of(uint64_t length)
{
	return (length + BLOCK - 1) / BLOCK;
}

static uint64_t block_sum(const char *block, size_t number)
{
	return checksum_of(block, BLOCK, number);
}

/* ---- reading ---- */

/* The file in memory, for the life of a segment over it. */
struct cache_map {
	struct file_map *file;
	struct cache_header header; /* a copy: what was checked stays so */
	const char *body;
	size_t blocks;
	const uint64_t *sums;
	uint64_t *verified; /* blocks, as a set */
};

static bool verify_block(struct cache_map *map, size_t block)
{
	if (bits_has(map->verified, block))
		return true;
	if (block_sum(map->body + block * BLOCK, block) != map->sums[block])
		return false;
	bits_add(map->verified, block);
	return true;
}

static bool cache_map_verify(void *self, const void *bytes, size_t length)
{
	struct cache_map *map = self;
	const size_t at = (size_t)((const char *)bytes - map->body);
	const size_t end = map->blocks * BLOCK;

	if (at > end || length > end - at)
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
	char *bytes = memory_array(GATHERED, BLOCK);
	bool sound = true;

	for (size_t block = 0; sound && block < map->blocks; block += GATHERED) {
		const size_t left = map->blocks - block;
		const size_t blocks = left < GATHERED ? left : GATHERED;

		sound = file_map_read(map->file, BODY + block * BLOCK, bytes, blocks * BLOCK);
		for (size_t in = 0; sound && in < blocks; in++)
			sound = block_sum(bytes + in * BLOCK, block + in) == map->sums[block + in];
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
	free(map);
}

static bool is_the_users_own(const struct stat *status)
{
	return S_ISREG(status->st_mode) && status->st_uid == geteuid() &&
	       !(status->st_mode & (S_IWGRP | S_IWOTH));
}

/* Does the header say of itself what it must, and is the file as long as that needs? */
static bool is_header_sound(const struct cache_header *header, const char *uuid, uint64_t size)
{
	struct cache_header expected;

	cache_header_init(&expected, &(struct library_stamp){0});
	return memcmp(header, &expected, offsetof(struct cache_header, stamp)) == 0 &&
	       header->sum == cache_header_sum(header) &&
	       memchr(header->stamp.uuid, '\0', sizeof(header->stamp.uuid)) &&
	       strcmp(header->stamp.uuid, uuid) == 0 && header->rows <= ROWS_MAX &&
	       header->sources <= UINT16_MAX + UINT64_C(1) && header->indexed <= 1 &&
	       header->blocks <= size / BLOCK &&
	       BODY + header->blocks * (BLOCK + sizeof(uint64_t)) == size;
}

/* NULL if the file is none of the user's own, or not whole. Takes fd. */
static struct cache_map *cache_map_new(int fd, const char *uuid)
{
	struct cache_map *map = memory_new(sizeof(*map));
	struct stat status;
	size_t size = 0;

	if (fstat(fd, &status) == 0 && is_the_users_own(&status) && status.st_size > BODY)
		size = (size_t)status.st_size;
	map->file = file_map_new(fd, size);
	if (map->file)
		memcpy(&map->header, file_map_bytes(map->file), sizeof(map->header));
	if (!map->file || !is_header_sound(&map->header, uuid, size)) {
		cache_map_free(map);
		return NULL;
	}
	map->body = file_map_bytes(map->file) + BODY;
	map->blocks = (size_t)map->header.blocks;
	map->sums = (const void *)(map->body + map->blocks * BLOCK);
	map->verified = memory_array(BITS_WORDS(map->blocks), sizeof(*map->verified));
	return map;
}

/* Finds every column in the body; false if they are not all of it. */
static bool lay_out(const struct cache_map *map, struct row_table *table)
{
	struct piece pieces[PIECES];
	uint64_t block = 0;

	pieces_of(&map->header, pieces);
	*table = (struct row_table){
		.count = (size_t)map->header.rows, .source_count = (size_t)map->header.sources};
	for (size_t i = 0; i < TEXT_COLUMNS; i++) {
		if (map->header.texts[i] > map->blocks * BLOCK)
			return false;
		table->texts[i].length = (size_t)map->header.texts[i];
	}
	for (size_t i = 0; i < PIECES; i++) {
		const char *at = map->body + block * BLOCK;

		if (pieces[i].length > (map->blocks - block) * BLOCK)
			return false;
		memcpy((char *)table + pieces[i].member, &at, sizeof(at));
		block += blocks_of(pieces[i].length);
	}
	if (!map->header.indexed)
		table->trigrams = table->present = NULL;
	return block == map->blocks;
}

struct row_segment *row_cache_file_open(
	const char *path, const char *uuid, struct library_stamp *stamp)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct cache_map *map = fd < 0 ? NULL : cache_map_new(fd, uuid);
	struct row_table table;

	if (!map)
		return NULL;
	if (map->header.sums != checksum_of(map->sums, map->blocks * sizeof(*map->sums), 0) ||
		!lay_out(map, &table)) {
		cache_map_free(map);
		return NULL;
	}
	*stamp = map->header.stamp;
	return row_segment_over(&table, &(struct row_origin){cache_map_verify, cache_map_verify_all,
						cache_map_changed, cache_map_free, map});
}

/* ---- writing ---- */

/* A file that is being written. */
struct cache_writer {
	struct atomic_file file;
	struct buffer sums; /* of the blocks before */
	bool failed;
};

static void write_out(struct cache_writer *writer, const void *bytes, size_t length)
{
	writer->failed = writer->failed ||
			 atomic_file_write(&writer->file, bytes, length, NULL) != STATUS_OK;
}

/* Sums blocks and writes them, so many at a time that they are still near when they are copied. */
static void write_blocks(struct cache_writer *writer, const char *bytes, size_t blocks)
{
	for (size_t i = 0; i < blocks; i++) {
		const size_t number = writer->sums.length / sizeof(uint64_t);
		const uint64_t sum = block_sum(bytes + i * BLOCK, number);

		buffer_add(&writer->sums, (const char *)&sum, sizeof(sum));
		if ((i + 1) % GATHERED == 0 || i + 1 == blocks)
			write_out(writer, bytes + i / GATHERED * GATHERED * BLOCK,
				(i % GATHERED + 1) * BLOCK);
	}
}

/* The last block of a piece is filled up with zeros. */
static void write_piece(struct cache_writer *writer, const char *bytes, size_t length)
{
	const size_t whole = length / BLOCK;
	char last[BLOCK] = {0};

	write_blocks(writer, bytes, whole);
	if (length == whole * BLOCK)
		return;
	memcpy(last, bytes + whole * BLOCK, length - whole * BLOCK);
	write_blocks(writer, last, 1);
}

static void write_pieces(struct cache_writer *writer, const struct cache_header *header,
	const struct row_table *table)
{
	struct piece pieces[PIECES];

	pieces_of(header, pieces);
	for (size_t i = 0; i < PIECES; i++) {
		const char *bytes;

		memcpy(&bytes, (const char *)table + pieces[i].member, sizeof(bytes));
		write_piece(writer, bytes, (size_t)pieces[i].length);
	}
	write_out(writer, writer->sums.text, writer->sums.length);
}

/* The header comes last, as it has the sum of all sums. */
static void write_file(struct cache_writer *writer, const struct row_table *table,
	const struct library_stamp *stamp)
{
	struct cache_header header;

	cache_header_init(&header, stamp);
	header.rows = table->count;
	header.sources = table->source_count;
	header.indexed = table->trigrams != NULL;
	for (size_t i = 0; i < TEXT_COLUMNS; i++)
		header.texts[i] = table->texts[i].length;
	writer->failed = lseek(writer->file.fd, BODY, SEEK_SET) < 0;
	write_pieces(writer, &header, table);
	header.blocks = writer->sums.length / sizeof(uint64_t);
	header.sums = checksum_of(writer->sums.text, writer->sums.length, 0);
	header.sum = cache_header_sum(&header);
	writer->failed |= lseek(writer->file.fd, 0, SEEK_SET) < 0;
	write_out(writer, &header, sizeof(header));
}

/* Not synced: what a power cut leaves of it is found out by its sums. */
bool row_cache_file_save(
	const char *path, const struct row_segment *segment, const struct library_stamp *stamp)
{
	struct cache_writer writer = {0};

	if (atomic_file_begin(&writer.file, path, NULL) != STATUS_OK)
		return false;
	writer.file.unsynced = true;
	write_file(&writer, row_segment_table(segment), stamp);
	buffer_finish(&writer.sums);
	if (!writer.failed)
		return atomic_file_commit(&writer.file, true, NULL) == STATUS_OK;
	atomic_file_cancel(&writer.file);
	return false;
}
