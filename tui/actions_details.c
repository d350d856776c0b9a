#include "tui/actions.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/url_parts.h"
#include "tui/details.h"
#include "tui/list_view.h"
#include "tui/number.h"

static void on_details_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;

	if (request->id == screen->details.asked && report->type == REPORT_DETAILS)
		details_take(&screen->details, report->rows, &report->history);
}

void screen_read_details(struct screen *screen)
{
	struct details *details = &screen->details;

	if (!details_look_around(details, screen->store))
		return;
	struct request *request = request_new(ASK_DETAILS, on_details_answer, screen);
	request->id = ++details->asked;
	request_set_ids(request, &details->id, 1);
	screen->engine->ask(screen->engine, request);
}

static int64_t under_cursor(const struct screen *screen)
{
	const struct bookmark *link = bookmark_rows_current(&screen->links);
	struct row row;

	if (screen->views[screen->depth] == AT_LINKS)
		return link ? link->id : 0;
	return list_view_row(&screen->list, &row) ? row.id : 0;
}

void act_details(struct screen *screen, const char *argument)
{
	int64_t id = under_cursor(screen);

	(void)argument;
	if (id == 0)
		return;
	details_open(&screen->details, id, false);
	screen_open_view(screen, AT_DETAILS);
	screen_read_details(screen);
}

bool actions_details_back(struct screen *screen)
{
	if (screen_view(screen) != AT_DETAILS || !details_back(&screen->details))
		return false;
	screen_read_details(screen);
	return true;
}

/* Only the latest change of all can be taken back by itself. */
static void undo_change(struct screen *screen, const struct detail *change)
{
	char key[KEY_NAME_SIZE], number[NUMBER_OF_SIZE];

	if (change->newer == 0)
		act_undo(screen, NULL);
	else
		screen_say(screen, MESSAGE_INFO,
			"%s of the library would have to be undone first; %s undoes the latest",
			number_of(change->newer, "later change", "later changes", number),
			keymap_key_named(screen->options.keymap, "undo", key));
}

void act_follow(struct screen *screen, const char *argument)
{
	const struct detail *item = details_current(&screen->details);

	(void)argument;
	if (!item)
		return;
	switch (item->kind) {
	case DETAIL_ADDRESS: {
		const char *urls[] = {item->text, NULL};
		actions_open(screen, urls, 1, false);
		break;
	}
	case DETAIL_QUERY: {
		char *query = memory_copy_string(item->text);
		act_filter(screen, query);
		free(query);
		break;
	}
	case DETAIL_BOOKMARK:
		details_open(&screen->details, item->id, true);
		screen_read_details(screen);
		break;
	case DETAIL_CHANGE: undo_change(screen, item); break;
	}
}

/* -- all with the same tag or site */

static bool current_row(const struct screen *screen, struct row *row)
{
	size_t count;
	int64_t *ids = actions_selection(screen, &count);
	bool found = count > 0 && row_store_find(screen->store, ids[0], row);

	free(ids);
	return found;
}

/* The host of an address, "" if it has none; yours to free. */
static char *site_of(const char *url)
{
	struct url_parts parts;

	url_split(url, &parts);
	return url_parts_are_web(&parts) ? memory_copy_bytes(parts.host.start, parts.host.length)
					 : memory_copy_string("");
}

static void show_site(struct screen *screen, const struct row *row)
{
	char *site = site_of(row->url);
	char *query = memory_print("site:%s", site);

	if (*site)
		act_filter(screen, query);
	free(query);
	free(site);
}

static void show_tag(struct screen *screen, const char *tag)
{
	char *query = tag_query(tag, strlen(tag));

	act_filter(screen, query);
	free(query);
}

/* "s", or the number of a tag from 1 on. */
static void show_alike(struct screen *screen, const char *key)
{
	struct tag_set tags = {0};
	struct row row;

	if (!current_row(screen, &row))
		return;
	tag_set_add_list(&tags, row.tags, NULL);
	size_t number = (size_t)(key[0] - '1');
	if (strcmp(key, "s") == 0)
		show_site(screen, &row);
	else if (key[0] >= '1' && key[0] <= '9' && !key[1] && number < tags.count)
		show_tag(screen, tags.tags[number]);
	tag_set_finish(&tags);
}

static void ask_alike(struct screen *screen, const struct row *row)
{
	struct tag_set tags = {0};
	struct buffer question = {0};
	char *site = site_of(row->url);

	tag_set_add_list(&tags, row->tags, NULL);
	buffer_add_string(&question, "All with:");
	if (*site)
		buffer_print(&question, "  s %s", site);
	for (size_t i = 0; i < tags.count && i < 9; i++)
		buffer_print(&question, "  %zu #%s", i + 1, tags.tags[i]);
	buffer_add_string(&question, " ");
	prompt_open(&screen->prompt, PROMPT_KEY, buffer_text(&question), "", NULL, show_alike);
	buffer_finish(&question);
	tag_set_finish(&tags);
	free(site);
}

void act_alike(struct screen *screen, const char *argument)
{
	struct row row;

	if (!current_row(screen, &row))
		return;
	if (!argument)
		ask_alike(screen, &row);
	else if (strcmp(argument, "site") == 0)
		show_site(screen, &row);
	else
		show_tag(screen, argument);
}
