#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/engine/engine.h"
#include "domain/base/memory.h"
#include "domain/search/row_segment.h"
#include "tests/fixtures/patience.h"
#include "tests/fixtures/temporary_folder.h"

/* An engine on a library in a folder of its own, and what it reported last. */
struct workshop {
	char *folder;
	char *path;
	struct library library;
	struct config config;
	struct engine_thread *thread;
	struct engine *engine;
};

static void start(struct workshop *workshop)
{
	struct library_options options = {.path = workshop->path};

	assert_int_equal(library_open(&workshop->library, &options, NULL), STATUS_OK);
	workshop->thread = engine_thread_start(&workshop->library, &workshop->config, NULL);
	assert_non_null(workshop->thread);
	workshop->engine = engine_thread_port(workshop->thread);
}

static void workshop_stop(struct workshop *workshop)
{
	const struct engine_patience patience = {.fd = -1};
	struct engine_leftovers leftovers;

	assert_true(engine_thread_stop(workshop->thread, &patience, &leftovers));
	assert_int_equal(leftovers.count, 0);
	library_close(&workshop->library);
}

static int setup(void **state)
{
	struct workshop *workshop = memory_new(sizeof(*workshop));

	workshop->folder = temporary_folder_make();
	workshop->path = temporary_folder_file(workshop->folder, "barky.db");
	start(workshop);
	*state = workshop;
	return 0;
}

static int teardown(void **state)
{
	struct workshop *workshop = *state;

	workshop_stop(workshop);
	free(workshop->path);
	temporary_folder_remove(workshop->folder);
	free(workshop);
	return 0;
}

/* The next report of a type; others are passed over. Fails if none comes. */
static struct report *wait_for(struct workshop *workshop, enum report_type type)
{
	struct pollfd wake = {.fd = workshop->engine->wake_fd, .events = POLLIN};

	for (;;) {
		struct report *report = workshop->engine->next_report(workshop->engine);

		if (report && report->type == type)
			return report;
		report_free(report);
		if (!report)
			assert_int_equal(poll(&wake, 1, PATIENCE_MS), 1);
	}
}

/* id is the asker's own, to know the request again by. */
static void ask_to_add(struct workshop *workshop, const char *url, int64_t id)
{
	struct bookmark_draft draft = {.url = url};
	struct command command = {
		.type = ADD_BOOKMARKS,
		.as.add_bookmarks = {.drafts = &draft, .count = 1},
	};
	struct request *request = request_new(ASK_COMMAND, NULL, NULL);

	request->id = id;
	request->command = command_clone(&command);
	workshop->engine->ask(workshop->engine, request);
}

static void a_command_changes_the_library_and_comes_back_with_its_answer(void **state)
{
	struct workshop *workshop = *state;
	struct report *report;

	report_free(wait_for(workshop, REPORT_DONE));
	ask_to_add(workshop, "https://a.example", 7);
	report = wait_for(workshop, REPORT_ROWS);
	assert_string_equal(report->rows[0].url, "https://a.example");
	report_free(report);
	report = wait_for(workshop, REPORT_EVENT);
	assert_int_equal(report->event.type, BOOKMARKS_ADDED);
	assert_false(report->from_elsewhere);
	report_free(report);
	report = wait_for(workshop, REPORT_RESULT);
	assert_int_equal(report->request->id, 7);
	assert_int_equal(report->status, STATUS_OK);
	assert_int_equal(report->result.counts.added, 1);
	report_free(report);
	ask_to_add(workshop, "https://a.example/", 8);
	report = wait_for(workshop, REPORT_RESULT);
	assert_int_equal(report->request->id, 8);
	assert_int_equal(report->status, STATUS_DUPLICATE);
	report_free(report);
}

static void what_is_stored_is_sent_at_the_start(void **state)
{
	struct workshop *workshop = *state;
	struct report *report;

	ask_to_add(workshop, "https://kept.example", 1);
	report_free(wait_for(workshop, REPORT_RESULT));
	workshop_stop(workshop);
	start(workshop);
	report = wait_for(workshop, REPORT_ROWS);
	assert_string_equal(report->rows[0].url, "https://kept.example");
	report_free(report);
	report_free(wait_for(workshop, REPORT_DONE));
}

static int add_elsewhere(const char *path)
{
	struct library library = {0};
	struct library_options options = {.path = path};
	struct bookmark_draft draft = {.url = "https://elsewhere.example"};
	struct command command = {
		.type = ADD_BOOKMARKS,
		.as.add_bookmarks = {.drafts = &draft, .count = 1},
	};
	enum status status = library_open(&library, &options, NULL);

	if (status == STATUS_OK)
		status = bus_handle(library.bus, &command, NULL);
	library_close(&library);
	return status == STATUS_OK ? 0 : 1;
}

