#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapters/bootstrap.h"
#include "adapters/stars/star_batch.h"
#include "domain/base/memory.h"
#include "tests/fixtures/temporary_folder.h"

/*
 * How long a page of stars takes to be read and to be stored, each by itself, over a library on
 * disk: "bench_star_pages FOLDER" takes every page-*.json of the folder, the last first, as a walk
 * does, a transaction each.
 */
#define PAGES_MAX 1000

struct bench {
	struct library library;
	size_t stars;
	double reading;
	double storing;
	double working; /* of storing, the processor's part; the rest is the disk's */
};

static double seconds(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static char *read_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	char *text = memory_array(8 * 1024 * 1024, 1);

	*length = file ? fread(text, 1, 8 * 1024 * 1024 - 1, file) : 0;
	if (file)
		fclose(file);
	return text;
}

static void store(struct bench *bench, const struct star_batch *batch)
{
	struct star_page page = {
		.forge = "github",
		.user = "octocat",
		.walk = 1,
		.stars = batch->stars,
		.count = batch->count,
		.cursor = "",
		.timestamps = true,
		.topics = true,
	};
	struct command command = {.type = TAKE_IN_STARS, .as.take_in_stars.page = &page};
	struct result result = {0};

	if (bus_handle(bench->library.bus, &command, &result) != STATUS_OK)
		printf("a page was refused: %s\n", result.error.text);
	result_finish(&result);
}

static void take_page(struct bench *bench, const char *path)
{
	struct star_batch batch = {0};
	struct error error = {0};
	size_t length;
	char *json = read_file(path, &length);
	double began = seconds(CLOCK_MONOTONIC), worked;

	if (star_batch_read(&batch, forge_find("github"), json, length, &error) != STATUS_OK)
		printf("%s: %s\n", path, error.text);
	bench->reading += seconds(CLOCK_MONOTONIC) - began;
	began = seconds(CLOCK_MONOTONIC);
	worked = seconds(CLOCK_PROCESS_CPUTIME_ID);
	store(bench, &batch);
	bench->storing += seconds(CLOCK_MONOTONIC) - began;
	bench->working += seconds(CLOCK_PROCESS_CPUTIME_ID) - worked;
	bench->stars += batch.count;
	star_batch_finish(&batch);
	free(json);
}

static int is_page(const struct dirent *entry)
{
	return strncmp(entry->d_name, "page-", 5) == 0;
}

/* As an import begins: the list is made. */
static void request(struct bench *bench)
{
	struct command command = {.type = BEGIN_STARS};

	command.as.begin_stars.request.user = "octocat";
	bus_handle(bench->library.bus, &command, NULL);
}

static void take_pages(struct bench *bench, const char *folder)
{
	struct dirent **pages = NULL;
	int count = scandir(folder, &pages, is_page, alphasort);

	while (count-- > 0) {
		char *path = memory_print("%s/%s", folder, pages[count]->d_name);

		take_page(bench, path);
		free(path);
		free(pages[count]);
	}
	free(pages);
}

int main(int argc, char **argv)
{
	struct bench bench = {0};
	char *folder = temporary_folder_make();
	char *path = temporary_folder_file(folder, "barky.db");
	struct library_options options = {.path = path};
	struct error error = {0};

	if (argc != 2 || library_open(&bench.library, &options, &error) != STATUS_OK) {
		printf("usage: bench_star_pages FOLDER %s\n", error.text);
		return 2;
	}
	request(&bench);
	take_pages(&bench, argv[1]);
	library_close(&bench.library);
	printf("%zu stars: read in %.3f s (%.0f a second), stored in %.3f s (%.0f a second; "
	       "the processor's part %.3f s)\n",
		bench.stars, bench.reading, (double)bench.stars / bench.reading, bench.storing,
		(double)bench.stars / bench.storing, bench.working);
	temporary_folder_remove(folder);
	free(path);
	return 0;
}
