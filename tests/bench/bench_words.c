#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapters/bootstrap.h"
#include "adapters/rows/row_cache.h"
#include "domain/bookmarks/tag_counts.h"
#include "domain/search/search.h"

/*
 * What a search costs the processor, by itself: "bench_words LIBRARY [WORD...]"
 * asks each word many times of the rows of a library, as its cache has them,
 * the best first: until there is something to draw, and until all are there.
 */
#define ROUNDS     15
#define FEW_ROUNDS 3    /* of what takes long */
#define SLICE      4000 /* microseconds */

static const char *const ordinary_words[] = {
	"compiler", "linux", "linux rust", "qzx", "git", "https", "~rgx", "~vmcnf", NULL};

static double milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	const double left = *(const double *)a, right = *(const double *)b;

	return left < right ? -1 : left > right;
}

static double median(double *taken, size_t rounds)
{
	qsort(taken, rounds, sizeof(*taken), compare);
	return taken[rounds / 2];
}

/* As the screen asks: in slices, the first of which ends when there is
 * something to draw. */
static void measure(struct search *search, const char *word)
{
	struct query_error error;
	double first[ROUNDS], whole[ROUNDS];

	for (size_t i = 0; i < ROUNDS; i++) {
		uint64_t before;
		double begun;

		search_start(search, query_parse("", &error), NEWEST_FIRST, false);
		search_run(search, -1);
		before = search_generation(search);
		begun = milliseconds();
		search_start(search, query_parse(word, &error), BEST_FIRST, false);
		while (search_generation(search) == before)
			search_run(search, SLICE);
		first[i] = milliseconds() - begun;
		while (!search_run(search, SLICE))
			continue;
		whole[i] = milliseconds() - begun;
	}
	printf("  %-14s %8.2f ms CPU to the first rows, %8.2f to all %zu\n", word,
		median(first, ROUNDS), median(whole, ROUNDS), search_count(search));
}

/* What the others cost that read every row: the order by title, and the tags
 * for completion. */
static void measure_order(struct search *search)
{
	double taken[FEW_ROUNDS];

	for (size_t i = 0; i < FEW_ROUNDS; i++) {
		const double begun = milliseconds();

		search_start(search, NULL, BY_FOLDED_TITLE, false);
		search_run(search, -1);
		taken[i] = milliseconds() - begun;
	}
	printf("  by title       %8.2f ms CPU to all %zu\n", median(taken, FEW_ROUNDS),
		search_count(search));
}

static void measure_tags(struct row_store *store)
{
	double taken[FEW_ROUNDS];

	for (size_t i = 0; i < FEW_ROUNDS; i++) {
		const double begun = milliseconds();

		tag_counts_free(row_store_count_tags(store));
		taken[i] = milliseconds() - begun;
	}
	printf("  tags counted   %8.2f ms CPU of %zu\n", median(taken, FEW_ROUNDS),
		row_store_count(store));
}

int main(int argc, char **argv)
{
	const char *const *words = argc > 2 ? (const char *const *)argv + 2 : ordinary_words;
	struct library_options options = {.path = argc > 1 ? argv[1] : NULL};
	struct library library = {0};
	struct cached_rows rows;
	struct row_store *store = row_store_new();
	struct search *search;

	if (library_open(&library, &options, NULL) != STATUS_OK ||
		row_cache_read(&library, CACHE_VERIFIED, &rows, NULL) != STATUS_OK)
		return 1;
	row_store_replace(store, rows.segment);
	rows.segment = NULL; /* the store's from now on */
	cached_rows_finish(&rows);
	search = search_new(store);
	for (; *words; words++)
		measure(search, *words);
	if (argc <= 2) {
		measure_order(search);
		measure_tags(store);
	}
	search_free(search);
	row_store_free(store);
	library_close(&library);
	return 0;
}
