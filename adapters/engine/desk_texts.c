#include "adapters/engine/desk_texts.h"

#include <stdlib.h>

#include "adapters/sqlite/database.h"
#include "adapters/doctor/doctor.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/timestamp.h"

/* The latest of the log; all of it is for barky events. */
enum { EVENTS_SHOWN = 1000 };

static bool add_event_line(void *self, const struct event *event)
{
	struct buffer *lines = self;
	char at[TIMESTAMP_SIZE];
	char *line;

	timestamp_print(event->at, at);
	line = memory_print("%s%s  %s  %zu%s%s", lines->length ? "\n" : "", at,
		event_name(event->type), event->count, *event->subject ? "  " : "", event->subject);
	buffer_add_string(lines, line);
	free(line);
	return true;
}

void desk_events(struct desk *desk, const struct request *request)
{
	struct catalogue *catalogue = desk->library->catalogue;
	int64_t after = desk->reporter.last_event - EVENTS_SHOWN;
	struct buffer lines = {0};
	struct error error = {0};
	enum status status = catalogue->each_event(
		catalogue, after > 0 ? after : 0, add_event_line, &lines, &error);

	if (status == STATUS_OK)
		reporter_send_text(&desk->reporter, request->token, lines.length ? lines.text : "");
	else
		reporter_send_trouble(&desk->reporter, request->token, status, &error);
	buffer_finish(&lines);
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

void desk_doctor(struct desk *desk, const struct request *request)
{
	struct buffer lines = {0};
	const char *path = database_path(desk->library->database);
	const struct doctor doctor = {
		.path = path ? path : "",
		.library = desk->library,
		.config = desk->stars.config,
		.has_terminal = true,
		.tell = add_finding,
		.self = &lines,
	};

	doctor_examine(&doctor);
	reporter_send_text(&desk->reporter, request->token, buffer_text(&lines));
	buffer_finish(&lines);
}
