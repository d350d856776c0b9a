#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/bus/event_queue.h"
#include "domain/bus/command.h"

static void every_command_has_a_handler_and_a_name_that_leads_back(void **state)
{
	(void)state;
	for (int i = 0; i < COMMAND_TYPES; i++) {
		enum command_type type;

		assert_true(command_handler((enum command_type)i) != NULL);
		assert_true(command_type_of(command_name((enum command_type)i), &type));
		assert_int_equal(type, i);
	}
	assert_false(command_type_of("make_coffee", &(enum command_type){0}));
	assert_string_equal(command_name(COMMAND_TYPES), "");
}

static void every_event_has_a_name_that_leads_back(void **state)
{
	(void)state;
	for (int i = 0; i < EVENT_TYPES; i++) {
		enum event_type type;

		assert_true(event_type_of(event_name((enum event_type)i), &type));
		assert_int_equal(type, i);
	}
	assert_false(event_type_of("coffee_made", &(enum event_type){0}));
	assert_string_equal(event_name(EVENT_TYPES), "");
}

static void every_status_has_a_name_and_a_sentence_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < STATUS_COUNT; i++) {
		assert_true(*status_message((enum status)i));
		for (int other = 0; other < i; other++)
			assert_string_not_equal(
				status_name((enum status)i), status_name((enum status)other));
	}
	assert_string_equal(status_name(STATUS_COUNT), "io");
}

static void a_clone_outlives_what_it_was_made_of(void **state)
{
	char title[] = "a title", url[] = "https://example.org/", tag[] = "one";
	char *tags[] = {tag};
	int64_t ids[] = {4, 5};
	struct bookmark_edit edit = {
		.id = 7,
		.patch = {.title = title, .tag_edit = TAGS_SET, .tags = {tags, 1, 1}},
	};
	struct bookmark_draft draft = {.url = url, .tags = {tags, 1, 1}};
	struct command commands[] = {
		{.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {&edit, 1}},
		{.type = ADD_BOOKMARKS, .as.add_bookmarks = {.drafts = &draft, .count = 1}},
		{.type = DELETE_BOOKMARKS, .as.delete_bookmarks = {ids, 2}},
		{.type = DELETE_TAGS, .as.delete_tags = {(const char *const *)tags, 1}},
	};
	struct command *clones[4];

	(void)state;
	for (size_t i = 0; i < 4; i++)
		clones[i] = command_clone(&commands[i]);
	memset(title, 'x', sizeof(title) - 1);
	memset(url, 'x', sizeof(url) - 1);
	memset(tag, 'x', sizeof(tag) - 1);
	ids[1] = 0;
	assert_string_equal(clones[0]->as.edit_bookmarks.edits[0].patch.title, "a title");
	assert_string_equal(clones[0]->as.edit_bookmarks.edits[0].patch.tags.tags[0], "one");
	assert_null(clones[0]->as.edit_bookmarks.edits[0].patch.url);
	assert_string_equal(clones[1]->as.add_bookmarks.drafts[0].url, "https://example.org/");
	assert_int_equal(clones[2]->as.delete_bookmarks.ids[1], 5);
	assert_string_equal(clones[3]->as.delete_tags.tags[0], "one");
	for (size_t i = 0; i < 4; i++)
		command_free(clones[i]);
	command_free(NULL);
}

static void what_cannot_be_copied_is_not_cloned(void **state)
{
	struct command command = {.type = TAKE_IN_BOOKMARKS};

	(void)state;
	assert_null(command_clone(&command));
}

static void events_join_while_they_are_alike_and_never_grow_too_long(void **state)
{
	struct event_queue queue = {0};

	(void)state;
	for (int64_t id = 1; id <= EVENT_BOOKMARKS_MAX + 1; id++)
		event_queue_record_bookmark(&queue, BOOKMARKS_ADDED, "", id);
	assert_int_equal(queue.count, 2);
	assert_int_equal(queue.events[0].count, EVENT_BOOKMARKS_MAX);
	assert_int_equal(queue.events[0].bookmarks[EVENT_BOOKMARKS_MAX - 1], EVENT_BOOKMARKS_MAX);
	assert_int_equal(queue.events[1].bookmarks[0], EVENT_BOOKMARKS_MAX + 1);
	event_queue_record_bookmark(&queue, BOOKMARKS_EDITED, "", 1);
	event_queue_record_bookmark(&queue, BOOKMARKS_EDITED, "other", 2);
	queue.change = 9;
	event_queue_record_bookmark(&queue, BOOKMARKS_EDITED, "other", 3);
	assert_int_equal(queue.count, 5);
	assert_int_equal(queue.events[4].change, 9);
	event_queue_clear(&queue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_has_a_handler_and_a_name_that_leads_back),
		cmocka_unit_test(every_event_has_a_name_that_leads_back),
		cmocka_unit_test(every_status_has_a_name_and_a_sentence_of_its_own),
		cmocka_unit_test(a_clone_outlives_what_it_was_made_of),
		cmocka_unit_test(what_cannot_be_copied_is_not_cloned),
		cmocka_unit_test(events_join_while_they_are_alike_and_never_grow_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
