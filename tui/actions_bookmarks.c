#include "tui/actions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/list_view.h"
#include "tui/number.h"

/* More than these are opened, or deleted, only after a question that fits the number. */
#define OPEN_WITHOUT_ASKING 5
#define DELETE_WITH_YES     100

bool actions_count_means_rows(const struct screen *screen)
{
	const struct list_view *list = &screen->list;

	return screen_view(screen) == AT_LIST && list->marks.count == 0 && !list->ranging;
}

static int64_t *asked_about(const struct screen *screen, size_t *count)
{
	const struct prompt_about *about = screen->asked;
	int64_t *ids = memory_array(about->id_count, sizeof(*ids));
	struct row row;

	*count = 0;
	for (size_t i = 0; i < about->id_count; i++)
		if (row_store_find(screen->store, about->ids[i], &row))
			ids[(*count)++] = about->ids[i];
	return ids;
}

int64_t *actions_selection(const struct screen *screen, size_t *count)
{
	struct row row;

	if (screen->asked && screen->asked->id_count)
		return asked_about(screen, count);
	if (screen->views[screen->depth] == AT_LINKS)
		return bookmark_rows_selection(&screen->links, count);
	if (screen->count > 1 && actions_count_means_rows(screen))
		return list_view_following(&screen->list, screen->count, count);
	if (screen->views[screen->depth] != AT_DETAILS)
		return list_view_selection(&screen->list, count);
	*count = row_store_find(screen->store, screen->details.id, &row);
	int64_t *ids = memory_new(sizeof(*ids));
	*ids = screen->details.id;
	return ids;
}

void actions_mark_counted(struct screen *screen)
{
	size_t count;

	if (screen->count < 2 || !actions_count_means_rows(screen))
		return;
	int64_t *ids = actions_selection(screen, &count);
	id_set_unite(&screen->list.marks, ids, count);
	free(ids);
}

size_t actions_selected(const struct screen *screen)
{
	size_t count;

	if (screen->asked && screen->asked->id_count)
		return screen->asked->id_count;
	if (screen->views[screen->depth] == AT_LIST && screen->count < 2)
		return list_view_selected(&screen->list);
	free(actions_selection(screen, &count));
	return count;
}

void actions_ask_about_selection(struct screen *screen)
{
	struct prompt_about *about = &screen->prompt.about;

	about->ids = actions_selection(screen, &about->id_count);
}

/* The addresses of the selection, NULL after the last; the strings are lent by the store. */
static const char **selected_addresses(struct screen *screen, size_t *count)
{
	int64_t *ids = actions_selection(screen, count);
	const char **urls = memory_array(*count + 1, sizeof(*urls));
	size_t found = 0;
	struct row row;

	for (size_t i = 0; i < *count; i++) {
		if (row_store_find(screen->store, ids[i], &row))
			urls[found++] = row.url;
	}
	*count = found;
	free(ids);
	return urls;
}

static char *joined(const char *const *lines, size_t count)
{
	size_t length = 1;

	for (size_t i = 0; i < count; i++)
		length += strlen(lines[i]) + 1;
	char *text = memory_new(length);
	char *end = text;
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			*end++ = '\n';
		end = stpcpy(end, lines[i]);
	}
	return text;
}

static char **copied(const char *const *texts, size_t count)
{
	char **copies = memory_array(count + 1, sizeof(*copies));

	for (size_t i = 0; i < count; i++)
		copies[i] = memory_copy_string(texts[i]);
	return copies;
}

void actions_open(struct screen *screen, const char *const *urls, size_t count, bool any_scheme)
{
	if (count > 0 && screen->options.browses) {
		wishes_drop_open(&screen->wishes);
		screen->wishes.open = copied(urls, count);
		screen->wishes.open_any = any_scheme;
	} else if (count > 0) {
		char *all = joined(urls, count);
		screen_ask(screen, ASK_OPEN, urls, any_scheme, on_open_answer, all);
		free(all);
		screen_say(screen, MESSAGE_INFO, count == 1 ? "Opening %s" : "Opening %s and more",
			urls[0]);
	}
}

