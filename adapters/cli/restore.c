#include "adapters/sqlite/restore.h"

#include <stdlib.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/interruption.h"
#include "adapters/system/paths.h"
#include "domain/base/memory.h"

static void say_restored(struct cli *cli, const char *from, const char *kept)
{
	char *sentence;

	if (kept)
		sentence = memory_print(
			"Put %s in the place of the library; what was there is %s", from, kept);
	else
		sentence = memory_print("Made the library from %s", from);
	cli_say(cli, sentence);
	free(sentence);
}

static enum exit_code restore_command_run(struct cli *cli)
{
	char *path = path_of_library(cli->line.values[OPTION_DB]);
	struct error error = {0};
	struct restore restore = {
		.from = cli->line.words[0], .path = path, .stop = interruption_flag()};
	enum exit_code code;
	char *kept = NULL;

	if (!path) {
		error_set(&error, "no home folder is known: name the library with --db FILE");
		return cli_fail(cli, STATUS_IO, &error);
	}
	code = cli_fail(cli, restore_run(&restore, &kept, &error), &error);
	if (!code)
		say_restored(cli, restore.from, kept);
	free(kept);
	free(path);
	return code;
}

static const enum option_id options[] = {OPTIONS_END};

const struct cli_command restore_command = {
	.name = "restore",
	.usage = "FILE",
	.summary = "put a copy of the library in its place",
	.details =
		"FILE is what barky backup wrote, or another library; it is checked first, and "
		"stays.\n"
		"What was there is kept beside the library and named. Open programs show what was\n"
		"put there.",
	.files = true,
	.least = 1,
	.most = 1,
	.options = options,
	.run = restore_command_run,
};
