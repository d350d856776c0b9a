#include "adapters/cli/cli_hooks.h"

#include <stdlib.h>

#include "adapters/cli/complaint.h"
#include "adapters/system/hooks.h"
#include "adapters/system/paths.h"

static void on_hook_trouble(void *self, const char *line)
{
	(void)self;
	complain("%s", line);
}

void cli_hooks_start(struct cli *cli)
{
	char *config, *folder;

	if (cli->hooks || !cli->config.hooks)
		return;
	config = path_of_config(cli->line.values[OPTION_CONFIG]);
	folder = hooks_folder(config);
	cli->hooks = hooks_start(folder, cli->line.values[OPTION_DB], false);
	free(folder);
	free(config);
}

void cli_hooks_connect(struct cli *cli)
{
	if (cli->hooks && !cli->hooks_connected)
		hooks_connect(cli->hooks, &cli->library, on_hook_trouble, cli);
	cli->hooks_connected = true;
}

void cli_hooks_end(struct cli *cli)
{
	hooks_free(cli->hooks);
	cli->hooks = NULL;
}
