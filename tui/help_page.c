#include "tui/help_page.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

#define KEYS_WIDTH 20

static const struct {
	enum scene scene;
	const char *name;
} scenes[] = {
	{AT_LIST, "The list"},
	{AT_DETAILS, "Details"},
	{AT_TAGS, "Tags"},
	{AT_TRASH, "The trash"},
	{AT_MESSAGES, "Messages and other texts"},
	{AT_IMPORT, "The import panel"},
	{AT_HELP, "Help"},
	{AT_FORM, "Forms"},
	{AT_FILTER, "The filter's prompt"},
	{AT_PROMPT, "Other prompts"},
};

/* Words beside keys, each on a line; what has no key is a command. */
static void add_rows(
	const struct keymap *keymap, unsigned wanted, bool with_keys, struct page *page)
{
	for (size_t i = 0; i < keymap_row_count(); i++) {
		const struct keymap_row *row = keymap_row(i);
		const char *keys = keymap_keys(keymap, i);
		if (!(row->scenes & wanted) || with_keys != (*keys != '\0'))
			continue;
		char *name = row->argument ? memory_print(":%s %s", row->name, row->argument)
					   : memory_print(":%s", row->name);
		page_add_labelled(page, with_keys ? keys : name, STYLE_KEY, KEYS_WIDTH, row->help,
			STYLE_TEXT);
		free(name);
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
		{"is:untagged", "also is:unstarred, is:duplicate"},
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

void help_page_make(const struct keymap *keymap, unsigned wanted, int columns, struct page *page)
{
	page_start(page, columns);
	page_heading(page, name_of(wanted));
	add_rows(keymap, wanted, true, page);
	page_heading(page, "Commands, after :");
	add_rows(keymap, wanted, false, page);
	if (wanted & AT_LIST)
		add_query_help(page);
	page_heading(page, "In the filter's prompt");
	add_rows(keymap, AT_FILTER, true, page);
}

void help_page_make_all(const struct keymap *keymap, int columns, struct page *page)
{
	page_start(page, columns);
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
		page_heading(page, scenes[i].name);
		add_rows(keymap, scenes[i].scene, true, page);
	}
	page_heading(page, "Commands, after :");
	add_rows(keymap, AT_VIEWS, false, page);
}
