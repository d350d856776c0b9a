#include "tui/list_view.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "tui/row_view.h"

/* Remembers which bookmarks the cursor and the top row are on. */
static void anchor(struct list_view *list)
{
	list->cursor_id = search_id(list->search, list->scroll.cursor);
	list->top_id = search_id(list->search, list->scroll.top);
}

static void list_clamp(struct list_view *list)
{
	scroll_clamp(&list->scroll, search_count(list->search), list->height);
	anchor(list);
}

/* In a stale result, the first bookmark from a position down (else up) that is still there. */
static int64_t survivor(const struct list_view *list, size_t position)
{
	struct row row;

	for (size_t i = position; i < search_count(list->search); i++) {
		if (search_row(list->search, i, &row))
			return row.id;
	}
	for (size_t i = position; i-- > 0;) {
		if (i < search_count(list->search) && search_row(list->search, i, &row))
			return row.id;
	}
	return 0;
}

/* A new result stands: back to the bookmarks that the user was looking at. */
static void settle(struct list_view *list)
{
	struct scroll *scroll = &list->scroll;
	size_t screen_row = scroll->cursor - scroll->top;
	size_t cursor, top;

	if (list->to_best || list->fresh) {
		*scroll = (struct scroll){0};
	} else if (list->cursor_id && search_position(list->search, list->cursor_id, &cursor)) {
		scroll->cursor = cursor;
		if (list->top_id && search_position(list->search, list->top_id, &top) &&
			top <= cursor)
			scroll->top = top;
		else
			scroll->top = cursor > screen_row ? cursor - screen_row : 0;
	}
	list->to_best = false;
	list_clamp(list);
}

static void list_search_start(struct list_view *list, struct query *query)
{
	search_start(list->search, query, list_view_order_now(list), list->reverse);
	list->searching = true;
	list->ranging = false;
}

void list_view_init(struct list_view *list, struct row_store *store)
{
	*list = (struct list_view){.store = store, .height = 1};
	list->search = search_new(store);
	search_run(list->search, -1);
	list->generation = search_generation(list->search);
	list->filter = memory_copy_string("");
}

void list_view_finish(struct list_view *list)
{
	search_free(list->search);
	free(list->filter);
	id_set_finish(&list->marks);
	*list = (struct list_view){0};
}

size_t list_view_count(const struct list_view *list)
{
	return search_count(list->search);
}

bool list_view_row(const struct list_view *list, struct row *row)
{
	return search_row(list->search, list->scroll.cursor, row);
}

void list_view_filter(struct list_view *list, const char *text)
{
	struct query *query = query_parse(text, &list->error);

	if (text != list->filter) {
		free(list->filter);
		list->filter = memory_copy_string(text);
	}
	list->wrong = !query;
	if (!query)
		return;
	list->to_best = *text != '\0';
	list->fresh &= !list->to_best;
	list_search_start(list, query);
}

struct list_place list_view_place(const struct list_view *list)
{
	return (struct list_place){list->cursor_id, list->top_id};
}

void list_view_return(struct list_view *list, const char *text, struct list_place place)
{
	list_view_filter(list, text);
	list->to_best = false;
	list->cursor_id = place.cursor_id;
	list->top_id = place.top_id;
}

void list_view_order(struct list_view *list, enum row_order order, bool reverse)
{
	list->order = order;
	list->reverse = reverse;
	list->ordered = true;
	list_search_start(list, query_parse(list->wrong ? "" : list->filter, &list->error));
}

enum row_order list_view_order_now(const struct list_view *list)
{
	return *list->filter && !list->ordered ? BEST_FIRST : list->order;
}

void list_view_refresh(struct list_view *list)
{
	struct row row;

	if (!search_row(list->search, list->scroll.cursor, &row))
		list->cursor_id = survivor(list, list->scroll.cursor);
	if (!search_row(list->search, list->scroll.top, &row))
		list->top_id = survivor(list, list->scroll.top);
	list->fresh |= search_count(list->search) == 0 && !*list->filter;
	search_refresh(list->search);
	list->searching = true;
}

bool list_view_work(struct list_view *list, long microseconds)
{
	if (!list->searching)
		return true;
	list->searching = !search_run(list->search, microseconds);
	if (search_generation(list->search) == list->generation)
		return false;
	list->generation = search_generation(list->search);
	if (!list->searching || list->to_best) /* else the cursor's place is not known yet */
		settle(list);
	return true;
}

/* The first rows are there before all of them are. */
bool list_view_find_all(struct list_view *list, long microseconds)
{
	bool changed = false;

	for (int steps = 2; list->searching && steps > 0; steps--)
		changed |= list_view_work(list, microseconds);
	return changed;
}

bool list_view_move(struct list_view *list, enum action action, size_t times)
{
	if (!search_complete(list->search))
		list_view_find_all(list, -1);
	list->fresh = false;
	if (!scroll_move(&list->scroll, action, times, search_count(list->search), list->height))
		return false;
	anchor(list);
	return true;
}

void list_view_go(struct list_view *list, int64_t id)
{
	size_t position;

	list->cursor_id = id;
	list->fresh = false;
	if (search_position(list->search, id, &position))
		list_view_go_to(list, position);
}

void list_view_go_to(struct list_view *list, size_t position)
{
	list->scroll.cursor = position;
	list->fresh = false;
	list_clamp(list);
}

