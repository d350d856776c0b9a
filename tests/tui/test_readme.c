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

static char *read_file(const char *name)
{
	const char *top = getenv("top_srcdir");
	char *path = memory_print("%s/%s", top ? top : ".", name);
	FILE *file = fopen(path, "r");
	char *text = memory_array(1 << 20, 1);

	if (!file)
		fail_msg("cannot read %s", path);
	text[fread(text, 1, (1 << 20) - 1, file)] = '\0';
	fclose(file);
	free(path);
	return text;
}

static void assert_has_keys(const char *name, enum keymap_form form)
{
	struct keymap *keymap = keymap_new();
	char *keys = keymap_print(keymap, form);
	char *text = read_file(name);

	if (!strstr(text, keys)) {
		fprintf(stderr, "%s is to have these keys:\n%s", name, keys);
		fail_msg("the keys in %s are not those of the table", name);
	}
	free(text);
	free(keys);
	keymap_free(keymap);
}

static void the_keys_in_the_readme_are_those_of_the_table(void **state)
{
	(void)state;
	assert_has_keys("README.md", KEYMAP_MARKDOWN);
}

static void the_keys_in_the_manual_are_those_of_the_table(void **state)
{
	(void)state;
	assert_has_keys("doc/barky.1", KEYMAP_MDOC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keys_in_the_readme_are_those_of_the_table),
		cmocka_unit_test(the_keys_in_the_manual_are_those_of_the_table),
	};

	return cmocka_run_group_tests_name("readme", tests, NULL, NULL);
}
