#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "domain/search/row_segment.h"
#include "domain/search/search.h"
#include "domain/search/trigram_index.h"
#include "domain/bookmarks/url.h"
#include "tests/fakes/search_oracle.h"

#define LIBRARY_MAX 60

static unsigned seed = 1;

static unsigned draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

static const char *const bits_of_text[] = {"a", "b", "A", "ab", " ", " ", ",", "é", "e\xcc\x81",
	"ß", "ss", "S", "ﬁ", "漢字", "한", "🚀", "İ", "σ", "ς", "%", "_", "'", "\"", "\\", "*", "?",
	"[", "]", "(", ")", "^", "$", ".", "|", "{", "}", "+", "-", "/", ":", ";", "`", "~", "#",
	"&", "<", ">", "!", "@", "=", "\n", "\t", "\x01", "rust", "data", "web", "\u0307", "OR",
	"AND", "NOT", "--", "/*", "x"};

static const char *const starts_of_words[] = {"", "", "", "", "-", "~", "#",
	"tag:", "title:", "url:", "notes:", "\"", "(", "NOT ", "/",
	"site:", "source:", "added:", "modified:"};

static const char *const whole_words[] = {"is:untagged", "is:unstarred", "is:duplicate", "is:dead",
	"is:moved", "-is:failing", "is:unchecked", "checked:2024", "checked:..2023-06",
	"added:2024", "added:>=2024-05", "modified:..2023", "added:2023-02..2024-06", "site:a.org",
	"site:b.net", "source:github", "source:file:csv", "tag:a*", "#a", "~ab", "~rt", "/a.*b/",
	"/(?i)A/", "/^$/", "(a OR b)", "-(a)", "\"a b\"", "OR", "AND", "tag:*", "-#rust", "rust",
	"data web", "NOT", "https", "title:a"};

static void add_text(char *text, size_t size, unsigned most)
{
	for (unsigned left = draw(most + 1); left > 0; left--) {
		const char *bit = bits_of_text[draw(sizeof(bits_of_text) / sizeof(*bits_of_text))];

		if (strlen(text) + strlen(bit) < size - 1)
			strcat(text, bit);
	}
}

static void make_url(char *url, size_t size)
{
	static const char *const hosts[] = {"a.org", "b.net", "sub.A.org", "nota.org",
		"u:p@a.org:80", "xn--bcher-kva.de", "bücher.de", "%61.org", "a.org."};

	snprintf(url, size, "%s://%s/", draw(4) ? "https" : "http",
		hosts[draw(sizeof(hosts) / sizeof(*hosts))]);
	add_text(url, size, 3);
}

static void make_bookmark(struct bookmark *one, int64_t id)
{
	static const char *const sources[] = {"manual", "github:octocat", "file:csv", "GitHub:É"};
	char text[100] = "";

	bookmark_init(one);
	one->id = id;
	make_url(text, sizeof(text));
	bookmark_set(&one->url, text);
	*text = '\0';
	add_text(text, sizeof(text), 5);
	bookmark_set(&one->title, text);
	*text = '\0';
	add_text(text, sizeof(text), draw(2) ? 8 : 0);
	bookmark_set(&one->notes, text);
	bookmark_set(&one->source, sources[draw(4)]);
	for (unsigned tags = draw(4); tags > 0; tags--) {
		*text = '\0';
		add_text(text, sizeof(text), 3);
		tag_set_add(&one->tags, text);
	}
	one->added = 1672531200 + (int64_t)draw(60) * 1000000;
	one->modified = one->added + draw(3) * 20000000;
	one->unstarred = draw(5) == 0;
	one->link.state = (enum link_state)draw(LINK_STATES);
	one->link.checked = one->link.state ? one->modified : 0;
}

