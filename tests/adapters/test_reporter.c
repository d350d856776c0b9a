#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "adapters/engine/reporter.h"
#include "domain/base/memory.h"
#include "tests/fakes/bus_fixture.h"

/* The fixture's bus, with a reporter that hears it. */
struct newsroom {
	struct bus_fixture *fixture;
	struct mailbox *reports;
	struct reporter reporter;
	int wholes; /* that were sent */
};

static int setup(void **state)
{
	struct newsroom *room = memory_new(sizeof(*room));
	void *fixture;

	bus_fixture_setup(&fixture);
	room->fixture = fixture;
	room->reports = mailbox_new();
	assert_int_equal(reporter_init(&room->reporter, &room->fixture->work->catalogue.port,
				 room->reports, NULL),
		STATUS_OK);
	signal_connect(&room->fixture->signals.event_happened, ANY_SENDER, on_event_report,
		&room->reporter);
	*state = room;
	return 0;
}

static void dispose(void *report)
{
	report_free(report);
}

static int teardown(void **state)
{
	struct newsroom *room = *state;
	void *fixture = room->fixture;

	mailbox_free(room->reports, dispose);
	bus_fixture_teardown(&fixture);
	free(room);
	return 0;
}

static struct report *next(struct newsroom *room, enum report_type type)
{
	struct report *report = mailbox_take(room->reports);

	assert_non_null(report);
	assert_int_equal(report->type, type);
	return report;
}

static void an_event_comes_behind_the_rows_it_concerns(void **state)
{
	struct newsroom *room = *state;
	int64_t id = bus_fixture_add(room->fixture, "https://a.example", "A", "t");
	struct report *rows = next(room, REPORT_ROWS);
	struct report *event = next(room, REPORT_EVENT);

	assert_int_equal(rows->row_count, 1);
	assert_int_equal(rows->rows[0].id, id);
	assert_string_equal(rows->rows[0].title, "A");
	assert_int_equal(event->event.type, BOOKMARKS_ADDED);
	assert_int_equal(event->event.bookmarks[0], id);
	assert_false(event->from_elsewhere);
	assert_null(mailbox_take(room->reports));
	report_free(rows);
	report_free(event);
}

static void a_row_that_is_no_more_is_gone(void **state)
{
	struct newsroom *room = *state;
	int64_t id = bus_fixture_add(room->fixture, "https://a.example", NULL, NULL);
	struct report *rows;

	report_free(next(room, REPORT_ROWS));
	report_free(next(room, REPORT_EVENT));
	bus_fixture_undo(room->fixture, 1);
	rows = next(room, REPORT_ROWS);
	assert_int_equal(rows->row_count, 0);
	assert_int_equal(rows->gone_count, 1);
	assert_int_equal(rows->gone[0], id);
	report_free(rows);
}

/* Another program is another bus on the same library, which this reporter does not hear. */
static void what_another_program_did_is_found_in_the_journal(void **state)
{
	struct newsroom *room = *state;
	struct bus_fixture *fixture = room->fixture;
	struct report *report;

	signal_disconnect(
		&fixture->signals.event_happened, ANY_SENDER, on_event_report, &room->reporter);
	bus_fixture_add(fixture, "https://theirs.example", "Theirs", NULL);
	assert_null(mailbox_take(room->reports));
	signal_connect(
		&fixture->signals.event_happened, ANY_SENDER, on_event_report, &room->reporter);
	bus_fixture_add(fixture, "https://ours.example", "Ours", NULL);

	report = next(room, REPORT_ROWS);
	assert_string_equal(report->rows[0].title, "Theirs");
	report_free(report);
	report = next(room, REPORT_EVENT);
	assert_true(report->from_elsewhere);
	report_free(report);
	report_free(next(room, REPORT_ROWS));
	report = next(room, REPORT_EVENT);
	assert_false(report->from_elsewhere);
	report_free(report);
	assert_int_equal(reporter_catch_up(&room->reporter, NULL), STATUS_OK);
	assert_null(mailbox_take(room->reports));
}

