#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/engine/engine_port.h"
#include "domain/search/row_store.h"
#include "tui/browser_offers.h"
#include "tui/canvas.h"
#include "tui/details.h"
#include "tui/events_view.h"
#include "tui/form.h"
#include "tui/hints.h"
#include "tui/keymap.h"
#include "tui/layout.h"
#include "tui/list_view.h"
#include "tui/messages.h"
#include "tui/own.h"
#include "tui/page.h"
#include "tui/prompt.h"
#include "tui/tag_view.h"
#include "tui/bookmark_rows.h"

/* A screen that only chooses, of barky pick: nothing can be changed in it. */
struct picking {
	bool on;
	bool multi;        /* several can be marked and chosen */
	const char *query; /* to begin with; lent */
};

/* How the screen is set up; main makes it of the configuration and the environment. */
struct screen_options {
	struct keymap *keymap; /* lent */
	struct theme theme;
	bool mouse;
	bool ascii;
	enum preview_place preview;
	int preview_grow;
	int64_t message_ms; /* each message stays at least so long */
	bool browses;       /* addresses are opened in this terminal, by a text browser */
	struct picking picking;
	enum row_order order; /* of the list, as it was left the last time */
	bool reverse;
	struct saved_searches searches; /* lent, of the configuration */
	struct bound_commands commands; /* lent */
};

/* Bookmarks on their way to a program of the user's, which gets the terminal for itself. */
struct running {
	const struct bound_command *command; /* NULL: none is under way */
	int64_t *ids;
	size_t id_count;
	struct bookmark *bookmarks;
	size_t count;
};

void running_finish(struct running *running);

/* What only the owner of the terminal can do; taken and done after each update. */
struct wishes {
	bool quit;
	bool suspend;
	bool redraw;   /* everything, as nothing on the terminal can be trusted */
	bool look;     /* theme, mouse or ascii have changed */
	char *copy;    /* to the user's clipboard */
	int64_t *edit; /* bookmarks for the user's editor */
	size_t edit_count;
	bool run;    /* screen->running, as its bookmarks are all there */
	char **open; /* addresses for a browser in this terminal, NULL after the last */
	bool open_any;
};

void wishes_drop_open(struct wishes *wishes);

#define VIEWS_MAX   8
#define UNBOUND_MAX 16

/*
 * Everything that is on the screen, and nothing of the terminal: keys, pastes and reports go in,
 * wishes and a drawing come out. screen_*() functions are in tui/screen.c and, what hears and
 * draws, in tui/screen_*.c; what each action does is in tui/actions_*.c.
 */
struct screen {
	struct engine *engine; /* lent */
	struct screen_options options;
	int64_t now;  /* ms, any clock that does not jump */
	int64_t wall; /* s since 1970 */
	int rows;
	int columns;
	bool stale; /* what was drawn is not true any more */

	struct row_store *store;
	bool rows_changed; /* so the list is to be refreshed */
	bool loading;      /* not all rows have arrived yet */
	struct list_view list;
	size_t preview_scroll;
	struct tag_view tags;
	struct tag_view offered_tags; /* all of them, to complete words from */
	char *of_tag; /* the filter by which a tag was shown: Esc goes back to the tags; NULL */
	struct bookmark_rows trash;
	struct details details;
	struct events_view events;
	struct bookmark_rows links;        /* that want a decision */
	struct bookmark_rows links_coming; /* as they are told anew */
	int64_t links_asked;               /* how often; only the last answer counts */

	enum scene views[VIEWS_MAX];    /* what is on top of what; the list is the first */
	struct pager pagers[VIEWS_MAX]; /* of those that are texts */
	size_t depth;                   /* of the topmost */
	struct form form;
	struct form sent;                   /* as it was saved, until the engine has taken it */
	const struct request *sent_request; /* that saves it; NULL: none is under way */
	struct prompt prompt;
	const struct prompt_about *asked; /* of the question that is answered now; NULL: none is */
	struct history filters;
	struct history commands;
	struct history tag_changes;
	struct list_place place;     /* of the list, when its filter's prompt was opened */
	struct scroll scroll_before; /* of any other view, then */
	struct theme theme_before;   /* when the prompt of commands was opened */
	char *last_file;             /* what came of the last file that was imported; NULL */
	char *last_tags;             /* the last change of tags, for "." */
	char *asked_about; /* the line of the import or export that a question is about; NULL: none
			    */

