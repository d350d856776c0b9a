#ifndef TUI_KEYMAP_H
#define TUI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/error.h"
#include "domain/base/status.h"
#include "tui/action.h"
#include "tui/key.h"
#include "tui/own.h"
#include "tui/page.h"

/*
 * One row of the one table of keys: dispatch, help, the hint line, ":map", the README's and the
 * manual's lists are all drawn from it, so they cannot disagree.
 */
struct keymap_row {
	enum action action;
	action_fn act;    /* NULL: a move, or an edit of the line, which the action tells */
	const char *name; /* what ":" and the [keys] section call it; unique */
	unsigned scenes;  /* bits of enum scene */
	const char *keys; /* as shipped, separated by blanks; "" if it has none */
	const char *help; /* what it does, a few words */
	const char *hint; /* one word for the hint line, NULL if it is not named there */
	const char
		*argument; /* what ":" takes after the name, for people: "FILE"; NULL if nothing */
};

size_t keymap_row_count(void);
const struct keymap_row *keymap_row(size_t index);
const struct keymap_row *keymap_row_named(const char *name);

/* The keys as they are bound now: the table's, changed by the configuration. */
struct keymap;

struct keymap *keymap_new(void);
void keymap_free(struct keymap *keymap);

/*
 * Gives a row other keys ("x Del", "" for none). A key that another row has in the same place
 * moves here. INVALID with a reason for a name or a key that is not known; nothing changes then.
 */
enum status keymap_bind(
	struct keymap *keymap, const char *name, const char *keys, struct error *error);

/* Something else has this key in these places now: rows that are there lose it. */
void keymap_release(struct keymap *keymap, unsigned scenes, int32_t key);

/* The action of a key in a place; ACTION_NONE if it has none there. */
enum action keymap_action(const struct keymap *keymap, enum scene scene, int32_t key);

/* The keys of a row now, separated by blanks; "" if it has none. Lent. */
const char *keymap_keys(const struct keymap *keymap, size_t index);

/* The first key of a row, for sentences: "u"; ":undo" if it has none. By its name, too. */
const char *keymap_key_of(
	const struct keymap *keymap, const struct keymap_row *row, char key[static KEY_NAME_SIZE]);
const char *keymap_key_named(
	const struct keymap *keymap, const char *name, char key[static KEY_NAME_SIZE]);

/* The keys of one view, the user's own commands, and those that have no key. */
void keymap_page(const struct keymap *keymap, const struct bound_commands *commands,
	unsigned scenes, int columns, struct page *page);

/* Those of every view, one after the other. */
void keymap_page_of_all(const struct keymap *keymap, int columns, struct page *page);

/* The language of queries. */
void keymap_page_of_queries(int columns, struct page *page);

#endif
