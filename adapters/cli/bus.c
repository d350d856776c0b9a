#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/bootstrap.h"
#include "adapters/cli/cli.h"
#include "adapters/cli/cli_query.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/star_run.h"
#include "adapters/json/command_json.h"
#include "adapters/json/json_guard.h"
#include "adapters/json/json_writer.h"
#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"
#include "domain/bus/result.h"
#include "domain/search/query.h"

/*
 * The bus for programs: one JSON object in, one out. Commands of the domain, and what only reads:
 * query, show, tags.
 */
struct bus_run {
	struct cli *cli;
	struct star_run *stars; /* NULL before the first request of stars */
	enum exit_code code;    /* of the first request that was refused */
};

static void put_items(struct json_writer *json, const struct result *result)
{
	json_add_array(json, "items");
	for (size_t i = 0; i < result->item_count; i++) {
		json_open_object(json);
		json_add_string(json, "status", status_name(result->items[i].status));
		json_add_integer(json, "id", result->items[i].id);
		json_close_object(json);
	}
	json_close_array(json);
}

static void put_step(struct json_writer *json, const struct result_step *step)
{
	char *text = describe_change(step->command, step->bookmarks, step->subject);

	json_open_object(json);
	json_add_integer(json, "change", step->change);
	json_add_string(json, "command", command_name(step->command));
	json_add_integer(json, "bookmarks", (int64_t)step->bookmarks);
	json_add_string(json, "text", text);
	json_close_object(json);
	free(text);
}

static void put_steps(struct json_writer *json, const struct result *result)
{
	json_add_array(json, "steps");
	for (size_t i = 0; i < result->step_count; i++)
		put_step(json, &result->steps[i]);
	json_close_array(json);
}

/* "ok", "status", "error": how a request ended, as keys of an object that the caller opened. */
static void result_json_put_status(
	struct json_writer *json, enum status status, const struct error *error)
{
	json_add_boolean(json, "ok", status == STATUS_OK);
	json_add_string(json, "status", status_name(status));
	json_add_string(json, "error",
		!status        ? NULL
		: *error->text ? error->text
			       : status_message(status));
}

static void result_json_put(
	struct json_writer *json, enum status status, const struct result *result);

/* Of a batch that failed the last one is the one it failed at. */
static void put_parts(struct json_writer *json, const struct result *result, enum status status)
{
	json_add_array(json, "results");
	for (size_t i = 0; i < result->part_count; i++) {
		bool failed = status && i + 1 == result->part_count;

		json_open_object(json);
		result_json_put(json, failed ? status : STATUS_OK, &result->parts[i]);
		json_close_object(json);
	}
	json_close_array(json);
}

/*
 * What became of a command, likewise: those three, "change", the counts, "items", "steps", and of a
 * batch "results".
 */
static void result_json_put(
	struct json_writer *json, enum status status, const struct result *result)
{
	result_json_put_status(json, status, &result->error);
	json_add_integer(json, "change", result->change);
	json_put_counts(json, &result->counts, COUNTS_BUT_GONE);
	put_items(json, result);
	put_steps(json, result);
	if (result->part_count)
		put_parts(json, result, status);
}

/* A request of a megabyte may hold so many values; jansson takes about 75 bytes for each. */
static const struct json_bounds bounds = {.values = 4000000, .depth = 100};

/* Reads one request, adds its rows to the answer and says why it cannot. */
typedef enum status (*ask_fn)(
	struct bus_run *run, json_t *object, struct json_writer *json, struct error *error);

static enum status refuse_shape(struct error *error, const json_error_t *failure)
{
	return error_fail(STATUS_INVALID, error, "%s", failure->text);
}

static bool put_row(void *self, const struct bookmark *bookmark)
{
	json_put_bookmark(self, bookmark);
	return true;
}

/* Everything, where the text asks for nothing. */
static enum status parse_query(
	const char *text, struct search_options *finding, struct query **query, struct error *error)
{
	struct query_error failure;

	*query = query_parse(text, &failure);
	if (!*query)
		return error_fail(STATUS_INVALID, error, "%s (byte %zu of the query)",
			failure.message, failure.at);
	finding->query = *query;
	if ((*query)->kind != QUERY_ALL)
		return STATUS_OK;
	finding->query = NULL;
	if (finding->order == BEST_FIRST)
		finding->order = NEWEST_FIRST;
	return STATUS_OK;
}

static enum status ask_query(
	struct bus_run *run, json_t *object, struct json_writer *json, struct error *error)
{
	struct search_options finding = {.order = BEST_FIRST};
	const char *text = "", *sort = "best";
	json_int_t limit = INT64_MAX, offset = 0;
	struct query *query = NULL;
	json_error_t failure;
	enum status status;
	int reverse = 0;

