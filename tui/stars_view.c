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

/* "importing stars 7/12", "waiting for the rate limit until 14:05" */
static char *describe(const struct stars_progress *stars)
{
	char time[DAY_SIZE];

	if (stars->phase == STARS_WAITING_FOR_LIMIT || stars->phase == STARS_RETRYING) {
		bool soon = stars->phase == STARS_RETRYING;
		clock_print(stars->until, soon, time);
		return memory_print("%s %s %s", phases[stars->phase], soon ? "at" : "until", time);
	}
	if (stars->phase == STARS_FETCHING && stars->pages > 0)
		return memory_print("%s %zu/%zu", phases[stars->phase], stars->page, stars->pages);
	if (stars->phase == STARS_FETCHING)
		return memory_print("%s, page %zu", phases[stars->phase], stars->page);
	return memory_copy_string(phases[stars->phase]);
}

int stars_draw(const struct stars_progress *stars, struct canvas *canvas, const struct area *area)
{
	char added[NUMBER_SIZE];
	char news[NUMBER_SIZE + 8];

	if (!stars_are_running(stars))
		return 0;
	char *text = describe(stars);
	number_print(stars->added, added);
	snprintf(news, sizeof(news), "%s new", added);
	const struct progress_line line = {text, stars->page, stars->pages, news};
	int width = progress_line_draw(&line, canvas, area);
	free(text);
	return width;
}

static void print_count(struct page *page, const char *label, size_t count)
{
	char number[NUMBER_SIZE];

	number_print(count, number);
	page_add_labelled(page, label, STYLE_DIM, 16, number, STYLE_TEXT);
}

static void print_counts(const struct stars_progress *stars, struct page *page)
{
	print_count(page, "pages", stars->page);
	print_count(page, "new", stars->added);
	print_count(page, "updated", stars->updated);
	print_count(page, "unchanged", stars->unchanged);
	print_count(page, "skipped", stars->skipped);
	print_count(page, "unstarred", stars->unstarred);
	print_count(page, "requests", stars->requests);
}

static void print_rate(const struct stars_progress *stars, struct page *page)
{
	char *rate = memory_print("%.0f stars a second", stars->per_second);
	char *left = memory_print("%ld s", stars->seconds_left);

	page_add_labelled(page, "rate", STYLE_DIM, 16, rate, STYLE_TEXT);
	if (stars->seconds_left >= 0)
		page_add_labelled(page, "time left", STYLE_DIM, 16, left, STYLE_TEXT);
	free(rate);
	free(left);
}

void stars_print(const struct stars_progress *stars, int64_t now, struct page *page)
{
	char *state = describe(stars);

	(void)now;
	page_blank(page);
	page_add_labelled(page, "state", STYLE_DIM, 16, state, STYLE_HEADING);
	if (*stars->user)
		page_add_labelled(page, "user", STYLE_DIM, 16, stars->user, STYLE_TEXT);
	if (stars->phase != STARS_IDLE)
		print_counts(stars, page);
	if (stars_are_running(stars))
		print_rate(stars, page);
	if (*stars->error.text)
		page_add_labelled(page, stars->phase == STARS_FAILED ? "why" : "last remark",
			STYLE_DIM, 16, stars->error.text,
			stars->phase == STARS_FAILED ? STYLE_ERROR : STYLE_WARNING);
	page_blank(page);
	if (stars->unfinished && !stars_are_running(stars))
		page_add(page, "An earlier import stopped half-way; s goes on from there.",
			STYLE_WARNING, 0);
	page_add(page,
		stars_are_running(stars)
			? "s stops after the page in flight; everything that arrived is kept."
			: "s asks for a GitHub user and imports the stars in the background; "
			  "nobody's list needs a token, but one lifts the limits "
			  "(GH_TOKEN, GITHUB_TOKEN, or token_command in the configuration).",
		STYLE_TEXT, 0);
	free(state);
}

char *stars_farewell(const struct stars_progress *before, const struct stars_progress *after)
{
	char added[NUMBER_SIZE], updated[NUMBER_SIZE], all[NUMBER_SIZE];

	if (stars_are_running(after) || !stars_are_running(before))
		return NULL;
	number_print(after->added + after->updated + after->unchanged, all);
	number_print(after->added, added);
	number_print(after->updated, updated);
	const char *undo = after->added + after->updated > 0 ? " · u undo" : "";
	if (after->phase == STARS_FAILED)
		return memory_print("Import stopped: %s%s%s%s%s · I, then s tries again",
			after->user, *after->user ? ": " : "", after->error.text,
			after->added > 0 ? "; new and kept: " : "", after->added > 0 ? added : "");
	if (after->phase == STARS_STOPPED)
		return memory_print("Import stopped: %s new, %s updated%s", added, updated, undo);
	return memory_print("Imported %s stars: %s new, %s updated%s", all, added, updated, undo);
}
