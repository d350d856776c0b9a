#include "adapters/rows/row_cache_file.c"

#include "domain/search/search.h"
#include "tests/fuzz/fuzz_case.h"

/*
 * A cache file with some of its bytes changed, by four bytes of input each: three say where, one
 * what. With an odd first byte all checksums are made right again, as somebody would who forges
 * one. It may be refused or found corrupt; whatever is read of it, nothing crashes.
 */
#define ROWS 300

static const char uuid[] = "00000000-0000-4000-8000-000000000000";

static void make_file(const char *path)
{
	struct row_segment *segment = row_segment_new();
	struct library_stamp stamp = {.last_event = 1, .mark = 2};
	struct bookmark one;
	char text[80];

	memcpy(stamp.uuid, uuid, sizeof(uuid));
	for (int i = 0; i < ROWS; i++) {
		bookmark_init(&one);
		one.id = i + 1;
		one.added = ROWS - i;
		snprintf(text, sizeof(text), "https://%s.example/%d", i % 3 ? "host" : "b\xc3\xbc",
			i);
		bookmark_set(&one.url, text);
		snprintf(text, sizeof(text), "Title %d of \xc3\x84ll", i * 37);
		bookmark_set(&one.title, text);
		bookmark_set(&one.notes, i % 4 ? "a note, Or two" : "");
		bookmark_set(&one.source, i % 5 ? "manual" : "github:octocat");
		if (i % 2)
			tag_set_add(&one.tags, "Tag");
		row_segment_add(segment, &one);
		bookmark_finish(&one);
	}
	row_segment_sort(segment);
	if (!row_cache_file_save(path, segment, &stamp))
		abort();
	row_segment_free(segment);
}

static void make_sums_right(char *bytes, size_t size)
{
	struct cache_header *header = (struct cache_header *)(void *)bytes;
	char *sums = bytes + BODY + header->blocks * BLOCK;

	if (header->blocks > size / BLOCK ||
		BODY + header->blocks * (BLOCK + sizeof(uint64_t)) != size)
		return;
	for (size_t i = 0; i < header->blocks; i++) {
		const uint64_t sum = block_sum(bytes + BODY + i * BLOCK, i);

		memcpy(sums + i * sizeof(sum), &sum, sizeof(sum));
	}
	header->sums = checksum_of(sums, header->blocks * sizeof(uint64_t), 0);
	header->sum = cache_header_sum(header);
}

static void search_file(const char *path)
{
	static const char *const queries[] = {"title", "~tl", "#tag", "site:host.example", "/n.te/",
		"is:duplicate", "-a", "ll or"};
	struct library_stamp stamp;
	struct row_segment *segment = row_cache_file_open(path, uuid, &stamp);
	struct row_store *store = row_store_new();
	struct search *search;
	struct query_error error;
	struct row row;

	row_store_replace(store, segment ? segment : row_segment_new());
	search = search_new(store);
	for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++) {
		search_start(search, query_parse(queries[i], &error),
			i % 2 ? BEST_FIRST : BY_FOLDED_TITLE, false);
		search_run(search, -1);
		for (size_t at = 0; at < search_count(search); at++)
			if (search_row(search, at, &row) &&
				strlen(row.title) + strlen(row.url) + strlen(row.notes) +
						strlen(row.tags) + strlen(row.source) ==
					SIZE_MAX)
				abort();
		row_store_find(store, (int64_t)i + 1, &row);
	}
	search_free(search);
	row_store_free(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *sound, *bytes;
	static size_t length;
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "/tmp/barky-fuzz-cache-%d", (int)getpid());
	if (!sound) {
		make_file(path);
		sound = memory_array(1u << 20, 1);
		bytes = memory_array(1u << 20, 1);
		file = fopen(path, "rb");
		length = file ? fread(sound, 1, 1u << 20, file) : 0;
		if (!file || fclose(file) != 0)
			abort();
	}
	memcpy(bytes, sound, length);
	for (size_t i = 1; i + 4 <= size; i += 4)
		bytes[(data[i] | data[i + 1] << 8 | data[i + 2] << 16) % length] ^=
			(char)data[i + 3];
	if (size && data[0] % 2)
		make_sums_right(bytes, length);
	file = fopen(path, "wb");
	if (!file || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
		abort();
	chmod(path, 0600);
	search_file(path);
	unlink(path);
	return 0;
}
