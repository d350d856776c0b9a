#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "domain/bus/signal.h"

/* A receiver that counts, and on its first call does what it was told to. */
struct listener {
	struct signal *signal;
	int heard;
	int last_sender;
	enum status answer;
	struct listener *leaver;
	struct listener *joiner;
};

static enum status listen(void *self, const struct signal_args *args)
{
	struct listener *listener = self;

	listener->heard++;
	listener->last_sender = args->sender;
	if (listener->leaver)
		signal_disconnect(listener->signal, ANY_SENDER, listen, listener->leaver);
	if (listener->joiner)
		signal_connect(listener->signal, ANY_SENDER, listen, listener->joiner);
	if (listener->answer != STATUS_OK)
		error_set(args->error, "not today");
	return listener->answer;
}

static void every_receiver_hears_once_though_connected_twice(void **state)
{
	struct signal signal = {0};
	struct listener a = {0}, b = {0};
	struct signal_args args = {.sender = 3};

	(void)state;
	signal_connect(&signal, ANY_SENDER, listen, &a);
	signal_connect(&signal, ANY_SENDER, listen, &a);
	signal_connect(&signal, ANY_SENDER, listen, &b);
	assert_int_equal(signal_send(&signal, &args), 0);
	assert_int_equal(a.heard, 1);
	assert_int_equal(b.heard, 1);
	assert_int_equal(b.last_sender, 3);
	signal_finish(&signal);
}

static void a_receiver_hears_only_the_sender_it_asked_for(void **state)
{
	struct signal signal = {0};
	struct listener of_deletes = {0};
	struct signal_args add = {.sender = ADD_BOOKMARKS}, delete = {.sender = DELETE_BOOKMARKS};

	(void)state;
	signal_connect(&signal, DELETE_BOOKMARKS, listen, &of_deletes);
	signal_send(&signal, &add);
	assert_int_equal(of_deletes.heard, 0);
	signal_send(&signal, &delete);
	assert_int_equal(of_deletes.heard, 1);
	signal_finish(&signal);
}

static void a_failing_receiver_is_counted_and_the_rest_still_hear(void **state)
{
	struct signal signal = {0};
	struct listener bad = {.answer = STATUS_IO}, good = {0};
	struct signal_args args = {.sender = 0};

	(void)state;
	signal_connect(&signal, ANY_SENDER, listen, &bad);
	signal_connect(&signal, ANY_SENDER, listen, &good);
	assert_int_equal(signal_send(&signal, &args), 1);
	assert_int_equal(good.heard, 1);
	signal_finish(&signal);
}

static void asking_stops_at_the_first_that_objects_and_keeps_its_words(void **state)
{
	struct signal signal = {0};
	struct listener objector = {.answer = STATUS_REFUSED}, never = {0};
	struct error error = {0};
	struct signal_args args = {.error = &error};

	(void)state;
	signal_connect(&signal, ANY_SENDER, listen, &objector);
	signal_connect(&signal, ANY_SENDER, listen, &never);
	assert_int_equal(signal_ask(&signal, &args), STATUS_REFUSED);
	assert_string_equal(error.text, "not today");
	assert_int_equal(never.heard, 0);
	signal_finish(&signal);
}

static void a_receiver_disconnected_during_a_send_hears_nothing_more(void **state)
{
	struct signal signal = {0};
	struct listener second = {0};
	struct listener first = {.signal = &signal, .leaver = &second};
	struct listener third = {.signal = &signal, .leaver = &third};
	struct signal_args args = {0};

	(void)state;
	signal_connect(&signal, ANY_SENDER, listen, &first);
	signal_connect(&signal, ANY_SENDER, listen, &second);
	signal_connect(&signal, ANY_SENDER, listen, &third);
	signal_send(&signal, &args);
	signal_send(&signal, &args);
	assert_int_equal(first.heard, 2);
	assert_int_equal(second.heard, 0);
	assert_int_equal(third.heard, 1);
	assert_int_equal(signal.count, 1);
	signal_finish(&signal);
}

static void disconnecting_tells_whether_it_was_connected(void **state)
{
	struct signal signal = {0};
	struct listener a = {0};

	(void)state;
	assert_false(signal_disconnect(&signal, ANY_SENDER, listen, &a));
	assert_true(signal_connect(&signal, ANY_SENDER, listen, &a));
	assert_false(signal_disconnect(&signal, ADD_BOOKMARKS, listen, &a));
	assert_true(signal_disconnect(&signal, ANY_SENDER, listen, &a));
	assert_false(signal_disconnect(&signal, ANY_SENDER, listen, &a));
	signal_finish(&signal);
}

static void no_function_is_no_receiver(void **state)
{
	struct signal signal = {0};
	struct signal_args args = {0};

	(void)state;
	assert_false(signal_connect(&signal, ANY_SENDER, NULL, NULL));
	assert_int_equal(signal.count, 0);
	assert_int_equal(signal_send(&signal, &args), 0);
	assert_false(signal_disconnect(&signal, ANY_SENDER, NULL, NULL));
	signal_finish(&signal);
}

static void write_failure(void *self, const struct signal_args *args, const struct error *why)
{
	assert_int_equal(args->sender, 5);
	error_set(self, "%s", why->text);
}

static void a_failure_is_reported_with_its_reason(void **state)
{
	struct signals signals = {0};
	struct error report = {0}, refusal = {0};
	struct listener bad = {.answer = STATUS_FULL};
	struct signal_args args = {.sender = 5, .error = &refusal};

	(void)state;
	signals_on_failure(&signals, write_failure, &report);
	signal_connect(&signals.command_refused, ANY_SENDER, listen, &bad);
	assert_int_equal(signal_send(&signals.command_refused, &args), 1);
	assert_string_equal(report.text, "not today");
	assert_string_equal(refusal.text, "");
	signals_finish(&signals);
}

static void a_receiver_connected_during_a_send_hears_the_next_one(void **state)
{
	struct signal signal = {0};
	struct listener late[40] = {0};
	struct listener first = {.signal = &signal};
	struct signal_args args = {0};

	(void)state;
	signal_connect(&signal, ANY_SENDER, listen, &first);
	for (size_t i = 0; i < 40; i++) {
		first.joiner = &late[i];
		signal_send(&signal, &args);
		assert_int_equal(late[i].heard, 0);
	}
	assert_int_equal(late[0].heard, 39);
	signal_finish(&signal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_receiver_hears_once_though_connected_twice),
		cmocka_unit_test(a_receiver_hears_only_the_sender_it_asked_for),
		cmocka_unit_test(a_failing_receiver_is_counted_and_the_rest_still_hear),
		cmocka_unit_test(asking_stops_at_the_first_that_objects_and_keeps_its_words),
		cmocka_unit_test(a_receiver_disconnected_during_a_send_hears_nothing_more),
		cmocka_unit_test(a_receiver_connected_during_a_send_hears_the_next_one),
		cmocka_unit_test(disconnecting_tells_whether_it_was_connected),
		cmocka_unit_test(no_function_is_no_receiver),
		cmocka_unit_test(a_failure_is_reported_with_its_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
