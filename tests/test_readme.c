#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "domain/memory.h"
#include "tui/keymap.h"

static char *read_readme(void)
{
	const char *top = getenv("top_srcdir");
	char *path = memory_print("%s/README.md", top ? top : ".");
	FILE *file = fopen(path, "r");
	char *text = memory_array(1 << 20, 1);

	if (!file)
		fail_msg("cannot read %s", path);
	text[fread(text, 1, (1 << 20) - 1, file)] = '\0';
	fclose(file);
	free(path);
	return text;
}

static void the_keys_in_the_readme_are_those_of_the_table(void **state)
{
	struct keymap *keymap = keymap_new();
	char *keys = keymap_print(keymap, true);
	char *readme = read_readme();

	(void)state;
	if (!strstr(readme, keys)) {
		fprintf(stderr, "README.md is to have these keys:\n%s", keys);
		fail_msg("the keys in README.md are not those of the table");
	}
	free(readme);
	free(keys);
	keymap_free(keymap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keys_in_the_readme_are_those_of_the_table),
	};

	return cmocka_run_group_tests_name("readme", tests, NULL, NULL);
}
