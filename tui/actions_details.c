#include "tui/actions.h"

#include <stdlib.h>

#include "domain/base/memory.h"
#include "tui/requests.h"

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
	char key[KEY_NAME_SIZE];

	if (change->newer == 0)
		act_undo(screen, NULL);
	else
		screen_say(screen, MESSAGE_INFO,
			"%zu later %s of the library would have to be undone first; %s undoes the "
			"latest",
			change->newer, change->newer == 1 ? "change" : "changes",
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
