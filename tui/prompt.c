#include "tui/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

/* Columns that a prompt's label leaves to what is typed. */
#define LEAST_LINE 12

bool prompt_is_yes(const char *text)
{
	return strcmp(text, "y") == 0 || strcmp(text, "Y") == 0;
}

void prompt_open(struct prompt *prompt, enum prompt_kind kind, const char *label, const char *text,
	struct history *history, prompt_fn answer)
{
	prompt_close(prompt);
	prompt->kind = kind;
	prompt->answer = answer;
	snprintf(prompt->label, sizeof(prompt->label), "%s", label);
	line_editor_init(&prompt->line, history);
	line_editor_set(&prompt->line, text);
	prompt->before = memory_copy_string(text);
}

void prompt_about_finish(struct prompt_about *about)
{
	free(about->ids);
	tag_set_finish(&about->tags);
	*about = (struct prompt_about){0};
}

void prompt_close(struct prompt *prompt)
{
	if (prompt->kind != PROMPT_NONE)
		line_editor_finish(&prompt->line);
	completion_finish(&prompt->completion);
	free(prompt->before);
	prompt_about_finish(&prompt->about);
	*prompt = (struct prompt){0};
}

void completion_finish(struct completion *completion)
{
	for (size_t i = 0; i < completion->count; i++)
		free(completion->words[i]);
	free(completion->words);
	free(completion->counts);
	free(completion->typed);
	*completion = (struct completion){0};
}

void completion_add(struct completion *completion, const char *word)
{
	completion->words =
		memory_resize(completion->words, completion->count + 1, sizeof(*completion->words));
	completion->words[completion->count++] = memory_copy_string(word);
	completion->chosen = completion->count;
}

void completion_add_counted(struct completion *completion, const char *word, size_t count)
{
	completion->counts = memory_resize(
		completion->counts, completion->count + 1, sizeof(*completion->counts));
	completion->counts[completion->count] = count;
	completion_add(completion, word);
}

void completion_step(struct completion *completion, struct line_editor *line, bool back)
{
	size_t places = completion->count + 1; /* the last is what was typed */

	if (completion->count == 0)
		return;
	completion->chosen = (completion->chosen + (back ? places - 1 : 1)) % places;
	line_editor_replace(line, completion->from,
		completion->chosen == completion->count ? completion->typed
							: completion->words[completion->chosen]);
}

/* "Sort by: a added  t title ": behind the colon, what can be pressed stands out. */
static int draw_choices(const char *question, struct canvas *canvas, const struct area *area)
{
	size_t length = strcspn(question, ":");
	int column = 1;
	enum style style = STYLE_ACCENT;

	length += question[length] == ':';
	while (*question) {
		char *part = memory_copy_bytes(question, length);
		column += canvas_write(canvas, area, 0, column, part, style, true);
		free(part);
		question += length;
		length = strspn(question, " ");
		length = length ? length : strcspn(question, " ");
		style = length == 1 && *question != ' ' ? STYLE_KEY : STYLE_TEXT;
	}
	return column - 1;
}

/* What can be answered, "[y/N] ", and some room for a line stay, at any width. */
static int draw_label(const struct prompt *prompt, struct canvas *canvas, const struct area *area)
{
	const char *answers = prompt->kind == PROMPT_KEY ? strrchr(prompt->label, '[') : NULL;
	struct area left = *area;

	if (!answers)
		answers = "";
	left.columns -= *answers ? (int)strlen(answers) : LEAST_LINE;
	char *question = memory_copy_bytes(prompt->label, strlen(prompt->label) - strlen(answers));
	int used = prompt->kind == PROMPT_KEY && !*answers
			   ? draw_choices(question, canvas, &left)
			   : canvas_write(canvas, &left, 0, 1, question, STYLE_ACCENT, true);
	free(question);
	return used + canvas_write(canvas, area, 0, 1 + used, answers, STYLE_ACCENT, false);
}

void prompt_draw(const struct prompt *prompt, struct canvas *canvas, const struct area *area)
{
	int used = 1 + draw_label(prompt, canvas, area);

	if (prompt->kind == PROMPT_KEY)
		canvas_park(canvas, area, 0, used, true);
	else
		line_editor_draw(&prompt->line, canvas, area, 0, used, true);
}
