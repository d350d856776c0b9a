#include "adapters/engine/dispatcher.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "adapters/doctor/doctor.h"
#include "adapters/engine/reporter.h"
#include "adapters/files/browser_profiles.h"
#include "adapters/files/file_export.h"
#include "adapters/files/file_import.h"
#include "adapters/system/directory.h"
#include "adapters/links/link_follow.h"
#include "adapters/rows/row_cache.h"
#include "adapters/rows/library_search.h"
#include "adapters/sqlite/backup.h"
#include "adapters/sqlite/change_images.h"
#include "adapters/sqlite/database.h"
#include "adapters/system/desktop.h"
#include "adapters/system/config.h"
#include "adapters/system/editor.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"

/* Rows sent at once at the start: a tall screen's worth. */
enum { FIRST_ROWS = 200 };

/* In the middle of a request: another program holds the library. */
static void on_waiting(void *self, const char *line)
{
	struct dispatcher *dispatcher = self;

	dispatcher->waiting = true;
	reporter_send_waiting(&dispatcher->reporter, line);
}

/* The block and what changed since are read in one state of the library. */
static enum status send_library(void *self, struct error *error)
{
	struct dispatcher *dispatcher = self;
	struct cached_rows rows;
	struct row_segment *block;
	enum status status = database_begin(dispatcher->library->database, false, error);

	if (status != STATUS_OK)
		return status;
	status = row_cache_read(dispatcher->library, CACHE_VERIFIED, &rows, error);
	if (status == STATUS_OK) {
		block = rows.segment;
		rows.segment = NULL; /* the screen's from now on */
		status =
			reporter_send_block(&dispatcher->reporter, block, rows.changed, rows.count);
	}
	cached_rows_finish(&rows);
	database_rollback(dispatcher->library->database);
	return status;
}

enum status dispatcher_init(struct dispatcher *dispatcher, struct library *library,
	const struct config *config, struct mailbox *reports, struct progress_slot *progress,
	struct error *error)
{
	enum status status;

	*dispatcher = (struct dispatcher){
		.library = library,
		.config = config,
		.reports = reports,
		.progress = progress,
		.check.turn = {-1},
	};
	bus_origin(library->bus, "screen");
	status = reporter_init(&dispatcher->reporter, library->catalogue, reports, error);
	if (status != STATUS_OK)
		return status;
	dispatcher->reporter.send_whole = send_library;
	dispatcher->reporter.self = dispatcher;
	dispatcher->http = http_client_new(&(struct http_settings){
		.ca_file = config->ca_file,
		.user_agent = config->user_agent,
	});
	star_job_init(dispatcher);
	library->options.waiting = on_waiting;
	library->options.self = dispatcher;
	signal_connect(&library->signals.event_happened, ANY_SENDER, on_event_report,
		&dispatcher->reporter);
	return STATUS_OK;
}

void dispatcher_finish(struct dispatcher *dispatcher)
{
	if (dispatcher->library) {
		signal_disconnect(&dispatcher->library->signals.event_happened, ANY_SENDER,
			on_event_report, &dispatcher->reporter);
		dispatcher->library->options.waiting = NULL;
	}
	serve_job_stop(dispatcher);
	due_work_free(dispatcher->due);
	star_job_finish(dispatcher);
	check_job_drop(dispatcher);
	command_jobs_finish(dispatcher);
	browser_jobs_finish(dispatcher);
	title_jobs_finish(dispatcher);
	http_client_free(dispatcher->http);
	*dispatcher = (struct dispatcher){0};
}

static bool is_stopping(void *self)
{
	const struct dispatcher *dispatcher = self;

	return dispatcher->stopping && atomic_load(dispatcher->stopping);
}

/* What went well shows by itself. */
static void on_due_ended(void *self, const struct due_report *report)
{
	struct dispatcher *dispatcher = self;
	struct error error;

	if (report->status == STATUS_OK || report->status == STATUS_CONFLICT ||
		report->status == STATUS_INTERRUPTED)
		return;
	error_set(&error, "Scheduled work failed: %s: %s", scheduled_job_name(report->job),
		report->reason);
	reporter_send_error(&dispatcher->reporter, NULL, report->status, &error);
}

