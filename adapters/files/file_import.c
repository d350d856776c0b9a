#include "adapters/files/file_import.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/formats/fields.h"
#include "adapters/formats/formats.h"
#include "adapters/sqlite/library_file.h"
#include "adapters/files/input.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"
#include "domain/bus/result.h"

#define RECORDS_A_STEP 512

/* The source of a format, watched: progress, the wish to stop, and what was skipped. */
struct watched_source {
	struct bookmark_source source; /* first, so that a source is one of these */
	struct bookmark_source *inner;
	const struct input *input;
	const struct file_import *import;
	size_t records;
};

static void tell_progress(const struct watched_source *watched)
{
	const struct file_import *import = watched->import;

	if (import->on_progress)
		import->on_progress(import->self, &(struct file_progress){
							  .bytes = watched->input->position,
							  .size = watched->input->size,
							  .records = watched->records,
						  });
}

static enum source_step watched_next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct watched_source *watched = (struct watched_source *)base;
	const struct file_import *import = watched->import;
	enum source_step step;

	if (watched->records % RECORDS_A_STEP == 0) {
		tell_progress(watched);
		if (import->is_stopped && import->is_stopped(import->self)) {
			base->status = error_fail(STATUS_INTERRUPTED, error, "stopped");
			return SOURCE_FAILED;
		}
	}
	step = watched->inner->next(watched->inner, found, error);
	watched->records += step == SOURCE_BOOKMARK || step == SOURCE_SKIPPED;
	base->status = watched->inner->status;
	if (step == SOURCE_END)
		tell_progress(watched);
	return step;
}

static void watched_refused(
	struct bookmark_source *base, const struct found_bookmark *found, const struct error *error)
{
	struct watched_source *watched = (struct watched_source *)base;
	const struct file_import *import = watched->import;
	char *text;

	if (!import->on_skipped)
		return;
	text = memory_print("%s:%ld: %s", watched->input->name, found->place, error->text);
	import->on_skipped(import->self, text);
	free(text);
}

static void take_over(struct import_summary *summary, const struct result *result)
{
	summary->counts = result->counts;
	summary->change = result->change;
	summary->error = result->error;
}

static enum status hand_to_bus(struct bus *bus, const struct file_import *import,
	struct bookmark_source *source, struct import_summary *summary)
{
	char *origin = memory_print("file:%s", summary->format);
	char *profile = import->browser ? realpath(import->path, NULL) : NULL;
	struct command command = {
		.type = TAKE_IN_BOOKMARKS,
		.as.take_in_bookmarks =
			{
				.source = source,
				.origin = origin,
				.tags = import->tags,
				.dry_run = import->dry_run,
				.browser = profile ? import->browser : NULL,
				.profile = profile,
			},
	};
	struct result result = {0};
	enum status status = bus_handle(bus, &command, &result);

	take_over(summary, &result);
	result_finish(&result);
	free(origin);
	free(profile);
	if (status != STATUS_OK) {
		summary->counts = (struct counts){0};
		summary->by_library = source->status == STATUS_OK;
		return status;
	}
	if (summary->counts.skipped && !summary->counts.added && !summary->counts.updated &&
		!summary->counts.unchanged)
		return error_fail(
			STATUS_INVALID, &summary->error, "none of its records can be used");
	return STATUS_OK;
}

/* What to do with a file that holds another one; NULL if it is none of those. */
static const char *is_packed(const struct input *input)
{
	if (memcmp(input->head, "mozLz40", 7) == 0)
		return "a packed backup of Firefox; let Firefox export it as JSON or HTML, or take "
		       "in its places.sqlite";
	if (memcmp(input->head, "\x1f\x8b", 2) == 0 || memcmp(input->head, "PK\x03\x04", 4) == 0)
		return "it is packed; unpack it and take in what is in it, or say --format";
	return NULL;
}

