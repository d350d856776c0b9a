#include "tui/progress.h"

#include <stdio.h>
#include <stdlib.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/number.h"
#include "tui/relative_time.h"

#define BAR_COLUMNS      11
#define BAR_FROM_COLUMNS 60

/* How something in the background stands, for a line: "importing stars 7/12 ███░░ 640 new". */
struct progress_line {
	const char *text;
	size_t done;
	size_t total; /* 0: not known, and there is no bar */
	const char *tail;
};

void progress_bar_draw(size_t done, size_t total, struct canvas *canvas, const struct area *area,
	int row, int column, int columns)
{
	int full = total > 0 ? (int)((double)done / (double)total * columns) : 0;

	for (int i = 0; i < columns; i++)
		canvas_write_glyph(canvas, area, row, column + i,
			i < full ? GLYPH_FULL : GLYPH_REST, STYLE_ACCENT);
}

/* Draws it at the right end of a line; returns the columns that it took, with a gap before it. */
static int progress_line_draw(
	const struct progress_line *line, struct canvas *canvas, const struct area *area)
{
	bool bar = line->total > 0 && area->columns >= BAR_FROM_COLUMNS;
	int width = (int)(text_width(line->text) + text_width(line->tail)) + 1;
	int column;

	width += bar ? BAR_COLUMNS + 1 : 0;
	column = area->columns > width + 1 ? area->columns - width - 1 : 0;
	column += canvas_write(canvas, area, 0, column, line->text, STYLE_ACCENT, true) + 1;
	if (bar) {
		progress_bar_draw(line->done, line->total, canvas, area, 0, column, BAR_COLUMNS);
		column += BAR_COLUMNS + 1;
	}
	canvas_write(canvas, area, 0, column, line->tail, STYLE_TEXT, true);
	return width + 3;
}

/* " 3 moved", nothing of none. */
static void add_count(struct buffer *text, const struct link_counts *counts, enum link_state state)
{
	char number[NUMBER_SIZE];

	if (counts->states[state] == 0)
		return;
	number_print(counts->states[state], number);
	buffer_print(text, "%s%s %s", text->length ? ", " : "", number, link_state_name(state));
}

/* "3 moved, 1 dead": what one may want to look at; "" if there is nothing. Yours to free. */
static char *describe_counts(const struct link_counts *counts)
{
	struct buffer text = {0};

	add_count(&text, counts, LINK_MOVED);
	add_count(&text, counts, LINK_DEAD);
	add_count(&text, counts, LINK_FAILING);
	return buffer_take(&text);
}

int check_draw(const struct links_progress *check, struct canvas *canvas, const struct area *area)
{
	char asked[NUMBER_SIZE], total[NUMBER_SIZE];

	if (!check->running)
		return 0;
	number_print(check->asked, asked);
	number_print(check->total, total);
	char *text = memory_print("checking links %s/%s", asked, total);
	char *tail = describe_counts(&check->counts);
	const struct progress_line line = {text, check->asked, check->total, tail};
	int width = progress_line_draw(&line, canvas, area);
	free(tail);
	free(text);
	return width;
}

char *check_farewell(const struct links_progress *before, const struct links_progress *after)
{
	char checked[NUMBER_SIZE], asked[NUMBER_SIZE], total[NUMBER_SIZE];

	if (after->running || !before->running)
		return NULL;
	if (after->status != STATUS_OK && after->status != STATUS_INTERRUPTED)
		return memory_print("The check of links stopped: %s",
			*after->error.text ? after->error.text : status_message(after->status));
	char *counts = describe_counts(&after->counts);
	number_print(after->counts.checked, checked);
	number_print(after->asked, asked);
	number_print(after->total, total);
	char *text = after->status == STATUS_INTERRUPTED
			     ? memory_print("The check was stopped: %s of %s were asked, and kept",
				       asked, total)
			     : memory_print("Checked %s %s: %s", checked,
				       after->counts.checked == 1 ? "link" : "links",
				       *counts ? counts : "all answer");
	free(counts);
	return text;
}

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
