#include "adapters/system/argv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

/* One word being read: where it stands in the line, and what it has become. */
struct reading {
	const char *next;
	char *word;
	size_t length;
};

static bool is_word_end(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void argv_add(struct argv *words, const char *word)
{
	words->items = memory_grow(
		words->items, words->count + 1, &words->capacity, sizeof(*words->items));
	words->items[words->count++] = memory_copy_string(word);
	words->items[words->count] = NULL;
}

void argv_finish(struct argv *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->items[i]);
	free(words->items);
	*words = (struct argv){0};
}

/* Within double quotes a \ protects only what would end or begin something there. */
static bool read_quoted(struct reading *reading, char quote)
{
	while (*reading->next && *reading->next != quote) {
		if (quote == '"' && *reading->next == '\\' &&
			(reading->next[1] == '"' || reading->next[1] == '\\'))
			reading->next++;
		reading->word[reading->length++] = *reading->next++;
	}
	return *reading->next++ == quote;
}

static bool read_escaped(struct reading *reading)
{
	if (!*reading->next)
		return false;
	reading->word[reading->length++] = *reading->next++;
	return true;
}

static bool argv_read_word(struct reading *reading)
{
	reading->length = 0;
	while (*reading->next && !is_word_end(*reading->next)) {
		char c = *reading->next++;

		if (c == '\'' || c == '"') {
			if (!read_quoted(reading, c))
				return false;
		} else if (c == '\\') {
			if (!read_escaped(reading))
				return false;
		} else {
			reading->word[reading->length++] = c;
		}
	}
	reading->word[reading->length] = '\0';
	return true;
}

enum status argv_split(struct argv *words, const char *line, struct error *error)
{
	struct reading reading = {.next = line, .word = memory_new(strlen(line) + 1)};
	bool good = true;

	while (good) {
		while (is_word_end(*reading.next))
			reading.next++;
		if (!*reading.next)
			break;
		good = argv_read_word(&reading);
		if (good)
			argv_add(words, reading.word);
	}
	free(reading.word);
	if (good)
		return STATUS_OK;
	return error_fail(STATUS_INVALID, error, "a quote or \\ is left open in: %s", line);
}
