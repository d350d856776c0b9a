#include "tests/power_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/memory.h"

#define SECTOR 512

/* A file being rebuilt. */
struct image {
	char *bytes;
	long long length;
	long long capacity;
};

static void observe(void *self, enum fault_call call, bool is_log, const void *bytes,
	long long offset, long long length)
{
	struct power_log *log = self;

	log->entries = memory_grow(log->entries, log->count, &log->capacity, sizeof(*log->entries));
	log->entries[log->count++] = (struct power_entry){
		.call = call,
		.is_log = is_log,
		.bytes = call == FAULT_WRITE ? memory_copy_bytes(bytes, (size_t)length) : NULL,
		.offset = offset,
		.length = length,
	};
}

void power_log_init(struct power_log *log, const char *path, struct fault *fault)
{
	FILE *file = fopen(path, "rb");

	*log = (struct power_log){0};
	if (!file || fseek(file, 0, SEEK_END) != 0)
		abort();
	log->before_length = ftell(file);
	log->before = memory_new((size_t)log->before_length);
	rewind(file);
	if (fread(log->before, 1, (size_t)log->before_length, file) != (size_t)log->before_length)
		abort();
	fclose(file);
	fault->observe = observe;
	fault->self = log;
}

void power_log_finish(struct power_log *log)
{
	for (size_t i = 0; i < log->count; i++)
		free(log->entries[i].bytes);
	free(log->entries);
	free(log->before);
}

static void put(struct image *image, const char *bytes, long long offset, long long length)
{
	if (offset + length > image->capacity) {
		long long capacity = (offset + length) * 2;

		image->bytes = memory_resize(image->bytes, (size_t)capacity, 1);
		memset(image->bytes + image->capacity, 0, (size_t)(capacity - image->capacity));
		image->capacity = capacity;
	}
	memcpy(image->bytes + offset, bytes, (size_t)length);
	if (offset + length > image->length)
		image->length = offset + length;
}

static void cut(struct image *image, long long length)
{
	if (length < image->length)
		memset(image->bytes + length, 0, (size_t)(image->length - length));
	image->length = length;
}

static void apply(struct image *image, const struct power_entry *entry)
{
	if (entry->call == FAULT_WRITE)
		put(image, entry->bytes, entry->offset, entry->length);
	else if (entry->call == FAULT_TRUNCATE)
		cut(image, entry->length);
}

static void apply_torn(struct image *image, const struct power_entry *entry)
{
	for (long long at = 0; at < entry->length; at += SECTOR) {
		long long length = entry->length - at < SECTOR ? entry->length - at : SECTOR;

		if (rand() % 2)
			put(image, entry->bytes + at, entry->offset + at, length);
	}
}

static void apply_unsynced(struct image *image, const struct power_entry *entry)
{
	int fate = rand() % 4;

	if (fate < 2)
		apply(image, entry);
	else if (fate == 2 && entry->call == FAULT_WRITE)
		apply_torn(image, entry);
}

static size_t last_sync(const struct power_log *log, size_t entries, bool is_log)
{
	size_t last = 0;

	for (size_t i = 0; i < entries; i++)
		if (log->entries[i].call == FAULT_SYNC && log->entries[i].is_log == is_log)
			last = i;
	return last;
}

static void save(struct image *image, const char *path)
{
	FILE *file = fopen(path, "wb");

	if (!file)
		abort();
	if (image->length &&
		fwrite(image->bytes, 1, (size_t)image->length, file) != (size_t)image->length)
		abort();
	fclose(file);
	free(image->bytes);
}

static void rebuild_one(const struct power_log *log, size_t entries, bool is_log, const char *path)
{
	size_t synced = last_sync(log, entries, is_log);
	struct image image = {0};

	if (!is_log)
		put(&image, log->before, 0, log->before_length);
	for (size_t i = 0; i < entries; i++) {
		if (log->entries[i].is_log != is_log)
			continue;
		if (i < synced)
			apply(&image, &log->entries[i]);
		else
			apply_unsynced(&image, &log->entries[i]);
	}
	save(&image, path);
}

void power_log_rebuild(const struct power_log *log, size_t entries, const char *path)
{
	char *wal = memory_print("%s-wal", path);
	char *shared = memory_print("%s-shm", path);

	remove(shared);
	rebuild_one(log, entries, false, path);
	rebuild_one(log, entries, true, wal);
	free(shared);
	free(wal);
}
