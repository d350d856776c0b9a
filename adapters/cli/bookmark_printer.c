#include "adapters/cli/bookmark_printer.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/cli/interruption.h"
#include "adapters/cli/output.h"
#include "adapters/json/json_writer.h"
#include "domain/base/error.h"
#include "domain/base/memory.h"
#include "domain/base/status.h"
#include "domain/base/text.h"
#include "domain/base/timestamp.h"
#include "domain/bookmarks/placeholder.h"
#include "domain/search/query.h"
#include "domain/search/search.h"

/*
 * The string of --format: its placeholders are filled in, made safe to print; \t, \n and \\ are
 * what they are in C; everything else stands for itself, a "{" without a name behind it too. A line
 * break ends each unless the string ends with one already.
 */

/* Prints one escape, field or character; returns its size in the string. */
static size_t format_string_print_piece(
	struct output *output, const char *at, const struct bookmark *bookmark, bool *ended)
{
	size_t size = placeholder_length(at);

	*ended = *at == '\n';
	if (size) {
		char *text = placeholder_fill(at, bookmark);

		output_text(output, text);
		free(text);
		return size;
	}
	if (*at == '\\' && at[1] && strchr("tn\\", at[1])) {
		*ended = at[1] == 'n';
		output_string(output, at[1] == 't' ? "\t" : at[1] == 'n' ? "\n" : "\\");
		return 2;
	}
	output_bytes(output, at, 1);
	return 1;
}

static void format_string_print(
	struct output *output, const char *format, const struct bookmark *bookmark)
{
	bool ended = false;

	for (const char *at = format; *at;)
		at += format_string_print_piece(output, at, bookmark, &ended);
	if (!ended)
		output_string(output, "\n");
}

/*
 * A text made displayable, with the parts of it that a query matched: a cell of a line, ready to
 * be measured, cut and printed.
 */
struct highlighted_text {
	char *text;
	struct text_range *marks;
	size_t mark_count;
	size_t width; /* in columns */
};

#define MARKS_MAX 32

/* query may be NULL: nothing is marked. */
static void highlighted_text_init(struct highlighted_text *marked, const char *original,
	enum place place, const struct query *query)
{
	*marked = (struct highlighted_text){.text = text_displayable(original)};
	marked->width = text_width(marked->text);
	if (!query)
		return;
	marked->marks = memory_array(MARKS_MAX, sizeof(*marked->marks));
	marked->mark_count = query_marks(query, place, marked->text, marked->marks, MARKS_MAX);
}

static void highlighted_text_finish(struct highlighted_text *marked)
{
	free(marked->text);
	free(marked->marks);
	*marked = (struct highlighted_text){0};
}

static void highlighted_text_print_part(const struct highlighted_text *marked,
	struct output *output, enum paint paint, size_t begin, size_t end)
{
	if (begin >= end)
		return;
	output_paint(output, paint);
	output_bytes(output, marked->text + begin, end - begin);
	output_plain(output);
}

/* The first bytes of the text, up to end. */
static void highlighted_text_print_to(
	const struct highlighted_text *marked, struct output *output, enum paint paint, size_t end)
{
	size_t at = 0;

	for (size_t i = 0; i < marked->mark_count && at < end; i++) {
		const struct text_range *mark = &marked->marks[i];
		size_t begin = mark->begin < end ? mark->begin : end;
		size_t stop = mark->end < end ? mark->end : end;

		highlighted_text_print_part(marked, output, paint, at, begin);
		highlighted_text_print_part(marked, output, PAINT_MARK, begin, stop);
		at = stop;
	}
	highlighted_text_print_part(marked, output, paint, at, end);
}

static size_t width_of_bytes(const char *text, size_t bytes)
{
	char *part = memory_copy_bytes(text, bytes);
	size_t width = text_width(part);

	free(part);
	return width;
}

