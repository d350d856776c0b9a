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

/* Its keys, and its name for [keys] and for ":", with what it takes there. */
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
	buffer_print(text, "%s Cm %s", *keys ? " Pq" : "", row->name);
	if (row->argument && !*keys)
		buffer_print(text, " Ar %s", row->argument);
	buffer_print(text, "\n%s\n", row->help);
}

/* The manual's parts. A row is in the first that has one of its scenes, but for what is everywhere.
 */
static const struct {
	const char *title;
	unsigned scenes;
} parts[] = {
	{"Everywhere", 0},
	{"In the list and the details", AT_LIST | AT_DETAILS},
	{"In the tags", AT_TAGS},
	{"In the trash", AT_TRASH},
	{"In the links", AT_LINKS},
	{"In the import of stars", AT_IMPORT},
	{"In help and messages", AT_HELP | AT_MESSAGES},
	{"In the filter and other prompts", AT_FILTER | AT_PROMPT},
	{"In barky pick", AT_PICK | AT_PICK_FILTER},
	{"In forms", AT_FORM},
};

#define PARTS (sizeof(parts) / sizeof(parts[0]))

/* Everywhere is where all views but one have it: the one is the list, or the view that it opens. */
static size_t part_of(const struct keymap_row *row)
{
	unsigned lacking = AT_VIEWS & ~row->scenes;
	size_t part = 1;

	if ((lacking & (lacking - 1)) == 0)
		return 0;
	while (part < PARTS - 1 && !(row->scenes & parts[part].scenes))
		part++;
	return part;
}

static void print_manual(struct buffer *text, const struct keymap *keymap)
{
	for (size_t part = 0; part < PARTS; part++) {
		bool any = false;

		for (size_t i = 0; i < keymap_row_count(); i++) {
			if (part_of(keymap_row(i)) != part)
				continue;
			if (!any)
				buffer_print(text, ".Ss %s\n.Bl -tag -width Ds -compact\n",
					parts[part].title);
			print_mdoc(text, keymap_keys(keymap, i), keymap_row(i));
			any = true;
		}
		if (any)
			buffer_add_string(text, ".El\n");
	}
}

char *keymap_print(const struct keymap *keymap, enum keymap_form form)
{
	struct buffer text = {0};

	if (form == KEYMAP_MDOC) {
		print_manual(&text, keymap);
		return buffer_take(&text);
	}
	if (form == KEYMAP_MARKDOWN)
		buffer_add_string(&text, "| key | what it does | by name |\n| --- | --- | --- |\n");
	for (size_t i = 0; i < keymap_row_count(); i++) {
		const struct keymap_row *row = keymap_row(i);

		if (form == KEYMAP_PLAIN)
			print_plain(&text, keymap_keys(keymap, i), row);
		else if (!is_typing(row))
			print_markdown(&text, keymap_keys(keymap, i), row);
	}
	return buffer_take(&text);
}
