#ifndef TUI_EVENTS_VIEW_H
#define TUI_EVENTS_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bus/event.h"
#include "tui/page.h"

struct event_line {
	int64_t at;
	char *text;
};

/* The log of what happened, in words. {0} is empty. */
struct events_view {
	struct event_line *lines; /* the latest last, as they are told */
	size_t count;
	size_t capacity;
	bool told; /* all of them: what is told next begins anew */
};

void events_view_finish(struct events_view *view);

/* name: of the one bookmark that it is about; NULL: it is not known here. */
void events_view_add(struct events_view *view, const struct event *event, const char *name);

/* The latest first, a heading a day. */
void events_view_print(const struct events_view *view, int64_t now, struct page *page);

#endif
