#include "tui/actions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "tui/events_view.h"
#include "tui/list_view.h"
#include "tui/palette.h"

/* A second C-c within this quits. */
#define QUIT_TWICE_MS 2000

void act_reload(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen_view(screen) == AT_TRASH) {
		act_trash(screen, NULL);
		return;
	}
	screen_ask(screen, ASK_RELOAD, NULL, false, NULL, NULL);
	screen->loading = true;
}

static void wear(struct screen *screen, const struct theme *theme)
{
	if (strcmp(theme->name, screen->options.theme.name) == 0)
		return;
	screen->options.theme = *theme;
	screen->wishes.look = screen->wishes.redraw = true;
}

/* A theme is seen while its name stands in the line. */
static void preview_command(struct screen *screen, const char *line)
{
	const struct theme *theme = strncmp(line, "theme ", 6) == 0 ? theme_find(line + 6) : NULL;

	wear(screen, theme ? theme : &screen->theme_before);
}

static void program_run(struct screen *screen, const char *line)
{
	wear(screen, &screen->theme_before);
	history_add(&screen->commands, line);
	actions_run(screen, line);
}

void act_command(struct screen *screen, const char *argument)
{
	(void)argument;
	prompt_open(&screen->prompt, PROMPT_COMMAND, ":", "", &screen->commands, program_run);
	screen->prompt.completes = COMPLETES_COMMANDS;
	screen->prompt.changed = preview_command;
	screen->theme_before = screen->options.theme;
}

void act_messages(struct screen *screen, const char *argument)
{
	(void)argument;
	screen_open_text(screen, AT_MESSAGES, TOPIC_MESSAGES, "Messages");
	screen_pager(screen)->scroll.top = screen->messages.count; /* the latest */
}

static void on_events_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;
	const struct event *event = &report->event;
	struct row row;

	if (report->type == REPORT_EVENT) {
		bool known = event->count == 1 &&
			     row_store_find(screen->store, event->bookmarks[0], &row);
		events_view_add(&screen->events, event, known ? row_label(&row) : NULL);
		return;
	}
	screen->events.told = true;
	if (report->type == REPORT_ERROR)
		on_text_answer(screen, request, report);
	else
		screen_open_text(screen, AT_MESSAGES, TOPIC_EVENTS, "Events");
}

void act_events(struct screen *screen, const char *argument)
{
	(void)argument;
	screen_ask(screen, ASK_EVENTS, NULL, false, on_events_answer, NULL);
}

void act_doctor(struct screen *screen, const char *argument)
{
	(void)argument;
	screen_ask(screen, ASK_DOCTOR, NULL, false, on_text_answer, "Doctor");
}

void act_serve(struct screen *screen, const char *argument)
{
	bool off = argument && strcmp(argument, "off") == 0;
	const char *words[] = {argument && !off ? argument : "", NULL};

	screen_ask(screen, ASK_SERVE, words, off, on_message_answer, NULL);
}

void act_help(struct screen *screen, const char *argument)
{
	enum scene about = screen_view(screen);

	(void)argument;
	if (screen->options.picking.on)
		about = AT_PICK;
	if (screen->prompt.kind == PROMPT_FILTER) {
		act_accept(screen, NULL);
		screen_open_text(screen, AT_HELP, TOPIC_QUERIES, "Queries");
		return;
	}
	screen_open_text(screen, AT_HELP, TOPIC_HELP, "Help");
	screen_pager(screen)->scenes = about;
}

void act_map(struct screen *screen, const char *argument)
{
	(void)argument;
	screen_open_text(screen, AT_HELP, TOPIC_MAP, "All keys");
}

static bool set_option(struct screen_options *options, const char *name)
{
	bool on = strncmp(name, "no", 2) != 0;

	name += on ? 0 : 2;
	if (strcmp(name, "mouse") == 0)
		options->mouse = on;
	else if (strcmp(name, "ascii") == 0)
		options->ascii = on;
	else
		return false;
	return true;
}

void act_set(struct screen *screen, const char *argument)
{
	if (argument && set_option(&screen->options, argument))
		screen->wishes.look = screen->wishes.redraw = true;
	else
		screen_say(screen, MESSAGE_ERROR, "Options are mouse, nomouse, ascii and noascii");
}

void act_theme(struct screen *screen, const char *argument)
{
	const struct theme *theme = argument ? theme_find(argument) : NULL;

	if (!theme) {
		screen_say(screen, MESSAGE_ERROR, "%s%s%s: there are calm, vivid and plain",
			argument ? "There is no theme \"" : "Which theme", argument ? argument : "",
			argument ? "\"" : "");
		return;
	}
	wear(screen, theme);
	screen_say(
		screen, MESSAGE_INFO, "\"theme = %s\" in the configuration keeps it", theme->name);
}

void act_redraw(struct screen *screen, const char *argument)
{
	(void)argument;
	screen->wishes.redraw = true;
}