void list_view_mark(struct list_view *list)
{
	if (list->ranging) {
		list_view_range(list);
		return;
	}
	int64_t id = search_id(list->search, list->scroll.cursor);
	if (!id)
		return;
	id_set_toggle(&list->marks, id);
	list_view_move(list, ACTION_DOWN, 1);
}

/* The ids of the rows low … high; yours to free. */
static int64_t *ids_between(const struct list_view *list, size_t low, size_t high, size_t *count)
{
	size_t end = search_count(list->search);

	if (high + 1 < end)
		end = high + 1;
	*count = low < end ? end - low : 0;
	int64_t *ids = memory_array(*count + 1, sizeof(*ids));
	for (size_t i = 0; i < *count; i++)
		ids[i] = search_id(list->search, low + i);
	return ids;
}

void list_view_mark_all(struct list_view *list)
{
	size_t count;

	list_view_find_all(list, -1);
	int64_t *ids = ids_between(list, 0, search_count(list->search), &count);
	bool all = count > 0;

	for (size_t i = 0; i < count && all; i++)
		all = id_set_has(&list->marks, ids[i]);
	if (all)
		id_set_subtract(&list->marks, ids, count);
	else
		id_set_unite(&list->marks, ids, count);
	free(ids);
}

int64_t *list_view_following(const struct list_view *list, size_t most, size_t *count)
{
	size_t cursor = list->scroll.cursor;

	return ids_between(list, cursor, cursor + most - 1, count);
}

void list_view_leave(struct list_view *list, const int64_t *ids, size_t count)
{
	struct id_set going = {0};
	size_t end = search_count(list->search);
	size_t at = list->scroll.cursor;

	id_set_unite(&going, ids, count);
	while (at < end && id_set_has(&going, search_id(list->search, at)))
		at++;
	if (at == end) {
		at = list->scroll.cursor;
		while (at > 0 && id_set_has(&going, search_id(list->search, at)))
			at--;
	}
	if (at != list->scroll.cursor)
		list_view_go_to(list, at);
	id_set_finish(&going);
}

static void range_ends(const struct list_view *list, size_t *low, size_t *high)
{
	size_t cursor = list->scroll.cursor;

	*low = list->range_from < cursor ? list->range_from : cursor;
	*high = list->range_from < cursor ? cursor : list->range_from;
}

void list_view_range(struct list_view *list)
{
	size_t low, high, count;

	list->ranging = !list->ranging;
	if (list->ranging) {
		list->range_from = list->scroll.cursor;
		list->range_marks = !id_set_has(&list->marks, list->cursor_id);
		return;
	}
	range_ends(list, &low, &high);
	int64_t *ids = ids_between(list, low, high, &count);
	if (list->range_marks)
		id_set_unite(&list->marks, ids, count);
	else
		id_set_subtract(&list->marks, ids, count);
	free(ids);
}

size_t list_view_selected(const struct list_view *list)
{
	struct row row;

	return list->marks.count ? list->marks.count : list_view_row(list, &row);
}

/* Marked ones that are shown, in their order; then those that a filter hides. */
static int64_t *marked(const struct list_view *list, size_t *count)
{
	int64_t *ids = memory_array(list->marks.count, sizeof(*ids));
	struct id_set hidden = {0};

	for (size_t i = 0; i < search_count(list->search) && *count < list->marks.count; i++) {
		int64_t id = search_id(list->search, i);
		if (id_set_has(&list->marks, id))
			ids[(*count)++] = id;
	}
	id_set_unite(&hidden, list->marks.ids, list->marks.count);
	id_set_subtract(&hidden, ids, *count);
	for (size_t i = 0; i < hidden.count; i++)
		ids[(*count)++] = hidden.ids[i];
	id_set_finish(&hidden);
	return ids;
}

int64_t *list_view_selection(const struct list_view *list, size_t *count)
{
	struct row row;

	*count = 0;
	if (list->marks.count > 0)
		return marked(list, count);
	if (!list_view_row(list, &row))
		return NULL;
	int64_t *ids = memory_new(sizeof(*ids));
	ids[(*count)++] = row.id;
	return ids;
}

static bool shown_marked(const struct list_view *list, size_t position, int64_t id)
{
	size_t low, high;
	bool marked = id_set_has(&list->marks, id);

	if (!list->ranging)
		return marked;
	range_ends(list, &low, &high);
	return position >= low && position <= high ? list->range_marks : marked;
}

void list_view_draw(
	struct list_view *list, struct canvas *canvas, const struct area *area, int64_t now)
{
	struct row_columns columns = layout_row(area->columns, canvas->columns);
	struct row_state state = {.query = search_query(list->search), .now = now};
	struct row row;

	list->height = area->rows > 0 ? (size_t)area->rows : 1;
	scroll_clamp(&list->scroll, search_count(list->search), list->height);
	for (int line = 0; line < area->rows; line++) {
		size_t position = list->scroll.top + (size_t)line;
		if (!search_row(list->search, position, &row))
			continue;
		state.cursor = position == list->scroll.cursor;
		state.marked = shown_marked(list, position, row.id);
		row_view_draw(&row, &state, &columns, canvas, area, line);
	}
	canvas_park(canvas, area, (int)(list->scroll.cursor - list->scroll.top), 0, false);
}
