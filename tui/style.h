#ifndef TUI_STYLE_H
#define TUI_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * What a piece of the screen means; a theme says how that looks. Nothing is told by colour alone:
 * every meaning that matters has a mark, a letter or an attribute too, so the screen reads the
 * same in mono and with NO_COLOR.
 */
enum style {
	STYLE_TEXT,
	STYLE_HEADING, /* the title line, titles of views and panes */
	STYLE_TITLE,   /* of a bookmark */
	STYLE_DIM,     /* what is there but need not be read: notes in a row, ages, rules */
	STYLE_ADDRESS,
	STYLE_TAG,
	STYLE_ACCENT, /* the one accent: the filter, the prompt, progress, the cursor's mark */
	STYLE_KEY,    /* a key's name in hints and help */
	STYLE_GOOD,
	STYLE_WARNING,
	STYLE_ERROR,
	STYLE_COUNT
};

/* What is laid over a style; bits. */
enum emphasis {
	EMPHASIS_NONE = 0,
	EMPHASIS_CURSOR = 1, /* the row under the cursor */
	EMPHASIS_MARK = 2,   /* a marked row */
	EMPHASIS_MATCH = 4   /* text that matches the filter */
};

enum look_attribute {
	LOOK_BOLD = 1,
	LOOK_UNDERLINE = 2,
	LOOK_REVERSE = 4,
	LOOK_DIM = 8,
	LOOK_ITALIC = 16,
	LOOK_DIM_OF_FEW = 32 /* faint where there are fewer than 256 colours */
};

#define LOOK_DEFAULT (-1) /* the terminal's own colour */

/* How a style looks: one of the terminal's 16 colours (or of 256, where there are as many). */
struct look {
	int colour;      /* 0 to 15, or LOOK_DEFAULT */
	int fine_colour; /* 16 to 255 for terminals with 256 colours, or LOOK_DEFAULT: as colour */
	unsigned attributes;
};

struct theme {
	char name[16];
	struct look looks[STYLE_COUNT];
};

const char *style_name(enum style style);

/* The themes that barky ships; the first is the default. NULL past the end. */
const struct theme *theme_shipped(size_t index);
const struct theme *theme_find(const char *name);

/*
 * Changes one style of a theme by the words of a configuration: "bold cyan", "208 underline",
 * "default". STATUS_INVALID and a reason for a style or a word that is not known.
 */
enum status theme_change(
	struct theme *theme, const char *style, const char *words, struct error *error);

/*
 * The look of a style with its emphasis where so many colours are available: its colour is one of
 * those. Without any (0) only attributes are left; of 8, the bright ones are bold, and grey is the
 * terminal's own.
 */
struct look theme_look(
	const struct theme *theme, enum style style, unsigned emphasis, int available);

#endif
