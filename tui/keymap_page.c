#include "tui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/search/query.h"

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

/* "is:untagged", and what else may follow the colon. */
static void add_state_help(struct page *page)
{
	char *first = memory_print("is:%s", query_state_word(0));
	struct buffer others = {0};
	const char *word;

	for (size_t i = 1; (word = query_state_word(i)); i++)
		buffer_print(&others, "%sis:%s", i > 1 ? ", " : "also ", word);
	page_add_labelled(page, first, STYLE_KEY, KEYS_WIDTH, buffer_text(&others), STYLE_TEXT);
	buffer_finish(&others);
	free(first);
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
		{"/regex/", "a regular expression"},
	};

	page_heading(page, "The filter's language");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		page_add_labelled(
			page, forms[i].form, STYLE_KEY, KEYS_WIDTH, forms[i].help, STYLE_TEXT);
	add_state_help(page);
}

static const char *scene_name(unsigned scene)
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
	page_heading(page, scene_name(wanted));
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
