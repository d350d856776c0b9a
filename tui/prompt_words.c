#include "tui/prompt_words.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

static void prompt_words_add(struct prompt_words *words, char *word)
{
	words->words = memory_resize(words->words, words->count + 2, sizeof(*words->words));
	words->words[words->count++] = word;
	words->words[words->count] = NULL;
}

/* One word from at on; returns where it ends. */
static const char *prompt_words_read(const char *at, char *word)
{
	char quote = '\0';

	for (; *at && (quote || *at != ' '); at++) {
		if (quote && *at == quote) {
			quote = '\0';
		} else if (!quote && (*at == '"' || *at == '\'')) {
			quote = *at;
		} else {
			if (*at == '\\' && at[1])
				at++;
			*word++ = *at;
		}
	}
	*word = '\0';
	return at;
}

void prompt_words_split(struct prompt_words *words, const char *line)
{
	while (line && *(line += strspn(line, " "))) {
		char *word = memory_new(strlen(line) + 1);
		line = prompt_words_read(line, word);
		prompt_words_add(words, word);
	}
	if (!words->words)
		words->words = memory_new(sizeof(*words->words));
}

void prompt_words_finish(struct prompt_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->words[i]);
	free(words->words);
	*words = (struct prompt_words){0};
}

size_t prompt_words_last(const char *line, char **word)
{
	const char *at = line, *begin = line;

	*word = memory_new(strlen(line) + 1);
	while (*at) {
		begin = at += strspn(at, " ");
		at = prompt_words_read(at, *word);
	}
	return (size_t)(begin - line);
}

char *prompt_words_escape(const char *word)
{
	char *escaped = memory_new(2 * strlen(word) + 1);
	char *end = escaped;

	for (; *word; word++) {
		if (strchr(" \"'\\", *word))
			*end++ = '\\';
		*end++ = *word;
	}
	return escaped;
}

static void take_out(struct prompt_words *words, size_t index)
{
	memmove(words->words + index, words->words + index + 1,
		(words->count - index) * sizeof(*words->words));
	words->count--;
}

bool prompt_words_take(struct prompt_words *words, const char *option)
{
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->words[i];
		word += strspn(word, "-");
		if (strcmp(word, option) != 0)
			continue;
		free(words->words[i]);
		take_out(words, i);
		return true;
	}
	return false;
}

char *prompt_words_take_value(struct prompt_words *words, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->words[i];
		word += strspn(word, "-");
		if (strncmp(word, name, length) != 0 || word[length] != '=')
			continue;
		char *value = memory_copy_string(word + length + 1);
		free(words->words[i]);
		take_out(words, i);
		return value;
	}
	return NULL;
}
