#include "adapters/cli/cli_hooks.h"

#include <stdlib.h>

#include "adapters/cli/complaint.h"
#include "adapters/system/config.h"
#include "adapters/system/hooks.h"
#include "adapters/system/paths.h"

static void on_hook_failed(void *self, const char *line)
{
	(void)self;
	complain("%s", line);
}

void cli_hooks_start(struct cli *cli)
{
	char *config = path_of_config(cli->line.values[OPTION_CONFIG]);
	char *folder = hooks_folder(config);

	cli->hooks = hooks_new(folder, on_hook_failed, cli);
	if (cli->hooks && cli->config.hooks)
		hooks_connect(cli->hooks, &cli->library.signals);
	free(folder);
	free(config);
}

void cli_hooks_turn(struct cli *cli)
{
	if (cli->hooks)
		hooks_turn(cli->hooks);
}

void cli_hooks_end(struct cli *cli)
{
	hooks_free(cli->hooks);
	cli->hooks = NULL;
}
