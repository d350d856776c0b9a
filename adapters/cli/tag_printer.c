#include "adapters/cli/tag_printer.h"

#include "adapters/cli/interruption.h"

void tag_printer_init(
	struct tag_printer *printer, struct output *output, const struct command_line *line)
{
	*printer = (struct tag_printer){
		.output = output,
		.json = line->given[OPTION_JSON],
		.jsonl = line->given[OPTION_JSONL],
	};
	printer->writer.out = &printer->buffer;
}

static void print_json(struct tag_printer *printer, const char *tag, size_t count)
{
	struct json_writer *json = &printer->writer;

	json->comma = false;
	json_open_object(json);
	json_key(json, "tag");
	json_put_string(json, tag);
	json_key(json, "count");
	json_put_integer(json, (int64_t)count);
	json_close_object(json);
	output_bytes(printer->output, printer->buffer.text, printer->buffer.length);
	buffer_clear(&printer->buffer);
}

static void print_plain(struct tag_printer *printer, const char *tag, size_t count)
{
	output_format(printer->output, "%7zu  ", count);
	output_paint(printer->output, PAINT_TAGS);
	output_text(printer->output, tag);
	output_plain(printer->output);
	output_string(printer->output, "\n");
}

bool tag_printer_visit(void *self, const char *tag, size_t count)
{
	struct tag_printer *printer = self;

	if (printer->json)
		output_string(printer->output, printer->count ? ",\n " : "[");
	if (printer->json || printer->jsonl)
		print_json(printer, tag, count);
	else
		print_plain(printer, tag, count);
	if (printer->jsonl)
		output_string(printer->output, "\n");
	printer->count++;
	return !output_broken(printer->output) && !interruption_signal();
}

void tag_printer_finish(struct tag_printer *printer, bool failed)
{
	if (printer->json && !failed)
		output_string(printer->output, printer->count ? "]\n" : "[]\n");
	buffer_finish(&printer->buffer);
}
