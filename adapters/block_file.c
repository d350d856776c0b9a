#include "adapters/block_file.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/checksum.h"
#include "domain/buffer.h"
#include "domain/memory.h"
#include "domain/text.h"

#define MAGIC   UINT64_C(0x0a776f7279726b62) /* also says the order of bytes */
#define VERSION 1                            /* of the layout */

enum column {
	IDS,
	ADDED,
	MODIFIED,
	FOLDED_AT,
	KEPT_AT,
	SOURCES,
	FLAGS,
	FOLDED,
	KEPT,
	NAMES, /* each with its NUL */
	COLUMNS
};

struct header {
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
	} columns[COLUMNS];
	uint64_t sum; /* of all before it */
};

struct piece {
	const void *bytes;
	uint64_t length;
};

static uint64_t rounded(uint64_t length)
{
	return (length + 7) / 8 * 8;
}

static void describe(const struct row_table *table, struct piece pieces[static COLUMNS])
{
	const uint64_t rows = table->count;

	pieces[IDS] = (struct piece){table->ids, rows * sizeof(*table->ids)};
	pieces[ADDED] = (struct piece){table->added, rows * sizeof(*table->added)};
	pieces[MODIFIED] = (struct piece){table->modified, rows * sizeof(*table->modified)};
	pieces[FOLDED_AT] =
		(struct piece){table->folded_at, (rows + 1) * sizeof(*table->folded_at)};
	pieces[KEPT_AT] = (struct piece){table->kept_at, (rows + 1) * sizeof(*table->kept_at)};
	pieces[SOURCES] = (struct piece){table->sources, rows * sizeof(*table->sources)};
	pieces[FLAGS] = (struct piece){table->flags, rows * sizeof(*table->flags)};
	pieces[FOLDED] = (struct piece){table->folded, table->folded_at[rows]};
	pieces[KEPT] = (struct piece){table->kept, table->kept_at[rows]};
}

static char *joined_names(const struct row_table *table, uint64_t *length)
{
	struct buffer names = {0};

	for (size_t i = 0; i < table->source_count; i++)
		buffer_add(&names, table->source_names[i], strlen(table->source_names[i]) + 1);
	*length = names.length;
	return buffer_take(&names);
}

static void fill_identity(struct header *header, const struct library_stamp *stamp)
{
	memset(header, 0, sizeof(*header)); /* padding too: it is summed */
	header->magic = MAGIC;
	header->version = VERSION;
	snprintf(header->folding, sizeof(header->folding), "%s", text_fold_version());
	snprintf(header->stamp.uuid, sizeof(header->stamp.uuid), "%s", stamp->uuid);
	header->stamp.last_event = stamp->last_event;
	header->stamp.mark = stamp->mark;
}

static void fill_columns(struct header *header, const struct piece *pieces)
{
	uint64_t at = rounded(sizeof(*header));

	for (size_t i = 0; i < COLUMNS; i++) {
		header->columns[i].at = at;
		header->columns[i].length = pieces[i].length;
		header->columns[i].sum = checksum_of(pieces[i].bytes, (size_t)pieces[i].length, i);
		at = rounded(at + pieces[i].length);
	}
	header->size = at;
	header->sum = checksum_of(header, offsetof(struct header, sum), 0);
}

static bool write_all(int fd, const void *bytes, uint64_t length)
{
	const char *at = bytes;

	while (length) {
		ssize_t written = write(fd, at, (size_t)length);

		if (written <= 0)
			return false;
		at += written;
		length -= (uint64_t)written;
	}
	return true;
}

static bool write_padded(int fd, const void *bytes, uint64_t length)
{
	static const char zeros[8];

	return write_all(fd, bytes, length) && write_all(fd, zeros, rounded(length) - length);
}

static bool write_block(int fd, const struct row_table *table, const struct library_stamp *stamp)
{
	struct piece pieces[COLUMNS];
	struct header header;
	uint64_t names_length;
	char *names = joined_names(table, &names_length);
	bool written;

	describe(table, pieces);
	pieces[NAMES] = (struct piece){names, names_length};
	fill_identity(&header, stamp);
	header.rows = table->count;
	header.names = table->source_count;
	fill_columns(&header, pieces);
	written = write_padded(fd, &header, sizeof(header));
	for (size_t i = 0; i < COLUMNS && written; i++)
		written = write_padded(fd, pieces[i].bytes, pieces[i].length);
	free(names);
	return written;
}