/* Where it is found is told, as an answer or as news. */
static void start_serving(struct dispatcher *dispatcher, struct request *take, const char *where)
{
	struct error error = {0};
	enum status status = serve_job_start(dispatcher, where, &error);
	char *line;

	if (status != STATUS_OK) {
		struct error why;

		error_set(
			&why, "Not served: %s", *error.text ? error.text : status_message(status));
		reporter_send_error(&dispatcher->reporter, take, status, &why);
		return;
	}
	line = memory_print("Serving on http://%s/ while this screen is open · :serve off ends it",
		dispatcher->served_at);
	reporter_send_text(&dispatcher->reporter, take, line);
	free(line);
}

void dispatcher_join(struct dispatcher *dispatcher, struct poll_loop *loop)
{
	const struct poll_source stars = {
		.timeout = star_job_timeout,
		.turn = star_job_turn,
		.self = dispatcher,
	};
	const struct poll_source check = {
		.prepare = check_job_prepare,
		.timeout = check_job_timeout,
		.turn = check_job_turn,
		.self = dispatcher,
	};
	const struct poll_source commands = {
		.prepare = command_jobs_prepare,
		.timeout = command_jobs_timeout,
		.turn = command_jobs_turn,
		.self = dispatcher,
	};
	const struct due_work_setup due = {
		.library = dispatcher->library,
		.schedules = dispatcher->config->schedules,
		.client = dispatcher->http,
		.stars = dispatcher->stars.importer,
		.ended = on_due_ended,
		.is_stopped = is_stopping,
		.self = dispatcher,
	};

	poll_loop_add(loop, &stars);
	poll_loop_add(loop, &check);
	poll_loop_add(loop, &commands);
	dispatcher->loop = loop;
	if (!database_path(dispatcher->library->database)) /* it is thrown away */
		return;
	dispatcher->due = due_work_new(&due);
	due_work_join(dispatcher->due, loop);
	if (dispatcher->config->serve)
		start_serving(dispatcher, NULL, dispatcher->config->serve);
}

static void answer_done(struct dispatcher *dispatcher, struct request *take, enum status status,
	const struct error *error)
{
	if (status == STATUS_OK)
		reporter_send_done(&dispatcher->reporter, take);
	else
		reporter_send_error(&dispatcher->reporter, take, status, error);
}

static void answer_text(struct dispatcher *dispatcher, struct request *take, enum status status,
	char *take_text, const struct error *error)
{
	if (status == STATUS_OK)
		reporter_send_text(&dispatcher->reporter, take, take_text);
	else
		reporter_send_error(&dispatcher->reporter, take, status, error);
	free(take_text);
}

static void send_rows(
	struct dispatcher *dispatcher, const struct listing *listing, struct request *take)
{
	struct error error = {0};
	enum status status = reporter_send_listing(&dispatcher->reporter, listing, take, &error);

	if (status != STATUS_OK || take)
		answer_done(dispatcher, take, status, &error);
}

void dispatcher_open(struct dispatcher *dispatcher)
{
	struct listing first = {.limit = FIRST_ROWS};
	struct error error = {0};
	enum status status;

	send_rows(dispatcher, &first, NULL);
	status = send_library(dispatcher, &error);
	if (status != STATUS_OK)
		reporter_send_error(&dispatcher->reporter, NULL, status, &error);
	/* What cannot be dropped now is dropped at another start. */
	library_purge(dispatcher->library, NULL);
}

static void say_replaced(struct dispatcher *dispatcher)
{
	struct error error = {0};

	error_set(&error, "another library was put in the place of %s: this is what it holds",
		database_path(dispatcher->library->database));
	reporter_send_error(&dispatcher->reporter, NULL, STATUS_CONFLICT, &error);
}

bool dispatcher_follow_place(struct dispatcher *dispatcher)
{
	struct catalogue *catalogue = dispatcher->library->catalogue;
	struct reporter *reporter = &dispatcher->reporter;
	struct error error = {0};
	enum status status;

	if (database_place(dispatcher->library->database) != LIBRARY_REPLACED)
		return false;
	star_importer_stop(dispatcher->stars.importer);
	check_job_drop(dispatcher);
	status = database_reopen(dispatcher->library->database, &error);
	if (status == STATUS_OK)
		status = catalogue->last_event(catalogue, &reporter->last_event, &error);
	if (status != STATUS_OK) {
		reporter_send_error(reporter, NULL, status, &error);
		return false;
	}
	reporter->whole_at = 0;
	dispatcher_open(dispatcher);
	say_replaced(dispatcher);
	return true;
}

