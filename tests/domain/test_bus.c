#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/fakes/bus_fixture.h"

#define test(name) cmocka_unit_test_setup_teardown(name, bus_fixture_setup, bus_fixture_teardown)

/* Hears everything and writes down the order. */
struct witness {
	char heard[256];
	enum status answer;
	struct bus_fixture *fixture;
	bool adds_another;
};

static void write_down(struct witness *witness, const char *what)
{
	strncat(witness->heard, what, sizeof(witness->heard) - strlen(witness->heard) - 1);
	strncat(witness->heard, " ", sizeof(witness->heard) - strlen(witness->heard) - 1);
}

static enum status hear_about_to(void *self, const struct signal_args *args)
{
	struct witness *witness = self;

	write_down(witness, "about-to");
	if (witness->answer != STATUS_OK)
		error_set(args->error, "the house is closed");
	return witness->answer;
}

static enum status hear_finished(void *self, const struct signal_args *args)
{
	(void)args;
	write_down(self, "finished");
	return STATUS_OK;
}

static enum status hear_refused(void *self, const struct signal_args *args)
{
	(void)args;
	write_down(self, "refused");
	return STATUS_OK;
}

static enum status hear_event(void *self, const struct signal_args *args)
{
	struct witness *witness = self;

	write_down(witness, event_name(args->event->type));
	if (witness->adds_another) {
		struct bookmark_draft draft = {.url = "https://second.example"};
		struct command command = {
			.type = ADD_BOOKMARKS,
			.as.add_bookmarks = {.drafts = &draft, .count = 1},
		};

		witness->adds_another = false;
		assert_int_equal(bus_handle(witness->fixture->bus, &command, NULL), STATUS_OK);
		write_down(witness, "(handed-in)");
	}
	return STATUS_OK;
}

static void attend(struct witness *witness, struct bus_fixture *fixture)
{
	struct signals *signals = &fixture->signals;

	witness->fixture = fixture;
	signal_connect(&signals->command_about_to, ANY_SENDER, hear_about_to, witness);
	signal_connect(&signals->command_finished, ANY_SENDER, hear_finished, witness);
	signal_connect(&signals->command_refused, ANY_SENDER, hear_refused, witness);
	signal_connect(&signals->event_happened, ANY_SENDER, hear_event, witness);
}

static void a_command_is_one_transaction_and_told_after_the_commit(void **state)
{
	struct bus_fixture *fixture = *state;
	struct witness witness = {0};

	attend(&witness, fixture);
	bus_fixture_add(fixture, "https://example.org", "One", NULL);
	assert_string_equal(witness.heard, "about-to finished bookmarks_added ");
	assert_int_equal(fixture->work->begun, 1);
	assert_int_equal(fixture->work->committed, 1);
	assert_int_equal(fixture->work->library.event_count, 1);
	assert_int_equal(fixture->work->library.events[0].at, 1000);
	assert_int_equal(fixture->work->library.events[0].change,
		fixture->work->library.changes[0].change.id);
}

static void a_receiver_may_refuse_before_anything_begins(void **state)
{
	struct bus_fixture *fixture = *state;
	struct witness witness = {.answer = STATUS_REFUSED};
	int64_t id = bus_fixture_add(fixture, "https://example.org", NULL, NULL);

	attend(&witness, fixture);
	assert_int_equal(bus_fixture_delete(fixture, id), STATUS_REFUSED);
	assert_string_equal(fixture->result.error.text, "the house is closed");
	assert_string_equal(witness.heard, "about-to refused command_refused ");
	assert_int_equal(bus_fixture_bookmark(fixture, id)->deleted, 0);
}

static void a_refused_command_rolls_back_and_tells_nobody(void **state)
{
	struct bus_fixture *fixture = *state;
	struct witness witness = {0};
	int64_t ids[] = {bus_fixture_add(fixture, "https://example.org", NULL, NULL), 99};
	struct command command = {.type = DELETE_BOOKMARKS, .as.delete_bookmarks = {ids, 2}};

	attend(&witness, fixture);
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_NOT_FOUND);
	assert_non_null(strstr(fixture->result.error.text, "99"));
	assert_string_equal(witness.heard, "about-to refused ");
	assert_int_equal(fixture->work->rolled_back, 1);
	assert_int_equal(fixture->result.change, 0);
	assert_int_equal(bus_fixture_bookmark(fixture, ids[0])->deleted, 0);
	assert_int_equal(fixture->work->library.event_count, 1);
}

