#include <string.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/command_line.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/output.h"
#include "adapters/json/json_writer.h"

/* Tags with their counts on standard output: for people, as JSON, as JSON lines. */
struct tag_printer {
	struct output *output;
	bool json;
	bool jsonl;
	struct buffer buffer;
	struct json_writer writer;
	size_t count;
};

static void tag_printer_init(
	struct tag_printer *printer, struct output *output, const struct command_line *line)
{
	*printer = (struct tag_printer){
		.output = output,
		.json = line->given[OPTION_JSON],
		.jsonl = line->given[OPTION_JSONL],
	};
	printer->writer.out = &printer->buffer;
}

static void tag_print_json(struct tag_printer *printer, const char *tag, size_t count)
{
	struct json_writer *json = &printer->writer;

	json->comma = false;
	json_put_tag_count(json, tag, count);
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

/* A tag_visit_fn; self is the printer. */
static bool tag_printer_visit(void *self, const char *tag, size_t count)
{
	struct tag_printer *printer = self;

	if (printer->json)
		output_string(printer->output, printer->count ? ",\n " : "[");
	if (printer->json || printer->jsonl)
		tag_print_json(printer, tag, count);
	else
		print_plain(printer, tag, count);
	if (printer->jsonl)
		output_string(printer->output, "\n");
	printer->count++;
	return !output_broken(printer->output) && !interruption_signal();
}

/* Ends the list, unless it failed, and frees what the printer holds. */
static void tag_printer_finish(struct tag_printer *printer, bool failed)
{
	if (printer->json && !failed)
		output_string(printer->output, printer->count ? "]\n" : "[]\n");
	buffer_finish(&printer->buffer);
}

static enum exit_code print_tags(struct cli *cli, struct tag_printer *printer)
{
	struct error error = {0};
	struct catalogue *catalogue;
	enum exit_code code = cli_open_reading(cli);

	if (code)
		return code;
	catalogue = cli->library.catalogue;
	code = cli_fail(
		cli, catalogue->each_tag(catalogue, tag_printer_visit, printer, &error), &error);
	tag_printer_finish(printer, code != EXIT_DONE);
	return code;
}

static enum exit_code tags_list(struct cli *cli)
{
	struct tag_printer printer;

	if (cli->line.word_count > 1)
		return cli_misused(cli, "too many arguments: \"%s\"", cli->line.words[1]);
	if (cli->line.given[OPTION_JSON] && cli->line.given[OPTION_JSONL])
		return cli_misused(cli, "--json and --jsonl exclude each other");
	tag_printer_init(&printer, &cli->out, &cli->line);
	return print_tags(cli, &printer);
}

/* rename OLD NEW and merge FROM... INTO are one command. */
static enum exit_code rename_all(struct cli *cli)
{
	size_t count = cli->line.word_count;
	const struct command command = {
		.type = RENAME_TAGS,
		.as.rename_tags =
			{
				.from = cli->line.words + 1,
				.count = count - 2,
				.to = cli->line.words[count - 1],
			},
	};

	return cli_do(cli, &command);
}

static enum exit_code rename_one(struct cli *cli)
{
	if (cli->line.word_count != 3)
		return cli_misused(cli, "rename takes two tags, OLD and NEW");
	return rename_all(cli);
}

static enum exit_code merge(struct cli *cli)
{
	if (cli->line.word_count < 3)
		return cli_misused(cli, "merge takes two tags or more, FROM... and INTO");
	return rename_all(cli);
}

static enum exit_code delete_all(struct cli *cli)
{
	const struct command command = {
		.type = DELETE_TAGS,
		.as.delete_tags = {.tags = cli->line.words + 1, .count = cli->line.word_count - 1},
	};

	if (cli->line.word_count < 2)
		return cli_misused(cli, "the tag is missing");
	return cli_do(cli, &command);
}

static const struct {
	const char *name;
	enum exit_code (*run)(struct cli *cli);
} forms[] = {
	{"list", tags_list},
	{"rename", rename_one},
	{"delete", delete_all},
	{"merge", merge},
};

static enum exit_code tags_run(struct cli *cli)
{
	const char *what = cli->line.word_count ? cli->line.words[0] : "list";

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (!strcmp(forms[i].name, what))
			return forms[i].run(cli);
	return cli_misused(cli, "\"%s\" is none of: list rename delete merge", what);
}

static const enum option_id options[] = {OPTION_JSON, OPTION_JSONL, OPTIONS_END};

const struct cli_command tags_command = {
	.name = "tags",
	.usage = "[list] [--json | --jsonl]\nrename OLD NEW\ndelete TAG...\nmerge FROM... INTO",
	.summary = "list tags with their counts, and change them everywhere",
	.details = "Renaming to a tag that is known merges the two. The bookmarks stay; undo takes "
		   "it back.",
	.words = "list rename delete merge",
	.most = SIZE_MAX,
	.options = options,
	.run = tags_run,
};