/* What the user typed lives in a file until it is known what became of it. */
static void settle_draft(struct request *request, enum status status, struct error *error)
{
	if (!request->draft)
		return;
	error_set_default(error, "%s", status == STATUS_OK ? "" : status_message(status));
	if (status == STATUS_OK)
		editor_remove_draft(request->draft);
	else
		editor_name_draft(request->draft, error);
	free(request->draft);
	request->draft = NULL;
}

static void serve_command(struct dispatcher *dispatcher, struct request *take)
{
	struct result result = {0};
	enum status status = bus_handle(dispatcher->library->bus, take->command, &result);

	settle_draft(take, status, &result.error);
	reporter_send_result(&dispatcher->reporter, take, take->command->type, status, &result);
	result_finish(&result);
	if (status == STATUS_IO) /* refused, if another library is there */
		dispatcher_follow_place(dispatcher);
}

static enum status look_for(struct dispatcher *dispatcher, const char *typed, struct result *result)
{
	struct catalogue *catalogue = dispatcher->library->catalogue;
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

static void serve_find(struct dispatcher *dispatcher, struct request *take)
{
	struct result result = {0};
	enum status status = look_for(dispatcher, take->words[0], &result);

	reporter_send_result(&dispatcher->reporter, take, ADD_BOOKMARKS, status, &result);
	result_finish(&result);
}

static void serve_copy(struct dispatcher *dispatcher, struct request *take)
{
	(void)dispatcher;
	clipboard_copy(take->words[0], NULL);
	request_free(take);
}

static void serve_trash(struct dispatcher *dispatcher, struct request *take)
{
	struct listing trash = {.trashed = true};

	send_rows(dispatcher, &trash, take);
}

static void serve_stop_stars(struct dispatcher *dispatcher, struct request *take)
{
	star_importer_stop(dispatcher->stars.importer);
	request_free(take);
}

static void serve_reload(struct dispatcher *dispatcher, struct request *take)
{
	dispatcher_open(dispatcher);
	request_free(take);
}

/* The latest of the log; all of it is for barky events. */
enum { EVENTS_SHOWN = 1000 };

static void serve_events(struct dispatcher *dispatcher, struct request *take)
{
	struct error error = {0};
	enum status status =
		reporter_send_events(&dispatcher->reporter, EVENTS_SHOWN, take, &error);

	answer_done(dispatcher, take, status, &error);
}

static void add_finding(
	void *self, enum doctor_verdict verdict, const char *subject, const char *text)
{
	static const char *const words[] = {"fine", "note", "wrong"};
	struct buffer *lines = self;
	char *line = memory_print(
		"%s%-5s  %-13s  %s", lines->length ? "\n" : "", words[verdict], subject, text);

	buffer_add_string(lines, line);
	free(line);
}

static void serve_doctor(struct dispatcher *dispatcher, struct request *take)
{
	struct buffer lines = {0};
	const char *path = database_path(dispatcher->library->database);
	const struct doctor doctor = {
		.path = path ? path : "",
		.library = dispatcher->library,
		.config = dispatcher->config,
		.has_terminal = true,
		.tell = add_finding,
		.self = &lines,
	};

	doctor_examine(&doctor);
	reporter_send_text(&dispatcher->reporter, take, buffer_text(&lines));
	buffer_finish(&lines);
}

static void serve_check(struct dispatcher *dispatcher, struct request *take)
{
	struct error error = {0};
	enum status status = check_job_start(dispatcher, take->ids, take->id_count, &error);

	answer_done(dispatcher, take, status, &error);
}

static void serve_bookmarks(struct dispatcher *dispatcher, struct request *take)
{
	struct error error = {0};
	enum status status =
		reporter_send_some(&dispatcher->reporter, take->ids, take->id_count, take, &error);

	answer_done(dispatcher, take, status, &error);
}

/* Changes of one bookmark that the screen shows. */
enum { HISTORY_SHOWN = 40 };

static bool keep_bookmark(void *self, const struct bookmark *bookmark)
{
	bookmark_copy(self, bookmark);
	return true;
}

static void serve_details(struct dispatcher *dispatcher, struct request *take)
{
	struct library *library = dispatcher->library;
	struct bookmark_history history = {0};
	struct error error = {0};
	struct bookmark bookmark;
	enum status status;

	bookmark_init(&bookmark);
	status = library->catalogue->each_of(
		library->catalogue, take->ids, take->id_count, keep_bookmark, &bookmark, &error);
	if (status == STATUS_OK && !bookmark.id)
		status = STATUS_NOT_FOUND;
	if (status == STATUS_OK)
		status = change_history_read(
			library->database, &bookmark, HISTORY_SHOWN, &history, &error);
	if (status == STATUS_OK)
		reporter_send_details(&dispatcher->reporter, take, &bookmark, &history);
	else
		reporter_send_error(&dispatcher->reporter, take, status, &error);
	bookmark_history_finish(&history);
	bookmark_finish(&bookmark);
}

static void serve_follow(struct dispatcher *dispatcher, struct request *take)
{
	struct result result = {0};
	enum status status =
		link_follow_all(dispatcher->library, take->ids, take->id_count, &result);

	reporter_send_result(&dispatcher->reporter, take, EDIT_BOOKMARKS, status, &result);
	result_finish(&result);
}

static void serve_stop_check(struct dispatcher *dispatcher, struct request *take)
{
	check_job_stop(dispatcher);
	request_free(take);
}

static const char *or_null(const char *word)
{
	return *word ? word : NULL;
}

static void serve_import_file(struct dispatcher *dispatcher, struct request *take)
{
	struct tag_set tags = {0};
	struct import_summary summary;
	struct file_import import = {
		.path = take->words[0],
		.library = database_path(dispatcher->library->database),
		.format = or_null(take->words[1]),
		.browser = take->word_count > 3 ? or_null(take->words[3]) : NULL,
		.tags = &tags,
		.dry_run = take->flag,
	};
	struct result result = {0};
	enum status status = tag_set_add_list(&tags, take->words[2], &result.error);

	if (status == STATUS_OK) {
		status = file_import(dispatcher->library->bus, &import, &summary);
		result = (struct result){
			.change = summary.change,
			.counts = summary.counts,
			.error = summary.error,
		};
		import_summary_finish(&summary);
	}
	reporter_send_result(&dispatcher->reporter, take, TAKE_IN_BOOKMARKS, status, &result);
	tag_set_finish(&tags);
}

/* A name that would break the lines is left out. */
static void serve_browsers(struct dispatcher *dispatcher, struct request *take)
{
	const char *home = getenv("HOME");
	struct browser_list list = {0};
	struct buffer lines = {0};

	if (home && *home)
		browser_list_fill(&list, home, getenv("XDG_CONFIG_HOME"));
	for (size_t i = 0; i < list.count; i++) {
		const struct browser_found *found = &list.found[i];

		if (!strpbrk(found->path, "\t\n"))
			buffer_print(&lines, "%s\t%zu\t%s\t%s\n", found->browser, found->bookmarks,
				found->program, found->path);
	}
	reporter_send_text(&dispatcher->reporter, take, buffer_text(&lines));
	buffer_finish(&lines);
	browser_list_finish(&list);
}

static void serve_name_files(struct dispatcher *dispatcher, struct request *take)
{
	struct buffer lines = {0};

	directory_names(take->words[0], &lines);
	reporter_send_text(&dispatcher->reporter, take, buffer_text(&lines));
	buffer_finish(&lines);
}

/* Bookmarks on their way that were found into a file. */
struct exporting {
	struct file_export *file;
	enum status status;
	struct error error;
	size_t count;
};

static bool export_one(void *self, const struct bookmark *bookmark)
{
	struct exporting *exporting = self;

	exporting->status = file_export_add(exporting->file, bookmark, &exporting->error);
	exporting->count++;
	return exporting->status == STATUS_OK;
}

static void export_found(
	struct dispatcher *dispatcher, struct exporting *exporting, const struct query *query)
{
	struct search_options options = {.query = query};
	enum status status = library_search_visit(
		dispatcher->library, &options, export_one, exporting, NULL, &exporting->error);