static void a_commit_that_fails_is_a_refusal_with_its_cause(void **state)
{
	struct bus_fixture *fixture = *state;
	struct witness witness = {0};
	struct bookmark_draft draft = {.url = "https://example.org"};
	struct command command = {
		.type = ADD_BOOKMARKS,
		.as.add_bookmarks = {.drafts = &draft, .count = 1},
	};

	attend(&witness, fixture);
	fixture->work->commit_failure = STATUS_FULL;
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_FULL);
	assert_string_equal(witness.heard, "about-to refused ");
	assert_true(*fixture->result.error.text);
	fixture->work->commit_failure = STATUS_OK;
	fixture->work->begin_failure = STATUS_BUSY;
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_BUSY);
	assert_int_equal(fixture->work->library.bookmark_count, 0);
}

static void events_of_a_command_handed_in_by_a_receiver_wait_their_turn(void **state)
{
	struct bus_fixture *fixture = *state;
	struct witness witness = {.adds_another = true};
	struct bookmark_draft drafts[] = {{.url = "https://first.example"}};
	struct command command = {
		.type = ADD_BOOKMARKS,
		.as.add_bookmarks = {.drafts = drafts, .count = 1},
	};

	attend(&witness, fixture);
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
	assert_string_equal(witness.heard,
		"about-to finished bookmarks_added about-to finished (handed-in) bookmarks_added ");
	assert_int_equal(fixture->work->committed, 2);
}

/* Hands in another command as soon as the first one has ended. */
static enum status add_when_finished(void *self, const struct signal_args *args)
{
	struct witness *witness = self;

	(void)args;
	write_down(witness, "first-hears");
	if (witness->adds_another) {
		struct bookmark_draft draft = {.url = "https://second.example"};
		struct command command = {
			.type = ADD_BOOKMARKS,
			.as.add_bookmarks = {.drafts = &draft, .count = 1},
		};

		witness->adds_another = false;
		bus_handle(witness->fixture->bus, &command, NULL);
	}
	return STATUS_OK;
}

static void the_end_of_a_command_is_heard_by_all_before_any_event(void **state)
{
	struct bus_fixture *fixture = *state;
	struct witness witness = {.fixture = fixture, .adds_another = true};
	struct signals *signals = &fixture->signals;
	struct bookmark_draft draft = {.url = "https://first.example"};
	struct command command = {
		.type = ADD_BOOKMARKS,
		.as.add_bookmarks = {.drafts = &draft, .count = 1},
	};
	struct witness events = {.fixture = fixture};

	signal_connect(&signals->command_finished, ANY_SENDER, add_when_finished, &witness);
	signal_connect(&signals->command_finished, ANY_SENDER, hear_finished, &witness);
	signal_connect(&signals->event_happened, ANY_SENDER, hear_event, &witness);
	signal_connect(&signals->event_happened, ANY_SENDER, hear_event, &events);
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
	assert_string_equal(witness.heard, "first-hears first-hears finished finished "
					   "bookmarks_added bookmarks_added ");
	assert_string_equal(events.heard, "bookmarks_added bookmarks_added ");
}

static void assert_last_event(
	struct bus_fixture *fixture, enum event_type type, const char *subject)
{
	const struct fake_library *library = &fixture->work->library;
	const struct event *last = &library->events[library->event_count - 1];

	assert_int_equal(last->type, type);
	assert_string_equal(last->subject, subject);
}

static enum status fail_to_hear(void *self, const struct signal_args *args)
{
	int *calls = self;

	++*calls;
	error_set(args->error, "the ear is closed");
	return STATUS_IO;
}

