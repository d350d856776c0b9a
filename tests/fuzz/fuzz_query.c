#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/query.h"
#include "domain/search/search.h"
#include "tests/fuzz/fuzz_case.h"

static void promise(bool kept)
{
	if (!kept)
		abort();
}

static struct row_store *make_store(void)
{
	static const char *const titles[] = {"C++ & the (rest)",
		"\xc3\x9c"
		"ber Stra\xc3\x9f"
		"e",
		"", "100% a/b \"two words\"", "e\xcc\x81t\xc3\xa9"};
	struct row_store *store = row_store_new();
	struct bookmark one;

	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++) {
		bookmark_init(&one);
		one.id = (int64_t)i + 1;
		one.added = 1700000000 + (int64_t)i * 86400;
		bookmark_set(&one.url, i % 2 ? "https://a.example:8080/x" : "ftp://[::1]/y");
		bookmark_set(&one.title, titles[i]);
		bookmark_set(&one.notes, "a note");
		bookmark_set(&one.source, "github:octocat");
		tag_set_add(&one.tags, "Tag one");
		row_store_put(store, &one);
		bookmark_finish(&one);
	}
	return store;
}

static void check_place(const struct query_error *error, const char *text)
{
	promise(*error->message && error->at <= strlen(text));
	promise(query_error_column(error, text) <= strlen(text) * 8);
}

/* Marks lie in the text, in order. */
static void check_marks(const struct query *query, const char *text)
{
	struct text_range ranges[16];
	size_t count = query_marks(query, IN_TITLE, text, ranges, 16), end = 0;

	promise(count <= 16);
	for (size_t i = 0; i < count; i++) {
		promise(ranges[i].begin >= end && ranges[i].end > ranges[i].begin);
		end = ranges[i].end;
	}
	promise(end <= strlen(text));
}

/* A query's copy is the same query; whatever it asks can be searched for. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct row_store *store;
	char *text = memory_copy_bytes((const char *)data, size < 600 ? size : 600);
	struct query_error error = {{0}, 0};
	struct query *query = query_parse(text, &error), *again;
	struct search *search;

	if (!store)
		store = make_store();
	if (!query) {
		check_place(&error, text);
		free(text);
		return 0;
	}
	again = query_copy(query);
	promise(query_equal(query, again) && query_narrows(query, again));
	check_marks(query, text);
	search = search_new(store);
	search_start(search, query, BEST_FIRST, false);
	search_run(search, -1);
	promise(search_complete(search) && search_count(search) <= row_store_count(store));
	search_free(search);
	query_free(again);
	free(text);
	return 0;
}