	if (exporting->status == STATUS_OK)
		exporting->status = status;
	if (exporting->status == STATUS_OK)
		exporting->status = file_export_close(exporting->file, &exporting->error);
	else
		file_export_abandon(exporting->file);
}

/* What is no regular file, a device or a FIFO, is written into and loses nothing. */
static bool would_replace(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
}

static void export_to(struct dispatcher *dispatcher, struct exporting *exporting, const char *path,
	const char *format, const struct query *query)
{
	if (!format)
		format = file_export_format_of(path);
	exporting->status = file_export_open(
		path, NULL, format ? format : "json", &exporting->file, &exporting->error);
	if (exporting->status == STATUS_OK)
		export_found(dispatcher, exporting, query);
}

static void serve_export(struct dispatcher *dispatcher, struct request *take)
{
	struct exporting exporting = {0};
	struct query_error failure = {0};
	struct query *query = query_parse(take->words[2], &failure);

	if (!take->flag && would_replace(take->words[0])) {
		exporting.status =
			error_fail(STATUS_DUPLICATE, &exporting.error, "%s exists", take->words[0]);
	} else if (query) {
		export_to(dispatcher, &exporting, take->words[0], or_null(take->words[1]), query);
	} else {
		exporting.status =
			error_fail(STATUS_INVALID, &exporting.error, "%s", failure.message);
	}
	query_free(query);
	answer_text(dispatcher, take, exporting.status,
		memory_print("Exported %zu bookmarks to %s", exporting.count, take->words[0]),
		&exporting.error);
}

static void serve_backup(struct dispatcher *dispatcher, struct request *take)
{
	struct error error = {0};
	enum status status = backup_write(
		database_handle(dispatcher->library->database), take->words[0], false, &error);

	answer_text(dispatcher, take, status,
		memory_print("Copied the library to %s", take->words[0]), &error);
}

static void serve_http_api(struct dispatcher *dispatcher, struct request *take)
{
	if (!take->flag) {
		start_serving(dispatcher, take, take->words[0]);
		return;
	}
	serve_job_stop(dispatcher);
	reporter_send_text(&dispatcher->reporter, take, "No longer served");
}

static void serve_save_search(struct dispatcher *dispatcher, struct request *take)
{
	const char *path = dispatcher->config->path;
	struct error error = {0};
	enum status status = STATUS_NOT_FOUND;

	if (path)
		status = config_save_search(path, take->words[0], take->words[1], &error);
	else
		error_set(&error, "no folder for a configuration is known");
	answer_text(dispatcher, take, status,
		memory_print("Saved as \"%s\" in %s", take->words[0], path ? path : ""), &error);
}

static const struct {
	void (*serve)(struct dispatcher *dispatcher, struct request *take);
	bool changes; /* something, so that it is done before the program ends */
} services[REQUEST_TYPES] = {
	[ASK_COMMAND] = {serve_command, true},
	[ASK_TITLE] = {title_job_start, false},
	[ASK_FIND] = {serve_find, false},
	[ASK_OPEN] = {browser_job_start, true},
	[ASK_COPY] = {serve_copy, true},
	[ASK_TRASH] = {serve_trash, false},
	[ASK_EVENTS] = {serve_events, false},
	[ASK_RELOAD] = {serve_reload, false},
	[ASK_STOP_STARS] = {serve_stop_stars, false},
	[ASK_IMPORT_FILE] = {serve_import_file, true},
	[ASK_BROWSERS] = {serve_browsers, false},
	[ASK_RUN] = {command_job_start, true},
	[ASK_SAVE_SEARCH] = {serve_save_search, true},
	[ASK_FILES] = {serve_name_files, false},
	[ASK_EXPORT] = {serve_export, true},
	[ASK_BACKUP] = {serve_backup, true},
	[ASK_DOCTOR] = {serve_doctor, false},
	[ASK_SERVE] = {serve_http_api, false},
	[ASK_CHECK] = {serve_check, false},
	[ASK_FOLLOW] = {serve_follow, true},
	[ASK_BOOKMARKS] = {serve_bookmarks, false},
	[ASK_DETAILS] = {serve_details, false},
	[ASK_STOP_CHECK] = {serve_stop_check, false},
};

void dispatcher_settle(struct dispatcher *dispatcher)
{
	if (dispatcher->waiting)
		reporter_send_waiting(&dispatcher->reporter, "");
	dispatcher->waiting = false;
}

void dispatcher_serve(struct dispatcher *dispatcher, struct request *take)
{
	services[take->type].serve(dispatcher, take);
	dispatcher_settle(dispatcher);
}

bool request_changes_something(const struct request *request)
{
	bool asks_network = request->type == ASK_COMMAND && request->command->type == REQUEST_STARS;
	bool dry_run = request->type == ASK_IMPORT_FILE && request->flag;

	return services[request->type].changes && !asks_network && !dry_run;
}

void dispatcher_wind_up(struct dispatcher *dispatcher)
{
	serve_job_stop(dispatcher);
	due_work_free(dispatcher->due);
	dispatcher->due = NULL;
	star_job_finish(dispatcher);
	check_job_stop(dispatcher);
	title_jobs_finish(dispatcher);
}
