#ifndef ADAPTERS_CLI_CLI_H
#define ADAPTERS_CLI_CLI_H

#include <stdint.h>

#include "adapters/bootstrap.h"
#include "adapters/cli/command_line.h"
#include "adapters/cli/exit_code.h"
#include "adapters/cli/output.h"
#include "adapters/system/config.h"
#include "domain/bus/bus.h"
#include "domain/bookmarks/catalogue.h"

struct hooks;
struct http_client;

/*
 * The headless mode: one command of the command line, done in this thread. What a command has at
 * hand while it runs; everything is lent to it.
 */
struct cli {
	struct command_line line;
	struct output out;
	struct config config;
	bool quiet;
	bool verbose;
	struct library library;
	bool open; /* the library is */
	struct hooks *hooks;
	bool hooks_connected;
	const struct cli_screen *screen;
};

/*
 * Reads the command line and does what it says. Returns the program's exit code, or CLI_NO_COMMAND
 * if it names no command, so that the screen is to be opened; --db, --config, --color and --demo
 * are then in *choice.
 */
#define CLI_NO_COMMAND (-1)

struct cli_choice {
	const char *library; /* of --db; NULL if not given. Lent from argv */
	const char *config;
	const char *color; /* auto, always, never; NULL if not given */
	bool demo;
	const char *query; /* of barky pick */
	bool multi;
};

/* What the screen, which no adapter knows, adds to the commands. */
struct cli_screen {
	const char *library; /* what draws it, with its version: "ncurses 6.4" */

	/* Adds a warning for each style, theme and key that the screen does not know. */
	void (*check_config)(struct config *config);

	/*
	 * Opens the screen of barky pick on the terminal of this process, wherever the standard
	 * streams lead, and visits what was chosen, in the order shown, once they are as before.
	 * INTERRUPTED if nothing was.
	 */
	enum exit_code (*pick)(
		const struct cli_choice *choice, bookmark_visit_fn visit, void *self);
};

int cli_run(int argc, char **argv, const struct cli_screen *screen, struct cli_choice *choice);

/*
 * Opens the library, which is not done before a command needs it. Complains if it cannot be
 * used, and returns the exit code then.
 */
enum exit_code cli_open(struct cli *cli);

/* The same, for who only reads: where there is no library it is as if it were empty. */
enum exit_code cli_open_reading(struct cli *cli);

/* The same as one or the other, without a complaint. */
enum status cli_try_open(struct cli *cli, bool reading, struct error *error);

/* A client with the configuration's settings; the caller frees it. */
struct http_client *cli_http_client(const struct cli *cli);

/* Complains, in the name of the command, if status is not OK; returns the exit code. */
enum exit_code cli_fail(struct cli *cli, enum status status, const struct error *error);

/* Hands the bus a command; complains if it is refused. result is the caller's to finish. */
enum exit_code cli_handle(struct cli *cli, const struct command *command, struct result *result);

/* Opens the library and does the command, in one go, and says what was done. */
enum exit_code cli_do(struct cli *cli, const struct command *command);

/* "the command line is wrong": complains, names the command's --help. */
__attribute__((format(printf, 2, 3))) enum exit_code cli_misused(
	struct cli *cli, const char *format, ...);

/* A line on standard output about what was done, unless --quiet. */
void cli_say(struct cli *cli, const char *sentence);

/* The words from one on as ids, the caller's to free; MISUSED, with a line, if one is none. */
enum exit_code cli_ids(struct cli *cli, size_t from, int64_t **ids, size_t *count);

#endif
