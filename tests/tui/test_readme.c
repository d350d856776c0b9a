#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "tui/keymap.h"

#define TEXT_MAX (1 << 20)

typedef void (*print_keys_fn)(struct buffer *text, const struct keymap *keymap);

static FILE *open_file(const char *name, const char *mode)
{
	const char *top = getenv("top_srcdir");
	char *path = memory_print("%s/%s", top ? top : ".", name);
	FILE *file = fopen(path, mode);

	if (!file)
		fail_msg("cannot open %s", path);
	free(path);
	return file;
}

static char *read_file(const char *name)
{
	FILE *file = open_file(name, "r");
	char *text = memory_array(TEXT_MAX, 1);

	text[fread(text, 1, TEXT_MAX - 1, file)] = '\0';
	fclose(file);
	return text;
}

static void write_file(const char *name, const char *before, const char *keys, const char *after)
{
	FILE *file = open_file(name, "w");

	fprintf(file, "%s%s%s", before, keys, after);
	fclose(file);
}

static bool is_typing(const struct keymap_row *row)
{
	return !(row->scenes & AT_VIEWS);
}

/* Each key as code; a bar would end the cell. */
static void add_markdown_row(struct buffer *text, const char *keys, const struct keymap_row *row)
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
static void add_mdoc_word(struct buffer *text, const char *word, size_t length)
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
static void add_mdoc_row(struct buffer *text, const char *keys, const struct keymap_row *row)
{
	buffer_add_string(text, ".It");
	for (const char *at = keys; *at;) {
		size_t length = strcspn(at, " ");
		buffer_add_string(text, " Ic ");
		add_mdoc_word(text, at, length);
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

/* As the manual has it, in mdoc: a list for each kind of view. */
static void print_for_manual(struct buffer *text, const struct keymap *keymap)
{
	for (size_t part = 0; part < PARTS; part++) {
		bool any = false;

		for (size_t i = 0; i < keymap_row_count(); i++) {
			if (manual_part_of(keymap_row(i)) != part)
				continue;
			if (!any)
				buffer_print(text, ".Ss %s\n.Bl -tag -width Ds -compact\n",
					parts[part].title);
			add_mdoc_row(text, keymap_keys(keymap, i), keymap_row(i));
			any = true;
		}
		if (any)
			buffer_add_string(text, ".El\n");
	}
}

/* As the README has it: a table of Markdown, without the keys of prompts and forms. */
static void print_for_readme(struct buffer *text, const struct keymap *keymap)
{
	buffer_add_string(text, "| key | what it does | by name |\n| --- | --- | --- |\n");
	for (size_t i = 0; i < keymap_row_count(); i++)
		if (!is_typing(keymap_row(i)))
			add_markdown_row(text, keymap_keys(keymap, i), keymap_row(i));
}

/*
 * What stands between two lines of a file is what the table prints, no more and no less. With
 * UPDATE_KEYS in the environment it is put there: UPDATE_KEYS=1 make check
 * TESTS=tests/tui/test_readme
 */
static void assert_keys_between(
	const char *name, const char *first, const char *last, print_keys_fn print)
{
	struct keymap *keymap = keymap_new();
	struct buffer keys = {0};
	char *text = read_file(name);
	char *begin = strstr(text, first);
	char *end = begin ? strstr(begin + strlen(first), last) : NULL;

	print(&keys, keymap);
	if (!end)
		fail_msg("%s has no place for the keys", name);
	begin += strlen(first);
	char *there = memory_print("%.*s", (int)(end - begin), begin);
	if (getenv("UPDATE_KEYS")) {
		char *before = memory_print("%.*s", (int)(begin - text), text);

		write_file(name, before, buffer_text(&keys), end);
		free(before);
	} else {
		assert_string_equal(there, buffer_text(&keys));
	}
	free(there);
	free(text);
	buffer_finish(&keys);
	keymap_free(keymap);
}

static void the_keys_in_the_readme_are_those_of_the_table(void **state)
{
	(void)state;
	assert_keys_between(
		"README.md", "<summary>All keys</summary>\n\n", "</details>", print_for_readme);
}

static void the_keys_in_the_manual_are_those_of_the_table(void **state)
{
	(void)state;
	assert_keys_between("doc/barky.1", ".\\\" The keys, from their table:\n",
		".\\\" The end of the keys.\n", print_for_manual);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keys_in_the_readme_are_those_of_the_table),
		cmocka_unit_test(the_keys_in_the_manual_are_those_of_the_table),
	};

	return cmocka_run_group_tests_name("readme", tests, NULL, NULL);
}
