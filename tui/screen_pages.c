#include "tui/screen.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/search/search.h"
#include "tui/key.h"
#include "tui/number.h"
#include "tui/progress.h"

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
static void add_star_counts(const struct stars_progress *stars, struct page *page)
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
		add_star_counts(stars, page);
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

void screen_make_import_page(const struct screen *screen, struct page *page)
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

void screen_draw_welcome(
	const struct screen *screen, struct canvas *canvas, const struct area *area)
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
