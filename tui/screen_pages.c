#include "tui/screen_pages.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/search/search.h"
#include "tui/layout.h"
#include "tui/link_words.h"
#include "tui/number.h"
#include "tui/progress.h"
#include "tui/relative_time.h"
#include "tui/row_view.h"

/* "a,b" → "#a #b". */
static char *with_signs(const char *tags)
{
	char *signs = memory_new(strlen(tags) * 3 + 2);
	char *to = signs;

	*to++ = '#';
	for (; *tags; tags++) {
		if (*tags == ',')
			to = stpcpy(to, " #");
		else
			*to++ = *tags;
	}
	return signs;
}

static char *dates(const struct row *row)
{
	char added[DAY_SIZE];
	char modified[DAY_SIZE];

	day_print(row->added, added);
	day_print(row->modified, modified);
	if (strcmp(added, modified) == 0)
		return memory_print("added %s", added);
	return memory_print("added %s, changed %s", added, modified);
}

static void add_tags(struct page *page, const char *tags)
{
	char *signs = with_signs(tags);

	page_add(page, signs, STYLE_TAG, IN_TAGS);
	free(signs);
}

/* A note may be a book; where only its beginning can be seen, no more of it is looked at. */
static void add_notes(struct page *page, const char *notes, size_t most)
{
	size_t length = strnlen(notes, most);
	char *part = memory_copy_bytes(notes, length);

	page_add(page, part, STYLE_TEXT, IN_NOTES);
	free(part);
}

static void add_remarks(const struct row *row, struct page *page)
{
	const char *link = link_state_words(row->link);

	if (*link)
		page_add(page, link, row->link == LINK_DEAD ? STYLE_ERROR : STYLE_WARNING, 0);
	if (row->unstarred)
		page_add(page, "no longer starred", STYLE_WARNING, 0);
}

void bookmark_page_make(const struct row *row, int columns, size_t most, struct page *page)
{
	page_start(page, columns);
	if (*row->title)
		page_add(page, row->title, STYLE_HEADING, IN_TITLE);
	page_add(page, row->url, STYLE_ADDRESS, IN_URL);
	if (*row->notes) {
		page_blank(page);
		add_notes(page, row->notes, most);
	}
	page_blank(page);
	if (*row->tags)
		add_tags(page, row->tags);
	char *when = dates(row);
	char *last = memory_print("%s, %s, number %lld", when, row->source, (long long)row->id);
	page_add(page, last, STYLE_DIM, 0);
	add_remarks(row, page);
	free(last);
	free(when);
}

void bookmark_page_make_short(const struct row *row, int columns, struct page *page)
{
	page_start(page, columns);
	page_add(page, row_label(row), STYLE_HEADING, *row->title ? IN_TITLE : IN_URL);
	if (*row->title)
		page_add(page, row->url, STYLE_ADDRESS, IN_URL);
	if (*row->tags)
		add_tags(page, row->tags);
	add_remarks(row, page);
	if (*row->notes)
		add_notes(page, row->notes, BOOKMARK_PAGE_PREVIEW);
}

#define KEYS_WIDTH   26
#define HELP_COLUMNS 64 /* of each of two columns, where there is room for them */

static const struct {
	enum scene scene;
	const char *name;
} scenes[] = {
	{AT_LIST, "The list"},
	{AT_DETAILS, "Details"},
	{AT_TAGS, "Tags"},
	{AT_TRASH, "The trash"},
	{AT_LINKS, "The links"},
	{AT_MESSAGES, "Messages and other texts"},
	{AT_IMPORT, "The import panel"},
	{AT_HELP, "Help"},
	{AT_FORM, "Forms"},
	{AT_FILTER, "The filter's prompt"},
	{AT_PROMPT, "Other prompts"},
	{AT_PICK, "barky pick"},
	{AT_PICK_FILTER, "The prompt of barky pick"},
};

enum part { KEYS, MOVES, COMMANDS };

static enum part part_of(const struct keymap *keymap, size_t index)
{
	const struct keymap_row *row = keymap_row(index);
	bool moves = row->action >= ACTION_DOWN && row->action <= ACTION_LAST;

	if (!*keymap_keys(keymap, index))
		return COMMANDS;
	return moves && (row->scenes & (AT_VIEWS | AT_PICK)) ? MOVES : KEYS;
}

/* Words beside keys, each on a line; what has no key is a command. */
static void add_rows(
	const struct keymap *keymap, unsigned wanted, enum part part, struct page *page)
{
	for (size_t i = 0; i < keymap_row_count(); i++) {
		const struct keymap_row *row = keymap_row(i);
		const char *keys = keymap_keys(keymap, i);
		if (!(row->scenes & wanted) || part != part_of(keymap, i))
			continue;
		char *name = row->argument ? memory_print(":%s %s", row->name, row->argument)
					   : memory_print(":%s", row->name);
		page_add_labelled(page, part == COMMANDS ? name : keys, STYLE_KEY, KEYS_WIDTH,
			row->help, STYLE_TEXT);
		free(name);
	}
}

