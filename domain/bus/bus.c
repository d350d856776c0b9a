#include "domain/bus/bus.h"

#include <stdlib.h>

#include "domain/bus/event_queue.h"
#include "domain/bus/handlers.h"
#include "domain/base/memory.h"

struct bus {
	struct unit_of_work *work;
	struct clock *clock;
	struct signals *signals;
	struct event_queue waiting; /* committed, not told yet */
	bool telling;
};

struct bus *bus_new(struct unit_of_work *work, struct clock *clock, struct signals *signals)
{
	struct bus *bus = memory_new(sizeof(*bus));

	bus->work = work;
	bus->clock = clock;
	bus->signals = signals;
	return bus;
}

void bus_free(struct bus *bus)
{
	if (!bus)
		return;
	event_queue_clear(&bus->waiting);
	free(bus);
}

static enum status journal_events(struct bus *bus, struct event_queue *events, int64_t now)
{
	struct journal *journal = bus->work->journal;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < events->count && status == STATUS_OK; i++) {
		events->events[i].at = now;
		status = journal->append(journal, &events->events[i]);
	}
	return status;
}

static enum status run_handler(struct bus *bus, const struct command *command,
	struct event_queue *events, struct result *result, bool *rehearsal)
{
	struct handling handling = {
		.bookmarks = bus->work->bookmarks,
		.journal = bus->work->journal,
		.stars = bus->work->stars,
		.events = events,
		.result = result,
		.command = command->type,
		.joins = command->change,
		.now = bus->clock->now(bus->clock),
	};
	enum status status;

	events->command = command->type;
	status = command_handlers[command->type](&handling, command);
	if (status == STATUS_OK && !handling.rehearsal)
		status = journal_events(bus, events, handling.now);
	*rehearsal = handling.rehearsal;
	return status;
}

/* One command, one transaction: this is the only place that begins and commits. */
static enum status transact(struct bus *bus, const struct command *command,
	struct event_queue *events, struct result *result)
{
	bool rehearsal = false;
	enum status status = bus->work->begin(bus->work, &result->error);

	if (status != STATUS_OK)
		return status;
	status = run_handler(bus, command, events, result, &rehearsal);
	if (status == STATUS_OK && !rehearsal)
		return bus->work->commit(bus->work, &result->error);
	bus->work->rollback(bus->work);
	event_queue_clear(events);
	result->change = 0;
	return status;
}

/* A receiver may hand in a further command: its events join the end of what waits. */
static void tell_what_waits(struct bus *bus)
{
	struct event_queue told = {0};

	if (bus->telling)
		return;
	bus->telling = true;
	while (bus->waiting.count > 0) {
		event_queue_append(&told, &bus->waiting);
		for (size_t i = 0; i < told.count; i++) {
			const struct event *event = &told.events[i];
			struct signal_args args = {.sender = (int)event->type, .event = event};

			signal_send(&bus->signals->event_happened, &args);
		}
		event_queue_clear(&told);
	}
	bus->telling = false;
}

static void tell_end(struct bus *bus, struct signal_args *args, struct event_queue *events)
{
	if (args->status == STATUS_OK) {
		event_queue_append(&bus->waiting, events);
		signal_send(&bus->signals->command_finished, args);
		tell_what_waits(bus);
	} else {
		event_queue_clear(events);
		signal_send(&bus->signals->command_refused, args);
	}
}

static enum status handle(struct bus *bus, const struct command *command, struct result *result)
{
	struct event_queue events = {0};
	struct signal_args args = {
		.sender = (int)command->type,
		.command = command,
		.result = result,
		.error = &result->error,
	};

	args.status = signal_ask(&bus->signals->command_about_to, &args);
	if (args.status == STATUS_OK)
		args.status = transact(bus, command, &events, result);
	if (args.status != STATUS_OK)
		error_set_default(&result->error, "%s", status_message(args.status));
	tell_end(bus, &args, &events);
	return args.status;
}

enum status bus_handle(struct bus *bus, const struct command *command, struct result *result)
{
	struct result unheard = {0};
	enum status status;

	if (result) {
		*result = (struct result){0};
		return handle(bus, command, result);
	}
	status = handle(bus, command, &unheard);
	result_finish(&unheard);
	return status;
}
