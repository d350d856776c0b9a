#ifndef ADAPTERS_CLI_EVENT_PRINTER_H
#define ADAPTERS_CLI_EVENT_PRINTER_H

#include "adapters/cli/output.h"
#include "domain/base/buffer.h"
#include "domain/bookmarks/catalogue.h"

/*
 * Events on standard output: a line each, for people or as JSON. They are read in pieces and
 * printed between them, so that the library is never held while the output waits for its reader.
 */
struct event_printer {
	struct output *output;
	bool json;
	bool wanted[EVENT_TYPES]; /* none set: all are */
	bool chosen;
	size_t limit; /* how many more are to be printed */
	int64_t last; /* the number of the latest that was read */
	struct buffer buffer;
	size_t piece;
};

/* Prints what came after printer->last; true while there may be more to print at all. */
enum status event_printer_print(
	struct event_printer *printer, struct catalogue *catalogue, struct error *error);
void event_printer_finish(struct event_printer *printer);

#endif
