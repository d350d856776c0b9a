#include "adapters/cli/input_lines.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/cli/interruption.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

/* A NUL would end the text early: as another control character it is refused like the rest. */
static char *copy_line(const char *bytes, size_t length)
{
	char *text = memory_copy_bytes(bytes, length);

	for (size_t i = 0; i < length; i++)
		if (!text[i])
			text[i] = '\001';
	return text_trim(text);
}

static void keep(struct input_lines *lines, const char *bytes, size_t length, size_t number)
{
	char *text = copy_line(bytes, length);

	if (!*text) {
		free(text);
		return;
	}
	lines->lines =
		memory_grow(lines->lines, lines->count, &lines->capacity, sizeof(*lines->lines));
	lines->lines[lines->count++] = (struct input_line){text, number};
}

bool input_lines_read(struct input_lines *lines, FILE *file)
{
	char *line = NULL;
	size_t capacity = 0;
	size_t number = 0;
	ssize_t length;

	*lines = (struct input_lines){0};
	while (!interruption_signal() && (length = getline(&line, &capacity, file)) >= 0)
		keep(lines, line, (size_t)length, ++number);
	free(line);
	return !ferror(file);
}

void input_lines_finish(struct input_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->lines[i].text);
	free(lines->lines);
	*lines = (struct input_lines){0};
}
