#include "tests/library_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/sqlite_catalogue.h"
#include "adapters/sqlite/sqlite_unit_of_work.h"
#include "domain/memory.h"
#include "tests/temporary_folder.h"

static int begin(struct library_fixture *fixture, void **state)
{
	fixture->bookmarks = fixture->work->bookmarks;
	fixture->journal = fixture->work->journal;
	*state = fixture;
	return fixture->work->begin(fixture->work, NULL) == STATUS_OK ? 0 : -1;
}

int library_fixture_over_fake(void **state)
{
	struct library_fixture *fixture = memory_new(sizeof(*fixture));

	fixture->fake = fake_unit_of_work_new();
	fixture->work = &fixture->fake->port;
	fixture->catalogue = &fixture->fake->catalogue.port;
	return begin(fixture, state);
}

int library_fixture_over_sqlite(void **state)
{
	struct library_fixture *fixture = memory_new(sizeof(*fixture));
	struct database_options options = {0};
	struct reason reason = {0};
	char *path;

	fixture->folder = temporary_folder_make();
	path = memory_print("%s/library.db", fixture->folder);
	options.path = path;
	if (database_open(&fixture->database, &options, &reason) != STATUS_OK)
		fail_msg("%s", reason.text);
	free(path);
	fixture->work = sqlite_unit_of_work_new(fixture->database);
	fixture->catalogue = sqlite_catalogue_new(fixture->database);
	return begin(fixture, state);
}

int library_fixture_teardown(void **state)
{
	struct library_fixture *fixture = *state;

	if (fixture->fake) {
		fake_unit_of_work_free(fixture->fake);
	} else {
		fixture->work->rollback(fixture->work);
		sqlite_catalogue_free(fixture->catalogue);
		sqlite_unit_of_work_free(fixture->work);
		database_close(fixture->database);
		temporary_folder_remove(fixture->folder);
	}
	free(fixture);
	return 0;
}

void library_fixture_commit(struct library_fixture *fixture)
{
	struct reason reason = {0};

	if (fixture->work->commit(fixture->work, &reason) != STATUS_OK)
		fail_msg("commit: %s", reason.text);
	assert_int_equal(fixture->work->begin(fixture->work, NULL), STATUS_OK);
}

void library_fixture_rollback(struct library_fixture *fixture)
{
	fixture->work->rollback(fixture->work);
	assert_int_equal(fixture->work->begin(fixture->work, NULL), STATUS_OK);
}

int64_t library_fixture_add(
	struct library_fixture *fixture, const char *url, const char *title, const char *tags)
{
	struct bookmark bookmark;
	int64_t id;

	bookmark_init(&bookmark);
	bookmark_set(&bookmark.url, url);
	bookmark_set(&bookmark.title, title);
	bookmark_set(&bookmark.source, "manual");
	tag_set_add_list(&bookmark.tags, tags, NULL);
	bookmark.added = bookmark.modified = 1000;
	assert_int_equal(fixture->bookmarks->add(fixture->bookmarks, &bookmark), STATUS_OK);
	id = bookmark.id;
	bookmark_finish(&bookmark);
	assert_true(id > 0);
	return id;
}

void library_fixture_get(struct library_fixture *fixture, int64_t id, struct bookmark *bookmark)
{
	bookmark_init(bookmark);
	assert_int_equal(fixture->bookmarks->get(fixture->bookmarks, id, bookmark), STATUS_OK);
}

void library_fixture_trash(struct library_fixture *fixture, int64_t id, int64_t when)
{
	struct bookmark bookmark;

	library_fixture_get(fixture, id, &bookmark);
	bookmark.deleted = when;
	assert_int_equal(fixture->bookmarks->update(fixture->bookmarks, &bookmark), STATUS_OK);
	bookmark_finish(&bookmark);
}
