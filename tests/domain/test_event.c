#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/bus/event.h"

static const int64_t some[] = {4, 7, 9};

static void assert_told(const struct event *event, const char *name, const char *expected)
{
	char *text = event_describe(event, name);

	assert_string_equal(text, expected);
	free(text);
}

static void what_a_command_did_is_told_as_the_command_tells_it(void **state)
{
	struct event event = {.type = BOOKMARKS_DELETED,
		.command = DELETE_BOOKMARKS,
		.bookmarks = some,
		.count = 3,
		.subject = "",
		.detail = "https://a.example/\nhttps://b.example/\nhttps://c.example/"};

	(void)state;
	assert_told(&event, NULL, "Deleted 3 bookmarks");
	event.count = 1;
	assert_told(&event, NULL, "Deleted 1 bookmark");
	assert_told(&event, "SQLite", "Deleted \"SQLite\"");
	event.type = CHANGE_UNDONE;
	assert_told(&event, "SQLite", "Undid: Deleted \"SQLite\"");
	event.type = CHANGE_REDONE;
	assert_told(&event, NULL, "Redid: Deleted 1 bookmark");
}

static void an_edit_tells_which_fields(void **state)
{
	struct event event = {.type = BOOKMARKS_EDITED,
		.command = EDIT_BOOKMARKS,
		.bookmarks = some,
		.count = 2,
		.subject = "",
		.fields = "title,tags"};

	(void)state;
	assert_told(&event, NULL, "Edited 2 bookmarks: title, tags");
	event.command = RENAME_TAGS;
	event.subject = "x → y";
	event.fields = "tags";
	assert_told(&event, NULL, "Renamed tags of 2 bookmarks (x → y)");
	event.command = TAKE_IN_STARS;
	event.subject = "github:octocat";
	event.fields = "notes";
	assert_told(&event, NULL, "Imported 2 stars (github:octocat): notes");
}

static void what_is_no_change_is_told_by_its_meaning_and_counts(void **state)
{
	struct event check = {.type = LINKS_CHECKED,
		.command = RECORD_LINKS,
		.subject = "",
		.detail = "checked 12\nok 10\nmoved 2\nfailing 0\ndead 0\nskipped 0"};
	struct event work = {.type = WORK_FAILED,
		.command = FINISH_WORK,
		.subject = "stars",
		.detail =
			"status remote\nreason no network\nattempts 2\nnext 2026-11-29T04:00:00Z"};
	struct event died = {.type = LINK_DIED,
		.command = RECORD_LINKS,
		.bookmarks = some,
		.count = 2,
		.subject = ""};

	(void)state;
	assert_told(&check, NULL, "A check of links is over: 12 checked, 10 ok, 2 moved");
	assert_told(&work, NULL,
		"Scheduled work failed, and is tried again later (stars): no network, 2 attempts");
	assert_told(&died, NULL, "Addresses are gone: not found twice, a day apart: 2 bookmarks");
	assert_told(
		&died, "SQLite", "Addresses are gone: not found twice, a day apart: \"SQLite\"");
}

static void every_event_is_told(void **state)
{
	(void)state;
	for (int type = 0; type < EVENT_TYPES; type++) {
		struct event event = {.type = (enum event_type)type, .subject = ""};
		char *text = event_describe(&event, NULL);
		assert_true(text[0] >= 'A' && text[0] <= 'Z');
		assert_true(strlen(text) > 10);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_command_did_is_told_as_the_command_tells_it),
		cmocka_unit_test(an_edit_tells_which_fields),
		cmocka_unit_test(what_is_no_change_is_told_by_its_meaning_and_counts),
		cmocka_unit_test(every_event_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
