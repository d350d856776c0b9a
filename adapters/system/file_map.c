#include "adapters/system/file_map.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/memory.h"

#define MAPS_MAX 64 /* at one time; more are refused */

/* A part of memory that is a mapped file; end is 0 where there is none. */
struct mapped_range {
	atomic_uintptr_t begin;
	atomic_uintptr_t end;
	atomic_bool cut;
};

/* What a signal handler has to know: there is no other way to tell it. */
static struct {
	struct mapped_range ranges[MAPS_MAX];
	struct sigaction before; /* what was done about SIGBUS */
	uintptr_t page;
} mapped;

struct file_map {
	int fd;
	char *bytes;
	size_t reserved; /* with the page behind */
	struct stat status;
	struct mapped_range *range;
};

/* Puts zeros in the place of what the file has no more, up to the end of its range. */
static bool fill_with_zeros(uintptr_t place)
{
	for (size_t i = 0; i < MAPS_MAX; i++) {
		struct mapped_range *range = &mapped.ranges[i];
		const uintptr_t end = atomic_load(&range->end);

		if (place < atomic_load(&range->begin) || place >= end)
			continue;
		place -= place % mapped.page;
		atomic_store(&range->cut, true);
		return mmap((void *)place, end - place, PROT_READ,
			       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED;
	}
	return false;
}

/* What is none of ours happens again at once, and then to whom it happened before. */
static void on_bus_error(int number, siginfo_t *info, void *context)
{
	const int before = errno;

	(void)context;
	if (info->si_code <= 0) {
		sigaction(number, &mapped.before, NULL);
		raise(number);
	} else if (!fill_with_zeros((uintptr_t)info->si_addr)) {
		sigaction(number, &mapped.before, NULL);
	}
	errno = before;
}

/* Each time anew, as another handler may have been installed since. */
static void handle_bus_errors(void)
{
	struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO};
	struct sigaction now;

	action.sa_flags |= (int)SA_ONSTACK;
	sigemptyset(&action.sa_mask);
	if (sigaction(SIGBUS, NULL, &now) != 0 ||
		((now.sa_flags & SA_SIGINFO) && now.sa_sigaction == on_bus_error))
		return;
	mapped.page = (uintptr_t)sysconf(_SC_PAGESIZE);
	mapped.before = now;
	sigaction(SIGBUS, &action, NULL);
}

static bool take_range(struct file_map *map, size_t size)
{
	for (size_t i = 0; i < MAPS_MAX && !map->range; i++) {
		struct mapped_range *range = &mapped.ranges[i];
		uintptr_t none = 0;

		if (!atomic_compare_exchange_strong(&range->begin, &none, (uintptr_t)map->bytes))
			continue;
		map->range = range;
		atomic_store(&range->cut, false);
		atomic_store(&range->end, (uintptr_t)map->bytes + size);
	}
	return map->range != NULL;
}

/* The pages of the file in the place of those that were reserved, but for the last. */
static bool map_file(struct file_map *map, size_t size)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	void *bytes;

	map->reserved = (size + page - 1) / page * page + page;
	bytes = mmap(NULL, map->reserved, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (bytes == MAP_FAILED)
		return false;
	map->bytes = bytes;
	return take_range(map, map->reserved - page) &&
	       mmap(bytes, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, map->fd, 0) != MAP_FAILED;
}

struct file_map *file_map_new(int fd, size_t size)
{
	struct file_map *map = memory_new(sizeof(*map));

	map->fd = fd;
	handle_bus_errors();
	if (size == 0 || size > SIZE_MAX / 2 || fstat(fd, &map->status) != 0 ||
		!map_file(map, size)) {
		file_map_free(map);
		return NULL;
	}
	return map;
}

void file_map_free(struct file_map *map)
{
	if (!map)
		return;
	if (map->range) {
		atomic_store(&map->range->end, 0);
		atomic_store(&map->range->begin, 0);
	}
	if (map->bytes)
		munmap(map->bytes, map->reserved);
	close(map->fd);
	free(map);
}

const char *file_map_bytes(const struct file_map *map)
{
	return map->bytes;
}

bool file_map_read(const struct file_map *map, size_t at, void *bytes, size_t length)
{
	char *to = bytes;

	while (length) {
		const ssize_t got = pread(map->fd, to, length, (off_t)at);

		if (got <= 0)
			return false;
		to += got;
		at += (size_t)got;
		length -= (size_t)got;
	}
	return true;
}

bool file_map_changed(const struct file_map *map)
{
	struct stat now;

	return atomic_load(&map->range->cut) || fstat(map->fd, &now) != 0 ||
	       now.st_size != map->status.st_size ||
	       now.st_mtim.tv_sec != map->status.st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != map->status.st_mtim.tv_nsec;
}