/* The user's own, as the configuration has them; of two for a key the last is meant. */
static void add_commands(const struct bound_commands *commands, struct page *page)
{
	char key[KEY_NAME_SIZE];

	if (commands->count > 0)
		page_heading(page, "Your commands");
	for (size_t i = 0; i < commands->count; i++) {
		key_print(commands->all[i].key, key);
		page_add_labelled(
			page, key, STYLE_KEY, KEYS_WIDTH, commands->all[i].text, STYLE_TEXT);
	}
}

static void add_query_help(struct page *page)
{
	static const struct {
		const char *form;
		const char *help;
	} forms[] = {
		{"two words", "both, anywhere, whatever the case"},
		{"\"two words\"", "together"},
		{"-word", "without it"},
		{"a OR b", "either; ( … ) groups"},
		{"#tag tag:a*", "a whole tag, or its beginning"},
		{"title: url: notes:", "only there"},
		{"site:github.com", "the host and what is below it"},
		{"~word", "its letters in this order"},
		{"added:2024-05", "a date; also < <= > >= and a..b"},
		{"is:untagged", "also is:unstarred, is:duplicate"},
		{"/regex/", "a regular expression"},
	};

	page_heading(page, "The filter's language");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		page_add_labelled(
			page, forms[i].form, STYLE_KEY, KEYS_WIDTH, forms[i].help, STYLE_TEXT);
}

static const char *name_of(unsigned scene)
{
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
		if (scenes[i].scene == scene)
			return scenes[i].name;
	}
	return "Keys";
}

/* The most used first; how one moves, which fingers know, last. */
void help_page_make(const struct keymap *keymap, const struct bound_commands *commands,
	unsigned wanted, int columns, struct page *page)
{
	page_start(page, columns);
	page_fold(page, HELP_COLUMNS);
	if (wanted & (AT_LIST | AT_DETAILS))
		add_commands(commands, page);
	page_heading(page, name_of(wanted));
	add_rows(keymap, wanted, KEYS, page);
	if (wanted & (AT_LIST | AT_PICK))
		add_query_help(page);
	if (wanted != AT_PICK) {
		page_heading(page, "Commands, after :");
		add_rows(keymap, wanted, COMMANDS, page);
	}
	page_heading(page, "In the filter's prompt");
	add_rows(keymap, wanted == AT_PICK ? AT_PICK_FILTER : AT_FILTER, KEYS, page);
	page_heading(page, "Moving");
	add_rows(keymap, wanted, MOVES, page);
}

void help_page_make_queries(int columns, struct page *page)
{
	page_start(page, columns);
	add_query_help(page);
	page_blank(page);
	page_add(page,
		"Words are joined by AND; each is looked for anywhere in title, address, notes and "
		"tags, whatever the case and the accents. What cannot be an operator is looked for "
		"as it stands.",
		STYLE_TEXT, 0);
}

void help_page_make_all(const struct keymap *keymap, int columns, struct page *page)
{
	page_start(page, columns);
	page_fold(page, HELP_COLUMNS);
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
		page_heading(page, scenes[i].name);
		add_rows(keymap, scenes[i].scene, KEYS, page);
		add_rows(keymap, scenes[i].scene, MOVES, page);
	}
	page_heading(page, "Commands, after :");
	add_rows(keymap, AT_VIEWS, COMMANDS, page);
}

#define KEY_WIDTH 15

/* How long the bookmarks of a user may be counted, each time the panel is drawn. */
#define COUNT_US 2000

/* A key, or the command where there is none, and what it does; dim where it would do nothing. */
static void add_key(const struct screen *screen, struct page *page, const char *action,
	const char *what, enum style style)
{
	char key[KEY_NAME_SIZE];

	page_add_labelled(page, keymap_key_named(screen->options.keymap, action, key),
		style == STYLE_DIM ? STYLE_DIM : STYLE_KEY, KEY_WIDTH, what, style);
}

static void add_fact(struct page *page, const char *label, const char *text, enum style style)
{
	page_add_labelled(page, label, STYLE_DIM, KEY_WIDTH, text, style);
}

static void add_number(struct buffer *text, size_t count, const char *what)
{
	char number[NUMBER_SIZE];

	if (count == 0)
		return;
	number_print(count, number);
	buffer_print(text, "%s%s %s", text->length ? ", " : "", number, what);
}