/* Another process must not inherit SQLite's locks, so it is forked before anything is opened. */
static void what_another_program_does_shows_by_itself(void **state)
{
	struct workshop *workshop = *state;
	struct report *report;
	int status, gate[2];
	pid_t child;

	report_free(wait_for(workshop, REPORT_DONE));
	workshop_stop(workshop);
	assert_int_equal(pipe(gate), 0);
	child = fork();
	if (child == 0) {
		char go;

		close(gate[1]);
		_exit(read(gate[0], &go, 1) == 1 ? add_elsewhere(workshop->path) : 2);
	}
	start(workshop);
	report_free(wait_for(workshop, REPORT_DONE));
	assert_int_equal(write(gate[1], "x", 1), 1);
	report = wait_for(workshop, REPORT_ROWS);
	assert_string_equal(report->rows[0].url, "https://elsewhere.example");
	report_free(report);
	report = wait_for(workshop, REPORT_EVENT);
	assert_true(report->from_elsewhere);
	report_free(report);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(gate[0]);
	close(gate[1]);
}

static size_t count_bookmarks(struct workshop *workshop)
{
	struct report *report;
	size_t count;

	start(workshop);
	report = wait_for(workshop, REPORT_BLOCK);
	count = row_segment_table(report->block)->count;
	report_free(report);
	report_free(wait_for(workshop, REPORT_DONE));
	return count;
}

/* Nothing is awaited between asking and stopping. */
static void what_was_asked_for_is_done_before_the_end(void **state)
{
	struct workshop *workshop = *state;
	char url[64];

	for (int i = 0; i < 200; i++) {
		snprintf(url, sizeof(url), "https://%d.example", i);
		ask_to_add(workshop, url, 0);
	}
	workshop_stop(workshop);
	assert_int_equal(count_bookmarks(workshop), 200);
}

/* What the screen did not hear of any more is told: one is refused, as it is there already. */
static void what_was_refused_at_the_end_is_told(void **state)
{
	const struct engine_patience patience = {.fd = -1};
	struct workshop *workshop = *state;
	struct engine_leftovers leftovers;

	ask_to_add(workshop, "https://same.example", 0);
	ask_to_add(workshop, "https://same.example/", 0);
	assert_true(engine_thread_stop(workshop->thread, &patience, &leftovers));
	library_close(&workshop->library);
	assert_int_equal(leftovers.count, 1);
	assert_int_equal(leftovers.status, STATUS_DUPLICATE);
	start(workshop);
}

/* A draft is there until its change is made, and stays if that is refused. */
static void a_draft_lives_until_its_outcome_is_known(void **state)
{
	const struct engine_patience patience = {.fd = -1};
	struct workshop *workshop = *state;
	struct engine_leftovers leftovers;
	struct bookmark_edit edit = {.id = 77, .patch.title = "typed"};
	struct command command = {.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {&edit, 1}};
	struct request *request = request_new(ASK_COMMAND, NULL, NULL);
	char *draft = temporary_folder_file(workshop->folder, "draft/bookmark.txt");
	char *folder = temporary_folder_file(workshop->folder, "draft");
	FILE *file;

	assert_int_equal(mkdir(folder, 0700), 0);
	file = fopen(draft, "w");
	assert_non_null(file);
	fclose(file);
	request->command = command_clone(&command);
	request->draft = memory_copy_string(draft);
	workshop->engine->ask(workshop->engine, request);
	assert_true(engine_thread_stop(workshop->thread, &patience, &leftovers));
	library_close(&workshop->library);
	assert_int_equal(leftovers.count, 1);
	assert_non_null(strstr(leftovers.error.text, draft));
	assert_int_equal(access(draft, F_OK), 0);

	start(workshop);
	ask_to_add(workshop, "https://edited.example", 1);
	report_free(wait_for(workshop, REPORT_RESULT));
	edit.id = 1;
	request = request_new(ASK_COMMAND, NULL, NULL);
	request->command = command_clone(&command);
	request->draft = memory_copy_string(draft);
	workshop->engine->ask(workshop->engine, request);
	workshop_stop(workshop);
	assert_int_not_equal(access(folder, F_OK), 0);
	start(workshop);
	free(folder);
	free(draft);
}

static void an_address_is_looked_up_by_its_normal_form(void **state)
{
	struct workshop *workshop = *state;
	static const struct {
		const char *typed;
		enum status status;
		size_t items;
	} cases[] = {
		{"EXAMPLE.org", STATUS_OK, 1},
		{"other.example", STATUS_OK, 0},
		{"https://b ad/", STATUS_INVALID, 0},
	};

	ask_to_add(workshop, "https://example.org/", 1);
	report_free(wait_for(workshop, REPORT_RESULT));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct request *request = request_new(ASK_FIND, NULL, NULL);
		struct report *report;

		request->id = 50 + (int64_t)i;
		request_add_word(request, cases[i].typed);
		workshop->engine->ask(workshop->engine, request);
		report = wait_for(workshop, REPORT_RESULT);
		assert_int_equal(report->request->id, 50 + i);
		assert_int_equal(report->status, cases[i].status);
		assert_int_equal(report->result.item_count, cases[i].items);
		report_free(report);
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_command_changes_the_library_and_comes_back_with_its_answer),
		test(what_is_stored_is_sent_at_the_start),
		test(what_another_program_does_shows_by_itself),
		test(what_was_asked_for_is_done_before_the_end),
		test(what_was_refused_at_the_end_is_told),
		test(a_draft_lives_until_its_outcome_is_known),
		test(an_address_is_looked_up_by_its_normal_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
