#include "adapters/doctor/doctor.h"

#include <stdlib.h>
#include <unistd.h>

#include "adapters/cli/cli.h"
#include "adapters/system/paths.h"

static const struct {
	const char *word;
	enum paint paint;
} verdicts[] = {
	[DOCTOR_FINE] = {"fine", PAINT_TAGS},
	[DOCTOR_NOTE] = {"note", PAINT_ID},
	[DOCTOR_WRONG] = {"wrong", PAINT_MARK},
};

static void doctor_tell(
	void *self, enum doctor_verdict verdict, const char *subject, const char *text)
{
	struct cli *cli = self;

	if (cli->quiet && verdict == DOCTOR_FINE)
		return;
	output_paint(&cli->out, verdicts[verdict].paint);
	output_format(&cli->out, "%-5s", verdicts[verdict].word);
	output_plain(&cli->out);
	output_format(&cli->out, "  %-13s  ", subject);
	output_text(&cli->out, text);
	output_string(&cli->out, "\n");
}

/* A library that cannot be used is what the doctor is there for: the rest is looked at too. */
static enum exit_code examine(struct cli *cli, const char *path, const struct config *config)
{
	struct error trouble = {0};
	enum status status = cli_try_open(cli, true, &trouble);
	const struct doctor doctor = {
		.path = path,
		.library = status ? NULL : &cli->library,
		.trouble = &trouble,
		.config = config,
		.has_terminal = isatty(STDIN_FILENO) != 0,
		.tell = doctor_tell,
		.self = cli,
	};
	size_t wrong = doctor_examine(&doctor);

	if (status)
		return status_exit_code(status);
	return wrong ? EXIT_FAILED : EXIT_DONE;
}

static enum exit_code doctor_run(struct cli *cli)
{
	char *path = path_of_library(cli->line.values[OPTION_DB]);
	enum exit_code code;

	cli->screen->check_config(&cli->config);
	code = examine(cli, path ? path : "", &cli->config);
	free(path);
	return code;
}

static const enum option_id options[] = {OPTIONS_END};

const struct cli_command doctor_command = {
	.name = "doctor",
	.usage = "",
	.summary = "check the library, the terminal and the set-up",
	.details = "Says what is wrong and how to mend it, and fails if anything is wrong.",
	.options = options,
	.run = doctor_run,
};
