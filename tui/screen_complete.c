#include "tui/screen.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

#define TAGS_OFFERED 30

static bool begins_with(const char *tag, const char *folded)
{
	char *text = text_fold(tag, strlen(tag), NULL);
	bool begins = strncmp(text, folded, strlen(folded)) == 0;

	free(text);
	return begins;
}

void screen_complete_tags(
	struct screen *screen, struct completion *completion, const struct line_editor *line)
{
	struct tag_view tags = {0};
	size_t from = line_editor_word(line, " ,+-#(");

	completion->from = from;
	completion->typed = memory_copy_bytes(line->text + from, line->cursor - from);
	char *folded = text_fold(completion->typed, strlen(completion->typed), NULL);
	tag_view_read(&tags, screen->shelf);
	for (size_t i = 0; i < tags.count && completion->count < TAGS_OFFERED; i++) {
		if (begins_with(tags.rows[i].tag, folded))
			completion_add_counted(completion, tags.rows[i].tag, tags.rows[i].count);
	}
	tag_view_finish(&tags);
	free(folded);
}
