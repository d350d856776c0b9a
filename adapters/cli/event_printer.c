#include "adapters/cli/event_printer.h"

#include "adapters/cli/interruption.h"
#include "adapters/json/event_json.h"
#include "domain/base/timestamp.h"

/* People are told of so many bookmarks by number; the rest is counted. */
#define NAMED_MAX 8

static void print_json(struct event_printer *printer, const struct event *event)
{
	struct json_writer json = {.out = &printer->buffer};

	event_json_put(&json, event);
	buffer_add_char(&printer->buffer, '\n');
	output_bytes(printer->output, buffer_text(&printer->buffer), printer->buffer.length);
	buffer_clear(&printer->buffer);
}

static void print_ids(struct output *output, const struct event *event)
{
	for (size_t i = 0; i < event->count && i < NAMED_MAX; i++)
		output_format(output, " %lld", (long long)event->bookmarks[i]);
	if (event->count > NAMED_MAX)
		output_format(output, " and %zu more", event->count - NAMED_MAX);
}

static void print_plain(struct output *output, const struct event *event)
{
	char at[TIMESTAMP_SIZE];

	timestamp_print(event->at, at);
	output_paint(output, PAINT_ID);
	output_format(output, "%6lld", (long long)event->id);
	output_plain(output);
	output_format(output, "  %s  %-18s", at, event_name(event->type));
	print_ids(output, event);
	if (event->subject && *event->subject) {
		output_string(output, "  ");
		output_text(output, event->subject);
	}
	output_string(output, "\n");
}

bool event_printer_visit(void *self, const struct event *event)
{
	struct event_printer *printer = self;

	if (printer->json)
		print_json(printer, event);
	else
		print_plain(printer->output, event);
	printer->last = event->id;
	return !output_broken(printer->output) && !interruption_signal();
}

void event_printer_finish(struct event_printer *printer)
{
	buffer_finish(&printer->buffer);
}