	if (json_unpack_ex(object, &failure, JSON_STRICT, "{s?s, s?s, s?b, s?I, s?I}", "query",
		    &text, "sort", &sort, "reverse", &reverse, "limit", &limit, "offset", &offset))
		return refuse_shape(error, &failure);
	if (limit < 0 || offset < 0)
		return error_fail(STATUS_INVALID, error,
			"\"limit\" and \"offset\" are to be numbers from 0 on");
	finding.reverse = reverse;
	finding.offset = (size_t)offset;
	finding.limit = (size_t)limit;
	if (!cli_query_order(sort, &finding.order))
		return error_fail(STATUS_INVALID, error,
			"\"sort\" is to be best, added, modified, title or url");
	status = parse_query(text, &finding, &query, error);
	if (status != STATUS_OK)
		return status;
	json_add_array(json, "rows");
	status = cli_query_find(run->cli, &finding, put_row, json, error);
	json_close_array(json);
	query_free(query);
	return status;
}

struct shown {
	struct json_writer *json;
	size_t count;
};

static bool put_shown(void *self, const struct bookmark *bookmark)
{
	struct shown *shown = self;

	if (bookmark->deleted)
		return true;
	json_put_bookmark(shown->json, bookmark);
	shown->count++;
	return true;
}

static bool is_ids(const json_t *array)
{
	for (size_t i = 0; i < json_array_size(array); i++)
		if (json_integer_value(json_array_get(array, i)) < 1)
			return false;
	return json_array_size(array) > 0;
}

/* In the order in which they were asked for; the first that is missing is named. */
static enum status put_ids(
	struct bus_run *run, json_t *array, struct json_writer *json, struct error *error)
{
	struct catalogue *catalogue = run->cli->library.catalogue;
	enum status status = STATUS_OK;
	struct shown shown = {.json = json};

	for (size_t i = 0; i < json_array_size(array) && status == STATUS_OK; i++) {
		int64_t id = json_integer_value(json_array_get(array, i));
		size_t before = shown.count;

		status = catalogue->each_of(catalogue, &id, 1, put_shown, &shown, error);
		if (status == STATUS_OK && shown.count == before) {
			error_set_default(error, "no bookmark %lld", (long long)id);
			status = STATUS_NOT_FOUND;
		}
	}
	return status;
}

static enum status ask_show(
	struct bus_run *run, json_t *object, struct json_writer *json, struct error *error)
{
	json_error_t failure;
	enum status status;
	json_t *array;

	if (json_unpack_ex(object, &failure, JSON_STRICT, "{s:o}", "ids", &array))
		return refuse_shape(error, &failure);
	if (!is_ids(array))
		return error_fail(
			STATUS_INVALID, error, "\"ids\" is to be an array of ids, not empty");
	json_add_array(json, "rows");
	status = put_ids(run, array, json, error);
	json_close_array(json);
	return status;
}

static bool put_tag(void *self, const char *tag, size_t count)
{
	json_put_tag_count(self, tag, count);
	return true;
}

static enum status ask_tags(
	struct bus_run *run, json_t *object, struct json_writer *json, struct error *error)
{
	struct catalogue *catalogue = run->cli->library.catalogue;
	json_error_t failure;
	enum status status;

	if (json_unpack_ex(object, &failure, JSON_STRICT, "{}"))
		return refuse_shape(error, &failure);
	json_add_array(json, "tags");
	status = catalogue->each_tag(catalogue, put_tag, json, error);
	json_close_array(json);
	return status;
}

/* What only reads. */
static const struct {
	const char *name;
	ask_fn ask;
	const char *form;
} questions[] = {
	{"query", ask_query,
		"{\"command\": \"query\", \"query\": \"#c\", \"sort\": \"best\", \"reverse\": "
		"false,"
		" \"limit\": 50, \"offset\": 0}"},
	{"show", ask_show, "{\"command\": \"show\", \"ids\": [12, 13]}"},
	{"tags", ask_tags, "{\"command\": \"tags\"}"},
};

#define QUESTIONS (sizeof(questions) / sizeof(questions[0]))

/* A request on its way: what it says, and the answer as far as it is written. */
struct exchange {
	struct bus_run *run;
	json_t *object;
	json_t *request; /* to be echoed; NULL: nothing */
	const char *name;
	struct buffer *out;
};

static void put_json(struct json_writer *json, const json_t *value);