/* Prints at most width columns of it, the last of them "…" if it is cut. Returns those used. */
static size_t highlighted_text_print(const struct highlighted_text *marked, struct output *output,
	enum paint paint, size_t width)
{
	size_t bytes;

	if (marked->width <= width) {
		highlighted_text_print_to(marked, output, paint, strlen(marked->text));
		return marked->width;
	}
	if (!width)
		return 0;
	bytes = text_fit(marked->text, width - 1);
	highlighted_text_print_to(marked, output, paint, bytes);
	output_string(output, "…");
	return width_of_bytes(marked->text, bytes) + 1;
}

/*
 * One bookmark a line: id, title, address, tags. The columns are as wide as the first rows need,
 * which are held back until then, and together as wide as the terminal; what does not fit is cut
 * with "…". In a pipe nothing is cut.
 */
#define HELD_LINES 200
#define GAP        2

/* Columns beside the id that it takes before there is a column of them. */
#define TAGS_NEED 40
#define URL_NEEDS 24

/* In a pipe columns are aligned as far as this, and longer texts push what follows. */
#define PIPE_COLUMN 60

struct line {
	char id[24];
	char *link;
	struct highlighted_text title;
	struct highlighted_text url;
	struct highlighted_text tags;
};

struct line_layout {
	struct output *output;
	const struct query *query;
	struct line lines[HELD_LINES];
	size_t held;
	bool measured;
	size_t id_width;
	size_t title_width;
	size_t url_width;
	size_t tags_width;
};

/* Where room is scarce the most common scheme goes without saying. */
static const char *line_layout_url(const struct line_layout *layout, const char *url)
{
	static const char usual[] = "https://";
	bool shorten =
		layout->output->columns != SIZE_MAX && !strncmp(url, usual, sizeof(usual) - 1);

	return shorten ? url + sizeof(usual) - 1 : url;
}

static void line_init(
	struct line *line, const struct bookmark *bookmark, const struct line_layout *layout)
{
	const struct query *query = layout->query;
	bool untitled = !*bookmark->title;
	char *tags = tag_set_join(&bookmark->tags);

	snprintf(line->id, sizeof(line->id), "%lld", (long long)bookmark->id);
	line->link = memory_copy_string(bookmark->url);
	highlighted_text_init(
		&line->title, bookmark_label(bookmark), untitled ? IN_URL : IN_TITLE, query);
	highlighted_text_init(
		&line->url, untitled ? "" : line_layout_url(layout, bookmark->url), IN_URL, query);
	highlighted_text_init(&line->tags, tags, IN_TAGS, query);
	free(tags);
}

