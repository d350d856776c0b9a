#include "tui/welcome.h"

#include <stdlib.h>

#include "domain/base/memory.h"
#include "tui/number.h"

#define KEY_WIDTH     15
#define PROGRAM_WIDTH 22

/* With fewer rows, or columns, all that fits is a sentence. */
#define FULL_ROWS    8
#define FULL_COLUMNS 60

static void add_key(const struct screen *screen, struct page *page, const char *action,
	const char *what, enum style style)
{
	char key[KEY_NAME_SIZE];

	page_add_labelled(page, keymap_key_named(screen->options.keymap, action, key),
		style == STYLE_DIM ? STYLE_DIM : STYLE_KEY, KEY_WIDTH, what, style);
}

/* Below the key that imports them all. */
static void add_browsers(const struct browser_offers *browsers, struct page *page)
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
	add_browsers(browsers, page);
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
		"%s add · %s browsers · %s stars · :import FILE · %s help · %s quit",
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
