#include "tui/events_view.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "tui/relative_time.h"

#define LABEL_COLUMNS 14

void events_view_finish(struct events_view *view)
{
	for (size_t i = 0; i < view->count; i++)
		free(view->lines[i].text);
	free(view->lines);
	*view = (struct events_view){0};
}

/* Of a deletion the event has the address, as the bookmark is not among the rows any more. */
static const char *name_of(const struct event *event, const char *name)
{
	bool deleted = event->type == BOOKMARKS_DELETED && event->detail && *event->detail;

	if (event->count != 1)
		return NULL;
	return name ? name : deleted ? event->detail : NULL;
}

void events_view_add(struct events_view *view, const struct event *event, const char *name)
{
	bool ours = !event->origin || !*event->origin || strcmp(event->origin, "screen") == 0;
	char *what = event_describe(event, name_of(event, name));

	if (view->told)
		events_view_finish(view);
	view->lines = memory_grow(view->lines, view->count, &view->capacity, sizeof(*view->lines));
	view->lines[view->count++] = (struct event_line){
		event->at, ours ? what : memory_print("%s · by %s", what, event->origin)};
	if (!ours)
		free(what);
}

static void add_day(struct page *page, const char *day)
{
	char heading[DAY_SIZE];

	snprintf(heading, sizeof(heading), "%s", day);
	heading[0] = (char)toupper((unsigned char)heading[0]);
	page_heading(page, heading);
}

void events_view_print(const struct events_view *view, int64_t now, struct page *page)
{
	char before[DAY_SIZE] = "", day[DAY_SIZE], clock[DAY_SIZE], age[AGE_SIZE];
	char label[DAY_SIZE + AGE_SIZE + 4];

	for (size_t i = view->count; i-- > 0;) {
		const struct event_line *line = &view->lines[i];
		day_name_print(line->at, now, day);
		if (strcmp(day, before) != 0)
			add_day(page, day);
		memcpy(before, day, sizeof(before));
		clock_print(line->at, false, clock);
		relative_time_print(line->at, now, age);
		snprintf(label, sizeof(label), "%s %4s", clock, age);
		page_add_labelled(page, label, STYLE_DIM, LABEL_COLUMNS, line->text, STYLE_TEXT);
	}
}