static void put_members(struct json_writer *json, const json_t *object)
{
	const char *key;
	json_t *value;

	json_open_object(json);
	json_object_foreach((json_t *)object, key, value)
	{
		json_key_of_others(json, key);
		put_json(json, value);
	}
	json_close_object(json);
}

static void put_elements(struct json_writer *json, const json_t *array)
{
	json_open_array(json);
	for (size_t i = 0; i < json_array_size(array); i++)
		put_json(json, json_array_get(array, i));
	json_close_array(json);
}

/* jansson's own text of a value without parts: exactly the number that came. */
static void put_scalar(struct json_writer *json, const json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY);

	json_put_raw(json, text ? text : "null");
	free(text);
}

static void put_json(struct json_writer *json, const json_t *value)
{
	if (json_is_object(value))
		put_members(json, value);
	else if (json_is_array(value))
		put_elements(json, value);
	else if (json_is_string(value))
		json_put_string(json, json_string_value(value));
	else
		put_scalar(json, value);
}

static void begin_answer(const struct exchange *exchange, struct json_writer *json)
{
	json_open_object(json);
	json_add_string(json, "command", exchange->name);
	if (exchange->request) {
		json_key(json, "request");
		put_json(json, exchange->request);
	}
}

static void answer_refusal(
	const struct exchange *exchange, enum status status, const struct error *error)
{
	struct json_writer json = {.out = exchange->out};
	struct result result = {.error = *error};

	begin_answer(exchange, &json);
	result_json_put(&json, status, &result);
	json_close_object(&json);
}

/* An import is many transactions, and is answered when it has ended. */
static enum status bus_take_stars(struct bus_run *run, const struct star_request *request,
	struct result *result, struct json_writer *json)
{
	struct star_summary summary;

	if (!run->stars)
		run->stars = star_run_new(run->cli, NULL, "never");
	star_run_take(run->stars, request, &summary);
	*result = (struct result){
		.change = summary.change,
		.counts = summary.counts,
		.error = summary.error,
	};
	json_key(json, "stars");
	star_summary_json(json, &summary, "github", request->user);
	return summary.status;
}

static enum status bus_do_command(const struct exchange *exchange, const struct command *command,
	struct json_writer *more, struct result *result)
{
	struct bus_run *run = exchange->run;

	if (command->type == REQUEST_STARS)
		return bus_take_stars(run, &command->as.request_stars.request, result, more);
	return bus_handle(run->cli->library.bus, command, result);
}

/* The errors of a command name it, so that a log of answers can be read. */
static void name_command(struct error *error, const char *name)
{
	struct error why = *error;

	if (*why.text && strncmp(why.text, name, strlen(name)) != 0)
		error_set(error, "%s: %s", name, why.text);
}

static enum status handle_command(const struct exchange *exchange)
{
	struct command_json read;
	struct error error = {0};
	struct result result = {0};
	struct buffer more = {0};
	struct json_writer json = {.out = exchange->out}, stars = {.out = &more};
	enum status status = command_json_read(&read, exchange->object, &error);

	if (status != STATUS_OK) {
		answer_refusal(exchange, status, &error);
		command_json_finish(&read);
		return status;
	}
	status = bus_do_command(exchange, &read.command, &stars, &result);
	name_command(&result.error, exchange->name);
	begin_answer(exchange, &json);
	result_json_put(&json, status, &result);
	if (more.length)
		json_put_raw(&json, buffer_text(&more));
	json_close_object(&json);
	buffer_finish(&more);
	result_finish(&result);
	command_json_finish(&read);
	return status;
}

/*
 * Another library may have been put in the place of this one: nothing is written to it before the
 * one who asks has seen something of it, which may be other bookmarks by the same ids.
 */
static enum status follow_place(struct bus_run *run, struct error *error)
{
	struct database *database = run->cli->library.database;

	return database_place(database) == LIBRARY_REPLACED ? database_reopen(database, error)
							    : STATUS_OK;
}

/* The rows are gathered before the status is known that stands before them. */
static enum status handle_question(const struct exchange *exchange, ask_fn ask)
{
	struct buffer rows = {0};
	struct json_writer json = {.out = exchange->out}, found = {.out = &rows};
	json_t *own = json_copy(exchange->object);
	struct error error = {0};
	enum status status;

	json_object_del(own, "command");
	status = follow_place(exchange->run, &error);
	if (status == STATUS_OK)
		status = ask(exchange->run, own, &found, &error);
	name_command(&error, exchange->name);
	json_decref(own);
	begin_answer(exchange, &json);
	result_json_put_status(&json, status, &error);
	if (rows.length)
		json_put_raw(&json, buffer_text(&rows));
	json_close_object(&json);
	buffer_finish(&rows);
	return status;
}

