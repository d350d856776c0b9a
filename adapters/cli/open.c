#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "adapters/system/browser.h"
#include "adapters/cli/cli.h"
#include "adapters/cli/selection.h"
#include "domain/base/memory.h"

/* The newest copy of what stands behind it ("Wayback Machine APIs", archive.org). */
#define WAYBACK "https://web.archive.org/web/2/"

static enum exit_code open_urls(struct cli *cli, const char *const *urls, size_t count)
{
	const struct config *config = &cli->config;
	struct error error = {0};
	struct browser browser;
	enum status status;

	browser = (struct browser){
		.command = config->browser,
		.schemes = (const char *const *)config->schemes,
		.scheme_count = config->scheme_count,
		.any_scheme = cli->line.given[OPTION_ANY_SCHEME],
		.has_terminal = isatty(STDIN_FILENO) != 0,
	};
	status = browser_open(&browser, urls, count, &error);
	return cli_fail(cli, status, &error) ? EXIT_FAILED : EXIT_DONE;
}

static enum exit_code open_all(struct cli *cli, const struct selection *selection)
{
	const char *before = cli->line.given[OPTION_ARCHIVED] ? WAYBACK : "";
	char **urls = memory_array(selection->count, sizeof(*urls));
	enum exit_code code;

	for (size_t i = 0; i < selection->count; i++)
		urls[i] = memory_print("%s%s", before, selection->bookmarks[i].url);
	code = open_urls(cli, (const char *const *)urls, selection->count);
	for (size_t i = 0; i < selection->count; i++)
		free(urls[i]);
	free(urls);
	return code;
}

static enum exit_code open_run(struct cli *cli)
{
	return selection_run(cli, open_all);
}

static const enum option_id options[] = {
	OPTION_MATCHING, OPTION_ANY_SCHEME, OPTION_ARCHIVED, OPTIONS_END};

const struct cli_command open_command = {
	.name = "open",
	.usage = "ID... [--any-scheme] [--archived]\n"
		 "--matching QUERY [--any-scheme] [--archived]",
	.summary = "open bookmarks in the browser",
	.details = "The browser is that of the configuration, $BROWSER, or the desktop's; no shell "
		   "is\n"
		   "started. Only http and https, and the configuration's schemes, unless "
		   "--any-scheme.",
	.query = true,
	.ids = true,
	.most = SIZE_MAX,
	.options = options,
	.run = open_run,
};
