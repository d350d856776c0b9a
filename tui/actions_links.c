#include "tui/actions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "tui/links_view.h"
#include "tui/list_view.h"
#include "tui/number.h"

/* More addresses than this are asked only after a question, when a key wants them asked. */
#define CHECK_WITHOUT_ASKING 20

/* What a check is about: the selection of a view, or in the list without marks all it shows. */
static int64_t *to_check(const struct screen *screen, size_t *count)
{
	const struct list_view *list = &screen->list;

	if ((screen->asked && screen->asked->id_count) || screen->views[screen->depth] != AT_LIST ||
		list->marks.count > 0)
		return actions_selection(screen, count);
	*count = list_view_count(list);
	int64_t *ids = memory_array(*count + 1, sizeof(*ids));
	for (size_t i = 0; i < *count; i++)
		ids[i] = search_id(list->search, i);
	return ids;
}

static void on_check_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;
	char number[NUMBER_OF_SIZE], key[KEY_NAME_SIZE];

	if (report->type == REPORT_ERROR) {
		screen_say(screen, MESSAGE_ERROR, "Nothing is checked: %s", report->text);
		return;
	}
	screen_say(screen, MESSAGE_INFO, "Checking %s in the background · %s stops",
		number_of(request->id_count, "link", "links", number),
		keymap_key_named(screen->options.keymap, "stop-check", key));
}

static void check(struct screen *screen, const int64_t *ids, size_t count)
{
	struct request *request = request_new(ASK_CHECK, on_check_answer, screen);

	request_set_ids(request, ids, count);
	screen->engine->ask(screen->engine, request);
}

static void check_if_yes(struct screen *screen, const char *text)
{
	if (!prompt_is_yes(text)) {
		screen_say(screen, MESSAGE_INFO, "Nothing is checked");
		return;
	}
	size_t count;
	int64_t *ids = to_check(screen, &count);
	check(screen, ids, count);
	free(ids);
}

static void ask_whether_to_check(struct screen *screen, size_t count)
{
	char number[NUMBER_SIZE], question[80];

	number_print(count, number);
	snprintf(question, sizeof(question), "Ask whether %s addresses still answer? [y/N] ",
		number);
	prompt_open(&screen->prompt, PROMPT_KEY, question, "", NULL, check_if_yes);
	screen->prompt.about.ids = to_check(screen, &screen->prompt.about.id_count);
}

/* All of the library that matches, whatever is shown. */
static void check_matching(struct screen *screen, const char *query)
{
	struct query_error error = {0};
	struct query *parsed = query_parse(query, &error);

	if (!parsed) {
		screen_say(screen, MESSAGE_ERROR, "Nothing is checked: %s", error.message);
		return;
	}
	struct search *search = search_new(screen->store);
	search_start(search, parsed, NEWEST_FIRST, false);
	search_run(search, -1);
	size_t count = search_count(search);
	int64_t *ids = memory_array(count + 1, sizeof(*ids));
	for (size_t i = 0; i < count; i++)
		ids[i] = search_id(search, i);
	if (count > 0)
		check(screen, ids, count);
	else
		screen_say(
			screen, MESSAGE_ERROR, "Nothing is checked: nothing matches \"%s\"", query);
	free(ids);
	search_free(search);
}

/* A query has said what it wants; a key may have been hit by chance. */
void act_check(struct screen *screen, const char *argument)
{
	size_t count;

	if (argument) {
		check_matching(screen, argument);
		return;
	}
	int64_t *ids = to_check(screen, &count);
	if (count <= CHECK_WITHOUT_ASKING)
		check(screen, ids, count);
	else
		ask_whether_to_check(screen, count);
	free(ids);
}

void act_stop_check(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen->check.running)
		screen_ask(screen, ASK_STOP_CHECK, NULL, false, NULL, NULL);
	else
		screen_say(screen, MESSAGE_INFO, "No check of links is running");
}

/* -- the view of what wants a decision */

static void on_links_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;

	if (request->id != screen->links_asked)
		return;
	for (size_t i = 0; i < report->row_count; i++) {
		const struct bookmark *bookmark = &report->rows[i];
		bool wanting =
			bookmark->link.state == LINK_MOVED || bookmark->link.state == LINK_DEAD;
		if (wanting && !bookmark->deleted)
			bookmark_rows_add(&screen->links_coming, bookmark);
	}
	if (!report->more)
		links_view_take(&screen->links, &screen->links_coming);
}

