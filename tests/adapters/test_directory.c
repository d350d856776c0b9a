#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/directory.h"
#include "domain/base/memory.h"
#include "tests/fixtures/temporary_folder.h"

static void make(const char *folder, const char *name)
{
	char *path = temporary_folder_file(folder, name);
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0);
	close(fd);
	free(path);
}

static void assert_names(const char *folder, const char *typed, const char *expected)
{
	char *path = memory_print("%s/%s", folder, typed);
	struct buffer lines = {0};
	size_t skip = strlen(folder) + 1;
	char *found = memory_new(1);

	directory_names(path, &lines);
	for (const char *line = buffer_text(&lines); *line;) {
		size_t length = strcspn(line, "\n");
		char *longer = memory_print("%s%.*s|", found, (int)(length - skip), line + skip);

		free(found);
		found = longer;
		line += length + (line[length] == '\n');
	}
	assert_string_equal(found, expected);
	free(found);
	buffer_finish(&lines);
	free(path);
}

static void names_that_begin_so_are_listed_folders_marked(void **state)
{
	char *folder = temporary_folder_make();
	char *inner = temporary_folder_file(folder, "books");

	(void)state;
	assert_int_equal(mkdir(inner, 0700), 0);
	make(folder, "bookmarks.html");
	make(folder, "other");
	make(folder, ".hidden");
	make(folder, "bad\nname");
	make(folder, "b\xff");
	make(inner, "x y");
	assert_names(folder, "book", "bookmarks.html|books/|");
	assert_names(folder, "b", "bookmarks.html|books/|");
	assert_names(folder, "", "bookmarks.html|books/|other|");
	assert_names(folder, ".", ".hidden|");
	assert_names(folder, "books/", "books/x y|");
	assert_names(folder, "none/such", "");
	free(inner);
	temporary_folder_remove(folder);
}

static void the_home_folder_is_kept_as_a_tilde(void **state)
{
	char *folder = temporary_folder_make();
	struct buffer lines = {0};

	(void)state;
	make(folder, "mine.txt");
	setenv("HOME", folder, 1);
	directory_names("~/mi", &lines);
	assert_string_equal(buffer_text(&lines), "~/mine.txt");
	buffer_finish(&lines);
	temporary_folder_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_begin_so_are_listed_folders_marked),
		cmocka_unit_test(the_home_folder_is_kept_as_a_tilde),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
