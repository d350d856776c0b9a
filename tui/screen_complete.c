#include "tui/screen.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/tag_counts.h"
#include "domain/search/row_store.h"
#include "tui/actions.h"

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
	struct tag_view *tags = &screen->offered_tags;
	size_t from = line_editor_word(line, " ,+-#(:");

	completion->from = from;
	completion->typed = memory_copy_bytes(line->text + from, line->cursor - from);
	char *folded = text_fold(completion->typed, strlen(completion->typed), NULL);
	tag_view_read(tags, screen->store);
	for (size_t i = 0; i < tags->count && completion->count < TAGS_OFFERED; i++) {
		if (begins_with(tags->rows[i].tag, folded))
			completion_add_counted(completion, tags->rows[i].tag, tags->rows[i].count);
	}
	free(folded);
}

/* What a word of ":" or of a filter can be, where that is a fixed list. */
static const struct {
	enum completes where;
	const char *before; /* what stands before the value */
	const char *values; /* separated by blanks */
} value_lists[] = {
	{COMPLETES_COMMANDS, "set ", "mouse nomouse ascii noascii"},
	{COMPLETES_COMMANDS, "sort ", "added modified title url relevance"},
	{COMPLETES_COMMANDS, "preview ", "right below off auto"},
	{COMPLETES_TAGS, "is:", "untagged unstarred duplicate dead moved failing unchecked"},
	{COMPLETES_TAGS, "source:", "manual github gitea gitlab file"},
};

static void begin_value(struct completion *completion, const struct line_editor *line, size_t from)
{
	completion->from = from;
	completion->typed = memory_copy_bytes(line->text + from, line->cursor - from);
}

static void offer(struct completion *completion, const char *value, size_t length)
{
	char *word = memory_copy_bytes(value, length);

	if (strncasecmp(word, completion->typed, strlen(completion->typed)) == 0)
		completion_add(completion, word);
	free(word);
}

static bool ends_with(const struct line_editor *line, size_t from, const char *before)
{
	size_t length = strlen(before);

	return from >= length && strncasecmp(line->text + from - length, before, length) == 0;
}

static void offer_list(struct completion *completion, const char *values)
{
	while (*values) {
		size_t length = strcspn(values, " ");
		offer(completion, values, length);
		values += length + (values[length] == ' ');
	}
}

static bool offer_host(void *self, const char *host, size_t count)
{
	struct completion *completion = self;

	if (strncasecmp(host, completion->typed, strlen(completion->typed)) == 0)
		completion_add_counted(completion, host, count);
	return completion->count < TAGS_OFFERED;
}

static void count_host(void *counts, const struct row *row)
{
	const char *host = strstr(row->url, "://");

	if (!host || strncmp(row->url, "http", 4) != 0)
		return;
	host += 3;
	host += strncmp(host, "www.", 4) == 0 ? 4 : 0;
	tag_counts_add(counts, host, strcspn(host, "/?#:"));
}

/* The hosts that bookmarks have, without "www.". */
static void offer_hosts(struct screen *screen, struct completion *completion)
{
	struct tag_counts *counts = tag_counts_new();

	row_store_each(screen->store, count_host, counts);
	tag_counts_each(counts, offer_host, completion);
	tag_counts_free(counts);
}

/* ":searches NAME", and ":save NAME" for who writes over one; a name may have blanks. */
static bool names_a_search(const struct line_editor *line)
{
	return strncmp(line->text, "searches ", 9) == 0 || strncmp(line->text, "save ", 5) == 0;
}

bool screen_complete_value(struct screen *screen, struct prompt *prompt)
{
	struct completion *completion = &prompt->completion;
	const struct line_editor *line = &prompt->line;
	size_t from = line_editor_word(line, " :(-");

	if (prompt->completes == COMPLETES_COMMANDS && from == strlen("theme ") &&
		ends_with(line, from, "theme ")) {
		begin_value(completion, line, from);
		for (size_t i = 0; theme_shipped(i); i++)
			offer(completion, theme_shipped(i)->name, strlen(theme_shipped(i)->name));
		return true;
	}
	if (prompt->completes == COMPLETES_SEARCHES) {
		begin_value(completion, line, 0);
		actions_name_searches(screen, completion, completion->typed);
		return true;
	}
	if (prompt->completes == COMPLETES_COMMANDS && names_a_search(line)) {
		begin_value(completion, line, strcspn(line->text, " ") + 1);
		actions_name_searches(screen, completion, completion->typed);
		return true;
	}
	if (prompt->completes == COMPLETES_TAGS && ends_with(line, from, "site:")) {
		begin_value(completion, line, from);
		offer_hosts(screen, completion);
		return true;
	}
	for (size_t i = 0; i < sizeof(value_lists) / sizeof(value_lists[0]); i++) {
		if (value_lists[i].where != prompt->completes ||
			!ends_with(line, from, value_lists[i].before))
			continue;
		begin_value(completion, line, from);
		offer_list(completion, value_lists[i].values);
		return true;
	}
	return false;
}
