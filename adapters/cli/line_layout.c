#include "adapters/cli/line_layout.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/cli/output.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/search/search.h"

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

static void marked_print_part(const struct highlighted_text *marked, struct output *output,
	enum paint paint, size_t begin, size_t end)
{
	if (begin >= end)
		return;
	output_paint(output, paint);
	output_bytes(output, marked->text + begin, end - begin);
	output_plain(output);
}

/* The first bytes of the text, up to end. */
static void marked_print_to(
	const struct highlighted_text *marked, struct output *output, enum paint paint, size_t end)
{
	size_t at = 0;

	for (size_t i = 0; i < marked->mark_count && at < end; i++) {
		const struct text_range *mark = &marked->marks[i];
		size_t begin = mark->begin < end ? mark->begin : end;
		size_t stop = mark->end < end ? mark->end : end;

		marked_print_part(marked, output, paint, at, begin);
		marked_print_part(marked, output, PAINT_MARK, begin, stop);
		at = stop;
	}
	marked_print_part(marked, output, paint, at, end);
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
		marked_print_to(marked, output, paint, strlen(marked->text));
		return marked->width;
	}
	if (!width)
		return 0;
	bytes = text_fit(marked->text, width - 1);
	marked_print_to(marked, output, paint, bytes);
	output_string(output, "…");
	return width_of_bytes(marked->text, bytes) + 1;
}

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
static const char *shown_url(const struct line_layout *layout, const char *url)
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
		&line->url, untitled ? "" : shown_url(layout, bookmark->url), IN_URL, query);
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
static void wish(struct line_layout *layout)
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
static void share_out(struct line_layout *layout)
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

static void measure(struct line_layout *layout)
{
	wish(layout);
	if (layout->output->columns != SIZE_MAX) {
		share_out(layout);
		return;
	}
	layout->title_width = smaller(layout->title_width, PIPE_COLUMN);
	layout->url_width = smaller(layout->url_width, PIPE_COLUMN);
	layout->tags_width = SIZE_MAX;
}

static void pad(struct output *output, size_t used, size_t width)
{
	output_spaces(output, (used < width ? width - used : 0) + GAP);
}

static void print_id(const struct line_layout *layout, const struct line *line)
{
	struct output *output = layout->output;

	output_spaces(output, layout->id_width - smaller(layout->id_width, strlen(line->id)));
	output_paint(output, PAINT_ID);
	output_string(output, line->id);
	output_plain(output);
	output_spaces(output, GAP);
}

/* A later id may be longer than those that were measured: the title makes room. */
static size_t title_room(const struct line_layout *layout, const struct line *line)
{
	size_t length = strlen(line->id);
	size_t over = length > layout->id_width ? length - layout->id_width : 0;

	return layout->title_width - smaller(over, layout->title_width);
}

static void print_line(const struct line_layout *layout, const struct line *line)
{
	struct output *output = layout->output;
	bool whole = output->columns == SIZE_MAX;
	size_t title = title_room(layout, line);
	size_t used;

	print_id(layout, line);
	output_link(output, line->link);
	used = highlighted_text_print(&line->title, output, PAINT_TITLE, whole ? SIZE_MAX : title);
	output_unlink(output);
	if (layout->url_width && (line->url.width || line->tags.width)) {
		pad(output, used, title);
		used = highlighted_text_print(
			&line->url, output, PAINT_URL, whole ? SIZE_MAX : layout->url_width);
	}
	if (layout->tags_width && line->tags.width) {
		pad(output, used, layout->url_width);
		highlighted_text_print(&line->tags, output, PAINT_TAGS, layout->tags_width);
	}
	output_string(output, "\n");
}

static void print_held(struct line_layout *layout)
{
	if (!layout->measured)
		measure(layout);
	layout->measured = true;
	for (size_t i = 0; i < layout->held; i++) {
		print_line(layout, &layout->lines[i]);
		line_finish(&layout->lines[i]);
	}
	layout->held = 0;
}

struct line_layout *line_layout_new(struct output *output, const struct query *query)
{
	struct line_layout *layout = memory_new(sizeof(*layout));

	layout->output = output;
	layout->query = output->colors ? query : NULL;
	return layout;
}

void line_layout_add(struct line_layout *layout, const struct bookmark *bookmark)
{
	line_init(&layout->lines[layout->held++], bookmark, layout);
	if (layout->measured || layout->held == HELD_LINES)
		print_held(layout);
}

void line_layout_finish(struct line_layout *layout)
{
	print_held(layout);
	line_layout_free(layout);
}

void line_layout_free(struct line_layout *layout)
{
	for (size_t i = 0; i < layout->held; i++)
		line_finish(&layout->lines[i]);
	free(layout);
}
