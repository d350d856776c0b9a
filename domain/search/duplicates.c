#include "domain/search/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "domain/search/bits.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"
#include "domain/bookmarks/url_parts.h"

/* What rows are compared by, and where one is. Equal hashes are taken as equal texts. */
struct key {
	uint64_t high;
	uint64_t low; /* 0 in a free slot only */
	uint32_t part;
	uint32_t row;
};

/* A hash table of what was seen, with room for all. */
struct seen {
	struct key *slots;
	size_t mask;
};

#define HOST_BITS (1u << 22)

struct duplicates {
	const struct live_rows *parts;
	size_t count;
	uint64_t *const *found;
	uint64_t *plain; /* hosts that have an http address; all of them once collected is set */
	bool collected;
	struct seen titles;
	struct seen addresses;
	size_t part; /* the next row to look at */
	size_t row;
};

static uint64_t mixed(uint64_t value)
{
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	return value ^ value >> 32;
}

static struct key key_of(const char *text)
{
	struct key key = {.high = 0x9e3779b97f4a7c15, .low = 0x2545f4914f6cdd1d};
	size_t length = strlen(text);

	for (size_t at = 0; at < length; at += 8) {
		uint64_t piece = 0;

		memcpy(&piece, text + at, length - at < 8 ? length - at : 8);
		key.high = mixed(key.high ^ piece);
		key.low = (key.low ^ piece) * UINT64_C(0xff51afd7ed558ccd);
		key.low ^= key.low >> 29;
	}
	key.low = mixed(key.low ^ length) | 1;
	return key;
}

/* Two that are the same are doubles, both of them. */
static void see(struct duplicates *duplicates, struct seen *seen, const char *text)
{
	struct key key = key_of(text);
	size_t slot = (size_t)key.high;

	key.part = (uint32_t)duplicates->part;
	key.row = (uint32_t)duplicates->row;
	for (;; slot++) {
		struct key *other = &seen->slots[slot & seen->mask];

		if (!other->low) {
			*other = key;
			return;
		}
		if (other->high == key.high && other->low == key.low) {
			bits_add(duplicates->found[other->part], other->row);
			bits_add(duplicates->found[key.part], key.row);
			return;
		}
	}
}

/* What both http and https addresses of one page have in common: all behind the scheme. */
static void see_address(struct duplicates *duplicates, const char *url)
{
	char *normal;

	if (url_normal_form(url, &normal, NULL) != STATUS_OK)
		return;
	see(duplicates, &duplicates->addresses, strchr(normal, ':'));
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

static void note_plain_host(struct duplicates *duplicates, const struct row *row)
{
	bool secure;
	size_t bit;

	if (!url_is_web(row->url))
		return;
	bit = hash_of_host(row->url, &secure) % HOST_BITS;
	if (!secure)
		bits_add(duplicates->plain, bit);
}

static void compare(struct duplicates *duplicates, const struct row *row)
{
	bool secure;

	if (*row->title)
		see(duplicates, &duplicates->titles, row->title);
	if (url_is_web(row->url) &&
		bits_has(duplicates->plain, hash_of_host(row->url, &secure) % HOST_BITS))
		see_address(duplicates, row->url);
}

static struct seen room_for(size_t rows)
{
	size_t slots = 64;

	while (slots < rows * 2)
		slots *= 2;
	return (struct seen){memory_array(slots, sizeof(struct key)), slots - 1};
}

struct duplicates *duplicates_new(
	const struct live_rows *parts, size_t count, uint64_t *const *found)
{
	struct duplicates *duplicates = memory_new(sizeof(*duplicates));
	size_t rows = 0;

	for (size_t i = 0; i < count; i++)
		rows += parts[i].table->count;
	*duplicates = (struct duplicates){.parts = parts, .count = count, .found = found};
	duplicates->plain = memory_array(BITS_WORDS(HOST_BITS), sizeof(*duplicates->plain));
	duplicates->titles = room_for(rows);
	duplicates->addresses = room_for(rows);
	return duplicates;
}

void duplicates_free(struct duplicates *duplicates)
{
	if (!duplicates)
		return;
	free(duplicates->plain);
	free(duplicates->titles.slots);
	free(duplicates->addresses.slots);
	free(duplicates);
}

static void look_at_row(struct duplicates *duplicates)
{
	const struct live_rows *part = &duplicates->parts[duplicates->part];
	struct row row;

	if (part->dead && bits_has(part->dead, duplicates->row))
		return;
	row_table_row(part->table, duplicates->row, &row);
	if (duplicates->collected)
		compare(duplicates, &row);
	else
		note_plain_host(duplicates, &row);
}

/* Rows are seen twice: first for the hosts alone. */
bool duplicates_run(struct duplicates *duplicates, size_t rows)
{
	while (duplicates->part < duplicates->count) {
		const struct row_table *table = duplicates->parts[duplicates->part].table;

		for (; rows > 0 && duplicates->row < table->count; duplicates->row++, rows--)
			look_at_row(duplicates);
		if (duplicates->row < table->count)
			return false;
		duplicates->row = 0;
		duplicates->part++;
	}
	if (duplicates->collected)
		return true;
	duplicates->collected = true;
	duplicates->part = 0;
	return false;
}
