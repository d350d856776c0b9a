#ifndef ADAPTERS_CLI_TAG_PRINTER_H
#define ADAPTERS_CLI_TAG_PRINTER_H

#include "adapters/cli/command_line.h"
#include "adapters/cli/output.h"
#include "adapters/json/json_writer.h"

/* Tags with their counts on standard output: for people, as JSON, as JSON lines. */
struct tag_printer {
	struct output *output;
	bool json;
	bool jsonl;
	struct buffer buffer;
	struct json_writer writer;
	size_t count;
};

void tag_printer_init(
	struct tag_printer *printer, struct output *output, const struct command_line *line);

/* A tag_visit_fn; self is the printer. */
bool tag_printer_visit(void *self, const char *tag, size_t count);

/* Ends the list, unless it failed, and frees what the printer holds. */
void tag_printer_finish(struct tag_printer *printer, bool failed);

#endif
