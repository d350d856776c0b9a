#include "adapters/cli/line_layout.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/cli/marked_text.h"
#include "domain/base/memory.h"

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
	struct marked_text title;
	struct marked_text url;
	struct marked_text tags;
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
	marked_text_init(
		&line->title, bookmark_label(bookmark), untitled ? IN_URL : IN_TITLE, query);
	marked_text_init(
		&line->url, untitled ? "" : shown_url(layout, bookmark->url), IN_URL, query);
	marked_text_init(&line->tags, tags, IN_TAGS, query);
	free(tags);
}

static void line_finish(struct line *line)
{
	free(line->link);
	marked_text_finish(&line->title);
	marked_text_finish(&line->url);
	marked_text_finish(&line->tags);
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
	used = marked_text_print(&line->title, output, PAINT_TITLE, whole ? SIZE_MAX : title);
	output_unlink(output);
	if (layout->url_width && (line->url.width || line->tags.width)) {
		pad(output, used, title);
		used = marked_text_print(
			&line->url, output, PAINT_URL, whole ? SIZE_MAX : layout->url_width);
	}
	if (layout->tags_width && line->tags.width) {
		pad(output, used, layout->url_width);
		marked_text_print(&line->tags, output, PAINT_TAGS, layout->tags_width);
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