/* "640 new, 3 updated": what there is none of is not named. */
static void add_counts(const struct stars_progress *stars, struct page *page)
{
	struct buffer text = {0};

	add_number(&text, stars->counts.added, "new");
	add_number(&text, stars->counts.updated, "updated");
	add_number(&text, stars->counts.unchanged, "unchanged");
	add_number(&text, stars->counts.skipped, "skipped");
	add_number(&text, stars->counts.gone, "no longer starred");
	if (text.length)
		add_fact(page, "this time", buffer_text(&text), STYLE_TEXT);
	buffer_finish(&text);
}

/* All that the library has of the user, also from earlier imports. */
static void add_total(const struct screen *screen, struct page *page)
{
	struct search *search = search_new(screen->store);
	char *query = memory_print("source:\"github:%s\"", screen->stars.user);
	char number[NUMBER_SIZE];

	search_start(search, query_parse(query, NULL), NEWEST_FIRST, false);
	bool whole = search_run(search, COUNT_US) || search_run(search, COUNT_US);
	if (whole && search_count(search) > 0) {
		number_print(search_count(search), number);
		add_fact(page, "in the library", number, STYLE_TEXT);
	}
	search_free(search);
	free(query);
}

static void add_rate(const struct stars_progress *stars, struct page *page)
{
	char *text = stars->seconds_left >= 0 ? memory_print("%.0f a second, %ld s left",
							stars->per_second, stars->seconds_left)
					      : memory_print("%.0f a second", stars->per_second);

	add_fact(page, "rate", text, STYLE_TEXT);
	free(text);
}

static void add_stars(const struct screen *screen, struct page *page)
{
	const struct stars_progress *stars = &screen->stars;
	bool running = stars_are_running(stars), failed = stars->phase == STARS_FAILED;
	char *state = stars_describe(stars);

	page_heading(page, "GitHub stars");
	if (stars->pages > 0 && (running || stars->unfinished))
		page_add_bar(page, stars->page, stars->pages);
	if (stars->phase != STARS_IDLE)
		add_fact(page, "state", state, failed ? STYLE_ERROR : STYLE_TEXT);
	if (*stars->user)
		add_fact(page, "user", stars->user, STYLE_TEXT);
	if (*stars->user)
		add_total(screen, page);
	if (stars->phase != STARS_IDLE)
		add_counts(stars, page);
	if (running)
		add_rate(stars, page);
	if (*stars->error.text)
		add_fact(page, failed ? "why" : "last remark", stars->error.text,
			failed ? STYLE_ERROR : STYLE_WARNING);
	if (stars->unfinished && !running)
		page_add(page, "An earlier import stopped half-way; it goes on from there.",
			STYLE_WARNING, 0);
	if (running)
		add_key(screen, page, "stop-stars",
			"stop after the page in flight; everything that arrived is kept",
			STYLE_TEXT);
	else
		add_key(screen, page, "stars",
			"import the stars of a GitHub user, in the background. Public stars need "
			"no token, but one lifts the limits (GH_TOKEN, GITHUB_TOKEN, or "
			"token_command in the configuration).",
			STYLE_TEXT);
	free(state);
}

static void add_run(const struct offers_run *run, struct page *page)
{
	struct buffer text = {0};

	add_number(&text, run->new, "new");
	add_number(&text, run->known, "known");
	add_number(&text, run->unusable, "unusable");
	if (text.length)
		add_fact(page, "last time", buffer_text(&text), STYLE_TEXT);
	buffer_finish(&text);
}

static void add_browsers(const struct screen *screen, struct page *page)
{
	const struct browser_offers *browsers = &screen->browsers;
	char number[NUMBER_SIZE];

	page_heading(page, "Browsers");
	for (size_t i = 0; i < browsers->count; i++) {
		number_print(browsers->offers[i].bookmarks, number);
		char *text = memory_print("%s bookmarks", number);
		add_fact(page, browsers->offers[i].program, text, STYLE_TEXT);
		free(text);
	}
	if (browsers->run.left > 0)
		add_fact(page, "state", "importing", STYLE_ACCENT);
	add_run(&browsers->run, page);
	add_key(screen, page, "browsers",
		"import what the browsers here have; later again, what is new", STYLE_TEXT);
}

void import_page_make(const struct screen *screen, struct page *page)
{
	add_stars(screen, page);
	add_browsers(screen, page);
	page_heading(page, "Files");
	if (screen->last_file)
		add_fact(page, "last", screen->last_file, STYLE_TEXT);
	page_add_labelled(page, ":import FILE", STYLE_KEY, KEY_WIDTH,
		"what browsers and other bookmark managers write; what it would do is said first",
		STYLE_TEXT);
}

#define PROGRAM_WIDTH 22

/* With fewer rows, or columns, all that fits is a sentence. */
#define FULL_ROWS    8
#define FULL_COLUMNS 60

