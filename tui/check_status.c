#include "tui/check_status.h"

#include <stdlib.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "tui/number.h"
#include "tui/progress_bar.h"

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