static void open_selection(struct screen *screen, bool any_scheme)
{
	size_t count;
	const char **urls = selected_addresses(screen, &count);

	actions_open(screen, urls, count, any_scheme);
	free(urls);
}

static void open_if_yes(struct screen *screen, const char *text)
{
	if (prompt_is_yes(text))
		open_selection(screen, false);
}

void act_open(struct screen *screen, const char *argument)
{
	size_t count = actions_selected(screen);
	char number[NUMBER_SIZE];
	char question[80];

	if (count <= OPEN_WITHOUT_ASKING) {
		open_selection(screen, argument && strcmp(argument, "any") == 0);
		return;
	}
	actions_mark_counted(screen);
	number_print(count, number);
	snprintf(question, sizeof(question), "Open %s bookmarks in the browser? [y/N] ", number);
	prompt_open(&screen->prompt, PROMPT_KEY, question, "", NULL, open_if_yes);
	actions_ask_about_selection(screen);
}

static void copy_addresses(struct screen *screen, char *text, size_t count)
{
	const char *words[] = {text, NULL};
	char number[NUMBER_SIZE];

	number_print(count, number);
	screen_ask(screen, ASK_COPY, words, false, NULL, NULL);
	if (count == 1)
		screen_say(screen, MESSAGE_GOOD, "Copied %s", text);
	else
		screen_say(screen, MESSAGE_GOOD, "Copied %s addresses", number);
	free(screen->wishes.copy);
	screen->wishes.copy = text;
}

void act_copy(struct screen *screen, const char *argument)
{
	size_t count;
	const char **urls = selected_addresses(screen, &count);

	(void)argument;
	if (count > 0)
		copy_addresses(screen, joined(urls, count), count);
	free(urls);
}

void act_copy_all(struct screen *screen, const char *argument)
{
	size_t count = list_view_count(&screen->list);
	const char **urls = memory_array(count + 1, sizeof(*urls));
	size_t found = 0;
	struct row row;

	(void)argument;
	for (size_t i = 0; i < count; i++) {
		if (search_row(screen->list.search, i, &row))
			urls[found++] = row.url;
	}
	if (found > 0)
		copy_addresses(screen, joined(urls, found), found);
	free(urls);
}

static void delete_selection(struct screen *screen)
{
	struct command command = {.type = DELETE_BOOKMARKS};
	size_t count;
	int64_t *ids = actions_selection(screen, &count);

	if (count > 0) {
		command.as.delete_bookmarks = (struct some_bookmarks){ids, count};
		screen_command(screen, &command, on_change_answer, count == 1 ? ids[0] : 0);
	}
	if (screen->views[screen->depth] == AT_LIST)
		list_view_leave(&screen->list, ids, count);
	free(ids);
	if (screen->views[screen->depth] == AT_DETAILS)
		screen_close_view(screen);
}

static void delete_if_yes(struct screen *screen, const char *text)
{
	if (prompt_is_yes(text))
		delete_selection(screen);
	else
		screen_say(screen, MESSAGE_INFO, "Nothing was deleted");
}

static void delete_if_number(struct screen *screen, const char *text)
{
	if (number_is(actions_selected(screen), text))
		delete_selection(screen);
	else
		screen_say(screen, MESSAGE_INFO, "That is not the number: nothing was deleted");
}

/*
 * One goes at once, and so many as were counted; many that are marked after a yes; everything a
 * filter shows, or very many, by the number.
 */