static void make_query(char *text, size_t size)
{
	*text = '\0';
	for (unsigned words = draw(4) + 1; words > 0; words--) {
		if (draw(2))
			strcat(text, whole_words[draw(sizeof(whole_words) / sizeof(*whole_words))]);
		else
			strcat(text, starts_of_words[draw(
					     sizeof(starts_of_words) / sizeof(*starts_of_words))]);
		if (draw(2))
			add_text(text, size - 80, 3);
		strcat(text, draw(6) ? " " : draw(2) ? ")" : "\"");
		if (draw(5) == 0)
			strcat(text, "OR ");
	}
}

/* A library as a plain list, beside the store that is told the same. */
struct library {
	struct bookmark rows[LIBRARY_MAX];
	size_t count;
	struct row_store *store;
	struct search *search;
};

static bool address_is_taken(const struct library *library, const struct bookmark *one)
{
	char *normal;
	char *other;
	bool taken = false;

	if (url_normal_form(one->url, &normal, NULL) != STATUS_OK)
		return true;
	for (size_t i = 0; i < library->count && !taken; i++) {
		if (&library->rows[i] == one || !library->rows[i].url ||
			url_normal_form(library->rows[i].url, &other, NULL) != STATUS_OK)
			continue;
		taken = strcmp(normal, other) == 0;
		free(other);
	}
	free(normal);
	return taken;
}

/* As in a library, no two have the same address. */
static void library_put(struct library *library, size_t i)
{
	for (;;) {
		make_bookmark(&library->rows[i], (int64_t)i + 1);
		if (!address_is_taken(library, &library->rows[i]))
			return;
		bookmark_finish(&library->rows[i]);
	}
}

static void library_make(struct library *library)
{
	struct row_segment *block = row_segment_new();
	size_t in_block;

	library->count = draw(LIBRARY_MAX) + 1;
	library->store = row_store_new();
	for (size_t i = 0; i < library->count; i++)
		library_put(library, i);
	in_block = draw((unsigned)library->count + 1);
	for (size_t i = 0; i < in_block; i++)
		row_store_put(library->store, &library->rows[i]);
	library->search = search_new(library->store);
	search_run(library->search, -1);
	if (draw(2)) {
		struct row row;

		for (size_t i = 0; search_row(library->search, i, &row); i++)
			row_segment_add(block, &library->rows[row.id - 1]);
		row_segment_sort(block);
		if (draw(2))
			trigram_index_make(block);
		row_store_replace(library->store, block);
		search_refresh(library->search);
	} else {
		row_segment_free(block);
	}
	for (size_t i = in_block; i < library->count; i++)
		row_store_put(library->store, &library->rows[i]);
}

static void library_change(struct library *library)
{
	size_t i = draw((unsigned)library->count);
	struct bookmark *one = &library->rows[i];

	if (draw(3) == 0) {
		one->deleted = 1;
		if (draw(2))
			row_store_remove(library->store, one->id);
		else
			row_store_put(library->store, one);
		return;
	}
	bookmark_finish(one);
	library_put(library, i);
	row_store_put(library->store, one);
}

static void library_unmake(struct library *library)
{
	search_free(library->search);
	row_store_free(library->store);
	for (size_t i = 0; i < library->count; i++)
		bookmark_finish(&library->rows[i]);
}

struct expected {
	const struct bookmark *bookmark;
	int rank;
};

static int by_rank_and_age(const void *a, const void *b)
{
	const struct expected *left = a;
	const struct expected *right = b;

	if (left->rank != right->rank)
		return left->rank - right->rank;
	if (left->bookmark->added != right->bookmark->added)
		return left->bookmark->added > right->bookmark->added ? -1 : 1;
	return left->bookmark->id > right->bookmark->id ? -1 : 1;
}

static size_t expect(const struct library *library, const struct query *query, bool ranked,
	struct expected *expected)
{
	size_t count = 0;

	for (size_t i = 0; i < library->count; i++) {
		const struct bookmark *one = &library->rows[i];

		if (one->deleted || !oracle_matches(query, one, library->rows, library->count))
			continue;
		expected[count++] = (struct expected){
			one, ranked ? oracle_rank(query, one, library->rows, library->count) : 0};
	}
	qsort(expected, count, sizeof(*expected), by_rank_and_age);
	return count;
}

