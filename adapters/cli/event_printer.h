#ifndef ADAPTERS_CLI_EVENT_PRINTER_H
#define ADAPTERS_CLI_EVENT_PRINTER_H

#include "adapters/cli/output.h"
#include "domain/base/buffer.h"
#include "domain/bus/event.h"

/* Events on standard output: a line each, for people or as JSON. */
struct event_printer {
	struct output *output;
	bool json;
	struct buffer buffer;
	int64_t last; /* the number of the latest that was printed */
};

/* An event_visit_fn; self is the printer. */
bool event_printer_visit(void *self, const struct event *event);
void event_printer_finish(struct event_printer *printer);

#endif