void act_suspend(struct screen *screen, const char *argument)
{
	(void)argument;
	screen->wishes.suspend = true;
}

void act_back(struct screen *screen, const char *argument)
{
	(void)argument;
	if (!actions_details_back(screen))
		screen_close_view(screen);
}

/* Esc goes back one step, from the nearest thing to the furthest, and never quits. */
static void step_back_in_list(struct screen *screen)
{
	bool of_tag = screen->of_tag && strcmp(screen->of_tag, screen->list.filter) == 0;

	if (screen->list.ranging)
		screen->list.ranging = false;
	else if (screen->list.marks.count > 0)
		id_set_clear(&screen->list.marks);
	else if (*screen->list.filter)
		list_view_filter(&screen->list, "");
	else
		return;
	if (of_tag && !*screen->list.filter)
		act_tags(screen, NULL);
}

static bool step_back_in_tags(struct screen *screen)
{
	if (screen->tags.marks.count > 0)
		tag_set_clear(&screen->tags.marks);
	else if (screen->tags.filter && *screen->tags.filter)
		tag_view_filter(&screen->tags, "");
	else
		return false;
	tag_view_read(&screen->tags, screen->store);
	return true;
}

void act_step_back(struct screen *screen, const char *argument)
{
	struct pager *pager = screen_pager(screen);

	(void)argument;
	if (screen_view(screen) == AT_LIST)
		step_back_in_list(screen);
	else if (screen_view(screen) == AT_TAGS && step_back_in_tags(screen))
		return;
	else if (screen_view(screen) == AT_TRASH && screen->trash.marks.count > 0)
		id_set_clear(&screen->trash.marks);
	else if (screen_view(screen) == AT_LINKS && screen->links.marks.count > 0)
		id_set_clear(&screen->links.marks);
	else if (pager->filter && *pager->filter)
		pager_filter(pager, "");
	else if (!actions_details_back(screen))
		screen_close_view(screen);
}

static void cancel_prompt(struct screen *screen)
{
	if (screen->prompt.kind == PROMPT_FILTER)
		actions_cancel_filter(screen);
	else if (screen->prompt.kind == PROMPT_COMMAND)
		wear(screen, &screen->theme_before);
	prompt_close(&screen->prompt);
}

static void ask_before_quitting(struct screen *screen)
{
	if (screen->quit_asked && screen->now - screen->quit_asked < QUIT_TWICE_MS) {
		screen->wishes.quit = true;
		return;
	}
	screen->quit_asked = screen->now;
	screen_say(screen, MESSAGE_INFO, "q quits; so does C-c once more");
}

void act_cancel(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen->options.picking.on && screen->prompt.kind == PROMPT_FILTER)
		actions_choose_nothing(screen);
	else if (screen->prompt.kind != PROMPT_NONE)
		cancel_prompt(screen);
	else if (screen->form.open)
		form_leave(screen);
	else if (screen->list.ranging)
		screen->list.ranging = false;
	else if (screen_close_view(screen))
		return;
	else if (screen->options.picking.on)
		actions_choose_nothing(screen);
	else
		ask_before_quitting(screen);
}

void act_close(struct screen *screen, const char *argument)
{
	(void)argument;
	if (!screen_close_view(screen))
		screen->wishes.quit = true;
}

void act_quit(struct screen *screen, const char *argument)
{
	(void)argument;
	screen->wishes.quit = true;
}

void act_accept(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen->prompt.kind == PROMPT_NONE) {
		form_accept(screen);
		return;
	}
	char *text = memory_copy_string(screen->prompt.line.text);
	screen_answer(screen, text);
	free(text);
}

void act_accept_and_open(struct screen *screen, const char *argument)
{
	bool list = screen_view(screen) == AT_LIST;

	act_accept(screen, argument);
	if (list)
		act_open(screen, NULL);
}

static void complete(struct screen *screen, bool back)
{
	struct prompt *prompt = &screen->prompt;
	struct completion *completion = &prompt->completion;

	if (completion->count == 0 && palette_wants_files(prompt)) {
		palette_ask_for_files(screen);
		return;
	}
	if (completion->count == 0 && palette_complete_value(screen, prompt)) {
		completion_step(completion, &prompt->line, back);
		if (prompt->changed)
			prompt->changed(screen, prompt->line.text);
		return;
	}
	if (completion->count == 0 && prompt->completes == COMPLETES_TAGS)
		palette_complete_tags(screen, completion, &prompt->line);
	if (completion->count == 0 && prompt->completes == COMPLETES_COMMANDS)
		palette_complete_command(screen, completion, &prompt->line);
	completion_step(completion, &prompt->line, back);
	if (prompt->changed)
		prompt->changed(screen, prompt->line.text);
}

void act_complete(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen->prompt.kind == PROMPT_NONE)
		form_take_tag(screen, false);
	else
		complete(screen, false);
}

void act_complete_back(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen->prompt.kind == PROMPT_NONE)
		form_take_tag(screen, true);
	else
		complete(screen, true);
}
