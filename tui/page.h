#ifndef TUI_PAGE_H
#define TUI_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/search/query.h"
#include "tui/canvas.h"
#include "tui/scroll.h"

/*
 * A text in lines, each with its style and perhaps a label before it: the preview, the details
 * of a bookmark, help, messages, the import panel. Paragraphs are wrapped when they are added.
 */
struct page_line {
	char *label; /* NULL: none, and the text begins where it would */
	int label_width;
	enum style label_style;
	char *text; /* displayable */
	enum style style;
	unsigned place; /* enum place of what a filter marks here; 0: nothing */
	size_t done;    /* of a bar: so many of total */
	size_t total;   /* 0: it is no bar */
};

struct page {
	struct page_line *lines;
	size_t count;
	size_t capacity;
	int columns; /* to wrap to */
	int folds;   /* parts of the lines that stand beside each other; 0: none */
};

/* Prose is not wrapped wider than this, however wide the screen. */
#define PROSE_COLUMNS 90

void page_start(struct page *page, int columns); /* of a {0} or a finished page */
void page_finish(struct page *page);

/* Up to three columns, from the start on, as long as each has at least so many cells. */
void page_fold(struct page *page, int least);

/* Rows that it takes to show all lines. */
size_t page_rows(const struct page *page);

void page_blank(struct page *page);
void page_heading(struct page *page, const char *text);

/* Wraps text between words, or between clusters where a word is too long. Line ends stay. */
void page_add(struct page *page, const char *text, enum style style, unsigned place);

/* The same behind a label that takes width columns, once for the whole paragraph. */
void page_add_labelled(struct page *page, const char *label, enum style label_style, int width,
	const char *text, enum style style);

/* A bar as wide as there is room, up to a point. */
void page_add_bar(struct page *page, size_t done, size_t total);

/* Draws the lines from top on; query may be NULL. */
void page_draw(const struct page *page, size_t top, struct canvas *canvas, const struct area *area,
	const struct query *query);

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
	TOPIC_EVENTS,
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
