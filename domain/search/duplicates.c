#include "domain/search/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "domain/search/bits.h"
#include "domain/memory.h"
#include "domain/url.h"
#include "domain/url_parts.h"

/* What two rows are compared by, and where the row is. Equal hashes are taken as equal texts. */
struct key {
	uint64_t high;
	uint64_t low;
	uint32_t part;
	uint32_t row;
};

struct keys {
	struct key *keys;
	size_t count;
	size_t capacity;
};

static uint64_t mixed(uint64_t value)
{
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	return value ^ value >> 32;
}

static void push(struct keys *keys, const char *text, size_t part, size_t row)
{
	uint64_t high = 0x9e3779b97f4a7c15;
	uint64_t low = 0x2545f4914f6cdd1d;
	size_t length = strlen(text);

	for (size_t at = 0; at < length; at += 8) {
		uint64_t piece = 0;

		memcpy(&piece, text + at, length - at < 8 ? length - at : 8);
		high = mixed(high ^ piece);
		low = (low ^ piece) * UINT64_C(0xff51afd7ed558ccd);
		low ^= low >> 29;
	}
	keys->keys = memory_grow(keys->keys, keys->count, &keys->capacity, sizeof(*keys->keys));
	keys->keys[keys->count++] =
		(struct key){high, mixed(low ^ length), (uint32_t)part, (uint32_t)row};
}

static int compare(const void *a, const void *b)
{
	const struct key *left = a;
	const struct key *right = b;

	if (left->high != right->high)
		return left->high < right->high ? -1 : 1;
	return left->low < right->low ? -1 : left->low > right->low;
}

static void mark(struct keys *keys, uint64_t *const *found)
{
	if (keys->count)
		qsort(keys->keys, keys->count, sizeof(*keys->keys), compare);
	for (size_t i = 1; i < keys->count; i++) {
		const struct key *one = &keys->keys[i - 1];
		const struct key *other = &keys->keys[i];

		if (compare(one, other) != 0)
			continue;
		bits_add(found[one->part], one->row);
		bits_add(found[other->part], other->row);
	}
	free(keys->keys);
}

/* What both http and https addresses of one page have in common: all behind the scheme. */
static void push_address(struct keys *keys, const char *url, size_t part, size_t row)
{
	char *normal;

	if (url_normal_form(url, &normal, NULL) != STATUS_OK)
		return;
	push(keys, strchr(normal, ':'), part, row);
	free(normal);
}

static uint64_t host_hash(const char *host, size_t length)
{
	uint64_t hash = 0;

	if (length && host[length - 1] == '.')
		length--;
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)host[i];

		hash = mixed(hash + (byte >= 'A' && byte <= 'Z' ? byte + 32u : byte) + 1);
	}
	return hash;
}

static bool is_odd(const struct url_parts *parts)
{
	for (size_t i = 0; i < parts->host.length; i++)
		if ((unsigned char)parts->host.start[i] >= 0x80 || parts->host.start[i] == '%')
			return true;
	return false;
}

/*
 * Addresses are unique in the library, so a double is one of http and one of https; as normal
 * forms are dear, only pages on hosts that have an http address at all are looked at.
 */
static uint64_t hash_of_host(const char *url, bool *secure)
{
	struct url_parts parts;
	uint64_t hash;
	char *host;

	url_split(url, &parts);
	*secure = parts.scheme.length == 5;
	if (!is_odd(&parts))
		return host_hash(parts.host.start, parts.host.length);
	host = url_host(url);
	hash = host_hash(host, strlen(host));
	free(host);
	return hash;
}

#define HOST_BITS (1u << 22)

static bool is_live(const struct live_rows *part, size_t row)
{
	return !part->dead || !bits_has(part->dead, row);
}

static uint64_t *plain_hosts(const struct live_rows *parts, size_t count)
{
	uint64_t *hosts = memory_array(BITS_WORDS(HOST_BITS), sizeof(*hosts));
	struct row row;
	bool secure;

	for (size_t part = 0; part < count; part++)
		for (size_t i = 0; i < parts[part].table->count; i++) {
			if (!is_live(&parts[part], i))
				continue;
			row_table_row(parts[part].table, i, &row);
			if (url_is_web(row.url)) {
				size_t bit = hash_of_host(row.url, &secure) % HOST_BITS;

				if (!secure)
					bits_add(hosts, bit);
			}
		}
	return hosts;
}

static bool may_be_double(const uint64_t *plain, const char *url)
{
	bool secure;

	return url_is_web(url) && bits_has(plain, hash_of_host(url, &secure) % HOST_BITS);
}

void duplicates_find(const struct live_rows *parts, size_t count, uint64_t *const *found)
{
	uint64_t *plain = plain_hosts(parts, count);
	struct keys titles = {0};
	struct keys addresses = {0};
	struct row row;

	for (size_t part = 0; part < count; part++)
		for (size_t i = 0; i < parts[part].table->count; i++) {
			if (!is_live(&parts[part], i))
				continue;
			row_table_row(parts[part].table, i, &row);
			if (*row.title)
				push(&titles, row.title, part, i);
			if (may_be_double(plain, row.url))
				push_address(&addresses, row.url, part, i);
		}
	mark(&titles, found);
	mark(&addresses, found);
	free(plain);
}