static enum status handle_object(struct exchange *exchange)
{
	exchange->name = json_string_value(json_object_get(exchange->object, "command"));
	exchange->request = json_incref(json_object_get(exchange->object, "request"));
	json_object_del(exchange->object, "request");
	for (size_t i = 0; exchange->name && i < QUESTIONS; i++)
		if (strcmp(questions[i].name, exchange->name) == 0)
			return handle_question(exchange, questions[i].ask);
	return handle_command(exchange);
}

static json_t *read_request(const char *text, size_t length, struct error *error)
{
	static const char mark[] = "\xef\xbb\xbf";
	json_error_t failure;
	json_t *object;

	if (length >= 3 && memcmp(text, mark, 3) == 0) {
		text += 3;
		length -= 3;
	}
	if (!json_guard_allows(text, length, &bounds)) {
		error_set(error, "not read: too many values, or too deep");
		return NULL;
	}
	object = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &failure);
	if (!object)
		error_set(error, "not JSON: %s (byte %d)", failure.text, failure.position);
	else if (!json_is_object(object))
		error_set(error, "not a JSON object");
	if (json_is_object(object))
		return object;
	json_decref(object);
	return NULL;
}

/*
 * Reads a request, does what it asks and adds the answer to out, an object without a line break at
 * its end. "request", any value, is echoed. A byte order mark before it is no error. Nothing of the
 * library is held open when it returns.
 */
static enum status bus_answer(
	struct bus_run *run, const char *text, size_t length, struct buffer *out)
{
	struct exchange exchange = {.run = run, .out = out};
	struct error error = {0};
	enum status status;

	exchange.object = read_request(text, length, &error);
	if (!exchange.object) {
		answer_refusal(&exchange, STATUS_INVALID, &error);
		return STATUS_INVALID;
	}
	status = handle_object(&exchange);
	json_decref(exchange.request);
	json_decref(exchange.object);
	return status;
}

static bool line_is_blank(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r' && line[i] != '\n')
			return false;
	}
	return true;
}

/* Read, handed to the bus, answered after the commit. */
static void bus_take_line(struct bus_run *run, const char *line, size_t length)
{
	struct output *out = &run->cli->out;
	struct buffer answer = {0};
	enum status status;

	if (line_is_blank(line, length))
		return;
	status = bus_answer(run, line, length, &answer);
	buffer_add_char(&answer, '\n');
	output_bytes(out, buffer_text(&answer), answer.length);
	output_flush(out);
	buffer_finish(&answer);
	if (!run->code)
		run->code = status_exit_code(status);
}

/* The first trouble decides how it ends, but the rest is done all the same. */
static void bus_serve(struct bus_run *run)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;

	while (!interruption_signal() && !output_broken(&run->cli->out) &&
		(length = getline(&line, &capacity, stdin)) >= 0)
		bus_take_line(run, line, (size_t)length);
	if (ferror(stdin) && !interruption_signal()) {
		complain("bus: standard input cannot be read: %s", strerror(errno));
		run->code = run->code ? run->code : EXIT_FAILED;
	}
	free(line);
}

static enum exit_code bus_command_run(struct cli *cli)
{
	struct bus_run run = {.cli = cli, .code = cli_open(cli)};

	if (!run.code) {
		bus_origin(cli->library.bus, "bus");
		bus_serve(&run);
	}
	star_run_free(run.stars);
	return run.code;
}

/* An example of every request there is, in the order of the manual. */
static void print_forms(struct output *out)
{
	output_string(out, "\nEvery request, with all its keys:\n\n");
	for (int type = 0; type < COMMAND_TYPES; type++) {
		const char *form = command_json_form((enum command_type)type);

		if (form)
			output_format(out, "  %s\n", form);
	}
	for (size_t i = 0; i < QUESTIONS; i++)
		output_format(out, "  %s\n", questions[i].form);
}

static const enum option_id options[] = {OPTIONS_END};

const struct cli_command bus_command = {
	.name = "bus",
	.usage = "",
	.summary = "take JSON commands, one a line; print their results, one a line",
	.details =
		"Each command is one transaction, an import of stars one a page, and answered "
		"after "
		"it was\n"
		"committed. \"request\", any value, comes back with the answer. \"origin\": NAME "
		"goes into\n"
		"the events as bus:NAME; \"change\": N joins change N, so that undo takes back "
		"both.\n"
		"Where another library was put in the place of this one, commands are refused "
		"until "
		"query,\n"
		"show or tags was asked of it.\n"
		"The exit code is that of the first command that was refused.",
	.more = print_forms,
	.options = options,
	.run = bus_command_run,
};
