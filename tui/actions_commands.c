#include "tui/actions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"

void running_finish(struct running *running)
{
	for (size_t i = 0; i < running->count; i++)
		bookmark_finish(&running->bookmarks[i]);
	free(running->bookmarks);
	free(running->ids);
	*running = (struct running){0};
}

static void on_run_answer(void *self, const struct request *request, struct report *report)
{
	(void)request;
	if (report->type == REPORT_ERROR)
		screen_say(self, MESSAGE_ERROR, "%s", report->text);
}

/* They come in the order of their ids; the program gets them in the order shown. */
static void put_in_order(struct running *running)
{
	struct bookmark *ordered = memory_array(running->count + 1, sizeof(*ordered));
	size_t count = 0;

	for (size_t i = 0; i < running->id_count; i++) {
		for (size_t b = 0; b < running->count; b++) {
			if (running->bookmarks[b].id == running->ids[i])
				ordered[count++] = running->bookmarks[b];
		}
	}
	free(running->bookmarks);
	running->bookmarks = ordered;
}

static void on_bookmarks_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;
	struct running *running = &screen->running;

	(void)request;
	running->bookmarks = memory_resize(running->bookmarks,
		running->count + report->row_count + 1, sizeof(*running->bookmarks));
	for (size_t i = 0; i < report->row_count; i++) {
		bookmark_init(&running->bookmarks[running->count]);
		bookmark_copy(&running->bookmarks[running->count++], &report->rows[i]);
	}
	if (report->more)
		return;
	if (report->type == REPORT_ERROR) {
		screen_say(screen, MESSAGE_ERROR, "%s", report->text);
		running_finish(running);
		return;
	}
	put_in_order(running);
	screen->wishes.run = true;
}

static void ask(
	struct screen *screen, const struct bound_command *command, int64_t *take_ids, size_t count)
{
	enum request_type type = command->background ? ASK_RUN : ASK_BOOKMARKS;
	struct request *request = request_new(
		type, command->background ? on_run_answer : on_bookmarks_answer, screen);

	request->note = memory_copy_string(command->name);
	request_add_word(request, command->text);
	request_set_ids(request, take_ids, count);
	if (command->background) {
		screen_say(screen, MESSAGE_INFO, "Started %s", command->name);
		free(take_ids);
	} else {
		running_finish(&screen->running);
		screen->running =
			(struct running){.command = command, .ids = take_ids, .id_count = count};
	}
	screen->engine->ask(screen->engine, request);
}

static void run_on_selection(struct screen *screen, const struct bound_command *command)
{
	size_t count;

	if (screen->running.command) {
		screen_say(screen, MESSAGE_INFO, "%s is about to start",
			screen->running.command->name);
		return;
	}
	int64_t *ids = actions_selection(screen, &count);
	if (count > 0)
		ask(screen, command, ids, count);
	else
		screen_say(screen, MESSAGE_INFO, "There is no bookmark here for %s", command->name);
}

bool actions_run_bound(struct screen *screen, int32_t key)
{
	const struct bound_command *command = bound_commands_of_key(&screen->options.commands, key);

	if (!command || screen->options.picking.on)
		return false;
	screen->count = 0;
	run_on_selection(screen, command);
	return true;
}

void actions_name_commands(
	const struct screen *screen, struct completion *completion, const char *begin)
{
	const struct bound_commands *commands = &screen->options.commands;
	const struct bound_command *command;
	char name[BOUND_NAME_SIZE];

	for (size_t i = 0; (command = bound_commands_at(commands, i)); i++) {
		bound_command_name(commands, command, name);
		if (strncasecmp(name, begin, strlen(begin)) == 0)
			completion_add(completion, name);
	}
}

static void run_named(struct screen *screen, const char *name)
{
	const struct bound_command *command = bound_commands_named(&screen->options.commands, name);

	if (command)
		run_on_selection(screen, command);
	else
		screen_say(screen, MESSAGE_ERROR,
			"No command of yours is called \"%s\"; Tab after \":run \" names them",
			name);
}

void act_run(struct screen *screen, const char *argument)
{
	if (screen->options.commands.count == 0)
		screen_say(screen, MESSAGE_INFO,
			"No program of yours has a key yet: a line below [commands] in the "
			"configuration gives it one, as in \"V = & mpv {url}\"");
	else
		run_named(screen, argument ? argument : "");
}

void screen_ran(struct screen *screen, enum status status, const struct error *error)
{
	if (status != STATUS_OK)
		screen_say(screen, MESSAGE_ERROR, "%s", error->text);
	running_finish(&screen->running);
}
