#include "domain/search/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"
#include "domain/search/bits.h"

/* A text that was seen, by what is mixed of its bytes, and where: the same are taken as equal. */
struct seen_text {
	uint64_t high;
	uint64_t low; /* 0 in a free slot only */
	enum row_part part;
	uint32_t row;
};

struct duplicates {
	const struct row_snapshot *snapshot;
	uint64_t *found[ROW_PARTS];
	struct seen_text *seen; /* a hash table with room for two texts of each row */
	size_t mask;
	enum row_part part; /* the next row to look at */
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

/* What a text is, so that a title is no double of an address. */
enum { A_TITLE = 1, AN_ADDRESS };

static struct seen_text seen_text_of(uint64_t kind, const char *text)
{
	struct seen_text seen = {.high = mixed(kind), .low = kind};
	size_t length = strlen(text);

	for (size_t at = 0; at < length; at += 8) {
		uint64_t piece = 0;

		memcpy(&piece, text + at, length - at < 8 ? length - at : 8);
		seen.high = mixed(seen.high ^ piece);
		seen.low = (seen.low ^ piece) * UINT64_C(0xff51afd7ed558ccd);
		seen.low ^= seen.low >> 29;
	}
	seen.low = mixed(seen.low ^ length) | 1;
	return seen;
}

/* Two that are the same are doubles, both of them. */
static void see_text(struct duplicates *duplicates, uint64_t kind, const char *text)
{
	struct seen_text seen = seen_text_of(kind, text);
	size_t slot = (size_t)seen.high;

	seen.part = duplicates->part;
	seen.row = (uint32_t)duplicates->row;
	for (;; slot++) {
		struct seen_text *other = &duplicates->seen[slot & duplicates->mask];

		if (!other->low) {
			*other = seen;
			return;
		}
		if (other->high == seen.high && other->low == seen.low) {
			bits_add(duplicates->found[other->part], other->row);
			bits_add(duplicates->found[seen.part], seen.row);
			return;
		}
	}
}

/*
 * Addresses are unique in the library, so a double is one of http and one of https: they have in
 * common all that is behind the scheme of their normal form.
 */
static void see_address(struct duplicates *duplicates, const char *url)
{
	char *normal;

	if (!url_is_web(url) || url_normal_form(url, &normal, NULL) != STATUS_OK)
		return;
	see_text(duplicates, AN_ADDRESS, strchr(normal, ':'));
	free(normal);
}

static void look_at_row(struct duplicates *duplicates, const struct row_table *table)
{
	const uint64_t *dead = duplicates->snapshot->tombstones[duplicates->part];
	struct row row;

	if (dead && bits_has(dead, duplicates->row))
		return;
	row_table_row(table, duplicates->row, &row);
	if (*row.title)
		see_text(duplicates, A_TITLE, row.title);
	see_address(duplicates, row.url);
}

struct duplicates *duplicates_new(const struct row_snapshot *snapshot)
{
	struct duplicates *duplicates = memory_new(sizeof(*duplicates));
	size_t slots = 64, rows = 0;

	duplicates->snapshot = snapshot;
	for (enum row_part part = PART_BASE; part < ROW_PARTS; part++) {
		const size_t count = row_snapshot_table(snapshot, part)->count;

		rows += count;
		duplicates->found[part] = memory_array(BITS_WORDS(count), sizeof(uint64_t));
	}
	while (slots < rows * 3)
		slots *= 2;
	duplicates->seen = memory_array(slots, sizeof(*duplicates->seen));
	duplicates->mask = slots - 1;
	if (!row_segment_open_all(snapshot->segments[PART_BASE]))
		duplicates->part = ROW_PARTS;
	return duplicates;
}

void duplicates_free(struct duplicates *duplicates)
{
	if (!duplicates)
		return;
	for (enum row_part part = PART_BASE; part < ROW_PARTS; part++)
		free(duplicates->found[part]);
	free(duplicates->seen);
	free(duplicates);
}

bool duplicates_run(struct duplicates *duplicates, size_t rows)
{
	for (; duplicates->part < ROW_PARTS; duplicates->part++, duplicates->row = 0) {
		const struct row_table *table =
			row_snapshot_table(duplicates->snapshot, duplicates->part);

		for (; duplicates->row < table->count; duplicates->row++)
			if (rows-- == 0)
				return false;
			else
				look_at_row(duplicates, table);
	}
	return true;
}

const uint64_t *duplicates_found(const struct duplicates *duplicates, enum row_part part)
{
	return duplicates ? duplicates->found[part] : NULL;
}