static void assert_same_row(const struct row *row, const struct bookmark *one)
{
	char *tags = tag_set_join(&one->tags);

	assert_string_equal(row->title, one->title);
	assert_string_equal(row->url, one->url);
	assert_string_equal(row->notes, one->notes);
	assert_string_equal(row->tags, tags);
	assert_string_equal(row->source, one->source);
	assert_int_equal(row->added, one->added);
	assert_int_equal(row->modified, one->modified);
	assert_int_equal(row->unstarred, one->unstarred);
	free(tags);
}

static void assert_best_come_first(struct library *library, const char *text, bool ranked)
{
	struct search *few = search_new(library->store);
	struct query_error error;
	size_t most = draw(5) + 1;

	search_limit(few, most);
	search_start(few, query_parse(text, &error), ranked ? BEST_FIRST : NEWEST_FIRST, false);
	search_run(few, -1);
	for (size_t i = 0; i < most && i < search_count(library->search); i++)
		assert_int_equal(search_id(few, i), search_id(library->search, i));
	search_free(few);
}

static void compare_with_oracle(struct library *library, const char *text, bool ranked)
{
	struct query_error error;
	struct query *query = query_parse(text, &error);
	struct expected expected[LIBRARY_MAX];
	size_t count;
	size_t position;

	if (!query)
		return;
	count = expect(library, query, ranked, expected);
	search_start(library->search, query, ranked ? BEST_FIRST : NEWEST_FIRST, false);
	while (!search_run(library->search, 0))
		assert_true(search_running(library->search));
	if (search_count(library->search) != count)
		fail_msg("seed %u: %s: %zu, not %zu", seed, text, search_count(library->search),
			count);
	for (size_t i = 0; i < count; i++) {
		struct row row;

		assert_true(search_row(library->search, i, &row));
		if (row.id != expected[i].bookmark->id)
			fail_msg("seed %u: %s: %lld at %zu, not %lld", seed, text,
				(long long)row.id, i, (long long)expected[i].bookmark->id);
		assert_same_row(&row, expected[i].bookmark);
		assert_true(search_position(library->search, row.id, &position));
		assert_int_equal(position, i);
	}
	if (draw(4) == 0)
		assert_best_come_first(library, text, ranked);
}

/* BARKY_TEST_ROUNDS=10000 for the long run. */
static unsigned rounds(void)
{
	const char *asked = getenv("BARKY_TEST_ROUNDS");

	return asked ? (unsigned)strtoul(asked, NULL, 10) : 400;
}

static void random_queries_find_what_the_contract_says(void **state)
{
	(void)state;
	for (unsigned round = 0; round < rounds(); round++) {
		struct library library = {0};

		seed = round * 2654435761u + 1;
		library_make(&library);
		for (int i = 0; i < 12; i++) {
			char text[400];

			make_query(text, sizeof(text));
			compare_with_oracle(&library, text, draw(2));
			if (draw(3) == 0)
				library_change(&library);
		}
		library_unmake(&library);
	}
}

/* Typed a key at a time, each answer is taken from within the last. */
static void a_query_that_grows_finds_what_it_would_find_at_once(void **state)
{
	(void)state;
	for (unsigned round = 0; round < rounds() / 4; round++) {
		struct library library = {0};
		char text[400];
		char typed[400];

		seed = round * 40503u + 7;
		library_make(&library);
		make_query(text, sizeof(text));
		for (size_t length = 1; length <= strlen(text); length++) {
			if (((unsigned char)text[length] & 0xc0) == 0x80)
				continue;
			snprintf(typed, sizeof(typed), "%.*s", (int)length, text);
			compare_with_oracle(&library, typed, round % 2);
		}
		library_unmake(&library);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_queries_find_what_the_contract_says),
		cmocka_unit_test(a_query_that_grows_finds_what_it_would_find_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