static void line_finish(struct line *line)
{
	free(line->link);
	highlighted_text_finish(&line->title);
	highlighted_text_finish(&line->url);
	highlighted_text_finish(&line->tags);
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How wide each column would like to be. */
static void line_layout_widen(struct line_layout *layout)
{
	for (size_t i = 0; i < layout->held; i++) {
		const struct line *line = &layout->lines[i];

		layout->id_width = larger(layout->id_width, strlen(line->id));
		layout->title_width = larger(layout->title_width, line->title.width);
		layout->url_width = larger(layout->url_width, line->url.width);
		layout->tags_width = larger(layout->tags_width, line->tags.width);
	}
}

/*
 * Titles come first, but address and tags are not starved: a third and a fifth are theirs, unless
 * that is too little to read.
 */
static void line_layout_share_out(struct line_layout *layout)
{
	size_t gaps = layout->id_width + 3 * GAP;
	size_t room = layout->output->columns > gaps ? layout->output->columns - gaps : 0;
	size_t tags = room < TAGS_NEED ? 0 : smaller(layout->tags_width, room / 5);
	size_t url = room < URL_NEEDS ? 0 : smaller(layout->url_width, room / 3);

	room += (tags ? 0 : GAP) + (url ? 0 : GAP); /* no gap before what is not there */
	layout->title_width = smaller(layout->title_width, room - tags - url);
	if (url)
		url = smaller(layout->url_width, room - tags - layout->title_width);
	layout->url_width = url;
	layout->tags_width = tags ? room - layout->title_width - url : 0;
}

static void line_layout_measure(struct line_layout *layout)
{
	line_layout_widen(layout);
	if (layout->output->columns != SIZE_MAX) {
		line_layout_share_out(layout);
		return;
	}
	layout->title_width = smaller(layout->title_width, PIPE_COLUMN);
	layout->url_width = smaller(layout->url_width, PIPE_COLUMN);
	layout->tags_width = SIZE_MAX;
}

static void line_pad(struct output *output, size_t used, size_t width)
{
	output_spaces(output, (used < width ? width - used : 0) + GAP);
}

static void line_print_id(const struct line_layout *layout, const struct line *line)
{
	struct output *output = layout->output;

	output_spaces(output, layout->id_width - smaller(layout->id_width, strlen(line->id)));
	output_paint(output, PAINT_ID);
	output_string(output, line->id);
	output_plain(output);
	output_spaces(output, GAP);
}

/* A later id may be longer than those that were measured: the title makes room. */
static size_t line_title_room(const struct line_layout *layout, const struct line *line)
{
	size_t length = strlen(line->id);
	size_t over = length > layout->id_width ? length - layout->id_width : 0;

	return layout->title_width - smaller(over, layout->title_width);
}

static void line_print(const struct line_layout *layout, const struct line *line)
{
	struct output *output = layout->output;
	bool whole = output->columns == SIZE_MAX;
	size_t title = line_title_room(layout, line);
	size_t used;

	line_print_id(layout, line);
	output_link(output, line->link);
	used = highlighted_text_print(&line->title, output, PAINT_TITLE, whole ? SIZE_MAX : title);
	output_unlink(output);
	if (layout->url_width && (line->url.width || line->tags.width)) {
		line_pad(output, used, title);
		used = highlighted_text_print(
			&line->url, output, PAINT_URL, whole ? SIZE_MAX : layout->url_width);
	}
	if (layout->tags_width && line->tags.width) {
		line_pad(output, used, layout->url_width);
		highlighted_text_print(&line->tags, output, PAINT_TAGS, layout->tags_width);
	}
	output_string(output, "\n");
}

static void line_layout_print_held(struct line_layout *layout)
{
	if (!layout->measured)
		line_layout_measure(layout);
	layout->measured = true;
	for (size_t i = 0; i < layout->held; i++) {
		line_print(layout, &layout->lines[i]);
		line_finish(&layout->lines[i]);
	}
	layout->held = 0;
}

/* query, lent until the end, is marked where colours are on; it may be NULL. */
static struct line_layout *line_layout_new(struct output *output, const struct query *query)
{
	struct line_layout *layout = memory_new(sizeof(*layout));

	layout->output = output;
	layout->query = output->colors ? query : NULL;
	return layout;
}

static void line_layout_add(struct line_layout *layout, const struct bookmark *bookmark)
{
	line_init(&layout->lines[layout->held++], bookmark, layout);
	if (layout->measured || layout->held == HELD_LINES)
		line_layout_print_held(layout);
}

static void line_layout_free(struct line_layout *layout)
{
	for (size_t i = 0; i < layout->held; i++)
		line_finish(&layout->lines[i]);
	free(layout);
}

/* Prints what is held back, and frees it; free() drops it. */
static void line_layout_finish(struct line_layout *layout)
{
	line_layout_print_held(layout);
	line_layout_free(layout);
}

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
static const struct printer_form *printer_form_choose(
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
	const struct printer_form *form = printer_form_choose(line, layout, error);
	struct bookmark_printer *printer;
	const char *unknown = NULL;

	if (!form)
		return NULL;
	if (form->option == OPTION_FORMAT)
		unknown = placeholder_unknown(line->values[OPTION_FORMAT]);
	if (unknown) {
		error_set(error, "--format: there is no field %.*s",
			(int)placeholder_length(unknown), unknown);
		return NULL;
	}
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
