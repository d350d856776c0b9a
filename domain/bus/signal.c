#include "domain/bus/signal.h"

#include <stdlib.h>

#include "domain/base/memory.h"

static struct receiver *receiver_find(
	const struct signal *signal, int sender, receive_fn receive, const void *self)
{
	for (size_t i = 0; i < signal->count; i++) {
		struct receiver *receiver = &signal->receivers[i];

		if (receiver->receive == receive && receiver->self == self &&
			receiver->sender == sender)
			return receiver;
	}
	return NULL;
}

bool signal_connect(struct signal *signal, int sender, receive_fn receive, void *self)
{
	if (!receive)
		return false;
	if (receiver_find(signal, sender, receive, self))
		return true;
	signal->receivers = memory_grow(
		signal->receivers, signal->count, &signal->capacity, sizeof(*signal->receivers));
	signal->receivers[signal->count++] = (struct receiver){receive, self, sender};
	return true;
}

static void signal_sweep(struct signal *signal)
{
	size_t kept = 0;

	for (size_t i = 0; i < signal->count; i++)
		if (signal->receivers[i].receive)
			signal->receivers[kept++] = signal->receivers[i];
	signal->count = kept;
}

bool signal_disconnect(struct signal *signal, int sender, receive_fn receive, void *self)
{
	struct receiver *receiver = receive ? receiver_find(signal, sender, receive, self) : NULL;

	if (!receiver)
		return false;
	receiver->receive = NULL;
	if (signal->sending == 0)
		signal_sweep(signal);
	return true;
}

static bool receiver_hears(const struct receiver *receiver, const struct signal_args *args)
{
	return receiver->receive &&
	       (receiver->sender == ANY_SENDER || receiver->sender == args->sender);
}

/* Receivers are copied before each call: they may connect, and so move the array. */
static bool signal_next(struct signal *signal, size_t *place, size_t count,
	const struct signal_args *args, struct receiver *receiver)
{
	while (*place < count) {
		*receiver = signal->receivers[(*place)++];
		if (receiver_hears(receiver, args))
			return true;
	}
	return false;
}

/* Those that are disconnected during a send keep their places until the outermost one has ended,
 * so that no receiver is passed over or called twice. */
static void signal_leave(struct signal *signal)
{
	if (--signal->sending == 0)
		signal_sweep(signal);
}

static void signal_report(
	struct signal *signal, const struct signal_args *args, const struct error *why)
{
	if (signal->on_failure)
		signal->on_failure(signal->on_failure_self, args, why);
}

size_t signal_send(struct signal *signal, const struct signal_args *args)
{
	size_t failures = 0, place = 0, count = signal->count;
	struct receiver receiver;

	signal->sending++;
	while (signal_next(signal, &place, count, args, &receiver)) {
		struct error why = {0};
		struct signal_args own = *args;
		enum status status;

		own.error = &why;
		own.reason = args->error;
		status = receiver.receive(receiver.self, &own);
		if (status == STATUS_OK)
			continue;
		failures++;
		error_set_default(&why, "%s", status_message(status));
		signal_report(signal, args, &why);
	}
	signal_leave(signal);
	return failures;
}

enum status signal_ask(struct signal *signal, const struct signal_args *args)
{
	enum status status = STATUS_OK;
	size_t place = 0, count = signal->count;
	struct receiver receiver;

	signal->sending++;
	while (status == STATUS_OK && signal_next(signal, &place, count, args, &receiver))
		status = receiver.receive(receiver.self, args);
	signal_leave(signal);
	return status;
}

void signal_finish(struct signal *signal)
{
	free(signal->receivers);
	*signal = (struct signal){0};
}

/* The signals of a library, each in its place, for what is done to all of them. */
static struct signal *signals_at(struct signals *signals, size_t place)
{
	struct signal *const all[] = {
		&signals->command_about_to,
		&signals->command_finished,
		&signals->command_refused,
		&signals->event_happened,
	};

	_Static_assert(sizeof(all) / sizeof(all[0]) == sizeof(*signals) / sizeof(struct signal),
		"a signal is missing");
	return place < sizeof(all) / sizeof(all[0]) ? all[place] : NULL;
}

void signals_on_failure(struct signals *signals, receiver_failed_fn on_failure, void *self)
{
	struct signal *signal;

	for (size_t i = 0; (signal = signals_at(signals, i)); i++) {
		signal->on_failure = on_failure;
		signal->on_failure_self = self;
	}
}

void signals_finish(struct signals *signals)
{
	struct signal *signal;

	for (size_t i = 0; (signal = signals_at(signals, i)); i++)
		signal_finish(signal);
}
