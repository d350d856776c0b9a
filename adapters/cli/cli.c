#include "adapters/cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/http/http_client.h"
#include "adapters/sqlite/database.h"
#include "adapters/system/hooks.h"
#include "adapters/system/paths.h"
#include "domain/base/memory.h"
#include "domain/search/id_map.h"

static void on_hook_trouble(void *self, const char *line)
{
	(void)self;
	complain("%s", line);
}

/*
 * The user's hooks, where there is a folder of them and the configuration wants them: started
 * before the library is opened, connected once it is open for writing, and left to themselves at
 * the end.
 */
static void cli_hooks_start(struct cli *cli)
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

static void cli_hooks_connect(struct cli *cli)
{
	if (cli->hooks && !cli->hooks_connected)
		hooks_connect(cli->hooks, &cli->library, on_hook_trouble, cli);
	cli->hooks_connected = true;
}

static void cli_hooks_end(struct cli *cli)
{
	hooks_free(cli->hooks);
	cli->hooks = NULL;
}

/*
 * Opens /dev/null in the place of standard input, output or error where one is closed, so that no
 * file opened later, the library least of all, takes its number. To be called before anything is
 * opened.
 */
static void standard_streams_fill(void)
{
	static const int modes[] = {
		[STDIN_FILENO] = O_RDONLY,
		[STDOUT_FILENO] = O_RDONLY, /* what cannot be written is an error, not lost */
		[STDERR_FILENO] = O_WRONLY,
	};

	/* The lowest free descriptor is taken: in this order that is the one that is asked for. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) < 0)
			return;
}

/* Another program has the library: who waits is told so. */
static void cli_on_waiting(void *self, const char *line)
{
	const struct cli *cli = self;

	if (!cli->quiet)
		remark("%s", line);
}

enum status cli_try_open(struct cli *cli, bool reading, struct error *error)
{
	const struct library_options options = {
		.path = cli->line.values[OPTION_DB],
		.missing_is_empty = reading,
		.stop = interruption_flag(),
		.waiting = cli_on_waiting,
		.self = cli,
	};
	enum status status;

	if (cli->open)
		return STATUS_OK;
	cli_hooks_start(cli);
	status = library_open(&cli->library, &options, error);
	cli->open = status == STATUS_OK;
	if (cli->open)
		bus_origin(cli->library.bus, "cli");
	if (cli->open && cli->verbose && database_path(cli->library.database))
		remark("library: %s", database_path(cli->library.database));
	return status;
}

static enum exit_code open_library(struct cli *cli, bool reading)
{
	struct error error = {0};

	return cli_fail(cli, cli_try_open(cli, reading, &error), &error);
}

enum exit_code cli_open(struct cli *cli)
{
	enum exit_code code = open_library(cli, false);

	if (!code)
		cli_hooks_connect(cli);
	return code;
}

enum exit_code cli_open_reading(struct cli *cli)
{
	return open_library(cli, true);
}

struct http_client *cli_http_client(const struct cli *cli)
{
	const struct http_settings settings = {
		.ca_file = cli->config.ca_file,
		.user_agent = cli->config.user_agent,
	};

	return http_client_new(&settings);
}

enum exit_code cli_fail(struct cli *cli, enum status status, const struct error *error)
{
	return complain_of(cli->line.command->name, status, error);
}

enum exit_code cli_handle(struct cli *cli, const struct command *command, struct result *result)
{
	return cli_fail(cli, bus_handle(cli->library.bus, command, result), &result->error);
}

enum exit_code cli_do(struct cli *cli, const struct command *command)
{
	struct result result = {0};
	enum exit_code code = cli_open(cli);
	char *sentence;

	if (code)
		return code;
	code = cli_handle(cli, command, &result);
	if (!code) {
		sentence = describe_change(command->type, result.counts.updated, "");
		cli_say(cli, sentence);
		free(sentence);
	}
	result_finish(&result);
	return code;
}

enum exit_code cli_misused(struct cli *cli, const char *format, ...)
{
	const struct cli_command *command = cli->line.command;
	va_list arguments;
	char *what;

	va_start(arguments, format);
	what = memory_vprint(format, arguments);
	va_end(arguments);
	if (command)
		complain("%s: %s: see barky %s --help", command->name, what, command->name);
	else
		complain("%s: see barky --help", what);
	free(what);
	return EXIT_MISUSED;
}

void cli_say(struct cli *cli, const char *sentence)
{
	if (cli->quiet)
		return;
	output_text(&cli->out, sentence);
	output_string(&cli->out, "\n");
}

static void add_once(int64_t **ids, size_t *count, struct id_map *seen, int64_t id)
{
	size_t place;

	if (id_map_find(seen, id, &place))
		return;
	id_map_put(seen, id, *count);
	(*ids)[(*count)++] = id;
}

enum exit_code cli_ids(struct cli *cli, size_t from, int64_t **ids, size_t *count)
{
	struct id_map seen = {0};
	enum exit_code code = EXIT_DONE;
	int64_t id;

	*count = 0;
	*ids = memory_array(cli->line.word_count, sizeof(**ids));
	for (size_t i = from; !code && i < cli->line.word_count; i++)
		if (command_line_id(cli->line.words[i], &id))
			add_once(ids, count, &seen, id);
		else
			code = cli_misused(
				cli, "\"%s\" is not the id of a bookmark", cli->line.words[i]);
	id_map_clear(&seen);
	return code;
}

static enum exit_code help(struct cli *cli)
{
	if (cli->line.command)
		help_print_command(&cli->out, cli->line.command);
	else
		help_print_program(&cli->out);
	return EXIT_DONE;
}

static enum exit_code run_command(struct cli *cli)
{
	enum exit_code code;

	if (cli->line.given[OPTION_HELP])
		return help(cli);
	if (cli->line.given[OPTION_VERSION]) {
		version_print(&cli->out, cli->screen->library);
		return EXIT_DONE;
	}
	code = cli->line.command->run(cli);
	output_flush(&cli->out);
	cli_hooks_end(cli);
	if (cli->open)
		library_close(&cli->library);
	return code;
}

/* A signal decides how the program ended; then the command; then what was lost on the way out. */
static int end_code(struct cli *cli, enum exit_code code)
{
	enum exit_code written = output_finish(&cli->out);
	int number = interruption_signal();

	if (number)
		return 128 + number;
	return code ? (int)code : (int)written;
}

/* --color, else what the configuration says. */
static const char *color_of(const struct cli *cli)
{
	static const char *const names[] = {
		[CONFIG_COLOR_AUTO] = NULL,
		[CONFIG_COLOR_ALWAYS] = "always",
		[CONFIG_COLOR_NEVER] = "never",
	};

	if (cli->line.given[OPTION_COLOR])
		return cli->line.values[OPTION_COLOR];
	return names[cli->config.color];
}

static void read_config(struct cli *cli)
{
	const char *given = cli->line.values[OPTION_CONFIG];
	char *path = path_of_config(given);

	config_read(&cli->config, path, given != NULL);
	free(path);
}

/*
 * A file that was named and cannot be read ends the program; a mistake in it is told once. The
 * screen tells of mistakes itself.
 */
static enum exit_code check_config(const struct cli *cli)
{
	const char *given = cli->line.values[OPTION_CONFIG];

	if (given && access(given, R_OK)) {
		complain("--config: \"%s\" cannot be read: %s", given, strerror(errno));
		return EXIT_FAILED;
	}
	for (size_t i = 0; cli->line.command && i < cli->config.warning_count; i++)
		complain("%s", cli->config.warnings[i]);
	return EXIT_DONE;
}

static void cli_prepare(struct cli *cli)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a limit on files is an error of the write, as a full disk */
	read_config(cli);
	output_init(&cli->out, stdout, color_of(cli));
	cli->quiet = cli->line.given[OPTION_QUIET];
	cli->verbose = cli->line.given[OPTION_VERBOSE];
}

