#include "adapters/engine/desk_files.h"

#include <stdlib.h>

#include "adapters/sqlite/backup.h"
#include "adapters/sqlite/database.h"
#include "adapters/files/file_export.h"
#include "adapters/files/file_import.h"
#include "adapters/files/file_names.h"
#include "adapters/rows/finder.h"
#include "domain/base/memory.h"

static const char *or_null(const char *word)
{
	return *word ? word : NULL;
}

static void answer(struct desk *desk, uint64_t token, enum status status, char *take_line,
	const struct error *error)
{
	if (status == STATUS_OK)
		reporter_send_text(&desk->reporter, token, take_line);
	else
		reporter_send_trouble(&desk->reporter, token, status, error);
	free(take_line);
}

void desk_import_file(struct desk *desk, const struct request *request)
{
	struct tag_set tags = {0};
	struct import_summary summary;
	struct file_import import = {
		.path = request->words[0],
		.format = or_null(request->words[1]),
		.tags = &tags,
		.dry_run = request->flag,
	};
	struct result result = {0};
	enum status status = tag_set_add_list(&tags, request->words[2], &result.error);

	if (status == STATUS_OK) {
		status = file_import(desk->library->bus, &import, &summary);
		result = (struct result){
			.change = summary.change,
			.added = summary.added,
			.updated = summary.updated,
			.unchanged = summary.unchanged,
			.skipped = summary.skipped,
			.error = summary.error,
		};
		import_summary_finish(&summary);
	}
	reporter_send_result(&desk->reporter, request->token, TAKE_IN_BOOKMARKS, status, &result);
	tag_set_finish(&tags);
}

void desk_name_files(struct desk *desk, const struct request *request)
{
	struct buffer lines = {0};

	file_names_list(request->words[0], &lines);
	reporter_send_text(&desk->reporter, request->token, buffer_text(&lines));
	buffer_finish(&lines);
}

/* Bookmarks on their way from the finder into a file. */
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

static void export_found(struct desk *desk, struct exporting *exporting, const struct query *query)
{
	struct finding finding = {.query = query};
	enum status status = finder_visit(
		desk->library, &finding, export_one, exporting, NULL, &exporting->error);

	if (exporting->status == STATUS_OK)
		exporting->status = status;
	if (exporting->status == STATUS_OK)
		exporting->status = file_export_close(exporting->file, &exporting->error);
	else
		file_export_abandon(exporting->file);
}

static void export_to(struct desk *desk, struct exporting *exporting, const char *path,
	const char *format, const struct query *query)
{
	if (!format)
		format = file_export_format_of(path);
	exporting->status = file_export_open(
		path, NULL, format ? format : "json", &exporting->file, &exporting->error);
	if (exporting->status == STATUS_OK)
		export_found(desk, exporting, query);
}

void desk_export(struct desk *desk, const struct request *request)
{
	struct exporting exporting = {0};
	struct query_error failure = {0};
	struct query *query = query_parse(request->words[2], &failure);

	if (query) {
		export_to(desk, &exporting, request->words[0], or_null(request->words[1]), query);
	} else {
		error_set(&exporting.error, "%s", failure.message);
		exporting.status = STATUS_INVALID;
	}
	query_free(query);
	answer(desk, request->token, exporting.status,
		memory_print("Exported %zu bookmarks to %s", exporting.count, request->words[0]),
		&exporting.error);
}

void desk_backup(struct desk *desk, const struct request *request)
{
	struct error error = {0};
	enum status status = backup_write(
		database_handle(desk->library->database), request->words[0], false, &error);

	answer(desk, request->token, status,
		memory_print("Copied the library to %s", request->words[0]), &error);
}