	struct browser_offers browsers;
	struct saved_searches searches;
	struct running running;
	struct messages messages;
	char *waiting;                /* for what the engine waits; NULL: for nothing */
	struct hints hints;           /* in the last line, as it was drawn */
	int32_t unbound[UNBOUND_MAX]; /* keys that were said to mean nothing, the latest first */
	bool choosing;                /* as soon as there is everything to choose from */
	int64_t *chosen;              /* of barky pick, in the order shown; NULL: nothing */
	size_t chosen_count;
	bool typed;         /* into a line, which nobody was told of yet */
	size_t count;       /* typed before a key: 5j */
	int32_t counted;    /* the key before, if it had a count and vi doubles it; else 0 */
	int64_t quit_asked; /* ms, of the C-c that said "q quits"; 0: none */
	struct stars_progress stars;
	struct links_progress check;
	struct wishes wishes;
};

void screen_init(
	struct screen *screen, struct engine *engine, const struct screen_options *options);
void screen_finish(struct screen *screen);

void screen_resize(struct screen *screen, int rows, int columns);
void screen_key(struct screen *screen, int32_t key);
void screen_paste(struct screen *screen, const char *text, bool cut);

enum mouse { MOUSE_CLICK, MOUSE_DOUBLE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

void screen_mouse(struct screen *screen, enum mouse mouse, int row, int column);

/* Takes a few of the reports that the engine has, and frees them; true if there may be more. */
bool screen_hear(struct screen *screen);

/*
 * The user's editor has ended: what it changed, or why it did not; draft is taken, and goes with
 * the request (see there).
 */
void screen_edited(struct screen *screen, enum status status, const struct bookmark_edit *edits,
	size_t count, char *draft, const struct error *error);

/* The user's own program has ended: why it failed, if it did. */
void screen_ran(struct screen *screen, enum status status, const struct error *error);

/* Addresses, one a line, were not opened: says why; if there is no browser, they are copied. */
void screen_not_opened(
	struct screen *screen, enum status status, const char *why, const char *addresses);

/* Time has passed: messages expire. */
void screen_tick(struct screen *screen);

/* ms until screen_tick() has something to do; 0: at once; -1: nothing is due. */
int screen_wait(const struct screen *screen);

/* Works a slice of a search that runs; false while there is more. */
bool screen_work(struct screen *screen);

void screen_draw(struct screen *screen, struct canvas *canvas);

/* ---- for the actions and views ---- */

enum scene screen_scene(const struct screen *screen); /* what hears the next key */
enum scene screen_view(const struct screen *screen);  /* the topmost view, below any prompt */
void screen_open_view(struct screen *screen, enum scene view);
bool screen_close_view(struct screen *screen);     /* false in the list */
struct pager *screen_pager(struct screen *screen); /* of the topmost view */

/* Opens a view that is a text. */
void screen_open_text(
	struct screen *screen, enum scene view, enum pager_topic topic, const char *heading);

__attribute__((format(printf, 3, 4))) void screen_say(
	struct screen *screen, enum message_kind kind, const char *format, ...);

/* Asks anew for what the details show. */
void screen_read_details(struct screen *screen);

/* Asks anew for the links that want a decision. */
void screen_read_links(struct screen *screen);

struct layout screen_layout(const struct screen *screen);

/*
 * Sends a request, whose answer goes to on_answer with the screen (NULL: none is wanted); note
 * (copied, may be NULL) goes with it. Words end with NULL.
 */
void screen_ask(struct screen *screen, enum request_type type, const char *const *words, bool flag,
	answer_fn on_answer, const char *note);

/*
 * The same for a command, which is copied; id is the bookmark it is about, 0 if several. Lent, to
 * know it again when its answer comes.
 */
const struct request *screen_command(
	struct screen *screen, const struct command *command, answer_fn on_answer, int64_t id);

/* The open prompt is answered, for what it is about: closes it. */
void screen_answer(struct screen *screen, const char *text);

/* Asks for the title of a page: for the form, or for a bookmark that was added in a change. */
void screen_ask_title(
	struct screen *screen, const char *url, answer_fn on_answer, int64_t id, int64_t change);

/* barky pick begins in the filter's prompt. */
void screen_begin_picking(struct screen *screen);

/* Stars with their bar, browsers, files: how each stands, and how it is started. */
void screen_make_import_page(const struct screen *screen, struct page *page);

/* What an empty library says: what one can do, by which key. */
void screen_draw_welcome(
	const struct screen *screen, struct canvas *canvas, const struct area *area);

/* Names the keys that the state calls for, as many as fit; some stay at any width. */
void screen_draw_hints(struct screen *screen, struct canvas *canvas, const struct area *area);

#endif
