#include "tui/actions.h"

#include <stdlib.h>

#include "tui/list_view.h"

/* Before all of the library is there the best match is not known: then it waits. */
void act_choose(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen->loading || screen->rows_changed || screen->list.searching) {
		screen->choosing = true;
		return;
	}
	screen->choosing = false;
	free(screen->chosen);
	screen->chosen = list_view_selection(&screen->list, &screen->chosen_count);
	if (screen->chosen_count > 0)
		screen->wishes.quit = true;
	else
		screen_say(screen, MESSAGE_INFO, "There is nothing to choose here; Esc leaves");
}

void actions_choose_nothing(struct screen *screen)
{
	screen->wishes.quit = true;
}

bool actions_choose_one(struct screen *screen)
{
	const struct picking *picking = &screen->options.picking;

	if (!picking->on || picking->multi)
		return false;
	screen_say(
		screen, MESSAGE_INFO, "Only one is chosen here; barky pick --multi marks several");
	return true;
}

void act_pick_mark(struct screen *screen, const char *argument)
{
	if (screen->options.picking.multi)
		act_mark(screen, argument);
	else
		act_complete(screen, argument);
}

void act_pick_mark_back(struct screen *screen, const char *argument)
{
	if (!screen->options.picking.multi) {
		act_complete_back(screen, argument);
		return;
	}
	size_t cursor = screen->list.scroll.cursor;
	list_view_mark(&screen->list);
	list_view_go_to(&screen->list, cursor > 0 ? cursor - 1 : 0);
}

void act_pick_keys(struct screen *screen, const char *argument)
{
	act_accept(screen, argument);
}