void act_delete(struct screen *screen, const char *argument)
{
	size_t count = actions_selected(screen);
	bool all_shown = screen_view(screen) == AT_LIST && *screen->list.filter &&
			 count == list_view_count(&screen->list);
	char number[NUMBER_SIZE];
	char question[120];

	(void)argument;
	if (screen->list.ranging)
		list_view_range(&screen->list);
	count = actions_selected(screen);
	number_print(count, number);
	if (count <= 1 || screen->count > 1) {
		delete_selection(screen);
	} else if (count > DELETE_WITH_YES || all_shown) {
		snprintf(question, sizeof(question),
			"Delete all %s? Type the number to do it: ", number);
		prompt_open(&screen->prompt, PROMPT_LINE, question, "", NULL, delete_if_number);
		actions_ask_about_selection(screen);
	} else {
		snprintf(question, sizeof(question), "Delete %s bookmarks? [y/N] ", number);
		prompt_open(&screen->prompt, PROMPT_KEY, question, "", NULL, delete_if_yes);
		actions_ask_about_selection(screen);
	}
}

static size_t steps_of(const struct screen *screen, const char *argument)
{
	long steps = argument ? strtol(argument, NULL, 10) : (long)screen->count;

	return steps < 1 ? 1 : (size_t)steps;
}

void act_undo(struct screen *screen, const char *argument)
{
	struct command command = {.type = UNDO, .as.undo = {steps_of(screen, argument)}};

	screen_command(screen, &command, on_change_answer, 0);
}

void act_redo(struct screen *screen, const char *argument)
{
	struct command command = {.type = REDO, .as.redo = {steps_of(screen, argument)}};

	screen_command(screen, &command, on_change_answer, 0);
}

void act_edit_text(struct screen *screen, const char *argument)
{
	size_t count;
	int64_t *ids = actions_selection(screen, &count);

	(void)argument;
	free(screen->wishes.edit);
	screen->wishes.edit = ids;
	screen->wishes.edit_count = count;
}

void act_trash(struct screen *screen, const char *argument)
{
	(void)argument;
	screen_open_view(screen, AT_TRASH);
	bookmark_rows_clear(&screen->trash);
	screen->trash.arriving = true;
	screen->preview_scroll = 0;
	screen_ask(screen, ASK_TRASH, NULL, false, on_trash_answer, NULL);
}

void act_restore(struct screen *screen, const char *argument)
{
	struct command command = {.type = RESTORE_BOOKMARKS};
	size_t count;
	int64_t *ids = bookmark_rows_selection(&screen->trash, &count);

	(void)argument;
	if (count > 0) {
		command.as.restore_bookmarks = (struct some_bookmarks){ids, count};
		screen_command(screen, &command, on_change_answer, count == 1 ? ids[0] : 0);
	}
	free(ids);
}

static void purge(struct screen *screen)
{
	struct command command = {
		.type = EMPTY_TRASH, .as.empty_trash = {INT64_MAX, .asked_for = true}};

	screen_command(screen, &command, on_change_answer, 0);
}

static void purge_if_number(struct screen *screen, const char *text)
{
	if (number_is(screen->trash.count, text))
		purge(screen);
	else
		screen_say(screen, MESSAGE_INFO, "That is not the number: the trash is as it was");
}

static void purge_if_yes(struct screen *screen, const char *text)
{
	if (prompt_is_yes(text))
		purge(screen);
	else
		screen_say(screen, MESSAGE_INFO, "The trash is as it was");
}

/* In the trash the number is seen, and asked for. */
void act_purge(struct screen *screen, const char *argument)
{
	char number[NUMBER_SIZE];
	char question[120];

	(void)argument;
	if (screen_view(screen) != AT_TRASH) {
		prompt_open(&screen->prompt, PROMPT_KEY, "Empty the trash for good? [y/N] ", "",
			NULL, purge_if_yes);
		return;
	}
	if (screen->trash.count == 0)
		return;
	number_print(screen->trash.count, number);
	snprintf(question, sizeof(question),
		"Empty the trash for good, all %s? Type the number: ", number);
	prompt_open(&screen->prompt, PROMPT_LINE, question, "", NULL, purge_if_number);
}
