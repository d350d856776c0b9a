#include "tui/file_completion.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "tui/prompt_words.h"
#include "tui/requests.h"

static bool begins_with(const char *line, const char *command)
{
	size_t length = strlen(command);

	return strncmp(line, command, length) == 0 && line[length] == ' ';
}

bool file_completion_is_wanted(const struct prompt *prompt)
{
	const char *line = prompt->line.text;

	if (prompt->completes != COMPLETES_COMMANDS)
		return prompt->completes == COMPLETES_FILES;
	return begins_with(line, "export") || begins_with(line, "backup") ||
	       (begins_with(line, "import") && !begins_with(line, "import github"));
}

void file_completion_ask(struct screen *screen)
{
	char *word;

	prompt_words_last(screen->prompt.line.text, &word);
	requests_ask(screen, ASK_FILES, (const char *const[]){word, NULL}, false, on_files_answer,
		screen->prompt.line.text);
	free(word);
}

static void add_names(struct completion *completion, const char *names)
{
	while (*names) {
		size_t length = strcspn(names, "\n");
		char *name = memory_copy_bytes(names, length);
		char *escaped = prompt_words_escape(name);

		completion_add(completion, escaped);
		free(escaped);
		free(name);
		names += length + (names[length] == '\n');
	}
}

void file_completion_hear(struct screen *screen, const char *asked, const char *names)
{
	struct prompt *prompt = &screen->prompt;
	struct completion *completion = &prompt->completion;
	char *word;

	if (prompt->kind == PROMPT_NONE || !file_completion_is_wanted(prompt) ||
		strcmp(prompt->line.text, asked) != 0)
		return;
	completion_finish(completion);
	completion->from = prompt_words_last(asked, &word);
	completion->typed = memory_copy_string(asked + completion->from);
	free(word);
	add_names(completion, names);
	completion_step(completion, &prompt->line, false);
	if (completion->count == 1) /* the next Tab goes on from there, into a folder say */
		completion_finish(completion);
}
