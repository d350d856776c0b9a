#include "tui/prompt.h"

#include <stdio.h>
#include <stdlib.h>

#include "domain/base/memory.h"

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

void prompt_close(struct prompt *prompt)
{
	if (prompt->kind != PROMPT_NONE)
		line_editor_finish(&prompt->line);
	completion_finish(&prompt->completion);
	free(prompt->before);
	*prompt = (struct prompt){0};
}

void completion_finish(struct completion *completion)
{
	for (size_t i = 0; i < completion->count; i++)
		free(completion->words[i]);
	free(completion->words);
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

void prompt_draw(const struct prompt *prompt, struct canvas *canvas, const struct area *area)
{
	int used = canvas_write(canvas, area, 0, 1, prompt->label, STYLE_ACCENT, true) + 1;

	if (prompt->kind == PROMPT_KEY)
		canvas_park(canvas, area, 0, used, true);
	else
		line_editor_draw(&prompt->line, canvas, area, 0, used, true);
}