void screen_read_links(struct screen *screen)
{
	struct request *request = request_new(ASK_BOOKMARKS, on_links_answer, screen);
	size_t count;
	int64_t *ids = links_view_ids(screen->store, &count);

	request->id = ++screen->links_asked;
	request_set_ids(request, ids, count);
	bookmark_rows_clear(&screen->links_coming);
	screen->engine->ask(screen->engine, request);
	free(ids);
}

void act_links(struct screen *screen, const char *argument)
{
	(void)argument;
	screen_open_view(screen, AT_LINKS);
	screen->links.arriving = screen->links.count == 0;
	screen_read_links(screen);
}

/* -- decisions */

static void on_follow_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;
	const struct result *result = &report->result;
	size_t taken = 0, left = 0;
	char key[KEY_NAME_SIZE], number[NUMBER_OF_SIZE], others[NUMBER_SIZE];
	const char *undo = keymap_key_named(screen->options.keymap, "undo", key);

	(void)request;
	for (size_t i = 0; i < result->item_count; i++) {
		taken += result->items[i].status == STATUS_OK;
		left += result->items[i].status == STATUS_DUPLICATE;
	}
	number_of(taken, "new address", "new addresses", number);
	number_print(left, others);
	if (report->type == REPORT_ERROR || report->status != STATUS_OK)
		screen_say(screen, MESSAGE_ERROR, "No address was changed: %s",
			report->text          ? report->text
			: *result->error.text ? result->error.text
					      : status_message(report->status));
	else if (taken == 0)
		screen_say(screen, MESSAGE_INFO,
			left ? "Left as it is: another bookmark has the new address"
			     : "It has not moved");
	else if (left > 0)
		screen_say(screen, MESSAGE_GOOD,
			"Took %s; %s left, as other bookmarks have theirs · %s undo", number,
			others, undo);
	else
		screen_say(screen, MESSAGE_GOOD, "Took %s · %s undo", number, undo);
}

void act_follow_moved(struct screen *screen, const char *argument)
{
	struct request *request = request_new(ASK_FOLLOW, on_follow_answer, screen);
	size_t count;
	int64_t *ids = actions_selection(screen, &count);

	(void)argument;
	request_set_ids(request, ids, count);
	screen->engine->ask(screen->engine, request);
	free(ids);
}

/* The newest copy of what stands behind it ("Wayback Machine APIs", archive.org). */
#define WAYBACK              "https://web.archive.org/web/2/"
#define ARCHIVED_AT_ONCE_MAX 5

void act_open_archived(struct screen *screen, const char *argument)
{
	size_t count, found = 0;
	int64_t *ids = actions_selection(screen, &count);
	char *urls[ARCHIVED_AT_ONCE_MAX + 1] = {NULL};
	char number[NUMBER_OF_SIZE];
	struct row row;

	(void)argument;
	for (size_t i = 0; i < count && count <= ARCHIVED_AT_ONCE_MAX; i++) {
		if (row_store_find(screen->store, ids[i], &row))
			urls[found++] = memory_print(WAYBACK "%s", row.url);
	}
	if (count > ARCHIVED_AT_ONCE_MAX)
		screen_say(screen, MESSAGE_ERROR, "%s at once are too many; at most %d",
			number_of(count, "copy", "copies", number), ARCHIVED_AT_ONCE_MAX);
	actions_open(screen, (const char *const *)urls, found, false);
	for (size_t i = 0; i < found; i++)
		free(urls[i]);
	free(ids);
}

static void on_keep_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;
	char number[NUMBER_OF_SIZE];

	(void)request;
	if (report->type == REPORT_ERROR || report->status != STATUS_OK)
		screen_say(screen, MESSAGE_ERROR, "Not kept: %s",
			report->text ? report->text : report->result.error.text);
	else
		screen_say(screen, MESSAGE_GOOD, "Kept %s; the next check asks anew",
			number_of(report->result.item_count, "as it is", "as they are", number));
}

void act_keep_link(struct screen *screen, const char *argument)
{
	struct command command = {.type = FORGET_LINKS};
	size_t count;
	int64_t *ids = actions_selection(screen, &count);

	(void)argument;
	command.as.forget_links = (struct some_bookmarks){ids, count};
	if (count > 0)
		screen_command(screen, &command, on_keep_answer, 0);
	free(ids);
}
