#include "adapters/engine/desk.h"

#include <stdlib.h>

#include "adapters/rows/block_cache.h"
#include "adapters/system/clipboard.h"
#include "adapters/sqlite/database.h"
#include "adapters/engine/desk_files.h"
#include "adapters/engine/desk_texts.h"
#include "domain/bookmarks/url.h"

/* Rows sent at once at the start: a tall screen's worth. */
enum { FIRST_ROWS = 200 };

/* How often those that run are looked after. */
enum { HOOKS_TURN_MS = 200 };

static void say_of_hook(void *self, const char *line)
{
	struct desk *desk = self;
	struct error error = {0};

	error_set(&error, "%s", line);
	reporter_send_trouble(&desk->reporter, 0, STATUS_IO, &error);
}

static void connect_hooks(struct desk *desk, const struct config *config)
{
	char *folder = config->hooks ? hooks_folder(config->path) : NULL;

	if (folder)
		desk->hooks = hooks_new(folder, say_of_hook, desk);
	if (desk->hooks)
		hooks_connect(desk->hooks, &desk->library->signals);
	free(folder);
}

/* The block and what changed since are read in one state of the library. */
static enum status send_library(void *self, struct error *error)
{
	struct desk *desk = self;
	struct cached_rows rows;
	struct row_block *block;
	enum status status = database_begin(desk->library->database, false, error);

	if (status != STATUS_OK)
		return status;
	status = block_cache_read(desk->library, CACHE_CHECKED, &rows, error);
	if (status == STATUS_OK) {
		block = rows.block;
		rows.block = NULL; /* the screen's from now on */
		status = reporter_send_block(&desk->reporter, block, rows.changed, rows.count, 0);
	}
	cached_rows_finish(&rows);
	database_rollback(desk->library->database);
	return status;
}

enum status desk_init(struct desk *desk, struct library *library, const struct config *config,
	struct mailbox *reports, struct progress_slot *progress, struct error *error)
{
	enum status status;

	*desk = (struct desk){.library = library};
	status = reporter_init(&desk->reporter, library->catalogue, reports, error);
	if (status != STATUS_OK)
		return status;
	desk->reporter.send_whole = send_library;
	desk->reporter.self = desk;
	desk->http = http_client_new();
	desk->titles = (struct title_errands){.http = desk->http, .reporter = &desk->reporter};
	http_client_trust(desk->http, config->ca_file);
	desk->stars = (struct desk_stars){.slot = progress, .reports = reports};
	desk_stars_init(&desk->stars, library, config, desk->http);
	connect_hooks(desk, config);
	desk->openings.reporter = &desk->reporter;
	desk->openings.browser = (struct browser){
		.command = config->browser,
		.schemes = (const char *const *)config->schemes,
		.scheme_count = config->scheme_count,
	};
	signal_connect(
		&library->signals.event_happened, ANY_SENDER, on_event_report, &desk->reporter);
	return STATUS_OK;
}

void desk_finish(struct desk *desk)
{
	if (desk->library)
		signal_disconnect(&desk->library->signals.event_happened, ANY_SENDER,
			on_event_report, &desk->reporter);
	hooks_free(desk->hooks);
	desk_stars_finish(&desk->stars);
	open_errands_finish(&desk->openings);
	title_errands_finish(&desk->titles);
	http_client_free(desk->http);
	*desk = (struct desk){0};
}

static void send_rows(struct desk *desk, const struct listing *listing, uint64_t token, bool done)
{
	struct error error = {0};
	enum status status = reporter_send_listing(&desk->reporter, listing, token, done, &error);

	if (status != STATUS_OK)
		reporter_send_trouble(&desk->reporter, token, status, &error);
}

void desk_open(struct desk *desk)
{
	struct listing first = {.limit = FIRST_ROWS};
	struct error error = {0};
	enum status status;

	send_rows(desk, &first, 0, false);
	status = send_library(desk, &error);
	if (status != STATUS_OK)
		reporter_send_trouble(&desk->reporter, 0, status, &error);
	library_purge(desk->library, NULL);
}

static void serve_command(struct desk *desk, const struct request *request)
{
	struct result result = {0};
	enum status status = bus_handle(desk->library->bus, request->command, &result);

	reporter_send_result(
		&desk->reporter, request->token, request->command->type, status, &result);
	result_finish(&result);
}

static enum status look_for(struct desk *desk, const char *typed, struct result *result)
{
	struct catalogue *catalogue = desk->library->catalogue;
	char *url = NULL, *normal = NULL;
	int64_t id = 0;
	enum status status = url_from_typed(typed, &url, &result->error);

	if (status == STATUS_OK)
		status = url_normal_form(url, &normal, &result->error);
	if (status == STATUS_OK)
		status = catalogue->find(catalogue, normal, &id, &result->error);
	if (status == STATUS_OK && id)
		result_add_item(result, STATUS_DUPLICATE, id);
	free(normal);
	free(url);
	return status;
}

static void serve_find(struct desk *desk, const struct request *request)
{
	struct result result = {0};
	enum status status = look_for(desk, request->words[0], &result);

	reporter_send_result(&desk->reporter, request->token, ADD_BOOKMARKS, status, &result);
	result_finish(&result);
}

static void serve_title(struct desk *desk, const struct request *request)
{
	title_errands_send(&desk->titles, request->words[0], request->token);
}

static void serve_open(struct desk *desk, const struct request *request)
{
	open_errands_send(&desk->openings, request->words, request->word_count, request->flag,
		request->token);
}

static void serve_copy(struct desk *desk, const struct request *request)
{
	(void)desk;
	clipboard_copy(request->words[0], NULL);
}

static void serve_trash(struct desk *desk, const struct request *request)
{
	struct listing trash = {.trashed = true};

	send_rows(desk, &trash, request->token, true);
}

static void serve_stop_stars(struct desk *desk, const struct request *request)
{
	(void)request;
	star_importer_stop(desk->stars.importer);
}

static void serve_reload(struct desk *desk, const struct request *request)
{
	(void)request;
	desk_open(desk);
}

typedef void (*serve_fn)(struct desk *desk, const struct request *request);

static const serve_fn services[REQUEST_TYPES] = {
	[ASK_COMMAND] = serve_command,
	[ASK_TITLE] = serve_title,
	[ASK_FIND] = serve_find,
	[ASK_OPEN] = serve_open,
	[ASK_COPY] = serve_copy,
	[ASK_TRASH] = serve_trash,
	[ASK_EVENTS] = desk_events,
	[ASK_RELOAD] = serve_reload,
	[ASK_STOP_STARS] = serve_stop_stars,
	[ASK_IMPORT_FILE] = desk_import_file,
	[ASK_FILES] = desk_name_files,
	[ASK_EXPORT] = desk_export,
	[ASK_BACKUP] = desk_backup,
	[ASK_DOCTOR] = desk_doctor,
};

void desk_serve(struct desk *desk, const struct request *request)
{
	if (services[request->type])
		services[request->type](desk, request);
}

int desk_timeout(const struct desk *desk)
{
	int timeout = desk_stars_timeout(&desk->stars);

	if (desk->hooks_running && (timeout < 0 || timeout > HOOKS_TURN_MS))
		return HOOKS_TURN_MS;
	return timeout;
}

void desk_turn(struct desk *desk)
{
	desk_stars_turn(&desk->stars);
	desk->hooks_running = desk->hooks && hooks_turn(desk->hooks);
}