/* Not synced: what a power cut leaves of it is found out by its sums. */
bool block_file_save(
	const char *path, const struct row_block *block, const struct library_stamp *stamp)
{
	char *temporary = memory_print("%s.XXXXXX", path);
	int fd = mkostemp(temporary, O_CLOEXEC);
	bool saved = false;

	if (fd >= 0) {
		saved = write_block(fd, row_block_table(block), stamp);
		saved = close(fd) == 0 && saved && rename(temporary, path) == 0;
		if (!saved)
			unlink(temporary);
	}
	free(temporary);
	return saved;
}

/* The file in memory, and the names as an array, for the life of a block over it. */
struct mapping {
	const char *bytes;
	size_t size;
	const char **names;
};

static void release(void *self)
{
	struct mapping *mapping = self;

	munmap((void *)(uintptr_t)mapping->bytes, mapping->size);
	free(mapping->names);
	free(mapping);
}

static bool map(int fd, struct mapping *mapping)
{
	struct stat status;
	void *bytes;

	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != geteuid() ||
		(status.st_mode & (S_IWGRP | S_IWOTH)) ||
		(uint64_t)status.st_size < sizeof(struct header))
		return false;
	bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return false;
	mapping->bytes = bytes;
	mapping->size = (size_t)status.st_size;
	return true;
}

static bool columns_fit(const struct header *header)
{
	for (size_t i = 0; i < COLUMNS; i++)
		if (header->columns[i].at % 8 || header->columns[i].at > header->size ||
			header->columns[i].length > header->size - header->columns[i].at)
			return false;
	return true;
}

static bool is_ours(const struct mapping *mapping, const struct header *header, const char *uuid)
{
	struct header expected;

	fill_identity(&expected, &header->stamp);
	return memcmp(header, &expected, offsetof(struct header, stamp)) == 0 &&
	       header->sum == checksum_of(header, offsetof(struct header, sum), 0) &&
	       strcmp(header->stamp.uuid, uuid) == 0 && header->size == mapping->size &&
	       columns_fit(header);
}

static bool is_whole(const struct mapping *mapping, const struct header *header)
{
	for (size_t i = 0; i < COLUMNS; i++)
		if (checksum_of(mapping->bytes + header->columns[i].at,
			    (size_t)header->columns[i].length, i) != header->columns[i].sum)
			return false;
	return true;
}

static const void *column(
	const struct mapping *mapping, const struct header *header, enum column number)
{
	return mapping->bytes + header->columns[number].at;
}

static void read_names(struct mapping *mapping, const struct header *header)
{
	const char *at = column(mapping, header, NAMES);

	mapping->names = memory_array((size_t)header->names, sizeof(*mapping->names));
	for (size_t i = 0; i < header->names; i++, at += strlen(at) + 1)
		mapping->names[i] = at;
}

static struct row_block *block_over(struct mapping *mapping, const struct header *header)
{
	struct row_table table = {
		.count = (size_t)header->rows,
		.ids = column(mapping, header, IDS),
		.added = column(mapping, header, ADDED),
		.modified = column(mapping, header, MODIFIED),
		.folded_at = column(mapping, header, FOLDED_AT),
		.kept_at = column(mapping, header, KEPT_AT),
		.sources = column(mapping, header, SOURCES),
		.flags = column(mapping, header, FLAGS),
		.folded = column(mapping, header, FOLDED),
		.kept = column(mapping, header, KEPT),
		.source_count = (size_t)header->names,
	};
	struct mapping *held = memory_new(sizeof(*held));

	read_names(mapping, header);
	table.source_names = mapping->names;
	*held = *mapping;
	return row_block_over(&table, release, held);
}

struct row_block *block_file_open(const char *path, const char *uuid, struct library_stamp *stamp)
{
	struct mapping mapping = {0};
	const struct header *header;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool mapped;

	if (fd < 0)
		return NULL;
	mapped = map(fd, &mapping);
	close(fd);
	if (!mapped)
		return NULL;
	header = (const struct header *)(const void *)mapping.bytes;
	if (!is_ours(&mapping, header, uuid) || !is_whole(&mapping, header)) {
		munmap((void *)(uintptr_t)mapping.bytes, mapping.size);
		return NULL;
	}
	*stamp = header->stamp;
	return block_over(&mapping, header);
}
