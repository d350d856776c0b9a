#include "tui/details.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url_parts.h"
#include "domain/search/search.h"
#include "tui/details_page.h"
#include "tui/tag_view.h"

/* How long each look into the store may take. */
#define LOOK_US 20000

static void clear_neighbours(struct details *details)
{
	for (size_t i = 0; i < details->tag_count; i++)
		free(details->tags[i].label);
	for (size_t i = 0; i < details->other_count; i++)
		free(details->others[i].label);
	free(details->tags);
	free(details->site);
	details->tags = NULL;
	details->site = NULL;
	details->tag_count = details->other_count = details->site_count = 0;
}

void details_clear_items(struct details *details)
{
	for (size_t i = 0; i < details->item_count; i++)
		free(details->items[i].text);
	details->item_count = 0;
}

static void forget_told(struct details *details)
{
	if (details->known)
		bookmark_finish(&details->bookmark);
	bookmark_history_finish(&details->history);
	details->known = false;
}

void details_finish(struct details *details)
{
	clear_neighbours(details);
	details_clear_items(details);
	forget_told(details);
	free(details->items);
	*details = (struct details){.asked = details->asked};
}

void details_open(struct details *details, int64_t id, bool follow)
{
	if (follow && details->way_count == DETAIL_WAY_MAX)
		memmove(details->way, details->way + 1,
			--details->way_count * sizeof(*details->way));
	if (follow)
		details->way[details->way_count++] = details->id;
	else
		details->way_count = 0;
	clear_neighbours(details);
	forget_told(details);
	details->id = id;
	details->cursor = details->top = 0;
}

bool details_back(struct details *details)
{
	size_t left = details->way_count;

	if (left == 0)
		return false;
	details_open(details, details->way[left - 1], false);
	details->way_count = left - 1;
	return true;
}

/* The search of a filter's bookmarks, as far as the time allows. Yours to free. */
static struct search *look_for(struct row_store *store, char *take_query)
{
	struct search *search = search_new(store);

	search_start(search, query_parse(take_query, NULL), NEWEST_FIRST, false);
	if (!search_run(search, LOOK_US)) /* only the first rows, perhaps */
		search_run(search, LOOK_US);
	free(take_query);
	return search;
}

static void look_at_tags(struct details *details, struct row_store *store, const char *tags)
{
	struct tag_set set = {0};

	tag_set_add_list(&set, tags, NULL);
	details->tags = memory_array(set.count + 1, sizeof(*details->tags));
	for (size_t i = 0; i < set.count; i++) {
		struct search *search =
			look_for(store, tag_query(set.tags[i], strlen(set.tags[i])));
		details->tags[details->tag_count++] =
			(struct detail_neighbour){.label = memory_copy_string(set.tags[i]),
				.count = search_count(search),
				.more = search_running(search)};
		search_free(search);
	}
	tag_set_finish(&set);
}

static void look_at_site(struct details *details, struct row_store *store)
{
	struct search *search = look_for(store, memory_print("site:%s", details->site));
	struct row row;

	details->site_count = search_count(search);
	details->site_more = search_running(search);
	for (size_t i = 0; i < details->site_count && details->other_count < DETAIL_SITE_MAX; i++) {
		if (!search_row(search, i, &row) || row.id == details->id)
			continue;
		details->others[details->other_count++] = (struct detail_neighbour){
			.label = memory_copy_string(row_label(&row)), .id = row.id};
	}
	search_free(search);
}

bool details_look_around(struct details *details, struct row_store *store)
{
	struct url_parts parts;
	struct row row;

	clear_neighbours(details);
	if (!row_store_find(store, details->id, &row))
		return false;
	char *tags = memory_copy_string(row.tags);
	url_split(row.url, &parts);
	if (url_parts_are_web(&parts) && parts.host.length > 0)
		details->site = memory_copy_bytes(parts.host.start, parts.host.length);
	look_at_tags(details, store, tags);
	if (details->site)
		look_at_site(details, store);
	free(tags);
	return true;
}

void details_take(struct details *details, const struct bookmark *bookmark,
	struct bookmark_history *take_history)
{
	forget_told(details);
	bookmark_init(&details->bookmark);
	bookmark_copy(&details->bookmark, bookmark);
	details->history = *take_history;
	*take_history = (struct bookmark_history){0};
	details->known = true;
}

const struct detail *details_current(const struct details *details)
{
	return details->cursor < details->item_count ? &details->items[details->cursor] : NULL;
}

/* The top so far that the line of the cursor is seen. */
static void show_cursor(struct details *details)
{
	const struct detail *item = details_current(details);

	if (!item)
		return;
	if (item->line < details->top)
		details->top = item->line;
	else if (item->line >= details->top + details->height)
		details->top = item->line - details->height + 1;
}

/* One step: to the next thing to follow, if it is in sight or just below; else a line. */
static void step(struct details *details, bool down)
{
	size_t next = details->cursor + (down ? 1 : (size_t)-1);
	size_t last = details->lines > details->height ? details->lines - details->height : 0;

	if (next < details->item_count) {
		size_t line = details->items[next].line;
		if (line <= details->top + details->height && line + 1 >= details->top) {
			details->cursor = next;
			show_cursor(details);
			return;
		}
	}
	if (down && details->top < last)
		details->top++;
	else if (!down && details->top > 0)
		details->top--;
}

void details_move(struct details *details, enum action action, size_t times)
{
	bool down = action == ACTION_DOWN || action == ACTION_HALF_PAGE_DOWN ||
		    action == ACTION_PAGE_DOWN;
	size_t steps = times ? times : 1;

	if (action == ACTION_FIRST) {
		details->cursor = details->top = 0;
		return;
	}
	if (action == ACTION_LAST) {
		details->cursor = details->item_count ? details->item_count - 1 : 0;
		details->top =
			details->lines > details->height ? details->lines - details->height : 0;
		show_cursor(details);
		return;
	}
	if (action == ACTION_HALF_PAGE_DOWN || action == ACTION_HALF_PAGE_UP)
		steps *= details->height / 2 + 1;
	else if (action == ACTION_PAGE_DOWN || action == ACTION_PAGE_UP)
		steps *= details->height;
	for (size_t i = 0; i < steps && i < 10000; i++)
		step(details, down);
}
