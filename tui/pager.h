#ifndef TUI_PAGER_H
#define TUI_PAGER_H

#include "tui/page.h"
#include "tui/scroll.h"

/*
 * A text in front of the list: help, messages, events, details, the import panel. The text is
 * made anew for each width by whoever owns it (screen_draw); what is kept here is what was asked
 * for, and how far it is scrolled.
 */
enum pager_topic {
	TOPIC_HELP,
	TOPIC_MAP,
	TOPIC_QUERIES, /* their language */
	TOPIC_MESSAGES,
	TOPIC_IMPORT,
	TOPIC_TEXT /* that came from the engine */
};

struct pager {
	enum pager_topic topic;
	char heading[64];
	char *text;      /* of TOPIC_TEXT */
	char *filter;    /* lines that hold it, whatever the case; "" or NULL: all */
	unsigned scenes; /* of TOPIC_HELP: what it is about */
	struct scroll scroll;
	size_t count; /* lines, when it was last drawn */
	size_t height;
};

void pager_finish(struct pager *pager);
void pager_open(struct pager *pager, enum pager_topic topic, const char *heading);
void pager_filter(struct pager *pager, const char *text);

/* Leaves only the lines that hold the filter. */
void pager_sift(const struct pager *pager, struct page *page);

#endif
