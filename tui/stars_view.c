#include "tui/stars_view.h"

#include <stdio.h>
#include <stdlib.h>

#include "domain/base/memory.h"
#include "tui/relative_time.h"
#include "tui/number.h"
#include "tui/progress_bar.h"

static const char *const phases[] = {
	[STARS_IDLE] = "nothing is running",
	[STARS_CONNECTING] = "connecting",
	[STARS_FETCHING] = "importing stars",
	[STARS_WAITING_FOR_LIMIT] = "waiting for the rate limit",
	[STARS_RETRYING] = "trying again",
	[STARS_STOPPING] = "stopping",
	[STARS_COMPLETE] = "complete",
	[STARS_STOPPED] = "stopped",
	[STARS_FAILED] = "failed",
};

bool stars_are_running(const struct stars_progress *stars)
{
	return stars->phase >= STARS_CONNECTING && stars->phase <= STARS_STOPPING;
}

char *stars_describe(const struct stars_progress *stars)
{
	char time[DAY_SIZE], page[NUMBER_SIZE], pages[NUMBER_SIZE];

	number_print(stars->page, page);
	number_print(stars->pages, pages);

	if (stars->phase == STARS_WAITING_FOR_LIMIT || stars->phase == STARS_RETRYING) {
		bool soon = stars->phase == STARS_RETRYING;
		clock_print(stars->until, soon, time);
		return memory_print("%s %s %s", phases[stars->phase], soon ? "at" : "until", time);
	}
	if (stars->phase == STARS_FETCHING && stars->pages > 0)
		return memory_print("%s %s/%s", phases[stars->phase], page, pages);
	if (stars->phase == STARS_FETCHING)
		return memory_print("%s, page %s", phases[stars->phase], page);
	return memory_copy_string(phases[stars->phase]);
}

int stars_draw(const struct stars_progress *stars, struct canvas *canvas, const struct area *area)
{
	char added[NUMBER_SIZE];
	char news[NUMBER_SIZE + 8];

	if (!stars_are_running(stars))
		return 0;
	char *text = stars_describe(stars);
	number_print(stars->counts.added, added);
	snprintf(news, sizeof(news), "%s new", added);
	const struct progress_line line = {text, stars->page, stars->pages, news};
	int width = progress_line_draw(&line, canvas, area);
	free(text);
	return width;
}

char *stars_farewell(const struct stars_progress *before, const struct stars_progress *after)
{
	char added[NUMBER_SIZE], updated[NUMBER_SIZE], all[NUMBER_SIZE];

	if (stars_are_running(after) || !stars_are_running(before))
		return NULL;
	number_print(after->counts.added + after->counts.updated + after->counts.unchanged, all);
	number_print(after->counts.added, added);
	number_print(after->counts.updated, updated);
	const char *undo = after->counts.added + after->counts.updated > 0 ? " · u undo" : "";
	if (after->phase == STARS_FAILED)
		return memory_print("Import stopped: %s%s%s%s%s · I, then s tries again",
			after->user, *after->user ? ": " : "", after->error.text,
			after->counts.added > 0 ? "; new and kept: " : "",
			after->counts.added > 0 ? added : "");
	if (after->phase == STARS_STOPPED)
		return memory_print("Import stopped: %s new, %s updated%s", added, updated, undo);
	return memory_print("Imported %s stars: %s new, %s updated%s", all, added, updated, undo);
}