static void a_failing_receiver_is_put_into_the_log_once(void **state)
{
	struct bus_fixture *fixture = *state;
	struct witness witness = {0};
	int calls = 0;

	signal_connect(&fixture->signals.event_happened, ANY_SENDER, fail_to_hear, &calls);
	attend(&witness, fixture);
	bus_fixture_add(fixture, "https://example.org", NULL, NULL);
	assert_string_equal(witness.heard, "about-to finished bookmarks_added receiver_failed ");
	assert_last_event(fixture, RECEIVER_FAILED, "bookmarks_added: the ear is closed");
	assert_int_equal(fixture->work->library.event_count, 2);
	assert_int_equal(calls, 2);
}

static void a_refusal_is_put_into_the_log_with_its_reason(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://example.org", NULL, NULL);
	struct witness witness = {.answer = STATUS_REFUSED};

	attend(&witness, fixture);
	assert_int_equal(bus_fixture_delete(fixture, id), STATUS_REFUSED);
	assert_last_event(fixture, COMMAND_REFUSED, "delete_bookmarks: the house is closed");
	assert_string_equal(witness.heard, "about-to refused command_refused ");
}

static void a_note_is_an_event_of_its_own(void **state)
{
	struct bus_fixture *fixture = *state;

	bus_note(fixture->bus, LIBRARY_MIGRATED, "1 → 2");
	assert_last_event(fixture, LIBRARY_MIGRATED, "1 → 2");
	fixture->work->begin_failure = STATUS_BUSY;
	bus_note(fixture->bus, LIBRARY_MIGRATED, "2 → 3");
	assert_int_equal(fixture->work->library.event_count, 1);
}

static void a_command_without_effect_leaves_no_change_and_no_event(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://example.org", "Same", "a");
	struct bookmark_patch patch = {.title = "Same"};

	fixture->now = 2000;
	assert_int_equal(bus_fixture_edit(fixture, id, &patch), STATUS_OK);
	assert_int_equal(fixture->result.counts.unchanged, 1);
	assert_int_equal(fixture->result.change, 0);
	assert_int_equal(fixture->work->library.change_count, 1);
	assert_int_equal(fixture->work->library.event_count, 1);
	assert_int_equal(bus_fixture_bookmark(fixture, id)->modified, 1000);
}

static void what_is_joined_to_a_change_is_taken_back_with_it(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://example.org", NULL, NULL);
	int64_t change = fixture->result.change;
	struct bookmark_edit edit = {.id = id, .patch = {.title = "Fetched later"}};
	struct command command = {
		.type = EDIT_BOOKMARKS,
		.change = change,
		.as.edit_bookmarks = {&edit, 1},
	};

	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
	assert_int_equal(fixture->result.change, change);
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	assert_null(bus_fixture_bookmark(fixture, id));
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_NOTHING_LEFT);
	assert_int_equal(bus_fixture_redo(fixture, 1), STATUS_OK);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "Fetched later");
}

static void what_must_join_a_change_is_refused_without_it(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://example.org", NULL, NULL);
	struct bookmark_edit edit = {.id = id, .patch = {.title = "T"}};
	struct command command = {
		.type = EDIT_BOOKMARKS,
		.change = fixture->result.change,
		.must_join = true,
		.as.edit_bookmarks = {&edit, 1},
	};

	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
	command.change = 77;
	edit.patch.title = "U";
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_REFUSED);
	assert_non_null(strstr(fixture->result.error.text, "no change 77"));
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "T");
}

static void events_say_who_asked_which_fields_and_what_is_gone(void **state)
{
	struct bus_fixture *fixture = *state;
	const struct fake_library *library = &fixture->work->library;
	int64_t id = bus_fixture_add(fixture, "https://example.org", "One", "a");
	struct bookmark_edit edit = {.id = id, .patch = {.title = "Two", .tag_edit = TAGS_SET}};
	struct command command = {
		.type = EDIT_BOOKMARKS,
		.origin = "bus:tagger",
		.as.edit_bookmarks = {&edit, 1},
	};

	bus_origin(fixture->bus, "cli");
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
	assert_string_equal(library->events[1].origin, "bus:tagger");
	assert_string_equal(library->events[1].fields, "title,tags");
	assert_int_equal(bus_fixture_delete(fixture, id), STATUS_OK);
	assert_string_equal(library->events[2].origin, "cli");
	assert_string_equal(library->events[2].detail, "https://example.org");
}

