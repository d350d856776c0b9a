#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/tag_set.h"
#include "tui/canvas.h"
#include "tui/line_editor.h"

struct screen;

/*
 * How a prompt is answered: a line of text, filtering at each key; a line with a list of commands
 * above it; a line; or one key.
 */
enum prompt_kind { PROMPT_NONE, PROMPT_FILTER, PROMPT_COMMAND, PROMPT_LINE, PROMPT_KEY };

/* What a line is completed from. */
enum completes {
	COMPLETES_NOTHING,
	COMPLETES_TAGS,
	COMPLETES_COMMANDS,
	COMPLETES_FILES,
	COMPLETES_SEARCHES
};

typedef void (*prompt_fn)(struct screen *screen, const char *text);

/* The words that Tab goes through. */
struct completion {
	char **words;
	size_t *counts; /* how many bookmarks have each tag; NULL: of other words */
	size_t count;
	size_t chosen; /* the one that stands in the line; count: what was typed */
	size_t from;   /* where the word begins in the line */
	char *typed;
};

/*
 * What a question is about: bookmarks, or tags. It is answered for these, whatever has come under
 * the cursor or lost its mark since, as other programs do things too. {0}: nothing in particular.
 */
struct prompt_about {
	int64_t *ids;
	size_t id_count;
	struct tag_set tags;
};

void prompt_about_finish(struct prompt_about *about);

/*
 * A question in the status line. When it is answered, answer is called with the text (of
 * PROMPT_KEY, the character typed); each change of a filter calls changed; a cancelled one calls
 * changed with what stood there before.
 */
struct prompt {
	enum prompt_kind kind;
	enum completes completes;
	char label[160];
	struct line_editor line;
	struct completion completion;
	prompt_fn answer;
	prompt_fn changed;
	char *before;
	struct prompt_about about;
};

/* What a [y/N] question was answered with: "y" or "Y"; all else is a no. */
bool prompt_is_yes(const char *text);

/* Opens a prompt; whatever was open is dropped. text is what stands in the line at first. */
void prompt_open(struct prompt *prompt, enum prompt_kind kind, const char *label, const char *text,
	struct history *history, prompt_fn answer);
void prompt_close(struct prompt *prompt);

/* Takes the words away, after any key but Tab. */
void completion_finish(struct completion *completion);
void completion_add(struct completion *completion, const char *word);
void completion_add_counted(struct completion *completion, const char *word, size_t count);

/* Steps to the next word (or the one before) and puts it into the line. */
void completion_step(struct completion *completion, struct line_editor *line, bool back);

void prompt_draw(const struct prompt *prompt, struct canvas *canvas, const struct area *area);

#endif
