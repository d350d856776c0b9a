#include "domain/bus/bus.h"

#include <stdlib.h>

#include "domain/bus/event_queue.h"
#include "domain/bus/handlers.h"
#include "domain/bus/handling.h"
#include "domain/base/memory.h"

struct bus {
	struct unit_of_work *work;
	struct clock *clock;
	struct signals *signals;
	const char *origin;
	struct event_queue waiting; /* committed, not told yet */
	size_t telling;             /* depth of what is being told */
	struct event_queue notes;   /* to be put into the log: types and subjects */
	bool noting;
};

static const char *told_name(const struct signal_args *args)
{
	return args->event ? event_name(args->event->type) : command_name(args->command->type);
}

/* One that fails to hear of its own failure would be noted for ever. */
static void on_receiver_failed(void *self, const struct signal_args *args, const struct error *why)
{
	struct bus *bus = self;
	char *subject;

	if (bus->noting)
		return;
	subject = memory_print("%s: %s", told_name(args), why->text);
	event_queue_record(&bus->notes, RECEIVER_FAILED, subject);
	free(subject);
}

struct bus *bus_new(struct unit_of_work *work, struct clock *clock, struct signals *signals)
{
	struct bus *bus = memory_new(sizeof(*bus));

	bus->work = work;
	bus->clock = clock;
	bus->signals = signals;
	signals_on_failure(signals, on_receiver_failed, bus);
	return bus;
}

void bus_free(struct bus *bus)
{
	if (!bus)
		return;
	signals_on_failure(bus->signals, NULL, NULL);
	event_queue_clear(&bus->waiting);
	event_queue_clear(&bus->notes);
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

/* Said before anything is done, also where the command would not change anything. */
static enum status join_change(struct handling *handling)
{
	struct journal *journal = handling->journal;
	enum status status = STATUS_OK;

	if (handling->must_join)
		status = journal->join_change(journal, handling->joins);
	if (status != STATUS_NOT_FOUND)
		return status;
	return error_fail(STATUS_REFUSED, &handling->result->error,
		"there is no change %lld to join, or it was undone", (long long)handling->joins);
}

static enum status run_handler(struct bus *bus, const struct command *command,
	struct event_queue *events, struct result *result, bool *rehearsal)
{
	struct handling handling = {
		.bookmarks = bus->work->bookmarks,
		.journal = bus->work->journal,
		.stars = bus->work->stars,
		.links = bus->work->links,
		.browsers = bus->work->browsers,
		.due = bus->work->due,
		.events = events,
		.result = result,
		.command = command->type,
		.joins = command->change,
		.must_join = command->must_join,
		.now = bus->clock->now(bus->clock),
	};
	enum status status = join_change(&handling);

	events->command = command->type;
	events->origin = command->origin ? command->origin : bus->origin;
	if (status != STATUS_OK)
		return status;
	status = command_handler(command->type)(&handling, command);
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

static void tell_events(struct bus *bus)
{
	struct event_queue told = {0};

	event_queue_append(&told, &bus->waiting);
	for (size_t i = 0; i < told.count; i++) {
		const struct event *event = &told.events[i];
		struct signal_args args = {.sender = (int)event->type, .event = event};

		signal_send(&bus->signals->event_happened, &args);
	}
	event_queue_clear(&told);
}

/* One transaction for all of them, past the asking: nobody may object to what has happened. */
static void write_notes(struct bus *bus)
{
	struct event_queue notes = {0};

	event_queue_append(&notes, &bus->notes);
	for (size_t i = 0; i < notes.count; i++) {
		struct command command = {.type = NOTE_INCIDENT,
			.as.note_incident = {(int)notes.events[i].type, notes.events[i].subject}};
		struct event_queue events = {0};
		struct result result = {0};

		if (transact(bus, &command, &events, &result) == STATUS_OK)
			event_queue_append(&bus->waiting, &events);
		event_queue_clear(&events);
		result_finish(&result);
	}
	event_queue_clear(&notes);
}

/*
 * Events are told in the order of their commits, however deep the command stood that they are of:
 * a receiver may hand in a further command, whose events join the end of what waits, and only the
 * outermost sender tells.
 */
static void tell_what_waits(struct bus *bus)
{
	if (bus->telling)
		return;
	bus->telling++;
	while (bus->waiting.count || bus->notes.count) {
		while (bus->waiting.count)
			tell_events(bus);
		bus->noting = true;
		write_notes(bus);
		while (bus->waiting.count)
			tell_events(bus);
		bus->noting = false;
	}
	bus->telling--;
}

static void tell_end(struct bus *bus, struct signal_args *args, struct event_queue *events)
{
	bus->telling++;
	if (args->status == STATUS_OK) {
		event_queue_append(&bus->waiting, events);
		signal_send(&bus->signals->command_finished, args);
	} else {
		event_queue_clear(events);
		signal_send(&bus->signals->command_refused, args);
	}
	bus->telling--;
	tell_what_waits(bus);
}

/* Anything but OK is an objection, and goes into the log. */
static enum status ask_about_one(struct bus *bus, const struct signal_args *args)
{
	enum status status = signal_ask(&bus->signals->command_about_to, args);
	char *subject;

	if (status == STATUS_OK)
		return status;
	error_set_default(args->error, "%s", status_message(status));
	subject = memory_print("%s: %s", command_name(args->command->type), args->error->text);
	event_queue_record(&bus->notes, COMMAND_REFUSED, subject);
	free(subject);
	return status;
}

static enum status ask_receivers(struct bus *bus, const struct signal_args *args)
{
	const struct command_batch *batch = &args->command->as.batch;
	enum status status = ask_about_one(bus, args);

	if (args->command->type != BATCH)
		return status;
	for (size_t i = 0; i < batch->count && status == STATUS_OK; i++) {
		struct signal_args one = *args;

		one.command = &batch->commands[i];
		one.sender = (int)one.command->type;
		status = ask_about_one(bus, &one);
	}
	return status;
}

static enum status bus_handle_one(
	struct bus *bus, const struct command *command, struct result *result)
{
	struct event_queue events = {0};
	struct signal_args args = {
		.sender = (int)command->type,
		.command = command,
		.result = result,
		.error = &result->error,
	};

	args.status = ask_receivers(bus, &args);
	if (args.status == STATUS_OK)
		args.status = transact(bus, command, &events, result);
	if (args.status != STATUS_OK) {
		error_set_default(&result->error, "%s", status_message(args.status));
		result_take_back(result, command);
	}
	tell_end(bus, &args, &events);
	return args.status;
}

enum status bus_handle(struct bus *bus, const struct command *command, struct result *result)
{
	struct result unheard = {0};
	enum status status;

	if (result) {
		*result = (struct result){0};
		return bus_handle_one(bus, command, result);
	}
	status = bus_handle_one(bus, command, &unheard);
	result_finish(&unheard);
	return status;
}

void bus_origin(struct bus *bus, const char *origin)
{
	bus->origin = origin;
}

void bus_note(struct bus *bus, enum event_type event, const char *subject)
{
	event_queue_record(&bus->notes, event, subject);
	tell_what_waits(bus);
}

enum status handle_note_incident(struct handling *handling, const struct command *command)
{
	const struct note_incident *note = &command->as.note_incident;

	event_queue_record(handling->events, (enum event_type)note->event, note->subject);
	return STATUS_OK;
}