static void a_listing_comes_in_batches_and_says_when_it_is_done(void **state)
{
	struct newsroom *room = *state;
	struct listing newest = {.limit = 0};
	struct request *request = request_new(ASK_TRASH, NULL, NULL);
	struct report *report;
	size_t rows = 0;

	for (int i = 0; i < 1500; i++) {
		struct bookmark bookmark;

		bookmark_init(&bookmark);
		bookmark_set(&bookmark.title, "x");
		fake_library_put(&room->fixture->work->library, &bookmark);
		bookmark_finish(&bookmark);
	}
	assert_int_equal(reporter_send_listing(&room->reporter, &newest, request, NULL), STATUS_OK);
	reporter_send_done(&room->reporter, request);
	for (int i = 0; i < 3; i++) {
		report = next(room, REPORT_ROWS);
		assert_ptr_equal(report->request, request);
		assert_true(report->more);
		rows += report->row_count;
		report_free(report);
	}
	assert_int_equal(rows, 1500);
	report = next(room, REPORT_DONE);
	assert_ptr_equal(report->request, request);
	assert_false(report->more);
	report_free(report);
}

/* An import adds so many with one event. */
static void an_event_of_the_most_bookmarks_comes_behind_all_their_rows(void **state)
{
	struct newsroom *room = *state;
	const size_t count = EVENT_BOOKMARKS_MAX;
	struct bookmark_draft *drafts = memory_array(count, sizeof(*drafts));
	const struct command command = {
		.type = ADD_BOOKMARKS, .as.add_bookmarks = {.drafts = drafts, .count = count}};
	struct result result = {0};
	struct report *report;

	for (size_t i = 0; i < count; i++)
		drafts[i].url = memory_print("https://example.org/%zu", i);
	assert_int_equal(bus_handle(room->fixture->bus, &command, &result), STATUS_OK);
	report = next(room, REPORT_ROWS);
	assert_int_equal(report->row_count, EVENT_BOOKMARKS_MAX);
	assert_int_equal(report->gone_count, 0);
	report_free(report);
	report = next(room, REPORT_EVENT);
	assert_int_equal(report->event.count, EVENT_BOOKMARKS_MAX);
	report_free(report);
	for (size_t i = 0; i < count; i++)
		free((void *)drafts[i].url);
	free(drafts);
	result_finish(&result);
}

/* The whole library is sent, with what happened up to a few events on. */
static enum status send_whole(void *self, struct error *error)
{
	struct newsroom *room = self;

	(void)error;
	room->wholes++;
	room->reporter.whole_at = room->reporter.last_event + 3;
	room->reporter.rows_since = 0;
	return STATUS_OK;
}

static void happens(struct newsroom *room, const int64_t *bookmarks)
{
	const struct event event = {.id = room->reporter.last_event + 1,
		.subject = "",
		.bookmarks = bookmarks,
		.count = EVENT_BOOKMARKS_MAX};
	const struct signal_args args = {.event = &event};

	assert_int_equal(on_event_report(&room->reporter, &args), STATUS_OK);
}

static void very_many_rows_are_sent_as_a_whole(void **state)
{
	struct newsroom *room = *state;
	int64_t bookmarks[EVENT_BOOKMARKS_MAX];
	size_t events = 0;

	for (size_t i = 0; i < EVENT_BOOKMARKS_MAX; i++)
		bookmarks[i] = 1000 + (int64_t)i;
	room->reporter.send_whole = send_whole;
	room->reporter.self = room;
	for (; !room->wholes; events++)
		happens(room, bookmarks);
	assert_true(events > 10);
	for (; events > 1; events--) {
		report_free(next(room, REPORT_ROWS));
		report_free(next(room, REPORT_EVENT));
	}
	happens(room, bookmarks);
	happens(room, bookmarks);
	for (int i = 0; i < 3; i++)
		report_free(next(room, REPORT_EVENT));
	happens(room, bookmarks);
	report_free(next(room, REPORT_ROWS));
	report_free(next(room, REPORT_EVENT));
	assert_int_equal(room->wholes, 1);
	assert_null(mailbox_take(room->reports));
}

#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(an_event_comes_behind_the_rows_it_concerns),
		test(a_row_that_is_no_more_is_gone),
		test(what_another_program_did_is_found_in_the_journal),
		test(very_many_rows_are_sent_as_a_whole),
		test(an_event_of_the_most_bookmarks_comes_behind_all_their_rows),
		test(a_listing_comes_in_batches_and_says_when_it_is_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
