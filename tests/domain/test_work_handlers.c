/* Who does scheduled work: one at a time, and each time once. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/fakes/bus_fixture.h"

#define test(name) cmocka_unit_test_setup_teardown(name, bus_fixture_setup, bus_fixture_teardown)

static struct due_job job_of(struct bus_fixture *fixture)
{
	struct due_job job = {0};

	fixture->work->due.port.get(&fixture->work->due.port, "links", &job);
	return job;
}

/* As holder has seen the job. */
static enum status begin_seen(
	struct bus_fixture *fixture, const char *holder, const struct due_job *seen)
{
	const struct work_claim claim = {"links", holder, seen->ran, seen->attempts};
	const struct command command = {.type = BEGIN_WORK, .as.begin_work.claim = &claim};

	return bus_fixture_handle(fixture, &command);
}

static enum status begin(struct bus_fixture *fixture, const char *holder)
{
	const struct due_job seen = job_of(fixture);

	return begin_seen(fixture, holder, &seen);
}

static enum status finish(struct bus_fixture *fixture, const struct work_end *end)
{
	const struct command command = {.type = FINISH_WORK, .as.finish_work.end = end};

	return bus_fixture_handle(fixture, &command);
}

static enum status finish_as(struct bus_fixture *fixture, const char *holder, enum status status)
{
	return finish(fixture, &(struct work_end){.name = "links",
				       .holder = holder,
				       .status = status,
				       .result = "so it went"});
}

static const struct event *last_event(const struct bus_fixture *fixture)
{
	const struct fake_library *library = &fixture->work->library;

	return &library->events[library->event_count - 1];
}

static void one_that_is_held_is_refused_to_others_until_the_lease_is_over(void **state)
{
	struct bus_fixture *fixture = *state;

	assert_int_equal(begin(fixture, "a"), STATUS_OK);
	assert_int_equal(begin(fixture, "b"), STATUS_CONFLICT);
	assert_int_equal(begin(fixture, "a"), STATUS_OK);
	fixture->now += DUE_LEASE - 1;
	assert_int_equal(begin(fixture, "b"), STATUS_CONFLICT);
	fixture->now += 1;
	assert_int_equal(begin(fixture, "b"), STATUS_OK);
	assert_int_equal(finish_as(fixture, "a", STATUS_OK), STATUS_CONFLICT);
	/* A clock that was set back does not make a lease longer. */
	fixture->now -= 100 * DUE_LEASE;
	assert_int_equal(begin(fixture, "c"), STATUS_OK);
}

static void what_another_has_done_meanwhile_is_not_done_again(void **state)
{
	struct bus_fixture *fixture = *state;
	const struct due_job seen = job_of(fixture);

	begin_seen(fixture, "a", &seen);
	assert_int_equal(finish_as(fixture, "a", STATUS_OK), STATUS_OK);
	assert_int_equal(begin_seen(fixture, "b", &seen), STATUS_CONFLICT);
	assert_int_equal(begin(fixture, "b"), STATUS_OK);
}

static void its_end_is_told_and_a_failure_is_tried_again_later_and_later(void **state)
{
	struct bus_fixture *fixture = *state;
	static const int64_t pauses[] = {300, 600, 1200, 2400, 4800, 9600, 19200, 21600, 21600};

	for (size_t i = 0; i < sizeof(pauses) / sizeof(*pauses); i++) {
		begin(fixture, "a");
		finish_as(fixture, "a", STATUS_NETWORK);
		assert_int_equal(job_of(fixture).next - fixture->now, pauses[i]);
		assert_int_equal(last_event(fixture)->type, WORK_FAILED);
	}
	assert_non_null(
		strstr(last_event(fixture)->detail, "reason so it went\nattempts 9\nnext "));
	begin(fixture, "a");
	finish_as(fixture, "a", STATUS_OK);
	assert_int_equal(last_event(fixture)->type, WORK_DONE);
	assert_string_equal(last_event(fixture)->subject, "links");
	assert_string_equal(last_event(fixture)->detail, "status ok\nresult so it went");
	assert_int_equal(job_of(fixture).ran, fixture->now);
	assert_int_equal(job_of(fixture).attempts, 0);
}

static void a_limit_is_waited_for_and_a_failure_not_longer_than_it_comes_round(void **state)
{
	struct bus_fixture *fixture = *state;
	struct work_end end = {.name = "links", .holder = "a", .status = STATUS_RATE_LIMITED};

	begin(fixture, "a");
	end.at_latest = fixture->now + 60;
	finish(fixture, &end);
	assert_int_equal(job_of(fixture).next, fixture->now + 60);
	begin(fixture, "a");
	end.not_before = fixture->now + 3600;
	finish(fixture, &end);
	assert_int_equal(job_of(fixture).next, fixture->now + 3600);
}

static void what_was_given_up_is_as_due_as_before(void **state)
{
	struct bus_fixture *fixture = *state;
	size_t events = fixture->work->library.event_count;

	begin(fixture, "a");
	assert_int_equal(finish_as(fixture, "a", STATUS_INTERRUPTED), STATUS_OK);
	assert_int_equal(job_of(fixture).ran, 0);
	assert_int_equal(job_of(fixture).attempts, 0);
	assert_int_equal(fixture->work->library.event_count, events);
	assert_int_equal(begin(fixture, "b"), STATUS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(one_that_is_held_is_refused_to_others_until_the_lease_is_over),
		test(what_another_has_done_meanwhile_is_not_done_again),
		test(its_end_is_told_and_a_failure_is_tried_again_later_and_later),
		test(a_limit_is_waited_for_and_a_failure_not_longer_than_it_comes_round),
		test(what_was_given_up_is_as_due_as_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
