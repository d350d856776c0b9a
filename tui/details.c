#include "tui/details.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url_parts.h"
#include "domain/search/search.h"
#include "tui/link_words.h"
#include "tui/number.h"
#include "tui/page.h"
#include "tui/relative_time.h"
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

static void clear_items(struct details *details)
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
	clear_items(details);
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

#define LABEL_COLUMNS 10
#define TAG_COLUMNS   24
#define DAY_COLUMNS   14
#define TWO_COLUMNS   120 /* from so many on */
#define GAP           3

/* The page while it is made: one column, or two. */
struct making {
	struct details *details;
	const struct row *row;
	struct page pages[2]; /* left, right */
	bool right;           /* what is added goes there */
	int64_t now;
};

static struct page *page_of(struct making *making)
{
	return &making->pages[making->right];
}

/* The line that is added next can be followed. Takes text. */
static void add_item(struct making *making, enum detail_kind kind, char *take_text, int64_t id)
{
	struct details *details = making->details;

	details->items = memory_grow(details->items, details->item_count, &details->item_capacity,
		sizeof(*details->items));
	details->items[details->item_count++] = (struct detail){.kind = kind,
		.text = take_text,
		.id = id,
		.right = making->right,
		.line = page_of(making)->count};
}

static void add_fact(struct making *making, const char *label, const char *text, enum style style)
{
	page_add_labelled(page_of(making), label, STYLE_DIM, LABEL_COLUMNS, text, style);
}

static char *describe_source(const struct row *row)
{
	const char *source = row->source;
	const char *name = strchr(source, ':') ? strchr(source, ':') + 1 : "";
	const char *gone = row->unstarred ? ", not there any more" : "";

	if (strcmp(source, "manual") == 0)
		return memory_copy_string("added by hand");
	if (strncmp(source, "github:", 7) == 0)
		return memory_print("GitHub stars of %s%s", name, gone);
	if (strncmp(source, "file:", 5) == 0)
		return memory_print("imported, from %s%s", name, gone);
	return memory_print("%s%s", source, gone);
}

static void add_dates(struct making *making)
{
	const struct row *row = making->row;
	char added[DAY_SIZE], modified[DAY_SIZE];

	day_name_print(row->added, making->now, added);
	day_name_print(row->modified, making->now, modified);
	char *text = row->modified - row->added < 60
			     ? memory_copy_string(added)
			     : memory_print("%s, changed %s", added, modified);
	add_fact(making, "added", text, STYLE_TEXT);
	free(text);
}

/* The link, and where one may go instead. */
static void add_link(struct making *making)
{
	static const enum style styles[LINK_STATES] = {
		[LINK_UNCHECKED] = STYLE_DIM,
		[LINK_OK] = STYLE_TEXT,
		[LINK_MOVED] = STYLE_WARNING,
		[LINK_FAILING] = STYLE_WARNING,
		[LINK_DEAD] = STYLE_ERROR,
	};
	const struct details *details = making->details;
	const struct bookmark_link *link = &details->bookmark.link;

	if (!details->known)
		return;
	char *sentence = link_sentence(link, making->now);
	add_fact(making, "link", sentence, styles[link->state]);
	free(sentence);
	if (link->state == LINK_MOVED && link->url) {
		add_item(making, DETAIL_ADDRESS, memory_copy_string(link->url), 0);
		add_fact(making, "", link->url, STYLE_ADDRESS);
	}
	if (link->state == LINK_DEAD || link->state == LINK_FAILING) {
		char *copy = memory_print("https://web.archive.org/web/2/%s", making->row->url);
		add_item(making, DETAIL_ADDRESS, memory_copy_string(copy), 0);
		add_fact(making, "", copy, STYLE_ADDRESS);
		free(copy);
	}
}

static void add_bookmark_facts(struct making *making)
{
	const struct row *row = making->row;
	struct page *page = page_of(making);
	char number[NUMBER_SIZE];

	if (*row->title)
		page_add(page, row->title, STYLE_HEADING, IN_TITLE);
	add_item(making, DETAIL_ADDRESS, memory_copy_string(row->url), 0);
	page_add(page, row->url, STYLE_ADDRESS, IN_URL);
	if (*row->notes) {
		page_blank(page);
		page_add(page, row->notes, STYLE_TEXT, IN_NOTES);
	}
	page_blank(page);
	add_link(making);
	char *source = describe_source(row);
	add_fact(making, "source", source, row->unstarred ? STYLE_WARNING : STYLE_TEXT);
	free(source);
	add_dates(making);
	/* As commands take it: no commas. */
	snprintf(number, sizeof(number), "%lld", (long long)row->id);
	add_fact(making, "number", number, STYLE_TEXT);
}

static void add_tag_facts(struct making *making)
{
	const struct details *details = making->details;
	char number[NUMBER_SIZE];

	if (details->tag_count == 0)
		return;
	page_heading(page_of(making), "Tags");
	for (size_t i = 0; i < details->tag_count; i++) {
		const struct detail_neighbour *tag = &details->tags[i];
		char *label = memory_print("#%s", tag->label);
		number_print(tag->count, number);
		char *text = memory_print("%s%s bookmark%s", number, tag->more ? "+" : "",
			tag->count == 1 ? "" : "s");
		add_item(making, DETAIL_QUERY, tag_query(tag->label, strlen(tag->label)), 0);
		page_add_labelled(page_of(making), label, STYLE_TAG, TAG_COLUMNS, text, STYLE_DIM);
		free(text);
		free(label);
	}
}

