#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "domain/base/memory.h"
#include "tui/keymap.h"

#define TEXT_MAX (1 << 20)

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

/*
 * What stands between two lines of a file is what the table prints, no more and no less. With
 * UPDATE_KEYS in the environment it is put there: UPDATE_KEYS=1 make check
 * TESTS=tests/tui/test_readme
 */
static void assert_keys_between(
	const char *name, const char *first, const char *last, enum keymap_form form)
{
	struct keymap *keymap = keymap_new();
	char *keys = keymap_print(keymap, form);
	char *text = read_file(name);
	char *begin = strstr(text, first);
	char *end = begin ? strstr(begin + strlen(first), last) : NULL;

	if (!end)
		fail_msg("%s has no place for the keys", name);
	begin += strlen(first);
	char *there = memory_print("%.*s", (int)(end - begin), begin);
	if (getenv("UPDATE_KEYS")) {
		char *before = memory_print("%.*s", (int)(begin - text), text);

		write_file(name, before, keys, end);
		free(before);
	} else {
		assert_string_equal(there, keys);
	}
	free(there);
	free(text);
	free(keys);
	keymap_free(keymap);
}

static void the_keys_in_the_readme_are_those_of_the_table(void **state)
{
	(void)state;
	assert_keys_between(
		"README.md", "<summary>All keys</summary>\n\n", "</details>", KEYMAP_MARKDOWN);
}

static void the_keys_in_the_manual_are_those_of_the_table(void **state)
{
	(void)state;
	assert_keys_between("doc/barky.1", ".\\\" The keys, from their table:\n",
		".\\\" The end of the keys.\n", KEYMAP_MDOC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keys_in_the_readme_are_those_of_the_table),
		cmocka_unit_test(the_keys_in_the_manual_are_those_of_the_table),
	};

	return cmocka_run_group_tests_name("readme", tests, NULL, NULL);
}
