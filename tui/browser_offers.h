#ifndef TUI_BROWSER_OFFERS_H
#define TUI_BROWSER_OFFERS_H

#include <stdbool.h>
#include <stddef.h>

/* A browser's profile that was found here. */
struct browser_offer {
	char *browser; /* "firefox" */
	char *program; /* "Firefox (snap)" */
	char *path;
	size_t bookmarks;
	bool wanted; /* of those that are imported */
};

/* What has been taken in of those that are wanted. */
struct offers_run {
	size_t left; /* that have not answered yet */
	size_t new;
	size_t known;
	size_t unusable;
	size_t changes;
};

/* What browsers have; {0} has not been asked for. */
struct browser_offers {
	struct browser_offer *offers;
	size_t count;
	size_t capacity;
	bool asked; /* the answer is on its way */
	bool known;
	bool wanted;  /* as soon as they are known */
	char *chosen; /* only this browser, without a question; NULL: all */
	struct offers_run run;
};

void browser_offers_finish(struct browser_offers *browsers);

/* As the engine answers, in place of what was known. */
void browser_offers_read(struct browser_offers *browsers, const char *lines);

/* Wants those of a browser, all where it is NULL; how many. */
size_t browser_offers_want(struct browser_offers *browsers, const char *browser);

/* Those wanted, with or without their counts: "Firefox 1,234, Chromium 56"; yours to free. */
char *browser_offers_print(const struct browser_offers *browsers, bool counts);

#endif