static void add_site(struct making *making)
{
	const struct details *details = making->details;
	char number[NUMBER_SIZE];

	if (details->other_count == 0)
		return;
	char *heading = memory_print("Also of %s", details->site);
	page_heading(page_of(making), heading);
	free(heading);
	for (size_t i = 0; i < details->other_count; i++) {
		add_item(making, DETAIL_BOOKMARK, NULL, details->others[i].id);
		page_add(page_of(making), details->others[i].label, STYLE_TITLE, 0);
	}
	if (details->site_count <= details->other_count + 1)
		return;
	number_print(details->site_count, number);
	char *all = memory_print("all %s%s", number, details->site_more ? "+" : "");
	add_item(making, DETAIL_QUERY, memory_print("site:%s", details->site), 0);
	page_add(page_of(making), all, STYLE_ACCENT, 0);
	free(all);
}

/* "Edited: title was …", "Imported with 29 others". */
static char *describe_one(const struct bookmark_change *change)
{
	char *words = bookmark_change_describe(change);
	char *verb = describe_change(change->command, 1, "");
	char *text;

	verb[strcspn(verb, " ")] = '\0';
	text = *words ? memory_print("%s: %s", verb, words)
	       : change->made && change->command == EDIT_BOOKMARKS ? memory_copy_string("Added")
								   : memory_copy_string(verb);
	free(verb);
	free(words);
	return text;
}

static void add_history(struct making *making)
{
	const struct details *details = making->details;
	char day[DAY_SIZE], clock[DAY_SIZE];

	if (details->history.count == 0)
		return;
	page_heading(page_of(making), "Changes");
	for (size_t i = 0; i < details->history.count; i++) {
		const struct bookmark_change *change = &details->history.changes[i];
		char *text = describe_one(change);
		day_name_print(change->at, making->now, day);
		clock_print(change->at, false, clock);
		char *label = strcmp(day, "today") == 0 ? memory_print("today %s", clock)
							: memory_copy_string(day);
		add_item(making, DETAIL_CHANGE, NULL, 0);
		making->details->items[making->details->item_count - 1].newer = change->newer;
		page_add_labelled(page_of(making), label, STYLE_DIM, DAY_COLUMNS, text, STYLE_TEXT);
		free(label);
		free(text);
	}
}

static size_t lines_of(const struct making *making)
{
	size_t left = making->pages[0].count, right = making->pages[1].count;

	return left > right ? left : right;
}

static void details_clamp(struct details *details)
{
	size_t last = details->lines > details->height ? details->lines - details->height : 0;

	if (details->cursor >= details->item_count)
		details->cursor = details->item_count ? details->item_count - 1 : 0;
	if (details->top > last)
		details->top = last;
}

static void draw_cursor(struct details *details, struct canvas *canvas, const struct area areas[2])
{
	const struct detail *item = details_current(details);

	if (!item || item->line < details->top || item->line >= details->top + details->height)
		return;
	struct area area = areas[item->right];
	int line = (int)(item->line - details->top);
	area.column -= 2;
	area.columns += 2;
	canvas_write_glyph(canvas, &area, line, 0, GLYPH_CURSOR, STYLE_ACCENT);
	canvas_emphasise(canvas, &area, line, 0, area.columns, EMPHASIS_CURSOR);
	canvas_park(canvas, &area, line, 0, false);
}

void details_draw(struct details *details, const struct row_store *store, const struct query *query,
	struct canvas *canvas, const struct area *area, int64_t now)
{
	bool two = area->columns >= TWO_COLUMNS;
	int left = two ? (area->columns - GAP) * 3 / 5 : area->columns;
	struct area areas[2] = {{area->row, area->column + 2, area->rows, left - 3},
		{area->row, area->column + left + GAP, area->rows, area->columns - left - GAP - 1}};
	struct row row;
	struct making making = {.details = details, .row = &row, .now = now};

	clear_items(details);
	if (!row_store_find(store, details->id, &row)) {
		canvas_write(canvas, area, 1, 2, "This bookmark is gone. q goes back.", STYLE_TEXT,
			true);
		return;
	}
	page_start(&making.pages[0], areas[0].columns);
	page_start(&making.pages[1], areas[1].columns);
	add_bookmark_facts(&making);
	making.right = two;
	add_tag_facts(&making);
	add_site(&making);
	add_history(&making);
	details->lines = lines_of(&making);
	details->height = area->rows > 0 ? (size_t)area->rows : 1;
	details_clamp(details);
	canvas_park(canvas, area, 0, 0, false);
	for (int i = 0; i < (two ? 2 : 1); i++)
		page_draw(&making.pages[i], details->top, canvas, &areas[i], query);
	draw_cursor(details, canvas, areas);
	page_finish(&making.pages[0]);
	page_finish(&making.pages[1]);
}
