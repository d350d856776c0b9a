#include "tests/study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <sqlite3.h>
#include <unistd.h>

#include "adapters/sqlite/database.h"
#include "adapters/rows/finder.h"
#include "domain/buffer.h"
#include "domain/memory.h"
#include "tests/temporary_folder.h"

static void open_library(struct study *study)
{
	struct library_options options = {.path = study->path};

	assert_int_equal(library_open(&study->library, &options, NULL), STATUS_OK);
}

int study_setup(void **state)
{
	struct study *study = memory_new(sizeof(*study));
	char *cache;

	study->folder = temporary_folder_make();
	study->path = temporary_folder_file(study->folder, "barky.db");
	cache = temporary_folder_file(study->folder, "cache");
	setenv("XDG_CACHE_HOME", cache, 1);
	free(cache);
	open_library(study);
	*state = study;
	return 0;
}

int study_teardown(void **state)
{
	struct study *study = *state;

	library_close(&study->library);
	free(study->path);
	temporary_folder_remove(study->folder);
	free(study);
	return 0;
}

void study_run_sql(struct study *study, const char *sql)
{
	char *message = NULL;

	if (sqlite3_exec(database_handle(study->library.database), sql, NULL, NULL, &message))
		fail_msg("%s: %s", sql, message);
}

void study_tell(struct study *study, const char *ids)
{
	char *sql = memory_print("INSERT INTO events (at, event, command, change, mark, subject, "
				 "bookmarks) VALUES (1, 'bookmarks_edited', 'edit_bookmarks', 0, "
				 "random(), '', '%s')",
		ids);

	study_run_sql(study, sql);
	free(sql);
}

/* Rows whose dates are not in the order of their ids, with texts that fold and texts that do not.
 */
void study_fill(struct study *study, int rows)
{
	char *sql = memory_print(
		"WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
		"INSERT INTO bookmarks (added, modified, deleted, unstarred, source, url, title, "
		"tags, notes) SELECT 1700000000 + (i * 7919) %% 1000, 1700000000 + i, 0, i %% 3 = "
		"0, "
		"'github:user' || (i %% 5), 'https://example.org/' || i, "
		"CASE i %% 4 WHEN 0 THEN 'Título ' WHEN 1 THEN 'plain ' ELSE '漢字 ' END || i * "
		"37, "
		"CASE i %% 2 WHEN 0 THEN 'Rust,web' ELSE '' END, 'note ' || (i * 101) FROM n",
		rows);

	study_run_sql(study, sql);
	free(sql);
	study_tell(study, "1");
}

static const char *const queries[] = {"", "titulo", "plain 37", "#rust", "note OR 漢字", "-web",
	"source:github:user3 99", "/Tít.*9$/", "is:unstarred 11", "~t9", "site:example.org 4242",
	"added:2023", "is:duplicate"};

static bool describe(void *self, const struct bookmark *bookmark)
{
	char *tags = tag_set_join(&bookmark->tags);

	buffer_print(self, "%lld %s %s %s %s %s %lld %lld %d\n", (long long)bookmark->id,
		bookmark->url, bookmark->title, bookmark->notes, tags, bookmark->source,
		(long long)bookmark->added, (long long)bookmark->modified, bookmark->unstarred);
	free(tags);
	return true;
}

static void ask(struct study *study, const char *text, enum row_order order, struct buffer *out)
{
	struct query_error error;
	struct query *query = query_parse(text, &error);
	struct finding finding = {.query = query, .order = order, .limit = 40};
	size_t found;

	assert_int_equal(
		finder_visit(&study->library, &finding, describe, out, &found, NULL), STATUS_OK);
	buffer_print(out, "%zu\n", found);
	query_free(query);
}

char *study_ask_all(struct study *study)
{
	struct buffer out = {0};

	for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++)
		ask(study, queries[i], i % 2 ? BEST_FIRST : NEWEST_FIRST, &out);
	ask(study, "1", BY_FOLDED_TITLE, &out);
	return buffer_take(&out);
}

/* The only file in the cache folder, or NULL. */
char *study_cache_file(void)
{
	char *folder = memory_print("%s/barky", getenv("XDG_CACHE_HOME"));
	DIR *entries = opendir(folder);
	char *path = NULL;
	struct dirent *entry;

	while (entries && (entry = readdir(entries)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		assert_null(path);
		path = memory_print("%s/%s", folder, entry->d_name);
	}
	if (entries)
		closedir(entries);
	free(folder);
	return path;
}

static void forget_cache(void)
{
	char *path = study_cache_file();

	if (path)
		unlink(path);
	free(path);
}

/* Answers from the library alone: each time there is no file to be believed. */
char *study_true_answers(struct study *study)
{
	struct buffer out = {0};
	char *answers;

	forget_cache();
	for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++) {
		ask(study, queries[i], i % 2 ? BEST_FIRST : NEWEST_FIRST, &out);
		forget_cache();
	}
	ask(study, "1", BY_FOLDED_TITLE, &out);
	forget_cache();
	answers = buffer_take(&out);
	return answers;
}
