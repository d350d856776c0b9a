#include "adapters/cli/bookmark_printer.h"

#include <stdlib.h>

#include "adapters/cli/card_layout.h"
#include "adapters/cli/format_string.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/line_layout.h"
#include "adapters/json/json_writer.h"
#include "domain/base/memory.h"

struct bookmark_printer {
	struct output *output;
	const struct printer_form *form;
	struct line_layout *lines;
	const char *format;
	struct buffer buffer;
	struct json_writer json;
	size_t count;
};

/* One way to print bookmarks. begin and end may be NULL; end is not called after a failure. */
struct printer_form {
	enum option_id option; /* that asks for it; OPTIONS_END of those for people */
	void (*print)(struct bookmark_printer *printer, const struct bookmark *bookmark);
	void (*end)(struct bookmark_printer *printer);
};

static void send_buffer(struct bookmark_printer *printer)
{
	output_bytes(printer->output, buffer_text(&printer->buffer), printer->buffer.length);
	buffer_clear(&printer->buffer);
}

static void print_line(struct bookmark_printer *printer, const struct bookmark *bookmark)
{
	line_layout_add(printer->lines, bookmark);
}

static void end_lines(struct bookmark_printer *printer)
{
	line_layout_finish(printer->lines);
	printer->lines = NULL;
}

static void print_card(struct bookmark_printer *printer, const struct bookmark *bookmark)
{
	output_string(printer->output, printer->count ? "\n" : "");
	card_layout_print(printer->output, bookmark);
}

/* An array with one bookmark a line. */
static void print_json(struct bookmark_printer *printer, const struct bookmark *bookmark)
{
	printer->json.comma = false;
	output_string(printer->output, printer->count ? ",\n " : "[");
	json_put_bookmark(&printer->json, bookmark);
	send_buffer(printer);
}

static void end_json(struct bookmark_printer *printer)
{
	output_string(printer->output, printer->count ? "]\n" : "[]\n");
}

static void print_jsonl(struct bookmark_printer *printer, const struct bookmark *bookmark)
{
	printer->json.comma = false;
	json_put_bookmark(&printer->json, bookmark);
	buffer_add_char(&printer->buffer, '\n');
	send_buffer(printer);
}

/* text_printable() makes blanks of tabs. */
static void print_tsv(struct bookmark_printer *printer, const struct bookmark *bookmark)
{
	format_string_print(printer->output, "{id}\t{url}\t{title}\t{tags}", bookmark);
}

static void print_format(struct bookmark_printer *printer, const struct bookmark *bookmark)
{
	format_string_print(printer->output, printer->format, bookmark);
}

static const struct printer_form layouts[] = {
	[LAYOUT_LINES] = {OPTIONS_END, print_line, end_lines},
	[LAYOUT_CARDS] = {OPTIONS_END, print_card, NULL},
};

static const struct printer_form forms[] = {
	{OPTION_JSON, print_json, end_json},
	{OPTION_JSONL, print_jsonl, NULL},
	{OPTION_TSV, print_tsv, NULL},
	{OPTION_FORMAT, print_format, NULL},
};

/* NULL, with a reason, if two are asked for. */
static const struct printer_form *choose(
	const struct command_line *line, enum bookmark_layout layout, struct error *error)
{
	const struct printer_form *chosen = &layouts[layout];

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (!line->given[forms[i].option])
			continue;
		if (chosen->option != OPTIONS_END) {
			error_set(error, "--%s and --%s exclude each other",
				option_table[chosen->option].name,
				option_table[forms[i].option].name);
			return NULL;
		}
		chosen = &forms[i];
	}
	return chosen;
}

struct bookmark_printer *bookmark_printer_new(struct output *output,
	const struct command_line *line, enum bookmark_layout layout, const struct query *query,
	struct error *error)
{
	const struct printer_form *form = choose(line, layout, error);
	struct bookmark_printer *printer;

	if (!form)
		return NULL;
	if (form->option == OPTION_FORMAT &&
		format_string_check(line->values[OPTION_FORMAT], error))
		return NULL;
	printer = memory_new(sizeof(*printer));
	printer->output = output;
	printer->form = form;
	printer->format = line->values[OPTION_FORMAT];
	printer->json.out = &printer->buffer;
	if (form == &layouts[LAYOUT_LINES])
		printer->lines = line_layout_new(output, query);
	return printer;
}

bool bookmark_printer_print(void *self, const struct bookmark *bookmark)
{
	struct bookmark_printer *printer = self;

	printer->form->print(printer, bookmark);
	printer->count++;
	return !output_broken(printer->output) && !interruption_signal();
}

size_t bookmark_printer_count(const struct bookmark_printer *printer)
{
	return printer->count;
}

void bookmark_printer_cancel(struct bookmark_printer *printer)
{
	if (printer->lines)
		line_layout_free(printer->lines);
	buffer_finish(&printer->buffer);
	free(printer);
}

void bookmark_printer_finish(struct bookmark_printer *printer)
{
	if (printer->form->end)
		printer->form->end(printer);
	bookmark_printer_cancel(printer);
}
