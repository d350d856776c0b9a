#ifndef TUI_FORM_H
#define TUI_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/tag_set.h"
#include "domain/search/row.h"
#include "tui/canvas.h"
#include "tui/line_editor.h"
#include "tui/prompt.h"

enum form_field { FIELD_URL, FIELD_TITLE, FIELD_TAGS, FIELD_NOTES, FORM_FIELDS };

/*
 * The form for adding and editing: four fields, drawn over the list. It knows what stood in them
 * when it was opened, so that it can tell what was changed.
 */
struct form {
	bool open;
	int64_t id;        /* of the bookmark that is edited; 0: one is added */
	int64_t duplicate; /* the bookmark that has this address already; 0: none is known */
	enum form_field field;
	struct line_editor lines[FORM_FIELDS];
	char *before[FORM_FIELDS];
	struct completion completion; /* of the tags */
	char remark[160];             /* under the fields: what is wrong, or known */
	bool wrong;                   /* the remark says why it cannot be saved */
	bool warned;                  /* it was said that the bookmark has another address by now */
	bool fetching;                /* the page's title is on its way */
	bool title_typed;             /* so the page's title is not wanted any more */
	char *fetched_for;            /* the address whose title was asked for; NULL: none */
};

void form_open_empty(struct form *form, const char *url);
/* What a pasted line says beside the address: as if it had been typed. title may be NULL. */
void form_suggest(struct form *form, const char *title, const struct tag_set *tags);
void form_open_row(struct form *form, const struct row *row);
void form_close(struct form *form);

/* Moves a form, open or not, into the place of another, which is closed. */
void form_move(struct form *to, struct form *from);

bool form_changed(const struct form *form);
bool form_field_changed(const struct form *form, enum form_field field);

/* A title came from the page: it is put in if the user has typed none. */
void form_offer_title(struct form *form, const char *title);

/* Why it was not taken, said in the form itself. */
void form_refuse(struct form *form, enum form_field field, const char *why);

void form_draw(const struct form *form, struct canvas *canvas, const struct area *body);

#endif
