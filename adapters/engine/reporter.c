#include "adapters/engine/reporter.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/row_segment.h"

enum { ROWS_A_REPORT = 500 };

/* Beyond so many rows one by one, and a part of all, the whole is better, with an index of it. */
enum { ROWS_MAX = 8192, ROWS_PART = 8 };

enum status reporter_init(struct reporter *reporter, struct catalogue *catalogue,
	struct mailbox *reports, struct error *error)
{
	*reporter = (struct reporter){.catalogue = catalogue, .reports = reports};
	return catalogue->last_event(catalogue, &reporter->last_event, error);
}

/* Rows gathered for one report. */
struct batch {
	struct reporter *reporter;
	struct report *report;
	size_t capacity;
	struct request *request; /* that they are a part of the answer to; lent */
};

static void post_batch(struct batch *batch)
{
	if (batch->report)
		mailbox_put(batch->reporter->reports, batch->report);
	batch->report = NULL;
	batch->capacity = 0;
}

static bool add_row(void *self, const struct bookmark *bookmark)
{
	struct batch *batch = self;
	struct report *report;

	if (!batch->report) {
		batch->report = report_new(REPORT_ROWS, batch->request);
		batch->report->more = true;
	}
	report = batch->report;
	report->rows = memory_grow(
		report->rows, report->row_count, &batch->capacity, sizeof(*report->rows));
	bookmark_init(&report->rows[report->row_count]);
	bookmark_copy(&report->rows[report->row_count++], bookmark);
	return true;
}

/* Of a listing, which may be long: sent as soon as there are many. */
static bool add_listed_row(void *self, const struct bookmark *bookmark)
{
	struct batch *batch = self;

	add_row(self, bookmark);
	if (batch->report->row_count == ROWS_A_REPORT)
		post_batch(batch);
	return true;
}

enum status reporter_send_listing(struct reporter *reporter, const struct listing *listing,
	struct request *request, struct error *error)
{
	struct batch batch = {.reporter = reporter, .request = request};
	struct catalogue *catalogue = reporter->catalogue;
	enum status status = catalogue->each(catalogue, listing, add_listed_row, &batch, error);

	post_batch(&batch);
	return status;
}

enum status reporter_send_some(struct reporter *reporter, const int64_t *ids, size_t count,
	struct request *request, struct error *error)
{
	struct batch batch = {.reporter = reporter, .request = request};
	struct catalogue *catalogue = reporter->catalogue;
	enum status status = catalogue->each_of(catalogue, ids, count, add_row, &batch, error);

	post_batch(&batch);
	return status;
}

static bool is_in(const struct report *report, int64_t id)
{
	for (size_t i = 0; report && i < report->row_count; i++)
		if (report->rows[i].id == id)
			return true;
	return false;
}

/* The rows of an event as they are now; those that are no longer there are gone. */
static enum status send_rows_of(struct reporter *reporter, const struct event *event)
{
	struct batch batch = {.reporter = reporter};
	struct catalogue *catalogue = reporter->catalogue;
	enum status status;

	if (event->count == 0)
		return STATUS_OK;
	batch.report = report_new(REPORT_ROWS, NULL);
	status = catalogue->each_of(
		catalogue, event->bookmarks, event->count, add_row, &batch, NULL);
	batch.report->gone = memory_array(event->count, sizeof(int64_t));
	for (size_t i = 0; i < event->count && status == STATUS_OK; i++)
		if (!is_in(batch.report, event->bookmarks[i]))
			batch.report->gone[batch.report->gone_count++] = event->bookmarks[i];
	post_batch(&batch);
	return status;
}

enum status reporter_send_block(
	struct reporter *reporter, struct row_segment *block, const int64_t *changed, size_t count)
{
	struct report *whole = report_new(REPORT_BLOCK, NULL);
	enum status status = STATUS_OK;

	whole->block = block;
	reporter->whole_count = row_segment_table(block)->count;
	reporter->rows_since = 0;
	reporter->catalogue->last_event(reporter->catalogue, &reporter->whole_at, NULL);
	mailbox_put(reporter->reports, whole);
	for (size_t i = 0; i < count && status == STATUS_OK; i += EVENT_BOOKMARKS_MAX) {
		size_t left = count - i;
		const struct event some = {.bookmarks = changed + i,
			.count = left < EVENT_BOOKMARKS_MAX ? left : EVENT_BOOKMARKS_MAX};

		status = send_rows_of(reporter, &some);
	}
	reporter_send_done(reporter, NULL);
	return status;
}

static struct report *copy_event(const struct event *event, bool from_elsewhere)
{
	struct report *report = report_new(REPORT_EVENT, NULL);
	int64_t *ids = memory_array(event->count, sizeof(*ids));

	if (event->count)
		memcpy(ids, event->bookmarks, event->count * sizeof(*ids));
	report->event = *event;
	report->event.bookmarks = ids;
	report->event.subject = memory_copy_string(event->subject);
	report->event.origin = report->event.fields = report->event.detail = NULL;
	report->from_elsewhere = from_elsewhere;
	return report;
}

