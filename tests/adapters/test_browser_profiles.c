#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "adapters/files/browser_profiles.h"
#include "domain/base/memory.h"
#include "tests/fixtures/temporary_folder.h"

static void make_file(const char *home, const char *path, const char *text)
{
	char *whole = memory_print("%s/%s", home, path);
	FILE *file;

	for (char *slash = whole + strlen(home) + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		mkdir(whole, 0700);
	}
	file = fopen(whole, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	free(whole);
}

static const char chrome[] =
	"{\"roots\": {\"bookmark_bar\": {\"children\": [{\"type\": \"url\", \"name\": \"A\", "
	"\"url\": \"https://a.example/\"}], \"type\": \"folder\"}}, \"version\": 1}";

static void what_is_found_is_listed_with_its_bookmarks(void **state)
{
	char *home = temporary_folder_make();
	char *config = memory_print("%s/elsewhere", home);
	struct browser_list list = {0};

	(void)state;
	make_file(home, ".config/chromium/Default/Bookmarks", chrome);
	make_file(home, "elsewhere/vivaldi/Default/Bookmarks", chrome);
	make_file(home, ".mozilla/firefox/x.default/places.sqlite", "nonsense");
	make_file(home, ".config/opera/Bookmarks", "{\"roots\": {}}");
	browser_list_fill(&list, home, config);
	assert_int_equal(list.count, 2);
	assert_string_equal(list.found[0].browser, "chromium");
	assert_string_equal(list.found[0].format, "chrome");
	assert_int_equal(list.found[0].bookmarks, 1);
	assert_string_equal(list.found[1].program, "Vivaldi");
	browser_list_finish(&list);
	free(config);
	temporary_folder_remove(home);
}

static void a_browser_has_a_name(void **state)
{
	(void)state;
	assert_true(browser_is_known("firefox"));
	assert_true(browser_is_known("safari"));
	assert_false(browser_is_known("Firefox"));
	assert_false(browser_is_known(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_found_is_listed_with_its_bookmarks),
		cmocka_unit_test(a_browser_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
