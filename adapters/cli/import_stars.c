#include "adapters/cli/import_stars.h"

#include <stdlib.h>

#include "adapters/cli/complaint.h"
#include "adapters/cli/star_run.h"
#include "adapters/cli/star_summary_json.h"
#include "adapters/stars/forge.h"
#include "domain/base/memory.h"

static void run(
	struct cli *cli, const char *user, const struct tag_set *tags, struct star_summary *summary)
{
	const struct command_line *line = &cli->line;
	const struct forge *forge = forge_find(line->words[0]);
	const struct star_request request = {
		.forge = forge->name,
		.user = user,
		.full = line->given[OPTION_FULL] || !forge->ordered,
		.timestamps = !line->given[OPTION_NO_TIMESTAMPS],
		.topics = !line->given[OPTION_NO_TOPICS],
		.dry_run = line->given[OPTION_DRY_RUN],
		.wait = line->given[OPTION_WAIT],
		.jobs = (int)command_line_number(line, OPTION_JOBS, 0),
		.tags = tags,
	};
	struct star_run *stars =
		star_run_new(cli, line->values[OPTION_API], line->values[OPTION_PROGRESS]);

	star_run_take(stars, &request, summary);
	star_run_free(stars);
}

static void print_json(struct cli *cli, const struct star_summary *summary, const char *user)
{
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};

	star_summary_json(&json, summary, cli->line.words[0], user);
	buffer_add_char(&buffer, '\n');
	output_bytes(&cli->out, buffer_text(&buffer), buffer.length);
	buffer_finish(&buffer);
}

static void say(struct cli *cli, const struct star_summary *summary)
{
	bool dry = cli->line.given[OPTION_DRY_RUN];
	char *line;

	if (summary->status != STATUS_OK && summary->pages == 0)
		return;
	line = memory_print("%s:%s: %s%zu added, %zu updated, %zu unchanged, %zu unstarred, "
			    "%zu skipped",
		cli->line.words[0], summary->user, dry ? "would be: " : "", summary->added,
		summary->updated, summary->unchanged, summary->unstarred, summary->skipped);
	cli_say(cli, line);
	free(line);
}

enum exit_code import_stars(struct cli *cli, const char *user, const struct tag_set *tags)
{
	struct star_summary summary = {.status = STATUS_IO, .limit = {-1, -1, -1}};
	enum exit_code code = cli_open(cli);

	if (!code) {
		run(cli, user, tags, &summary);
		code = complain_of("import", summary.status, &summary.error);
	}
	if (cli->line.given[OPTION_JSON])
		print_json(cli, &summary, user);
	else if (!code)
		say(cli, &summary);
	return code;
}
