#include "adapters/formats/json.h"

#include <string.h>

#include "adapters/formats/json_record.h"
#include "adapters/formats/json_shape.h"
#include "adapters/formats/json_value.h"
#include "adapters/formats/line_source.h"

#define LINES_LOOKED_AT 20

static enum source_step read_line(
	struct line_source *source, struct found_bookmark *found, struct error *error)
{
	const struct line_reader *lines = &source->lines;
	json_t *value = NULL;
	bool usable;

	record_clear(&source->record);
	source->record.place = lines->number;
	if (lines->is_cut)
		error_set(error, "it is longer than %u MiB", LINE_MAX_LENGTH >> 20);
	usable = !lines->is_cut &&
		 json_value_parse(lines->line.text, lines->line.length, lines->number, &value,
			 error) == JSON_FINE &&
		 json_record_fill(&source->record, value, error);
	json_decref(value);
	if (!usable)
		return record_skip(lines->number, found);
	return record_yield(&source->record, found, error);
}

static enum source_step next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct line_source *source = (struct line_source *)base;
	bool there;

	while ((base->status = line_reader_next(&source->lines, &there, error)) == STATUS_OK) {
		const char *line = source->lines.line.text;
		enum source_step step;

		if (!there)
			return SOURCE_END;
		if (!line[strspn(line, " \t")] && source->lines.line.length == strlen(line))
			continue;
		step = read_line(source, found, error);
		if (step != SOURCE_BOOKMARK || !record_is_query(&source->record))
			return step;
	}
	return SOURCE_FAILED;
}

static struct bookmark_source *open_source(
	struct input *input, enum status *status, struct error *error)
{
	*status = input_begin_text(input, INPUT_UTF8, error);
	return *status == STATUS_OK ? line_source_new(sizeof(struct line_source), input, next)
				    : NULL;
}

/* One object that holds them all, which json and chrome read. */
static bool is_tree(const struct json_shape *shape)
{
	return json_shape_has(shape, "roots") || json_shape_has(shape, "children") ||
	       json_shape_has(shape, "results");
}

/* The first lines may be damaged; one that is an object and stands alone is enough. */
static int likeness(const struct input *input)
{
	const char *line = input->text_head;

	for (int i = 0; line && i < LINES_LOOKED_AT; i++) {
		struct json_shape shape;

		json_shape_look(&shape, line);
		if (shape.root == '[' && i == 0)
			return 0;
		if (shape.lines)
			return is_tree(&shape) ? 0 : LIKENESS_CERTAIN - 1;
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return 0;
}

const struct format_reader jsonl_reader = {likeness, open_source, line_source_free};
