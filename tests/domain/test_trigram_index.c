#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "domain/search/search.h"
#include "domain/search/trigram_index.h"

/* More than one word of groups, and a last group that is not full. */
#define ROWS (64 * ROW_GROUP + 5003)

static const char *const words[] = {"data", "base", "web", "linter", "rust", "github", "tool",
	"kernel", "café", "漢字", "straße", "x", "a", "go", "c++", "The", "quick", "brown", "zq"};

static unsigned seed = 7;

static const char *draw_word(void)
{
	unsigned low;

	seed = seed * 1664525u + 1013904223u;
	low = seed >> 16;
	/* The first ones are by far the most common. */
	return words[low % 3 ? low % 7 : low % (sizeof(words) / sizeof(*words))];
}

static void add_row(struct row_segment *segment, size_t number)
{
	struct bookmark one;
	char text[200];

	bookmark_init(&one);
	one.id = (int64_t)number + 1;
	one.added = ROWS - (int64_t)number;
	snprintf(text, sizeof(text), "%s %s%s %s", draw_word(), draw_word(), draw_word(),
		draw_word());
	bookmark_set(&one.title, number % 50 ? text : "");
	snprintf(text, sizeof(text), "https://%s.example.org/%s/%zu", number % 3 ? "git" : "www",
		draw_word(), number);
	bookmark_set(&one.url, text);
	snprintf(text, sizeof(text), "%s %s, the %s of %s", draw_word(), draw_word(), draw_word(),
		draw_word());
	bookmark_set(&one.notes, number % 4 ? text : "");
	tag_set_add(&one.tags, draw_word());
	if (number % 2)
		tag_set_add(&one.tags, draw_word());
	row_segment_add(segment, &one);
	bookmark_finish(&one);
}

static struct row_segment *made_segment(bool indexed)
{
	struct row_segment *segment = row_segment_new();

	seed = 7;
	for (size_t i = 0; i < ROWS; i++)
		add_row(segment, i);
	row_segment_sort(segment);
	if (indexed)
		trigram_index_make(segment);
	return segment;
}

static void ask(struct search *search, const char *text)
{
	struct query_error error;

	search_start(search, query_parse(text, &error), BEST_FIRST, false);
	search_run(search, -1);
}

static void assert_same_answer(struct search *with, struct search *without, const char *text)
{
	ask(with, text);
	ask(without, text);
	if (search_count(with) != search_count(without))
		fail_msg("%s: %zu with an index, %zu without", text, search_count(with),
			search_count(without));
	for (size_t i = 0; i < search_count(with); i++)
		if (search_id(with, i) != search_id(without, i))
			fail_msg("%s: another row at %zu", text, i);
}

static const char *const questions[] = {"d", "x", "q", "da", "zq", "dat", "data", "database",
	"databas", "https", "tps://", "example.org", "github", "linter", "Linter web", "rust OR go",
	"-data", "web -linter", "(data OR rust) kernel", "\"the rust\"", "title:data", "title:d",
	"url:d", "notes:kernel", "tag:web", "#data", "#da*", "-#rust", "#c++", "c++", "café",
	"cafe", "漢", "漢字", "strasse", "site:git.example.org", "site:example.org data", "~d",
	"~da", "~dba", "~ktl", "~gthb", "~漢字", "~zqz", "~database rust", "~c+", "-~data", "~a,b",
	"~thisisaverylongfuzzyword", "nothing-has-this", "7", "77", "7777", "/^data/", "a b c",
	"is:untagged", "data,web", "added:1970", "~ht web", "the", "THE"};

static void answers_are_those_without_it(void **state)
{
	struct row_store *indexed = row_store_new();
	struct row_store *plain = row_store_new();
	struct search *with;
	struct search *without;

	(void)state;
	row_store_replace(indexed, made_segment(true));
	row_store_replace(plain, made_segment(false));
	with = search_new(indexed);
	without = search_new(plain);
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		assert_same_answer(with, without, questions[i]);
	search_free(with);
	search_free(without);
	row_store_free(indexed);
	row_store_free(plain);
}

/* A word of three bytes is asked already, and one that is nowhere is in few groups. */
static void a_word_is_only_in_groups_that_hold_it(void **state)
{
	struct row_segment *segment = made_segment(true);
	const size_t groups = (ROWS + ROW_GROUP - 1) / ROW_GROUP;

	(void)state;
	for (size_t first = 0; first < groups; first += 64) {
		const size_t count = groups - first < 64 ? groups - first : 64;
		const uint64_t all = count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX;

		assert_int_equal(trigram_index_groups(segment, "git", 3, first) & all, all);
		assert_int_equal(trigram_index_groups(segment, "nowhere", 7, first) & all, 0);
	}
	assert_int_equal(trigram_index_groups(segment, "git", 3, 1),
		trigram_index_groups(segment, "git", 3, 0) >> 1);
	row_segment_free(segment);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_those_without_it),
		cmocka_unit_test(a_word_is_only_in_groups_that_hold_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
