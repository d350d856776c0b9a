#include "tui/scroll.h"

static size_t forward(size_t from, size_t by, size_t last)
{
	return by > last - from ? last : from + by;
}

static size_t backward(size_t from, size_t by)
{
	return by > from ? 0 : from - by;
}

/* How far an action goes, in lines; 0 if it is no move. */
static size_t distance(enum action action, size_t height)
{
	if (action == ACTION_DOWN || action == ACTION_UP)
		return 1;
	if (action == ACTION_HALF_PAGE_DOWN || action == ACTION_HALF_PAGE_UP)
		return height > 1 ? height / 2 : 1;
	if (action == ACTION_PAGE_DOWN || action == ACTION_PAGE_UP)
		return height > 1 ? height - 1 : 1;
	return 0;
}

static bool goes_down(enum action action)
{
	return action == ACTION_DOWN || action == ACTION_HALF_PAGE_DOWN ||
	       action == ACTION_PAGE_DOWN;
}

static bool move(size_t *at, enum action action, size_t times, size_t last, size_t height)
{
	size_t by = distance(action, height);

	if (action == ACTION_FIRST || action == ACTION_LAST) {
		*at = action == ACTION_FIRST ? 0 : last;
		return true;
	}
	if (by == 0)
		return false;
	by *= times ? times : 1;
	*at = goes_down(action) ? forward(*at, by, last) : backward(*at, by);
	return true;
}

void scroll_clamp(struct scroll *scroll, size_t count, size_t height)
{
	if (scroll->cursor >= count)
		scroll->cursor = count ? count - 1 : 0;
	if (height == 0)
		height = 1;
	if (scroll->top > scroll->cursor)
		scroll->top = scroll->cursor;
	if (scroll->cursor - scroll->top >= height)
		scroll->top = scroll->cursor - height + 1;
	if (count >= height && scroll->top > count - height)
		scroll->top = count - height;
	if (count < height)
		scroll->top = 0;
}

/* A page moves the page with it, so that the cursor keeps its place on the screen. */
static void carry_top(struct scroll *scroll, enum action action, size_t before)
{
	if (distance(action, 4) <= 1)
		return;
	if (goes_down(action))
		scroll->top += scroll->cursor - before;
	else
		scroll->top = backward(scroll->top, before - scroll->cursor);
}

bool scroll_move(
	struct scroll *scroll, enum action action, size_t times, size_t count, size_t height)
{
	scroll_clamp(scroll, count, height);
	size_t before = scroll->cursor;

	if (!move(&scroll->cursor, action, times, count ? count - 1 : 0, height))
		return false;
	carry_top(scroll, action, before);
	scroll_clamp(scroll, count, height);
	return true;
}

bool scroll_move_text(
	struct scroll *scroll, enum action action, size_t times, size_t count, size_t height)
{
	size_t last = count > height ? count - height : 0;

	if (scroll->top > last)
		scroll->top = last;
	bool moved = move(&scroll->top, action, times, last, height);
	scroll->cursor = scroll->top;
	return moved;
}
