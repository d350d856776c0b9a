#include "tui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"

static bool is_typing(const struct keymap_row *row)
{
	return !(row->scenes & AT_VIEWS);
}

static void print_plain(struct buffer *text, const char *keys, const struct keymap_row *row)
{
	buffer_print(text, "%-16s %-18s %s\n", keys, row->name, row->help);
}

/* Each key as code; a bar would end the cell. */
static void print_markdown(struct buffer *text, const char *keys, const struct keymap_row *row)
{
	buffer_add_string(text, "| ");
	for (const char *at = keys; *at; at++) {
		if (at == keys)
			buffer_add_char(text, '`');
		if (*at == ' ')
			buffer_add_string(text, "` `");
		else if (*at == '|')
			buffer_add_string(text, "\\|");
		else
			buffer_add_char(text, *at);
		if (!at[1])
			buffer_add_char(text, '`');
	}
	buffer_print(text, " | %s | `:%s` |\n", row->help, row->name);
}

/* One word of a macro's line: \\& keeps punctuation from being taken for such. */
static void add_mdoc(struct buffer *text, const char *word, size_t length)
{
	buffer_add_string(text, "\\&");
	for (size_t i = 0; i < length; i++) {
		if (word[i] == '\\')
			buffer_add_string(text, "\\e");
		else
			buffer_add_char(text, word[i]);
	}
}

static void print_mdoc(struct buffer *text, const char *keys, const struct keymap_row *row)
{
	buffer_add_string(text, ".It");
	for (const char *at = keys; *at;) {
		size_t length = strcspn(at, " ");
		buffer_add_string(text, " Ic ");
		add_mdoc(text, at, length);
		at += length;
		at += strspn(at, " ");
		if (*at)
			buffer_add_string(text, " ,");
	}
	if (*keys)
		buffer_print(text, "\n%s\n", row->help);
	else if (row->argument)
		buffer_print(text, " Ic :%s Ar %s\n%s\n", row->name, row->argument, row->help);
	else
		buffer_print(text, " Ic :%s\n%s\n", row->name, row->help);
}

char *keymap_print(const struct keymap *keymap, enum keymap_form form)
{
	struct buffer text = {0};

	if (form == KEYMAP_MARKDOWN)
		buffer_add_string(&text, "| key | what it does | by name |\n| --- | --- | --- |\n");
	for (size_t i = 0; i < keymap_row_count(); i++) {
		const struct keymap_row *row = keymap_row(i);
		const char *keys = keymap_keys(keymap, i);
		if (form == KEYMAP_PLAIN)
			print_plain(&text, keys, row);
		else if (is_typing(row))
			continue;
		else if (form == KEYMAP_MARKDOWN)
			print_markdown(&text, keys, row);
		else
			print_mdoc(&text, keys, row);
	}
	return buffer_take(&text);
}
