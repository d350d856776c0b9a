#include "tests/opened_library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "adapters/sqlite/sqlite_catalogue.h"
#include "adapters/sqlite/sqlite_unit_of_work.h"

enum status opened_library_try(struct opened_library *library,
	const struct database_options *options, struct reason *reason)
{
	enum status status = database_open(&library->database, options, reason);

	if (status != STATUS_OK) {
		assert_null(library->database);
		return status;
	}
	library->work = sqlite_unit_of_work_new(library->database);
	library->catalogue = sqlite_catalogue_new(library->database);
	return STATUS_OK;
}

void opened_library_open(struct opened_library *library, const char *path)
{
	struct reason reason = {0};

	if (opened_library_try(library, &(struct database_options){.path = path}, &reason))
		fail_msg("%s", reason.text);
}

void opened_library_close(struct opened_library *library)
{
	sqlite_catalogue_free(library->catalogue);
	sqlite_unit_of_work_free(library->work);
	database_close(library->database);
	*library = (struct opened_library){0};
}

static enum status add_in_work(struct unit_of_work *work, const char *url)
{
	struct change_image image = {0};
	struct bookmark bookmark;
	enum status status;
	int64_t change;

	bookmark_init(&bookmark);
	bookmark_set(&bookmark.url, url);
	bookmark.added = bookmark.modified = 1000;
	status = work->bookmarks->add(work->bookmarks, &bookmark);
	image.bookmark = bookmark.id;
	if (status == STATUS_OK)
		status =
			work->journal->open_change(work->journal, ADD_BOOKMARKS, "", 1000, &change);
	if (status == STATUS_OK)
		status = work->journal->record(work->journal, change, &image);
	bookmark_finish(&bookmark);
	return status;
}

enum status opened_library_add(
	struct opened_library *library, const char *url, struct reason *reason)
{
	struct unit_of_work *work = library->work;
	enum status status = work->begin(work, reason);

	if (status != STATUS_OK)
		return status;
	status = add_in_work(work, url);
	if (status == STATUS_OK)
		return work->commit(work, reason);
	work->rollback(work);
	return status;
}

size_t opened_library_count(struct opened_library *library)
{
	size_t count = 0;

	assert_int_equal(library->catalogue->count(library->catalogue, &count, NULL), STATUS_OK);
	return count;
}

static long long ask(sqlite3 *handle, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	long long number;

	if (sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) != SQLITE_OK ||
		sqlite3_step(statement) != SQLITE_ROW)
		fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
	number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return number;
}

long long opened_library_ask(struct opened_library *library, const char *sql)
{
	return ask(database_handle(library->database), sql);
}

void opened_library_assert_sound(const char *path)
{
	sqlite3 *handle;

	assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
	assert_int_equal(ask(handle, "SELECT count(*) FROM pragma_integrity_check"
				     " WHERE integrity_check <> 'ok'"),
		0);
	sqlite3_close(handle);
}
