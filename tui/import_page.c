#include "tui/import_page.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/search/search.h"
#include "tui/number.h"
#include "tui/stars_view.h"

#define LABEL_COLUMNS 16

/* How long the bookmarks of a user may be counted, each time the panel is drawn. */
#define COUNT_US 2000

static void add_fact(struct page *page, const char *label, const char *text, enum style style)
{
	page_add_labelled(page, label, STYLE_DIM, LABEL_COLUMNS, text, style);
}

static void add_key(
	const struct import_page *import, struct page *page, const char *action, const char *what)
{
	char key[KEY_NAME_SIZE];

	page_add_labelled(page, keymap_key_named(import->keymap, action, key), STYLE_KEY,
		LABEL_COLUMNS, what, STYLE_TEXT);
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
	add_number(&text, stars->counts.unstarred, "no longer starred");
	if (text.length)
		add_fact(page, "this time", buffer_text(&text), STYLE_TEXT);
	buffer_finish(&text);
}

/* All that the library has of the user, also from earlier imports. */
static void add_total(const struct import_page *import, struct page *page)
{
	struct search *search = search_new(import->store);
	char *query = memory_print("source:\"github:%s\"", import->stars->user);
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

static void add_stars(const struct import_page *import, struct page *page)
{
	const struct stars_progress *stars = import->stars;
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
		add_total(import, page);
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
		add_key(import, page, "stop-stars",
			"stop after the page in flight; everything that arrived is kept");
	else
		add_key(import, page, "stars",
			"import the stars of a GitHub user, in the background. Public stars need "
			"no token, but one lifts the limits (GH_TOKEN, GITHUB_TOKEN, or "
			"token_command in the configuration).");
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

static void add_browsers(const struct import_page *import, struct page *page)
{
	const struct browser_offers *browsers = import->browsers;
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
	add_key(import, page, "browsers",
		"import what the browsers here have; later again, what is new");
}

void import_page_make(const struct import_page *import, struct page *page)
{
	add_stars(import, page);
	add_browsers(import, page);
	page_heading(page, "Files");
	if (import->last_file)
		add_fact(page, "last", import->last_file, STYLE_TEXT);
	page_add_labelled(page, ":import FILE", STYLE_KEY, LABEL_COLUMNS,
		"what browsers and other bookmark managers write; what it would do is said first",
		STYLE_TEXT);
}
