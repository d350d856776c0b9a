#include "adapters/cli/bookmark_printer.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/cli/format_string.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/line_layout.h"
#include "adapters/cli/output.h"
#include "adapters/json/json_writer.h"
#include "domain/base/memory.h"
#include "domain/base/timestamp.h"
#include "domain/bookmarks/bookmark.h"

#define LABEL_WIDTH 10

static void card_print_label(struct output *output, const char *label)
{
	output_paint(output, PAINT_LABEL);
	output_format(output, "%-*s", LABEL_WIDTH, label);
	output_plain(output);
}

static void card_print_text(
	struct output *output, const char *label, enum paint paint, const char *text)
{
	card_print_label(output, label);
	output_paint(output, paint);
	output_text(output, text);
	output_plain(output);
	output_string(output, "\n");
}

static void card_print_url(struct output *output, const char *url)
{
	card_print_label(output, "address");
	output_link(output, url);
	output_paint(output, PAINT_URL);
	output_text(output, url);
	output_plain(output);
	output_unlink(output);
	output_string(output, "\n");
}

static void card_print_time(struct output *output, const char *label, int64_t seconds)
{
	char text[TIMESTAMP_SIZE];

	timestamp_print(seconds, text);
	card_print_text(output, label, PAINT_NONE, text);
}

static void card_print_notes(struct output *output, const char *notes)
{
	const char *label = "notes";

	while (*notes) {
		size_t length = strcspn(notes, "\n");
		char *line = memory_copy_bytes(notes, length);

		card_print_text(output, label, PAINT_NONE, line);
		free(line);
		label = "";
		notes += length + (notes[length] == '\n');
	}
}

static void card_print_tags(struct output *output, const struct tag_set *tags)
{
	card_print_label(output, "tags");
	for (size_t i = 0; i < tags->count; i++) {
		output_string(output, i ? ", " : "");
		output_paint(output, PAINT_TAGS);
		output_text(output, tags->tags[i]);
		output_plain(output);
	}
	output_string(output, "\n");
}

static void card_print_link(struct output *output, const struct bookmark_link *link)
{
	char since[TIMESTAMP_SIZE];
	char *line;

	if (link->state == LINK_UNCHECKED)
		return;
	timestamp_print(link->since, since);
	line = memory_print("%s since %s%s%s", link_state_name(link->state), since,
		link->url      ? ": "
		: link->reason ? ": "
			       : "",
		link->url      ? link->url
		: link->reason ? link->reason
			       : "");
	card_print_text(output, "link", PAINT_NONE, line);
	free(line);
}

/* Every field of a bookmark on lines of its own, for people; the lines of its notes stay lines. */
static void card_print(struct output *output, const struct bookmark *bookmark)
{
	card_print_label(output, "id");
	output_paint(output, PAINT_ID);
	output_format(output, "%lld", (long long)bookmark->id);
	output_plain(output);
	output_string(output, "\n");
	card_print_text(output, "title", PAINT_TITLE, bookmark_label(bookmark));
	card_print_url(output, bookmark->url);
	card_print_notes(output, bookmark->notes);
	if (bookmark->tags.count)
		card_print_tags(output, &bookmark->tags);
	card_print_time(output, "added", bookmark->added);
	card_print_time(output, "modified", bookmark->modified);
	if (bookmark->deleted)
		card_print_time(output, "deleted", bookmark->deleted);
	card_print_text(output, "source", PAINT_NONE, bookmark->source);
	if (bookmark->unstarred)
		card_print_text(output, "unstarred", PAINT_NONE, "yes, its star was taken back");
	card_print_link(output, &bookmark->link);
}

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
	card_print(printer->output, bookmark);
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
