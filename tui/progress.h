#ifndef TUI_PROGRESS_H
#define TUI_PROGRESS_H

#include <stdbool.h>

#include "domain/links/links_progress.h"
#include "domain/stars/stars_progress.h"
#include "tui/canvas.h"

/* A bar of so many columns, in a row of an area. */
void progress_bar_draw(size_t done, size_t total, struct canvas *canvas, const struct area *area,
	int row, int column, int columns);

/* How a check of links stands, at the right end of the status line; the columns it took. */
int check_draw(const struct links_progress *check, struct canvas *canvas, const struct area *area);

/* What to say when a check has just ended; yours to free, NULL if it has not. */
char *check_farewell(const struct links_progress *before, const struct links_progress *after);

/* How the import of stars stands, in the status line and in its panel. */
bool stars_are_running(const struct stars_progress *stars);

/*
 * "importing stars 7/12 ███░░ 640 new" at the right end of an area; nothing while none runs.
 * Returns the columns taken.
 */
int stars_draw(const struct stars_progress *stars, struct canvas *canvas, const struct area *area);

/* "importing stars 7/12", "waiting for the rate limit until 14:05"; yours to free. */
char *stars_describe(const struct stars_progress *stars);

/* What to say when an import has just ended; yours to free, NULL if it has not. */
char *stars_farewell(const struct stars_progress *before, const struct stars_progress *after);

#endif
