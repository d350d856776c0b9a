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
static size_t manual_part_of(const struct keymap_row *row)
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
			if (manual_part_of(keymap_row(i)) != part)
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

#define KEYS_WIDTH   20
#define HELP_COLUMNS 56 /* of each of two columns, where there is room for them */

static const struct {
	enum scene scene;
	const char *name;
} scenes[] = {
	{AT_LIST, "The list"},
	{AT_DETAILS, "Details"},
	{AT_TAGS, "Tags"},
	{AT_TRASH, "The trash"},
	{AT_LINKS, "The links"},
	{AT_MESSAGES, "Messages and other texts"},
	{AT_IMPORT, "The import panel"},
	{AT_HELP, "Help"},
	{AT_FORM, "Forms"},
	{AT_FILTER, "The filter's prompt"},
	{AT_PROMPT, "Other prompts"},
	{AT_PICK, "barky pick"},
	{AT_PICK_FILTER, "The prompt of barky pick"},
};

enum part { KEYS, MOVES, COMMANDS };

static enum part part_of(const struct keymap *keymap, size_t index)
{
	const struct keymap_row *row = keymap_row(index);
	bool moves = row->action >= ACTION_DOWN && row->action <= ACTION_LAST;

	if (!*keymap_keys(keymap, index))
		return COMMANDS;
	return moves && (row->scenes & (AT_VIEWS | AT_PICK)) ? MOVES : KEYS;
}

/* Words beside keys, each on a line; what has no key is a command. */
static void add_rows(
	const struct keymap *keymap, unsigned wanted, enum part part, struct page *page)
{
	for (size_t i = 0; i < keymap_row_count(); i++) {
		const struct keymap_row *row = keymap_row(i);
		const char *keys = keymap_keys(keymap, i);
		if (!(row->scenes & wanted) || part != part_of(keymap, i))
			continue;
		char *name = row->argument ? memory_print(":%s %s", row->name, row->argument)
					   : memory_print(":%s", row->name);
		page_add_labelled(page, part == COMMANDS ? name : keys, STYLE_KEY, KEYS_WIDTH,
			row->help, STYLE_TEXT);
		free(name);
	}
}

/* The user's own, as the configuration has them. */
static void add_commands(const struct bound_commands *commands, struct page *page)
{
	const struct bound_command *command;
	char key[KEY_NAME_SIZE];

	if (commands->count > 0)
		page_heading(page, "Your commands");
	for (size_t i = 0; (command = bound_commands_at(commands, i)); i++) {
		key_print(command->key, key);
		page_add_labelled(page, key, STYLE_KEY, KEYS_WIDTH, command->text, STYLE_TEXT);
	}
}

static void add_query_help(struct page *page)
{
	static const struct {
		const char *form;
		const char *help;
	} forms[] = {
		{"two words", "both, anywhere, whatever the case"},
		{"\"two words\"", "together"},
		{"-word", "without it"},
		{"a OR b", "either; ( … ) groups"},
		{"#tag tag:a*", "a whole tag, or its beginning"},
		{"title: url: notes:", "only there"},
		{"site:github.com", "the host and what is below it"},
		{"~word", "its letters in this order"},
		{"added:2024-05", "a date; also < <= > >= and a..b"},
		{"source:github", "where it came from"},
		{"is:untagged", "also is:unstarred, is:duplicate"},
		{"is:dead", "also is:moved, is:failing, is:unchecked"},
		{"/regex/", "a regular expression"},
	};

	page_heading(page, "The filter's language");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		page_add_labelled(
			page, forms[i].form, STYLE_KEY, KEYS_WIDTH, forms[i].help, STYLE_TEXT);
}

static const char *name_of(unsigned scene)
{
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
		if (scenes[i].scene == scene)
			return scenes[i].name;
	}
	return "Keys";
}

/* The most used first; how one moves, which fingers know, last. */
void keymap_page(const struct keymap *keymap, const struct bound_commands *commands,
	unsigned wanted, int columns, struct page *page)
{
	page_start(page, columns);
	page_fold(page, HELP_COLUMNS);
	if (wanted & (AT_LIST | AT_DETAILS))
		add_commands(commands, page);
	page_heading(page, name_of(wanted));
	add_rows(keymap, wanted, KEYS, page);
	if (wanted & (AT_LIST | AT_PICK))
		add_query_help(page);
	if (wanted != AT_PICK) {
		page_heading(page, "Commands, after :");
		add_rows(keymap, wanted, COMMANDS, page);
	}
	page_heading(page, "In the filter's prompt");
	add_rows(keymap, wanted == AT_PICK ? AT_PICK_FILTER : AT_FILTER, KEYS, page);
	page_heading(page, "Moving");
	add_rows(keymap, wanted, MOVES, page);
}

void keymap_page_of_queries(int columns, struct page *page)
{
	page_start(page, columns);
	add_query_help(page);
	page_blank(page);
	page_add(page,
		"Words are joined by AND; each is looked for anywhere in title, address, notes and "
		"tags, whatever the case and the accents. What cannot be an operator is looked for "
		"as it stands.",
		STYLE_TEXT, 0);
}

void keymap_page_of_all(const struct keymap *keymap, int columns, struct page *page)
{
	page_start(page, columns);
	page_fold(page, HELP_COLUMNS);
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
		page_heading(page, scenes[i].name);
		add_rows(keymap, scenes[i].scene, KEYS, page);
		add_rows(keymap, scenes[i].scene, MOVES, page);
	}
	page_heading(page, "Commands, after :");
	add_rows(keymap, AT_VIEWS, COMMANDS, page);
}
