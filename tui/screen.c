#include "tui/screen.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/search.h"
#include "tui/details.h"
#include "tui/events_view.h"
#include "tui/form.h"
#include "tui/list_view.h"
#include "tui/messages.h"

void screen_init(struct screen *screen, struct engine *engine, const struct screen_options *options)
{
	*screen = (struct screen){.engine = engine, .options = *options, .loading = true};
	screen->messages.least_ms = options->message_ms;
	screen->views[0] = AT_LIST;
	screen->store = row_store_new();
	screen->stale = true;
	list_view_init(&screen->list, screen->store);
	screen->list.order = options->order;
	screen->list.reverse = options->reverse;
	for (size_t i = 0; i < options->searches.count; i++)
		saved_searches_put(&screen->searches, options->searches.all[i].name,
			options->searches.all[i].query);
	if (options->picking.on) {
		list_view_filter(&screen->list, options->picking.query);
		screen_begin_picking(screen);
	}
}

void screen_finish(struct screen *screen)
{
	prompt_close(&screen->prompt);
	form_close(&screen->form);
	form_close(&screen->sent);
	list_view_finish(&screen->list);
	tag_view_finish(&screen->tags);
	tag_view_finish(&screen->offered_tags);
	row_store_free(screen->store);
	bookmark_rows_finish(&screen->trash);
	details_finish(&screen->details);
	events_view_finish(&screen->events);
	bookmark_rows_finish(&screen->links);
	bookmark_rows_finish(&screen->links_coming);
	for (size_t i = 0; i < VIEWS_MAX; i++)
		pager_finish(&screen->pagers[i]);
	history_finish(&screen->filters);
	history_finish(&screen->commands);
	history_finish(&screen->tag_changes);
	browser_offers_finish(&screen->browsers);
	saved_searches_finish(&screen->searches);
	running_finish(&screen->running);
	messages_finish(&screen->messages);
	free(screen->waiting);
	free(screen->last_tags);
	free(screen->last_file);
	free(screen->of_tag);
	free(screen->asked_about);
	free(screen->chosen);
	free(screen->wishes.copy);
	free(screen->wishes.edit);
	wishes_drop_open(&screen->wishes);
}

void wishes_drop_open(struct wishes *wishes)
{
	for (size_t i = 0; wishes->open && wishes->open[i]; i++)
		free(wishes->open[i]);
	free(wishes->open);
	wishes->open = NULL;
}

void screen_resize(struct screen *screen, int rows, int columns)
{
	screen->rows = rows;
	screen->columns = columns;
	screen->stale = true;
}

struct layout screen_layout(const struct screen *screen)
{
	return layout_make(screen->rows, screen->columns, screen->options.preview,
		screen->options.preview_grow);
}

enum scene screen_view(const struct screen *screen)
{
	return screen->form.open ? AT_FORM : screen->views[screen->depth];
}

enum scene screen_scene(const struct screen *screen)
{
	bool picking = screen->options.picking.on;

	if (screen->prompt.kind == PROMPT_FILTER)
		return picking ? AT_PICK_FILTER : AT_FILTER;
	if (screen->prompt.kind != PROMPT_NONE)
		return AT_PROMPT;
	return picking ? AT_PICK : screen_view(screen);
}

struct pager *screen_pager(struct screen *screen)
{
	return &screen->pagers[screen->depth];
}

void screen_open_view(struct screen *screen, enum scene view)
{
	for (size_t i = 0; i <= screen->depth; i++) {
		if (screen->views[i] == view) {
			screen->depth = i;
			return;
		}
	}
	if (screen->depth + 1 < VIEWS_MAX)
		screen->depth++;
	screen->views[screen->depth] = view;
}

void screen_open_text(
	struct screen *screen, enum scene view, enum pager_topic topic, const char *heading)
{
	screen_open_view(screen, view);
	pager_open(screen_pager(screen), topic, heading);
}

bool screen_close_view(struct screen *screen)
{
	if (screen->depth == 0)
		return false;
	if (screen->views[screen->depth] == AT_TRASH)
		bookmark_rows_clear(&screen->trash);
	pager_finish(screen_pager(screen));
	screen->depth--;
	return true;
}

void screen_say(struct screen *screen, enum message_kind kind, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = memory_vprint(format, arguments);
	va_end(arguments);
	messages_say(&screen->messages, kind, text, screen->now, screen->wall);
	screen->stale = true;
}

void screen_tick(struct screen *screen)
{
	if (messages_expire(&screen->messages, screen->now))
		screen->stale = true;
}

int screen_wait(const struct screen *screen)
{
	if (screen->list.searching || screen->rows_changed || screen->tags.searching ||
		screen->wishes.quit)
		return 0;
	return messages_wait(&screen->messages, screen->now);
}

void screen_ask(struct screen *screen, enum request_type type, const char *const *words, bool flag,
	answer_fn on_answer, const char *note)
{
	struct request *request = request_new(type, on_answer, screen);

	request->flag = flag;
	request->note = note ? memory_copy_string(note) : NULL;
	for (; words && *words; words++)
		request_add_word(request, *words);
	screen->engine->ask(screen->engine, request);
}

const struct request *screen_command(
	struct screen *screen, const struct command *command, answer_fn on_answer, int64_t id)
{
	struct request *request = request_new(ASK_COMMAND, on_answer, screen);
	struct row row;

	request->id = id;
	if (id &&
		row_store_find(screen->store, id, &row)) /* it may be gone when the answer comes */
		request->note = memory_copy_string(row_label(&row));
	request->command = command_clone(command);
	screen->engine->ask(screen->engine, request);
	return request;
}

void screen_ask_title(
	struct screen *screen, const char *url, answer_fn on_answer, int64_t id, int64_t change)
{
	struct request *request = request_new(ASK_TITLE, on_answer, screen);

	request->id = id;
	request->change = change;
	request_add_word(request, url);
	screen->engine->ask(screen->engine, request);
}