static int complete(struct cli *cli, int count, char **words)
{
	cli_prepare(cli);
	complete_print(cli, count, words);
	return (int)output_finish(&cli->out);
}

static int cli_run_command(struct cli *cli, int argc, char **argv, struct cli_choice *choice)
{
	struct error error = {0};
	enum status status = command_line_read(&cli->line, argc, argv, &error);
	const struct command_line *line = &cli->line;

	cli_prepare(cli);
	if (status)
		return cli_misused(cli, "%s", error.text);
	/* doctor finds the mistakes of the configuration itself. */
	if (!line->given[OPTION_HELP] && !line->given[OPTION_VERSION] &&
		line->command != &doctor_command && check_config(cli))
		return EXIT_FAILED;
	if (!line->command && !line->given[OPTION_HELP] && !line->given[OPTION_VERSION]) {
		*choice = (struct cli_choice){
			.library = line->values[OPTION_DB],
			.config = line->values[OPTION_CONFIG],
			.color = line->values[OPTION_COLOR],
			.demo = line->given[OPTION_DEMO],
		};
		return CLI_NO_COMMAND;
	}
	interruption_watch();
	return end_code(cli, run_command(cli));
}

int cli_run(int argc, char **argv, const struct cli_screen *screen, struct cli_choice *choice)
{
	struct cli cli = {.screen = screen};
	int code;

	standard_streams_fill();
	if (geteuid() != getuid() || getegid() != getgid()) {
		complain("not run with another user's rights (set-user-ID)");
		return EXIT_FAILED;
	}
	if (argc > 1 && !strcmp(argv[1], COMPLETE_WORD))
		code = complete(&cli, argc - 2, argv + 2);
	else
		code = cli_run_command(&cli, argc, argv, choice);
	config_finish(&cli.config);
	command_line_finish(&cli.line);
	return code;
}
