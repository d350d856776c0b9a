#include "adapters/formats/csv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/timestamp.h"

bool csv_is_formula(const char *cell)
{
	while (*cell == '\'')
		cell++;
	return *cell && strchr("=+-@\t\r", *cell);
}

static void add_cell(struct buffer *out, const char *cell)
{
	buffer_add_char(out, '"');
	if (csv_is_formula(cell))
		buffer_add_char(out, '\'');
	for (;;) {
		size_t length = strcspn(cell, "\"");

		buffer_add(out, cell, length);
		cell += length;
		if (!*cell)
			break;
		buffer_add_string(out, "\"\"");
		cell++;
	}
	buffer_add_char(out, '"');
}

static void add_next_cell(struct buffer *out, const char *cell)
{
	buffer_add_char(out, ',');
	add_cell(out, cell);
}

static void add_moment(struct buffer *out, int64_t seconds)
{
	char text[TIMESTAMP_SIZE];

	timestamp_print(seconds, text);
	add_next_cell(out, text);
}

static void begin(struct buffer *out)
{
	buffer_add_string(out, "\"id\",\"url\",\"title\",\"notes\",\"tags\",\"date_added\","
			       "\"date_modified\",\"source\",\"unstarred\"\r\n");
}

static void add_bookmark(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	char *tags = tag_set_join(&bookmark->tags);

	(void)number;
	buffer_print(out, "\"%" PRId64 "\"", bookmark->id);
	add_next_cell(out, bookmark->url);
	add_next_cell(out, bookmark->title);
	add_next_cell(out, bookmark->notes);
	add_next_cell(out, tags);
	add_moment(out, bookmark->added);
	add_moment(out, bookmark->modified);
	add_next_cell(out, bookmark->source);
	add_next_cell(out, bookmark->unstarred ? "true" : "false");
	buffer_add_string(out, "\r\n");
	free(tags);
}

static void end(struct buffer *out, size_t count)
{
	(void)out;
	(void)count;
}

static const char *const endings[] = {".csv", NULL};

const struct format_writer csv_writer = {endings, false, begin, add_bookmark, end};