static enum status find_format(const struct file_import *import, struct input *input,
	const struct format **format, struct error *error)
{
	const char *packed = is_packed(input);

	*format = import->format ? format_find(import->format) : format_detect(input);
	if (*format)
		return STATUS_OK;
	if (import->format)
		error_set(error, "there is no format %s", import->format);
	else if (packed)
		error_set(error, "%s", packed);
	else
		error_set(error, "not a file of bookmarks that is known here; if it is one, say "
				 "--format");
	return STATUS_INVALID;
}

/* Once a file, what its records had and no bookmark can keep. */
static void tell_losses(const struct file_import *import, const struct input *input)
{
	for (int i = 0; import->on_note && i < LOSS_COUNT; i++) {
		char *text;

		if (!input->lost[i])
			continue;
		text = memory_print("%s: %zu record%s: %s not kept", input->name, input->lost[i],
			input->lost[i] == 1 ? "" : "s", loss_name((enum loss)i));
		import->on_note(import->self, text);
		free(text);
	}
}

static enum status take_in(struct bus *bus, const struct file_import *import, struct input *input,
	struct import_summary *summary)
{
	struct watched_source watched = {
		.source = {.next = watched_next, .refused = watched_refused},
		.input = input,
		.import = import,
	};
	const struct format *format;
	enum status status;

	if (input_is_blank(input))
		return STATUS_OK;
	status = find_format(import, input, &format, &summary->error);
	if (status != STATUS_OK)
		return status;
	watched.inner = format->reader->open(format->reader, input, &status, &summary->error);
	if (!watched.inner)
		return status;
	summary->format = format->name;
	status = hand_to_bus(bus, import, &watched.source, summary);
	if (status == STATUS_OK)
		tell_losses(import, input);
	format->reader->close(watched.inner);
	return status;
}

static bool is_about_the_file(enum status status)
{
	return status == STATUS_INVALID || status == STATUS_NOT_FOUND || status == STATUS_IO;
}

static void name_file(struct import_summary *summary)
{
	struct error why = summary->error;

	error_set(&summary->error, "%s: %s", summary->file,
		why.text[0] ? why.text : status_message(summary->status));
}

enum status file_import(
	struct bus *bus, const struct file_import *import, struct import_summary *summary)
{
	int64_t start = steady_clock_ms();
	struct input *input = NULL;

	*summary = (struct import_summary){
		.file = memory_copy_string(import->path), .format = import->format};
	/* To open and close one of its files would drop the locks that this process has on it:
	 * https://www.sqlite.org/howtocorrupt.html, 2.2. */
	if (import->library && library_file_is_part(import->library, import->path)) {
		summary->status = error_fail(STATUS_INVALID, &summary->error,
			"it is the library itself: nothing to import");
	} else {
		summary->status = input_open(import->path, &input, &summary->error);
	}
	if (summary->status == STATUS_OK)
		summary->status = take_in(bus, import, input, summary);
	input_close(input);
	if (!summary->by_library && is_about_the_file(summary->status))
		name_file(summary);
	summary->seconds = (double)(steady_clock_ms() - start) / 1000;
	return summary->status;
}

void import_summary_finish(struct import_summary *summary)
{
	free(summary->file);
	*summary = (struct import_summary){0};
}

void import_summary_json(const struct import_summary *summary, struct json_writer *json)
{
	const struct counts *counts = &summary->counts;
	size_t fetched = counts->added + counts->updated + counts->unchanged + counts->skipped;

	json_open_object(json);
	json_add_string(json, "source", "file");
	json_add_null(json, "user");
	json_put_import(json, summary->status, 0, fetched, counts, 0, summary->seconds);
	json_add_null(json, "rate_limit");
	json_add_string(json, "error", summary->status == STATUS_OK ? NULL : summary->error.text);
	json_add_string(json, "file", summary->file);
	json_add_string(json, "format", summary->format);
	json_close_object(json);
}
