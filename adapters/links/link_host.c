#include "adapters/links/link_host.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"

#define NOWHERE SIZE_MAX

struct link_host {
	struct link_host *next; /* of the same bucket */
	char *name;
	struct link_work *first;
	struct link_work *last;
	long long free_at;
	unsigned long order; /* of waiting: hosts that are free equally long take turns */
	size_t place;        /* in the heap; NOWHERE while it is busy or has no work */
	size_t failures;
	bool busy;
};

/* A hash table of hosts by name, and a heap of those that have work and are not busy. */
struct link_hosts {
	struct link_host **buckets;
	size_t bucket_count; /* a power of two */
	size_t count;
	struct link_host **heap;
	size_t heap_count;
	size_t heap_capacity;
	unsigned long order;
};

/* -- the heap, the first to be free on top */

static bool is_before(const struct link_host *a, const struct link_host *b)
{
	return a->free_at != b->free_at ? a->free_at < b->free_at : a->order < b->order;
}

static void heap_put(struct link_hosts *hosts, size_t place, struct link_host *host)
{
	hosts->heap[place] = host;
	host->place = place;
}

static void heap_rise(struct link_hosts *hosts, struct link_host *host)
{
	size_t place = host->place;

	while (place > 0 && is_before(host, hosts->heap[(place - 1) / 2])) {
		heap_put(hosts, place, hosts->heap[(place - 1) / 2]);
		place = (place - 1) / 2;
	}
	heap_put(hosts, place, host);
}

static void heap_sink(struct link_hosts *hosts, struct link_host *host)
{
	size_t place = host->place;

	for (;;) {
		size_t child = 2 * place + 1;

		if (child + 1 < hosts->heap_count &&
			is_before(hosts->heap[child + 1], hosts->heap[child]))
			child++;
		if (child >= hosts->heap_count || !is_before(hosts->heap[child], host))
			break;
		heap_put(hosts, place, hosts->heap[child]);
		place = child;
	}
	heap_put(hosts, place, host);
}

static void heap_add(struct link_hosts *hosts, struct link_host *host)
{
	hosts->heap = memory_grow(
		hosts->heap, hosts->heap_count, &hosts->heap_capacity, sizeof(*hosts->heap));
	host->order = hosts->order++;
	heap_put(hosts, hosts->heap_count++, host);
	heap_rise(hosts, host);
}

static void heap_remove(struct link_hosts *hosts, struct link_host *host)
{
	size_t place = host->place;
	struct link_host *moved = hosts->heap[--hosts->heap_count];

	host->place = NOWHERE;
	if (moved == host)
		return;
	heap_put(hosts, place, moved);
	heap_rise(hosts, moved);
	heap_sink(hosts, moved);
}

static void heap_update(struct link_hosts *hosts, struct link_host *host)
{
	bool waits = host->first && !host->busy;

	if (waits && host->place == NOWHERE)
		heap_add(hosts, host);
	else if (!waits && host->place != NOWHERE)
		heap_remove(hosts, host);
}

/* -- the table */

struct link_hosts *link_hosts_new(void)
{
	struct link_hosts *hosts = memory_new(sizeof(*hosts));

	hosts->bucket_count = 256;
	hosts->buckets = memory_array(hosts->bucket_count, sizeof(*hosts->buckets));
	return hosts;
}

void link_hosts_free(struct link_hosts *hosts)
{
	if (!hosts)
		return;
	for (size_t i = 0; i < hosts->bucket_count; i++) {
		struct link_host *next;

		for (struct link_host *host = hosts->buckets[i]; host; host = next) {
			next = host->next;
			free(host->name);
			free(host);
		}
	}
	free(hosts->buckets);
	free(hosts->heap);
	free(hosts);
}

/* FNV-1a. */
static size_t hash_of(const char *name)
{
	uint64_t hash = 14695981039346656037u;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 1099511628211u;
	return (size_t)(hash ^ hash >> 32);
}

static struct link_host **bucket_of(struct link_hosts *hosts, const char *name)
{
	return &hosts->buckets[hash_of(name) & (hosts->bucket_count - 1)];
}

static void table_grow(struct link_hosts *hosts)
{
	struct link_host **old = hosts->buckets;
	size_t old_count = hosts->bucket_count;

	hosts->bucket_count *= 4;
	hosts->buckets = memory_array(hosts->bucket_count, sizeof(*hosts->buckets));
	for (size_t i = 0; i < old_count; i++) {
		struct link_host *next;

		for (struct link_host *host = old[i]; host; host = next) {
			struct link_host **bucket = bucket_of(hosts, host->name);

			next = host->next;
			host->next = *bucket;
			*bucket = host;
		}
	}
	free(old);
}

struct link_host *link_hosts_of(struct link_hosts *hosts, const char *url)
{
	char *name = url_host(url);
	struct link_host **bucket, *host;

	for (host = *bucket_of(hosts, name); host; host = host->next) {
		if (strcmp(host->name, name) == 0) {
			free(name);
			return host;
		}
	}
	if (hosts->count++ >= hosts->bucket_count)
		table_grow(hosts);
	bucket = bucket_of(hosts, name);
	host = memory_new(sizeof(*host));
	*host = (struct link_host){.next = *bucket, .name = name, .place = NOWHERE};
	*bucket = host;
	return host;
}

const char *link_host_name(const struct link_host *host)
{
	return host->name;
}

size_t *link_host_failures(struct link_host *host)
{
	return &host->failures;
}

/* -- work */

void link_host_add(struct link_hosts *hosts, struct link_host *host, struct link_work *work)
{
	work->next = NULL;
	if (host->first)
		host->last->next = work;
	else
		host->first = work;
	host->last = work;
	heap_update(hosts, host);
}

void link_host_add_first(struct link_hosts *hosts, struct link_host *host, struct link_work *work)
{
	work->next = host->first;
	host->first = work;
	if (!work->next)
		host->last = work;
	heap_update(hosts, host);
}

struct link_work *link_hosts_take(struct link_hosts *hosts, long long now)
{
	struct link_host *host = hosts->heap_count ? hosts->heap[0] : NULL;
	struct link_work *work;

	if (!host || host->free_at > now)
		return NULL;
	work = host->first;
	host->first = work->next;
	host->busy = true;
	heap_update(hosts, host);
	work->next = NULL;
	return work;
}

void link_host_release(struct link_hosts *hosts, struct link_host *host, long long free_at)
{
	if (host->place != NOWHERE)
		heap_remove(hosts, host);
	host->busy = false;
	host->free_at = free_at;
	heap_update(hosts, host);
}

struct link_work *link_host_drop(struct link_hosts *hosts, struct link_host *host)
{
	struct link_work *all = host->first;

	host->first = host->last = NULL;
	heap_update(hosts, host);
	return all;
}

long long link_hosts_next_time(const struct link_hosts *hosts)
{
	return hosts->heap_count ? hosts->heap[0]->free_at : -1;
}
