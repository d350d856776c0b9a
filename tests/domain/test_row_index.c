#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/search/row_index.h"
#include "domain/search/search.h"
#include "tests/fakes/indexed_block.h"

/* More than one chunk of columns, and a last one that is not full. */
#define ROWS (INDEX_CHUNK + 5003)

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

static void add_row(struct row_block *block, size_t number)
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
	row_block_add(block, &one);
	bookmark_finish(&one);
}

static struct row_block *made_block(void)
{
	struct row_block *block = row_block_new();

	seed = 7;
	for (size_t i = 0; i < ROWS; i++)
		add_row(block, i);
	return block;
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
	struct shelf *indexed = shelf_new();
	struct shelf *plain = shelf_new();
	struct search *with;
	struct search *without;

	(void)state;
	shelf_take_block(indexed, indexed_block(made_block()));
	shelf_take_block(plain, made_block());
	with = search_new(indexed);
	without = search_new(plain);
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		assert_same_answer(with, without, questions[i]);
	search_free(with);
	search_free(without);
	shelf_free(indexed);
	shelf_free(plain);
}

/* What nearly all rows have is known by heart, and each beginning of it too. */
static void common_grams_are_found_with_all_their_beginnings(void **state)
{
	struct row_block *block = made_block();
	size_t count;
	struct common_gram *grams = common_grams_choose(row_block_table(block), &count);
	const struct common_gram *https = common_grams_longest(grams, count, "https", 5);

	(void)state;
	assert_non_null(https);
	assert_int_equal(https->length, 5);
	assert_true(https->very_common);
	assert_null(common_grams_longest(grams, count, "%%%%", 4));
	for (size_t i = 0; i < count; i++) {
		const struct common_gram *before;

		assert_null(memchr(grams[i].bytes, ' ', grams[i].length));
		assert_null(memchr(grams[i].bytes, ',', grams[i].length));
		if (grams[i].length == GRAM_SHORTEST)
			continue;
		before = common_grams_longest(grams, count, grams[i].bytes, grams[i].length - 1u);
		assert_non_null(before);
		assert_int_equal(before->length, grams[i].length - 1);
	}
	free(grams);
	row_block_free(block);
}

static void a_walk_finds_what_is_there(void **state)
{
	struct row_block *block = made_block();
	size_t count;
	struct common_gram *grams = common_grams_choose(row_block_table(block), &count);
	struct gram_walk *walk = gram_walk_new(grams, count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		int gram = gram_walk_begin(walk, grams[i].bytes);

		for (size_t at = GRAM_SHORTEST; at < grams[i].length; at++)
			gram = gram_walk_on(walk, gram, grams[i].bytes[at]);
		assert_int_equal(gram, i);
	}
	assert_int_equal(gram_walk_begin(walk, "\1\2"), -1);
	gram_walk_free(walk);
	free(grams);
	row_block_free(block);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_those_without_it),
		cmocka_unit_test(common_grams_are_found_with_all_their_beginnings),
		cmocka_unit_test(a_walk_finds_what_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
