#include "tests/fakes/fake_engine.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "tests/fakes/fake_library.h"
#include "tests/fakes/fake_unit_of_work.h"

static struct fake_library *library_of(const struct fake_engine *engine)
{
	return &engine->fixture->work->library;
}

void fake_engine_report(struct fake_engine *engine, struct report *report)
{
	engine->reports = memory_grow(engine->reports, engine->report_count,
		&engine->report_capacity, sizeof(*engine->reports));
	engine->reports[engine->report_count++] = report;
}

static void send_rows(struct fake_engine *engine, const int64_t *ids, size_t count)
{
	struct report *report = report_new(REPORT_ROWS, NULL);

	report->rows = memory_array(count + 1, sizeof(*report->rows));
	report->gone = memory_array(count + 1, sizeof(*report->gone));
	for (size_t i = 0; i < count; i++) {
		const struct bookmark *bookmark = fake_library_bookmark(library_of(engine), ids[i]);
		if (!bookmark) {
			report->gone[report->gone_count++] = ids[i];
			continue;
		}
		bookmark_init(&report->rows[report->row_count]);
		bookmark_copy(&report->rows[report->row_count++], bookmark);
	}
	fake_engine_report(engine, report);
}

static enum status on_event(void *self, const struct signal_args *args)
{
	send_rows(self, args->event->bookmarks, args->event->count);
	return STATUS_OK;
}

static void do_command(struct fake_engine *engine, struct request *take)
{
	struct report *report = report_new(REPORT_RESULT, take);

	report->command = take->command->type;
	report->status = bus_handle(engine->fixture->bus, take->command, &report->result);
	fake_engine_report(engine, report);
}

static void ask(struct engine *port, struct request *request)
{
	struct fake_engine *engine = (struct fake_engine *)port;

	if (request->type == ASK_COMMAND) {
		do_command(engine, request);
		return;
	}
	request_free(engine->last);
	engine->last = request;
	engine->asked++;
}

static struct report *next_report(struct engine *port)
{
	struct fake_engine *engine = (struct fake_engine *)port;

	if (engine->mute || engine->report_count == 0)
		return NULL;
	struct report *first = engine->reports[0];
	memmove(engine->reports, engine->reports + 1,
		--engine->report_count * sizeof(*engine->reports));
	return first;
}

static bool progress(struct engine *port, struct stars_progress *stars)
{
	struct fake_engine *engine = (struct fake_engine *)port;
	bool is_new = engine->progress_is_new;

	engine->progress_is_new = false;
	if (is_new)
		*stars = engine->progress;
	return is_new;
}

static bool links(struct engine *port, struct links_progress *progress)
{
	struct fake_engine *engine = (struct fake_engine *)port;
	bool is_new = engine->links_are_new;

	engine->links_are_new = false;
	if (is_new)
		*progress = engine->links;
	return is_new;
}

void fake_engine_init(struct fake_engine *engine)
{
	void *state = NULL;

	*engine = (struct fake_engine){.port = {-1, ask, next_report, progress, links}};
	bus_fixture_setup(&state);
	engine->fixture = state;
	signal_connect(&engine->fixture->signals.event_happened, ANY_SENDER, on_event, engine);
}

void fake_engine_finish(struct fake_engine *engine)
{
	void *state = engine->fixture;

	for (size_t i = 0; i < engine->report_count; i++)
		report_free(engine->reports[i]);
	free(engine->reports);
	request_free(engine->last);
	bus_fixture_teardown(&state);
	*engine = (struct fake_engine){.port = {.wake_fd = -1}};
}

void fake_engine_send_library(struct fake_engine *engine)
{
	struct fake_library *library = library_of(engine);
	int64_t *ids = memory_array(library->bookmark_count + 1, sizeof(*ids));

	for (size_t i = 0; i < library->bookmark_count; i++)
		ids[i] = library->bookmarks[i].id;
	send_rows(engine, ids, library->bookmark_count);
	free(ids);
	fake_engine_report(engine, report_new(REPORT_DONE, NULL));
}

void fake_engine_answer(struct fake_engine *engine, const char *text)
{
	struct report *report = report_new(REPORT_TEXT, engine->last);

	engine->last = NULL; /* it goes back with its answer */
	report->text = memory_copy_string(text);
	fake_engine_report(engine, report);
}
