#include "tests/fakes/bus_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "domain/base/memory.h"

static int64_t now(struct clock *clock)
{
	return ((struct bus_fixture *)clock)->now;
}

int bus_fixture_setup(void **state)
{
	struct bus_fixture *fixture = memory_new(sizeof(*fixture));

	fixture->clock.now = now;
	fixture->now = 1000;
	fixture->work = fake_unit_of_work_new();
	fixture->bus = bus_new(&fixture->work->port, &fixture->clock, &fixture->signals);
	*state = fixture;
	return 0;
}

int bus_fixture_teardown(void **state)
{
	struct bus_fixture *fixture = *state;

	result_finish(&fixture->result);
	bus_free(fixture->bus);
	signals_finish(&fixture->signals);
	fake_unit_of_work_free(fixture->work);
	free(fixture);
	return 0;
}

enum status bus_fixture_handle(struct bus_fixture *fixture, const struct command *command)
{
	result_finish(&fixture->result);
	return bus_handle(fixture->bus, command, &fixture->result);
}

int64_t bus_fixture_add(
	struct bus_fixture *fixture, const char *url, const char *title, const char *tags)
{
	struct bookmark_draft draft = {.url = url, .title = title};
	struct command command = {
		.type = ADD_BOOKMARKS,
		.as.add_bookmarks = {.drafts = &draft, .count = 1},
	};

	if (tags)
		assert_int_equal(tag_set_add_list(&draft.tags, tags, NULL), STATUS_OK);
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
	tag_set_finish(&draft.tags);
	return fixture->result.items[0].id;
}

enum status bus_fixture_edit(
	struct bus_fixture *fixture, int64_t id, const struct bookmark_patch *patch)
{
	struct bookmark_edit edit = {.id = id, .patch = *patch};
	struct command command = {.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {&edit, 1}};

	return bus_fixture_handle(fixture, &command);
}

enum status bus_fixture_delete(struct bus_fixture *fixture, int64_t id)
{
	struct command command = {.type = DELETE_BOOKMARKS, .as.delete_bookmarks = {&id, 1}};

	return bus_fixture_handle(fixture, &command);
}

enum status bus_fixture_undo(struct bus_fixture *fixture, size_t steps)
{
	struct command command = {.type = UNDO, .as.undo = {steps}};

	return bus_fixture_handle(fixture, &command);
}

enum status bus_fixture_redo(struct bus_fixture *fixture, size_t steps)
{
	struct command command = {.type = REDO, .as.redo = {steps}};

	return bus_fixture_handle(fixture, &command);
}

const struct bookmark *bus_fixture_bookmark(struct bus_fixture *fixture, int64_t id)
{
	return fake_library_bookmark(&fixture->work->library, id);
}

void bus_fixture_assert_tags(struct bus_fixture *fixture, int64_t id, const char *expected)
{
	const struct bookmark *bookmark = bus_fixture_bookmark(fixture, id);
	char *joined;

	assert_non_null(bookmark);
	joined = tag_set_join(&bookmark->tags);
	assert_string_equal(joined, expected);
	free(joined);
}
