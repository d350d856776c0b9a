#include <errno.h>
#include <ftw.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "adapters/bootstrap.h"
#include "adapters/cli/cli.h"
#include "adapters/engine.h"
#include "adapters/paths.h"
#include "domain/memory.h"
#include "tui/demo.h"
#include "tui/event_loop.h"

#define MISUSED 2

/* Everything the screen needs, from the composition root down. */
struct tui {
	struct library library;
	struct config config;
	struct engine_thread *engine;
	struct screen_options options;
	struct screen screen;
	struct terminal *terminal;
	struct event_loop loop;
	char *folder; /* of a demo's library, removed at the end; NULL: none */
	char *path;
};

static int complain(const char *what, const struct reason *reason)
{
	fprintf(stderr, "barky: %s%s\n", what, reason->text);
	return 1;
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
	(void)info;
	(void)type;
	(void)walk;
	return remove(path);
}

static void remove_folder(char *folder)
{
	if (folder)
		nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(folder);
}

/* Text is UTF-8 where the system has a locale for it at all; else the screen is ASCII. */
static bool use_locale(void)
{
	setlocale(LC_ALL, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return true;
	return setlocale(LC_CTYPE, "C.UTF-8") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static enum status make_demo(struct tui *tui, struct reason *reason)
{
	const char *temporary = getenv("TMPDIR");

	tui->folder =
		memory_print("%s/barky-demo-XXXXXX", temporary && *temporary ? temporary : "/tmp");
	if (!mkdtemp(tui->folder)) {
		reason_say(reason, "no folder for the demo: %s", strerror(errno));
		free(tui->folder);
		tui->folder = NULL;
		return STATUS_IO;
	}
	tui->path = memory_print("%s/barky.db", tui->folder);
	return STATUS_OK;
}

static enum status fill_demo(struct tui *tui, struct reason *reason)
{
	struct demo demo;
	struct command command = {.type = TAKE_IN_BOOKMARKS,
		.as.take_in_bookmarks = {&demo.source, "manual", NULL, false}};
	struct outcome outcome = {0};

	demo_init(&demo, time(NULL));
	enum status status = bus_handle(tui->library.bus, &command, &outcome);
	*reason = outcome.reason;
	outcome_finish(&outcome);
	demo_finish(&demo);
	return status;
}

static enum status open_library(
	struct tui *tui, const struct cli_choice *choice, struct reason *reason)
{
	struct library_options options = {.path = choice->library};
	enum status status = STATUS_OK;

	if (choice->demo) {
		status = make_demo(tui, reason);
		options.path = tui->path;
	}
	if (status == STATUS_OK)
		status = library_open(&tui->library, &options, reason);
	if (status == STATUS_OK && choice->demo)
		status = fill_demo(tui, reason);
	return status;
}

static bool wants_colour(void)
{
	const char *no_colour = getenv("NO_COLOR");

	return !no_colour || !*no_colour;
}

static enum status open_terminal(struct tui *tui, struct reason *reason)
{
	struct terminal_options options = {.colour = wants_colour(),
		.mouse = tui->options.mouse,
		.log_fd = -1,
		.theme = &tui->options.theme};

	return terminal_open(&tui->terminal, &options, reason);
}

static int run(struct tui *tui)
{
	struct reason reason = {""};

	tui->engine = engine_thread_start(&tui->library, &tui->config, &reason);
	if (!tui->engine)
		return complain("", &reason);
	struct engine *engine = engine_thread_port(tui->engine);
	screen_init(&tui->screen, engine, &tui->options);
	tui->loop.screen = &tui->screen;
	tui->loop.terminal = tui->terminal;
	tui->loop.engine = engine;
	int ended_by = event_loop_run(&tui->loop);
	/* The terminal comes back at once; the engine may take a moment to end. */
	terminal_close(tui->terminal);
	tui->terminal = NULL;
	screen_finish(&tui->screen);
	bool ended = engine_thread_stop(tui->engine);
	if (ended)
		library_close(&tui->library);
	remove_folder(tui->folder);
	if (ended_by)
		event_loop_end_by(ended_by);
	if (!ended)
		_exit(0);
	return 0;
}

static void read_config(struct tui *tui, const struct cli_choice *choice)
{
	char *path = path_of_config(choice->config);

	config_read(&tui->config, path, choice->config != NULL);
	free(path);
}

static int open_screen(const struct cli_choice *choice)
{
	struct tui tui = {.options.theme = *theme_shipped(0)};
	struct reason reason = {""};
	int code;

	read_config(&tui, choice);
	tui.options.ascii = !use_locale();
	tui.options.keymap = keymap_new();
	tui.loop.signal_fd = event_loop_take_signals();
	if (open_terminal(&tui, &reason) != STATUS_OK) {
		keymap_free(tui.options.keymap);
		config_finish(&tui.config);
		complain("", &reason);
		return MISUSED;
	}
	enum status status = open_library(&tui, choice, &reason);
	if (status == STATUS_OK) {
		code = run(&tui);
	} else {
		terminal_close(tui.terminal);
		remove_folder(tui.folder);
		code = complain("the library cannot be used: ", &reason);
		code = (int)exit_code_of(status);
	}
	free(tui.path);
	config_finish(&tui.config);
	keymap_free(tui.options.keymap);
	return code;
}

int main(int argc, char **argv)
{
	struct cli_choice choice;
	int code = cli_run(argc, argv, &choice);

	return code == CLI_NO_COMMAND ? open_screen(&choice) : code;
}
