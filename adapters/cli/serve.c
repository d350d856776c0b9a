#include <stdlib.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/engine/poll_loop.h"
#include "adapters/http_api/api_access.h"
#include "adapters/http_api/http_api.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/library_watch.h"
#include "adapters/system/paths.h"
#include "adapters/system/steady_clock.h"

/* How long a request that is under way may go on once the program is to end. */
#define GRACE_MS 5000

struct serving {
	struct cli *cli;
	struct http_api *api;
	struct poll_loop loop;
	struct library_watch watch; /* what other programs do */
};

static void watch_prepare(void *self, struct poll_loop *loop)
{
	poll_loop_watch(loop, ((struct serving *)self)->watch.file.fd, POLLIN);
}

static int watch_timeout(void *self)
{
	return library_watch_timeout(&((struct serving *)self)->watch);
}

static bool follow_place(void *self)
{
	struct serving *serving = self;
	struct database *database = serving->cli->library.database;
	struct error error = {0};
	enum status status;

	if (database_place(database) != LIBRARY_REPLACED)
		return false;
	status = database_reopen(database, &error);
	if (status != STATUS_OK)
		complain("serve: %s", error.text);
	return status == STATUS_OK;
}

static void watch_turn(void *self)
{
	struct serving *serving = self;

	if (!library_watch_take(&serving->watch))
		return;
	follow_place(serving);
	http_api_notify(serving->api);
}

/* A signal wakes the wait; the loop looks at it. */
static void end_prepare(void *self, struct poll_loop *loop)
{
	(void)self;
	poll_loop_watch(loop, interruption_fd(), POLLIN);
}

static void end_turn(void *self)
{
	(void)self;
}

static void serve_until_ended(struct serving *serving)
{
	const struct poll_source watch = {.prepare = watch_prepare,
		.timeout = watch_timeout,
		.turn = watch_turn,
		.self = serving};
	const struct poll_source end = {
		.prepare = end_prepare, .turn = end_turn, .self = &serving->loop};
	int64_t until;

	poll_loop_add(&serving->loop, &watch);
	poll_loop_add(&serving->loop, &end);
	interruption_be_patient();
	while (!interruption_signal())
		poll_loop_wait(&serving->loop, -1);
	poll_loop_remove(&serving->loop, &serving->loop);
	until = steady_clock_ms() + GRACE_MS;
	while (http_api_waiting(serving->api) && steady_clock_ms() < until)
		poll_loop_wait(&serving->loop, 100);
}

static enum exit_code serve_on(struct cli *cli, const struct http_api_setup *given)
{
	struct serving serving = {.cli = cli};
	struct http_api_setup setup = *given;
	struct error error = {0};
	enum exit_code code = EXIT_DONE;

	setup.library = &cli->library;
	setup.http = cli_http_client(cli);
	setup.loop = &serving.loop;
	setup.follow_place = follow_place;
	setup.self = &serving;
	poll_loop_init(&serving.loop, setup.http);
	library_watch_init(&serving.watch, database_path(cli->library.database));
	serving.api = http_api_start(&setup, &error);
	if (serving.api) {
		if (!cli->quiet)
			remark("barky: listening on http://%s/", setup.listener.name);
		serve_until_ended(&serving);
	} else {
		complain("serve: %s", error.text);
		code = EXIT_FAILED;
	}
	http_api_stop(serving.api);
	library_watch_finish(&serving.watch);
	poll_loop_finish(&serving.loop);
	http_client_free(setup.http);
	return code;
}

static enum exit_code get_token(struct cli *cli, char token[API_TOKEN_DIGITS + 1])
{
	char *path = api_token_path(database_path(cli->library.database));
	struct error error = {0};
	enum status status = api_token_get(path, token, &error);

	free(path);
	return cli_fail(cli, status, &error) ? EXIT_FAILED : EXIT_DONE;
}

static enum exit_code serve_run(struct cli *cli)
{
	const struct command_line *line = &cli->line;
	struct http_api_setup setup = {0};
	struct error error = {0};
	enum status status = STATUS_OK;
	enum exit_code code = cli_open(cli);

	if (!code)
		code = get_token(cli, setup.token);
	if (code)
		return code;
	if (line->given[OPTION_PRINT_TOKEN]) {
		output_format(&cli->out, "%s\n", setup.token);
		return EXIT_DONE;
	}
	if (!listener_take_over(&setup.listener))
		status = listener_open(&setup.listener, line->values[OPTION_LISTEN],
			line->given[OPTION_ALLOW_REMOTE], &error);
	if (status == STATUS_INVALID)
		return cli_misused(cli, "--listen: %s", error.text);
	if (status != STATUS_OK)
		return cli_fail(cli, status, &error) ? EXIT_FAILED : EXIT_DONE;
	return serve_on(cli, &setup);
}

static const enum option_id options[] = {
	OPTION_LISTEN, OPTION_ALLOW_REMOTE, OPTION_PRINT_TOKEN, OPTIONS_END};

const struct cli_command serve_command = {
	.name = "serve",
	.usage = "[--listen ADDRESS:PORT] [--allow-remote]\n--print-token",
	.summary = "serve the library over HTTP, for browser extensions",
	.details = "The API is that of linkding, so that its browser extensions and clients work "
		   "with\n"
		   "barky. It listens on 127.0.0.1:9090, or where a service manager says, until it "
		   "is\n"
		   "ended. Every request needs the token, which --print-token prints.",
	.options = options,
	.run = serve_run,
};