/* Below the key that imports them all. */
static void add_found_browsers(const struct browser_offers *browsers, struct page *page)
{
	char number[NUMBER_SIZE];

	for (size_t i = 0; i < browsers->count; i++) {
		const struct browser_offer *offer = &browsers->offers[i];
		number_print(offer->bookmarks, number);
		char *line = memory_print("%-*s %7s", PROGRAM_WIDTH, offer->program, number);
		page_add_labelled(page, "", STYLE_KEY, KEY_WIDTH, line, STYLE_ACCENT);
		free(line);
	}
}

static void make_page(const struct screen *screen, int columns, struct page *page)
{
	const struct browser_offers *browsers = &screen->browsers;

	page_start(page, columns);
	page_add(page, "No bookmarks yet.", STYLE_HEADING, 0);
	page_blank(page);
	add_key(screen, page, "add", "add one; or paste addresses, one a line", STYLE_TEXT);
	add_key(screen, page, "browsers",
		!browsers->known      ? "import from the browsers here: looking …"
		: browsers->count > 0 ? "import from the browsers here:"
				      : "import from the browsers here: none was found",
		browsers->known && browsers->count == 0 ? STYLE_DIM : STYLE_TEXT);
	add_found_browsers(browsers, page);
	add_key(screen, page, "import-panel", "import the stars of a GitHub user", STYLE_TEXT);
	page_add_labelled(page, ":import FILE", STYLE_KEY, KEY_WIDTH,
		"what a browser or another bookmark manager wrote", STYLE_TEXT);
	page_blank(page);
	add_key(screen, page, "help", "all keys", STYLE_TEXT);
	add_key(screen, page, "quit", "quit", STYLE_TEXT);
}

static void make_sentence(const struct screen *screen, int columns, struct page *page)
{
	const struct keymap *keymap = screen->options.keymap;
	char add[KEY_NAME_SIZE], browsers[KEY_NAME_SIZE], stars[KEY_NAME_SIZE];
	char help[KEY_NAME_SIZE], quit[KEY_NAME_SIZE];
	char *ways = memory_print(
		"%s add · %s browsers · %s stars · %s help · %s quit · :import FILE",
		keymap_key_named(keymap, "add", add),
		keymap_key_named(keymap, "browsers", browsers),
		keymap_key_named(keymap, "import-panel", stars),
		keymap_key_named(keymap, "help", help), keymap_key_named(keymap, "quit", quit));

	page_start(page, columns);
	page_add(page, "No bookmarks yet.", STYLE_HEADING, 0);
	page_add(page, ways, STYLE_TEXT, 0);
	free(ways);
}

void welcome_draw(const struct screen *screen, struct canvas *canvas, const struct area *area)
{
	bool small = area->rows < FULL_ROWS || area->columns < FULL_COLUMNS;
	int margin = small ? 1 : 2;
	int top = area->rows > FULL_ROWS + 4 ? 1 : 0;
	struct area inside = {area->row + top, area->column + margin, area->rows - top,
		area->columns - 2 * margin};
	struct page page = {0};

	if (small)
		make_sentence(screen, inside.columns, &page);
	else
		make_page(screen, inside.columns, &page);
	page_draw(&page, 0, canvas, &inside, NULL);
	canvas_park(canvas, area, 0, 0, false);
	page_finish(&page);
}

/* In the trash, the age is of the deletion. */
static void draw_row(const struct bookmark_rows *trash, size_t index,
	const struct row_columns *columns, struct canvas *canvas, const struct area *area, int line,
	int64_t now)
{
	const struct bookmark *bookmark = &trash->bookmarks[index];
	struct row_state state = {.now = now,
		.cursor = index == trash->scroll.cursor,
		.marked = id_set_has(&trash->marks, bookmark->id)};
	char *tags = tag_set_join(&bookmark->tags);
	struct row row = {.id = bookmark->id,
		.added = bookmark->deleted,
		.title = bookmark->title,
		.url = bookmark->url,
		.notes = bookmark->notes,
		.tags = tags,
		.source = bookmark->source};

	row_view_draw(&row, &state, columns, canvas, area, line);
	free(tags);
}

void trash_view_draw(
	struct bookmark_rows *trash, struct canvas *canvas, const struct area *area, int64_t now)
{
	struct row_columns columns = layout_row(area->columns, area->columns);

	bookmark_rows_fit(trash, area->rows);
	for (int line = 0; line < area->rows; line++) {
		size_t index = trash->scroll.top + (size_t)line;
		if (index < trash->count)
			draw_row(trash, index, &columns, canvas, area, line, now);
	}
	canvas_park(canvas, area, (int)(trash->scroll.cursor - trash->scroll.top), 0, false);
}
