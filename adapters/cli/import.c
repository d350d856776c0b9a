#include <stdint.h>
#include <string.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/import_detect.h"
#include "adapters/cli/import_file.h"
#include "adapters/cli/import_stars.h"
#include "adapters/stars/forge.h"

static enum exit_code import(struct cli *cli, const struct tag_set *tags)
{
	const struct command_line *line = &cli->line;

	if (line->given[OPTION_DETECT])
		return line->word_count ? cli_misused(cli, "--detect takes no file")
					: import_detect(cli);
	if (!line->word_count)
		return cli_misused(cli, "an argument is missing");
	if (!forge_find(line->words[0]) || strchr(line->words[0], '@'))
		return import_files(cli, tags);
	if (line->word_count > 2 || line->given[OPTION_ME] + line->word_count != 2)
		return cli_misused(cli, "%s takes a USER, or --me", line->words[0]);
	return import_stars(cli, line->given[OPTION_ME] ? NULL : line->words[1], tags);
}

static enum exit_code run(struct cli *cli)
{
	struct tag_set tags = {0};
	struct error error = {0};
	enum exit_code code;

	if (cli->line.given[OPTION_TAGS] &&
		tag_set_add_list(&tags, cli->line.values[OPTION_TAGS], &error))
		code = cli_misused(cli, "--tags: %s", error.text);
	else
		code = import(cli, &tags);
	tag_set_finish(&tags);
	return code;
}

static const enum option_id options[] = {OPTION_IMPORT_FORMAT, OPTION_TAGS, OPTION_DRY_RUN,
	OPTION_JSON, OPTION_PROGRESS, OPTION_ME, OPTION_FULL, OPTION_NO_TIMESTAMPS,
	OPTION_NO_TOPICS, OPTION_JOBS, OPTION_WAIT, OPTION_API, OPTION_DETECT, OPTIONS_END};

const struct cli_command import_command = {
	.name = "import",
	.usage = "FILE... [--format FORMAT] [--tags LIST] [--dry-run]\n"
		 " [--progress WHEN] [--json]\n"
		 "github USER [--full] [--no-timestamps] [--no-topics] [--tags LIST]\n"
		 " [--dry-run] [--jobs N] [--wait] [--progress WHEN] [--json]\n"
		 "github --me [...]\n"
		 "gitea USER --api URL [...]\n"
		 "gitlab USER [--api URL] [...]\n"
		 "--detect [--json]",
	.summary = "take in bookmarks from files, or a user's stars on GitHub",
	.details =
		"A file's format is recognised by its content; \"-\" is standard input. Twice the "
		"same file\n"
		"changes nothing; one file is one change for undo. A file called github is "
		"./github.\n"
		"\n"
		"Stars: the token is looked for in GH_TOKEN, GITHUB_TOKEN and the configuration's\n"
		"token_command. A later import takes what is new; --full also marks stars that "
		"were taken\n"
		"back. What you changed or deleted here stays so. It can be stopped and run "
		"again.\n"
		"\n"
		"Gitea (Forgejo, Codeberg) and GitLab do not tell when a star was given: each "
		"import walks\n"
		"every page, and the date is that of the import. Only public stars, without a "
		"token.",
	.words = "github gitea gitlab",
	.files = true,
	.most = SIZE_MAX,
	.options = options,
	.run = run,
};
