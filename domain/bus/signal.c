#include "domain/bus/signal.h"

#include <stdlib.h>

#include "domain/base/memory.h"

static struct receiver *find(
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

void signal_connect(struct signal *signal, int sender, receive_fn receive, void *self)
{
	if (find(signal, sender, receive, self))
		return;
	signal->receivers = memory_grow(
		signal->receivers, signal->count, &signal->capacity, sizeof(*signal->receivers));
	signal->receivers[signal->count++] = (struct receiver){receive, self, sender};
}

static void sweep(struct signal *signal)
{
	size_t kept = 0;

	for (size_t i = 0; i < signal->count; i++)
		if (signal->receivers[i].receive)
			signal->receivers[kept++] = signal->receivers[i];
	signal->count = kept;
}

void signal_disconnect(struct signal *signal, int sender, receive_fn receive, void *self)
{
	struct receiver *receiver = find(signal, sender, receive, self);

	if (!receiver)
		return;
	receiver->receive = NULL;
	if (signal->sending == 0)
		sweep(signal);
}

static bool hears(const struct receiver *receiver, const struct signal_args *args)
{
	return receiver->receive &&
	       (receiver->sender == ANY_SENDER || receiver->sender == args->sender);
}

/* Receivers are copied before each call: they may connect, and so move the array. */
static enum status tell(
	struct signal *signal, const struct signal_args *args, bool until_refused, size_t *failures)
{
	enum status status = STATUS_OK;
	size_t count = signal->count;

	signal->sending++;
	for (size_t i = 0; i < count && !(until_refused && status != STATUS_OK); i++) {
		struct receiver receiver = signal->receivers[i];

		if (!hears(&receiver, args))
			continue;
		status = receiver.receive(receiver.self, args);
		*failures += status != STATUS_OK;
	}
	if (--signal->sending == 0)
		sweep(signal);
	return status;
}

size_t signal_send(struct signal *signal, const struct signal_args *args)
{
	size_t failures = 0;

	tell(signal, args, false, &failures);
	signal->failures += failures;
	return failures;
}

enum status signal_ask(struct signal *signal, const struct signal_args *args)
{
	size_t objections = 0;

	return tell(signal, args, true, &objections);
}

void signal_finish(struct signal *signal)
{
	free(signal->receivers);
	*signal = (struct signal){0};
}

void signals_finish(struct signals *signals)
{
	signal_finish(&signals->command_about_to);
	signal_finish(&signals->command_finished);
	signal_finish(&signals->command_refused);
	signal_finish(&signals->event_happened);
	signal_finish(&signals->migration_about_to);
	signal_finish(&signals->migration_finished);
	signal_finish(&signals->setting_changed);
}