static void send_whole_if_due(struct reporter *reporter, size_t coming)
{
	const size_t part = reporter->whole_count / ROWS_PART;
	const size_t most = part > ROWS_MAX ? part : ROWS_MAX;

	if (reporter->send_whole && reporter->rows_since + coming > most)
		reporter->send_whole(reporter->self, NULL);
}

/* The rows first, so that whoever hears of the event has them. */
static enum status post_event(struct reporter *reporter, struct report *take)
{
	enum status status = STATUS_OK;

	if (take->event.id > reporter->whole_at)
		send_whole_if_due(reporter, take->event.count);
	if (take->event.id > reporter->whole_at) {
		reporter->rows_since += take->event.count;
		status = send_rows_of(reporter, &take->event);
	}
	reporter->last_event = take->event.id;
	mailbox_put(reporter->reports, take);
	return status;
}

/* Events are copied before they are reported, since reporting reads the library again. */
struct news {
	struct report **events;
	size_t count;
	size_t capacity;
	int64_t until;
	size_t rows;
};

static bool take_news(void *self, const struct event *event)
{
	struct news *news = self;

	if (event->id > news->until)
		return false;
	news->events =
		memory_grow(news->events, news->count, &news->capacity, sizeof(*news->events));
	news->events[news->count++] = copy_event(event, true);
	news->rows += event->count;
	return true;
}

static enum status catch_up(struct reporter *reporter, int64_t until, struct error *error)
{
	struct catalogue *catalogue = reporter->catalogue;
	struct news news = {.until = until};
	enum status status =
		catalogue->each_event(catalogue, reporter->last_event, take_news, &news, error);

	send_whole_if_due(reporter, news.rows);
	for (size_t i = 0; i < news.count; i++)
		post_event(reporter, news.events[i]);
	free(news.events);
	return status;
}

static char *copy_text(const char *text)
{
	return text ? memory_copy_string(text) : NULL;
}

/* A part of the answer to whoever asked for what has happened. */
struct telling {
	struct reporter *reporter;
	struct request *request;
};

static bool send_past_event(void *self, const struct event *event)
{
	struct telling *telling = self;
	struct report *report = copy_event(event, false);

	report->event.origin = copy_text(event->origin);
	report->event.fields = copy_text(event->fields);
	report->event.detail = copy_text(event->detail);
	report->request = telling->request;
	report->more = true;
	mailbox_put(telling->reporter->reports, report);
	return true;
}

enum status reporter_send_events(
	struct reporter *reporter, size_t most, struct request *request, struct error *error)
{
	struct telling telling = {reporter, request};
	struct catalogue *catalogue = reporter->catalogue;
	int64_t after = reporter->last_event - (int64_t)most;

	return catalogue->each_event(
		catalogue, after > 0 ? after : 0, send_past_event, &telling, error);
}

enum status reporter_catch_up(struct reporter *reporter, struct error *error)
{
	return catch_up(reporter, INT64_MAX, error);
}

enum status on_event_report(void *self, const struct signal_args *args)
{
	struct reporter *reporter = self;
	const struct event *event = args->event;

	if (event->id > reporter->last_event + 1)
		catch_up(reporter, event->id - 1, NULL);
	/* What a browser asked for is as new to the screen as what another program did. */
	return post_event(
		reporter, copy_event(event, event->origin && !strcmp(event->origin, "serve")));
}

void reporter_send_done(struct reporter *reporter, struct request *take)
{
	mailbox_put(reporter->reports, report_new(REPORT_DONE, take));
}

void reporter_send_text(struct reporter *reporter, struct request *take, const char *text)
{
	struct report *report = report_new(REPORT_TEXT, take);

	report->text = memory_copy_string(text);
	mailbox_put(reporter->reports, report);
}

void reporter_send_error(struct reporter *reporter, struct request *take, enum status status,
	const struct error *error)
{
	struct report *report = report_new(REPORT_ERROR, take);

	report->status = status;
	report->text =
		memory_copy_string(error && error->text[0] ? error->text : status_message(status));
	mailbox_put(reporter->reports, report);
}

void reporter_send_result(struct reporter *reporter, struct request *take,
	enum command_type command, enum status status, struct result *result)
{
	struct report *report = report_new(REPORT_RESULT, take);

	report->command = command;
	report->status = status;
	report->result = *result;
	*result = (struct result){0};
	mailbox_put(reporter->reports, report);
}

void reporter_send_waiting(struct reporter *reporter, const char *line)
{
	struct report *report = report_new(REPORT_WAITING, NULL);

	report->text = memory_copy_string(line);
	mailbox_put(reporter->reports, report);
}

void reporter_send_details(struct reporter *reporter, struct request *take,
	const struct bookmark *bookmark, struct bookmark_history *history)
{
	struct report *report = report_new(REPORT_DETAILS, take);

	report->rows = memory_new(sizeof(*report->rows));
	bookmark_init(report->rows);
	bookmark_copy(report->rows, bookmark);
	report->row_count = 1;
	report->history = *history;
	*history = (struct bookmark_history){0};
	mailbox_put(reporter->reports, report);
}
