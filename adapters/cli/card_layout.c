#include "adapters/cli/card_layout.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/timestamp.h"

#define LABEL_WIDTH 10

static void print_label(struct output *output, const char *label)
{
	output_paint(output, PAINT_LABEL);
	output_format(output, "%-*s", LABEL_WIDTH, label);
	output_plain(output);
}

static void print_text(struct output *output, const char *label, enum paint paint, const char *text)
{
	print_label(output, label);
	output_paint(output, paint);
	output_text(output, text);
	output_plain(output);
	output_string(output, "\n");
}

static void print_url(struct output *output, const char *url)
{
	print_label(output, "address");
	output_link(output, url);
	output_paint(output, PAINT_URL);
	output_text(output, url);
	output_plain(output);
	output_unlink(output);
	output_string(output, "\n");
}

static void print_moment(struct output *output, const char *label, int64_t seconds)
{
	char text[TIMESTAMP_SIZE];

	timestamp_print(seconds, text);
	print_text(output, label, PAINT_NONE, text);
}

static void print_notes(struct output *output, const char *notes)
{
	const char *label = "notes";

	while (*notes) {
		size_t length = strcspn(notes, "\n");
		char *line = memory_copy_bytes(notes, length);

		print_text(output, label, PAINT_NONE, line);
		free(line);
		label = "";
		notes += length + (notes[length] == '\n');
	}
}

static void print_tags(struct output *output, const struct tag_set *tags)
{
	print_label(output, "tags");
	for (size_t i = 0; i < tags->count; i++) {
		output_string(output, i ? ", " : "");
		output_paint(output, PAINT_TAGS);
		output_text(output, tags->tags[i]);
		output_plain(output);
	}
	output_string(output, "\n");
}

static void print_link(struct output *output, const struct bookmark_link *link)
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
	print_text(output, "link", PAINT_NONE, line);
	free(line);
}

void card_layout_print(struct output *output, const struct bookmark *bookmark)
{
	print_label(output, "id");
	output_paint(output, PAINT_ID);
	output_format(output, "%lld", (long long)bookmark->id);
	output_plain(output);
	output_string(output, "\n");
	print_text(output, "title", PAINT_TITLE, bookmark_label(bookmark));
	print_url(output, bookmark->url);
	print_notes(output, bookmark->notes);
	if (bookmark->tags.count)
		print_tags(output, &bookmark->tags);
	print_moment(output, "added", bookmark->added);
	print_moment(output, "modified", bookmark->modified);
	if (bookmark->deleted)
		print_moment(output, "deleted", bookmark->deleted);
	print_text(output, "source", PAINT_NONE, bookmark->source);
	if (bookmark->unstarred)
		print_text(output, "unstarred", PAINT_NONE, "yes, its star was taken back");
	print_link(output, &bookmark->link);
}
