#include <stdlib.h>

#include "adapters/cli/cli.h"
#include "adapters/sqlite/backup.h"
#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"

/* The library may be fine and the copy not: what fails here is the copy, and its code is FAILED. */
static enum exit_code write_copy(struct cli *cli, const char *path)
{
	struct error error = {0};
	enum status status;
	enum exit_code code;
	char *sentence;

	status = backup_write(database_handle(cli->library.database), path, false, &error);
	code = cli_fail(cli, status, &error);
	if (status == STATUS_IO || status == STATUS_READ_ONLY || status == STATUS_FULL)
		return EXIT_FAILED;
	if (code)
		return code;
	sentence = memory_print("Copied the library to %s", path);
	cli_say(cli, sentence);
	free(sentence);
	return EXIT_DONE;
}

static enum exit_code backup_run(struct cli *cli)
{
	enum exit_code code = cli_open_reading(cli);

	return code ? code : write_copy(cli, cli->line.words[0]);
}

static const enum option_id options[] = {OPTIONS_END};

const struct cli_command backup_command = {
	.name = "backup",
	.usage = "FILE",
	.summary = "write a consistent copy of the library, while it is in use",
	.details = "The copy is a library too, there whole or not at all. A file that is there is "
		   "kept.",
	.files = true,
	.least = 1,
	.most = 1,
	.options = options,
	.run = backup_run,
};
