#include "adapters/cli/event_printer.h"

#include <stdlib.h>

#include "adapters/cli/interruption.h"
#include "adapters/json/event_json.h"
#include "domain/base/text.h"
#include "domain/base/timestamp.h"

/* People are told of so many bookmarks by number; the rest is counted. */
#define NAMED_MAX 8

/* Events read at a time. */
#define PIECE_MAX 256

static void print_json(struct buffer *buffer, const struct event *event)
{
	struct json_writer json = {.out = buffer};

	event_json_put(&json, event);
}

static void print_ids(struct buffer *buffer, const struct event *event)
{
	for (size_t i = 0; i < event->count && i < NAMED_MAX; i++)
		buffer_print(buffer, " %lld", (long long)event->bookmarks[i]);
	if (event->count > NAMED_MAX)
		buffer_print(buffer, " and %zu more", event->count - NAMED_MAX);
}

static void print_text(struct buffer *buffer, const char *before, const char *text)
{
	char *safe;

	if (!text || !*text)
		return;
	safe = text_printable(text);
	buffer_print(buffer, "  %s%s", before, safe);
	free(safe);
}

static void print_plain(struct buffer *buffer, const struct event *event)
{
	char at[TIMESTAMP_SIZE];

	timestamp_print(event->at, at);
	buffer_print(buffer, "%6lld  %s  %-18s", (long long)event->id, at, event_name(event->type));
	print_ids(buffer, event);
	print_text(buffer, "", event->fields);
	print_text(buffer, "", event->subject);
	print_text(buffer, "by ", event->origin);
}

static bool take_event(void *self, const struct event *event)
{
	struct event_printer *printer = self;

	printer->last = event->id;
	if (!printer->chosen || printer->wanted[event->type]) {
		if (printer->json)
			print_json(&printer->buffer, event);
		else
			print_plain(&printer->buffer, event);
		buffer_add_char(&printer->buffer, '\n');
		printer->limit--;
	}
	return ++printer->piece < PIECE_MAX && printer->limit && !interruption_signal();
}

enum status event_printer_print(
	struct event_printer *printer, struct catalogue *catalogue, struct error *error)
{
	enum status status = STATUS_OK;

	do {
		printer->piece = 0;
		if (printer->limit)
			status = catalogue->each_event(
				catalogue, printer->last, take_event, printer, error);
		output_bytes(
			printer->output, buffer_text(&printer->buffer), printer->buffer.length);
		output_flush(printer->output);
		buffer_clear(&printer->buffer);
	} while (status == STATUS_OK && printer->piece == PIECE_MAX && printer->limit &&
		 !output_broken(printer->output) && !interruption_signal());
	return status;
}

void event_printer_finish(struct event_printer *printer)
{
	buffer_finish(&printer->buffer);
}