static void an_edit_of_what_was_changed_meanwhile_is_a_conflict(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t id = bus_fixture_add(fixture, "https://example.org", "One", NULL);
	struct bookmark_edit edit = {
		.id = id, .patch = {.title = "Two"}, .if_modified = true, .modified = 999};
	struct command command = {.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {&edit, 1}};

	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_CONFLICT);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "One");
	edit.modified = 1000;
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
}

static void a_batch_is_one_transaction_and_one_change(void **state)
{
	struct bus_fixture *fixture = *state;
	struct witness witness = {0};
	int64_t id = bus_fixture_add(fixture, "https://example.org", "One", NULL);
	struct bookmark_edit edit = {.id = id, .patch = {.title = "Two"}};
	struct bookmark_draft draft = {.url = "https://second.example"};
	struct command parts[] = {
		{.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {&edit, 1}},
		{.type = ADD_BOOKMARKS, .as.add_bookmarks = {.drafts = &draft, .count = 1}},
		{.type = UNDO, .as.undo.steps = 1},
	};
	struct command batch = {.type = BATCH, .as.batch = {parts, 2}};

	attend(&witness, fixture);
	assert_int_equal(bus_fixture_handle(fixture, &batch), STATUS_OK);
	assert_string_equal(witness.heard,
		"about-to about-to about-to finished bookmarks_edited bookmarks_added ");
	assert_int_equal(fixture->work->committed, 2);
	assert_int_equal(fixture->result.part_count, 2);
	assert_int_equal(fixture->result.parts[1].items[0].id, id + 1);
	assert_int_equal(fixture->result.counts.added, 1);
	assert_int_equal(fixture->result.change, fixture->result.parts[0].change);
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "One");
	assert_null(bus_fixture_bookmark(fixture, id + 1));
	batch.as.batch.count = 3;
	assert_int_equal(bus_fixture_handle(fixture, &batch), STATUS_INVALID);
	assert_non_null(strstr(fixture->result.error.text, "command 3 (undo)"));
	assert_string_equal(bus_fixture_bookmark(fixture, id)->title, "One");
}

static void joining_a_change_that_is_gone_opens_a_new_one(void **state)
{
	struct bus_fixture *fixture = *state;
	int64_t other = bus_fixture_add(fixture, "https://other.example", NULL, NULL);
	int64_t change;
	struct bookmark_edit edit = {.id = other, .patch = {.title = "T"}};
	struct command command = {.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {&edit, 1}};

	bus_fixture_add(fixture, "https://example.org", NULL, NULL);
	change = fixture->result.change;
	assert_int_equal(bus_fixture_undo(fixture, 1), STATUS_OK);
	command.change = change;
	assert_int_equal(bus_fixture_handle(fixture, &command), STATUS_OK);
	assert_int_not_equal(fixture->result.change, change);
	assert_int_not_equal(fixture->result.change, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_command_is_one_transaction_and_told_after_the_commit),
		test(a_receiver_may_refuse_before_anything_begins),
		test(a_refused_command_rolls_back_and_tells_nobody),
		test(a_commit_that_fails_is_a_refusal_with_its_cause),
		test(events_of_a_command_handed_in_by_a_receiver_wait_their_turn),
		test(the_end_of_a_command_is_heard_by_all_before_any_event),
		test(a_failing_receiver_is_put_into_the_log_once),
		test(a_refusal_is_put_into_the_log_with_its_reason),
		test(a_note_is_an_event_of_its_own),
		test(a_command_without_effect_leaves_no_change_and_no_event),
		test(what_is_joined_to_a_change_is_taken_back_with_it),
		test(what_must_join_a_change_is_refused_without_it),
		test(events_say_who_asked_which_fields_and_what_is_gone),
		test(an_edit_of_what_was_changed_meanwhile_is_a_conflict),
		test(a_batch_is_one_transaction_and_one_change),
		test(joining_a_change_that_is_gone_opens_a_new_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
