#include "adapters/formats/json.h"

#include <stdlib.h>

#include "adapters/formats/json_record.h"
#include "adapters/formats/json_shape.h"
#include "adapters/formats/json_stream.h"
#include "adapters/formats/json_tree.h"
#include "domain/base/memory.h"

/*
 * A JSON document: an array whose elements come one at a time, or an object that holds all there
 * is: a browser's tree, a page of results, or a single bookmark.
 */
struct json_source {
	struct bookmark_source source; /* first, so that a source is one of these */
	struct json_stream stream;
	json_t *document; /* what tree and results are in */
	struct json_tree tree;
	const json_t *results;
	size_t next_result;
	struct record record;
};

static enum source_step yield(struct json_source *source, const json_t *object, long place,
	struct found_bookmark *found, struct error *error)
{
	record_clear(&source->record);
	source->record.place = place;
	if (!json_record_fill(&source->record, object, error))
		return record_skip(place, found);
	return record_yield(&source->record, found, error);
}

static enum source_step next_of_tree(
	struct json_source *source, struct found_bookmark *found, struct error *error)
{
	switch (json_tree_next(&source->tree, &source->record, error)) {
	case SOURCE_BOOKMARK: return record_yield(&source->record, found, error);
	case SOURCE_SKIPPED: return record_skip(source->record.place, found);
	case SOURCE_FAILED:
	case SOURCE_END: break;
	}
	return SOURCE_END;
}

/* A document that is an object, or one element of an array. */
static enum source_step take_value(struct json_source *source, json_t *value, long line,
	struct found_bookmark *found, struct error *error)
{
	enum source_step step;

	if (source->stream.place == JSON_BEHIND_ROOT) {
		source->document = value;
		source->results = json_object_get(value, "results");
		if (json_tree_begin(&source->tree, value) || json_is_array(source->results))
			return SOURCE_END;
		source->results = NULL;
		return yield(source, value, line, found, error);
	}
	step = yield(source, value, line, found, error);
	json_decref(value);
	return step;
}

static enum source_step next_of_stream(
	struct json_source *source, struct found_bookmark *found, struct error *error)
{
	json_t *value = NULL;
	long line;

	switch (json_stream_next(&source->stream, &value, &line, &source->source.status, error)) {
	case JSON_VALUE: return take_value(source, value, line, found, error);
	case JSON_DAMAGED: return record_skip(line, found);
	case JSON_FAILED: return SOURCE_FAILED;
	case JSON_END: break;
	}
	return SOURCE_END;
}

static bool has_result(const struct json_source *source)
{
	return source->next_result < json_array_size(source->results);
}

static enum source_step next_of_results(
	struct json_source *source, struct found_bookmark *found, struct error *error)
{
	const json_t *result = json_array_get(source->results, source->next_result++);

	return yield(source, result, (long)source->next_result, found, error);
}

static enum source_step next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct json_source *source = (struct json_source *)base;

	for (;;) {
		enum source_step step;

		if (source->tree.depth > 0)
			step = next_of_tree(source, found, error);
		else if (has_result(source))
			step = next_of_results(source, found, error);
		else
			step = next_of_stream(source, found, error);
		if (step == SOURCE_BOOKMARK && record_is_query(&source->record))
			continue;
		if (step == SOURCE_END && (source->tree.depth > 0 || has_result(source)))
			continue; /* the stream was a document, which is walked from here on */
		return step;
	}
}

static void close_source(struct bookmark_source *base)
{
	struct json_source *source = (struct json_source *)base;

	json_decref(source->document);
	json_tree_finish(&source->tree);
	json_stream_finish(&source->stream);
	record_finish(&source->record);
	free(source);
}

static void look(const struct input *input, struct json_shape *shape)
{
	json_shape_look(shape, input->text_head);
}

static struct bookmark_source *open_source(
	struct input *input, enum status *status, struct error *error)
{
	struct json_source *source;

	*status = input_begin_text(input, INPUT_UTF8, error);
	if (*status != STATUS_OK)
		return NULL;
	source = memory_new(sizeof(*source));
	source->source.next = next;
	source->stream = (struct json_stream){.input = input, .line = 1, .more = true};
	return &source->source;
}

static struct bookmark_source *refuse(const char *what, enum status *status, struct error *error)
{
	error_set(error, "it is not %s", what);
	*status = STATUS_INVALID;
	return NULL;
}

static bool is_of_bookmarks(const struct json_shape *shape)
{
	static const char *const keys[] = {
		"url", "uri", "href", "link", "children", "results", "title"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (json_shape_has(shape, keys[i]))
			return true;
	return shape->root == '[' && shape->count == 0;
}

static int likeness(const struct input *input)
{
	struct json_shape shape;

	look(input, &shape);
	if (!shape.root)
		return 0;
	return is_of_bookmarks(&shape) ? LIKENESS_CERTAIN - 2 : LIKENESS_WEAK;
}

static bool is_chrome(const struct input *input)
{
	struct json_shape shape;

	look(input, &shape);
	return shape.root == '{' && json_shape_has(&shape, "roots");
}

static int likeness_to_chrome(const struct input *input)
{
	return is_chrome(input) ? LIKENESS_CERTAIN : 0;
}

/* Chrome may put its checksum and its sync data of any length before the roots. */
static struct bookmark_source *open_chrome(
	struct input *input, enum status *status, struct error *error)
{
	struct json_shape shape;

	look(input, &shape);
	if (shape.root != '{' || (shape.closed && !is_chrome(input)))
		return refuse("Chrome's Bookmarks", status, error);
	return open_source(input, status, error);
}

static bool is_pinboard(const struct input *input)
{
	struct json_shape shape;

	look(input, &shape);
	return shape.root == '[' && json_shape_has(&shape, "href") &&
	       (json_shape_has(&shape, "extended") || json_shape_has(&shape, "time") ||
		       json_shape_has(&shape, "toread"));
}

static int likeness_to_pinboard(const struct input *input)
{
	return is_pinboard(input) ? LIKENESS_CERTAIN : 0;
}

static bool is_empty_array(const struct input *input)
{
	struct json_shape shape;

	look(input, &shape);
	return shape.root == '[' && shape.closed && shape.count == 0;
}

static struct bookmark_source *open_pinboard(
	struct input *input, enum status *status, struct error *error)
{
	if (!is_pinboard(input) && !is_empty_array(input))
		return refuse("Pinboard's JSON", status, error);
	return open_source(input, status, error);
}

static bool is_github(const struct input *input)
{
	struct json_shape shape;

	look(input, &shape);
	return shape.root == '[' && (json_shape_has(&shape, "starred_at") ||
					    (json_shape_has(&shape, "full_name") &&
						    (json_shape_has(&shape, "html_url") ||
							    json_shape_has(&shape, "node_id"))));
}

static int likeness_to_github(const struct input *input)
{
	return is_github(input) ? LIKENESS_CERTAIN : 0;
}

static struct bookmark_source *open_github(
	struct input *input, enum status *status, struct error *error)
{
	if (!is_github(input) && !is_empty_array(input))
		return refuse("a page of GitHub's stars", status, error);
	return open_source(input, status, error);
}

const struct format_reader json_reader = {likeness, open_source, close_source};
const struct format_reader chrome_reader = {likeness_to_chrome, open_chrome, close_source};
const struct format_reader pinboard_reader = {likeness_to_pinboard, open_pinboard, close_source};
const struct format_reader github_reader = {likeness_to_github, open_github, close_source};
