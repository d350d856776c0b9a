#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <poll.h>
#include <pthread.h>

#include "adapters/engine/mailbox.h"
#include "tests/fixtures/patience.h"

enum { MESSAGES = 20000 };

static bool readable(const struct mailbox *mailbox)
{
	struct pollfd fd = {.fd = mailbox_fd(mailbox), .events = POLLIN};

	return poll(&fd, 1, 0) == 1;
}

static void messages_come_out_in_order_and_the_fd_tells(void **state)
{
	struct mailbox *mailbox = mailbox_new();
	int messages[100];

	(void)state;
	assert_false(readable(mailbox));
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 100; i++)
			mailbox_put(mailbox, &messages[i]);
		for (int i = 0; i < 100; i++) {
			assert_true(readable(mailbox));
			assert_ptr_equal(mailbox_take(mailbox), &messages[i]);
		}
		assert_false(readable(mailbox));
		assert_null(mailbox_take(mailbox));
	}
	mailbox_wake(mailbox);
	assert_true(readable(mailbox));
	assert_null(mailbox_take(mailbox));
	assert_false(readable(mailbox));
	mailbox_free(mailbox, NULL);
}

static void *write_messages(void *self)
{
	for (int i = 0; i < MESSAGES; i++) {
		int *message = malloc(sizeof(*message));

		*message = i;
		mailbox_put(self, message);
	}
	return NULL;
}

static void nothing_is_lost_between_two_threads(void **state)
{
	struct mailbox *mailbox = mailbox_new();
	pthread_t writer;
	int next = 0;

	(void)state;
	pthread_create(&writer, NULL, write_messages, mailbox);
	while (next < MESSAGES) {
		struct pollfd fd = {.fd = mailbox_fd(mailbox), .events = POLLIN};

		assert_int_equal(poll(&fd, 1, PATIENCE_MS), 1);
		for (int *message; (message = mailbox_take(mailbox)); free(message))
			assert_int_equal(*message, next++);
	}
	pthread_join(writer, NULL);
	mailbox_put(mailbox, malloc(1));
	mailbox_free(mailbox, free);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_come_out_in_order_and_the_fd_tells),
		cmocka_unit_test(nothing_is_lost_between_two_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
