#include "adapters/rows/block_file.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/rows/block_layout.h"
#include "adapters/rows/checksum.h"
#include "domain/base/memory.h"
#include "domain/search/bits.h"
#include "domain/search/row_index.h"

#define SMALL_FILE (64u << 20) /* bytes: not worth it below */

/* The file in memory, for the life of a block over it. */
struct block_map {
	const char *bytes;
	size_t size;
	const struct block_header *header;
	struct row_table table;
	struct row_index index;
	const char **names;
};

static const void *column(const struct block_map *map, enum block_column number)
{
	return map->bytes + map->header->columns[number].at;
}

/* The pages stay in the system's cache, from where they come back when they are read again. */
static void give_back(void *self)
{
	struct block_map *map = self;

	if (map->size > SMALL_FILE)
		madvise((void *)(uintptr_t)map->bytes, map->size, MADV_DONTNEED);
}

static bool check_group(void *self, size_t group, enum row_part part)
{
	struct block_map *map = self;
	const struct group_sums *sums = column(map, BLOCK_GROUP_SUMS);

	switch (part) {
	case ROW_ORDER: return sums[group].order == block_sum_of_order(&map->table, group);
	case ROW_TEXT:
		return sums[group].folded_at == block_sum_of_folded_at(&map->table, group) &&
		       sums[group].folded == block_sum_of_folded(&map->table, group);
	case ROW_OTHER: return sums[group].other == block_sum_of_other(&map->table, group);
	case ROW_KEPT: return sums[group].kept == block_sum_of_kept(&map->table, group);
	case ROW_ALL: break;
	}
	return false;
}

static bool check_column(void *self, size_t number)
{
	struct block_map *map = self;
	const uint64_t *sums = column(map, BLOCK_INDEX_SUMS);

	return sums[number] == block_sum_of_column(&map->table, number);
}

static void block_map_free(void *self)
{
	struct block_map *map = self;

	munmap((void *)(uintptr_t)map->bytes, map->size);
	free(map->names);
	free(map);
}

static bool is_the_users_own(const struct stat *status)
{
	return S_ISREG(status->st_mode) && status->st_uid == geteuid() &&
	       !(status->st_mode & (S_IWGRP | S_IWOTH));
}

static struct block_map *block_map_new(int fd)
{
	struct block_map *map;
	struct stat status;
	void *bytes;

	if (fstat(fd, &status) != 0 || !is_the_users_own(&status) ||
		(uint64_t)status.st_size < sizeof(struct block_header))
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

static bool is_made_for(const struct block_map *map, const char *uuid)
{
	const struct block_header *header = map->header;
	struct block_header expected;

	block_header_name(&expected, &(struct library_stamp){0});
	return memcmp(header, &expected, offsetof(struct block_header, stamp)) == 0 &&
	       header->sum == block_header_sum(header) && header->size == map->size &&
	       strcmp(header->stamp.uuid, uuid) == 0;
}

static bool is_summed(const struct block_map *map, enum block_column number, uint64_t sum)
{
	return checksum_of(column(map, number), (size_t)map->header->columns[number].length,
		       number) == sum;
}

static bool sums_are_right(const struct block_map *map)
{
	const struct block_header *header = map->header;

	return is_summed(map, BLOCK_NAMES, header->sum_of_names) &&
	       is_summed(map, BLOCK_GROUP_SUMS, header->sum_of_group_sums) &&
	       is_summed(map, BLOCK_COMMON, header->sum_of_common) &&
	       is_summed(map, BLOCK_INDEX_SUMS, header->sum_of_index_sums);
}

static void name_sources(struct block_map *map)
{
	const char *at = column(map, BLOCK_NAMES);

	map->names = memory_array((size_t)map->header->names, sizeof(*map->names));
	for (size_t i = 0; i < map->header->names; i++, at += strlen(at) + 1)
		map->names[i] = at;
}

static void lay_out(struct block_map *map)
{
	const struct block_header *header = map->header;
	const size_t words = BITS_WORDS(header->rows);

	name_sources(map);
	map->index = (struct row_index){
		.common = column(map, BLOCK_COMMON),
		.common_count = header->columns[BLOCK_COMMON].length / sizeof(struct common_gram),
		.columns = column(map, BLOCK_BITS),
		.column_count =
			words ? header->columns[BLOCK_BITS].length / (words * sizeof(uint64_t)) : 0,
		.grams = column(map, BLOCK_GRAMS),
	};
	map->table = (struct row_table){
		.count = (size_t)map->header->rows,
		.ids = column(map, BLOCK_IDS),
		.added = column(map, BLOCK_ADDED),
		.modified = column(map, BLOCK_MODIFIED),
		.folded_at = column(map, BLOCK_FOLDED_AT),
		.fields = column(map, BLOCK_FIELDS),
		.kept_at = column(map, BLOCK_KEPT_AT),
		.sources = column(map, BLOCK_SOURCES),
		.flags = column(map, BLOCK_FLAGS),
		.by_id = column(map, BLOCK_BY_ID),
		.folded = column(map, BLOCK_FOLDED),
		.kept = column(map, BLOCK_KEPT),
		.source_names = map->names,
		.source_count = (size_t)map->header->names,
		.index = map->header->columns[BLOCK_BITS].length ? &map->index : NULL,
	};
}

struct row_block *block_file_open(const char *path, const char *uuid, struct library_stamp *stamp)
{
	struct block_map *map;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return NULL;
	map = block_map_new(fd);
	close(fd);
	if (!map)
		return NULL;
	if (!is_made_for(map, uuid) || !sums_are_right(map)) {
		block_map_free(map);
		return NULL;
	}
	lay_out(map);
	*stamp = map->header->stamp;
	return row_block_over(&map->table,
		&(struct row_trust){
			.check_group = check_group,
			.check_column = check_column,
			.columns = map->table.index ? row_index_columns(&map->index) : 0,
			.give_back = give_back,
			.release = block_map_free,
			.self = map,
		});
}
