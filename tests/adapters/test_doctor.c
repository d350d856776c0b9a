#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "adapters/doctor/doctor.h"
#include "domain/base/memory.h"
#include "tests/fixtures/database_fixture.h"
#include "tests/fixtures/fake_program.h"
#include "tests/fixtures/temporary_folder.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, database_fixture_setup, database_fixture_teardown)

struct findings {
	char text[8000];
	size_t wrong;
};

/* Of the library alone. */
static void note(void *self, enum doctor_verdict verdict, const char *subject, const char *line)
{
	struct findings *findings = self;

	if (strcmp(subject, "library") != 0)
		return;
	findings->wrong += verdict == DOCTOR_WRONG;
	strncat(strncat(findings->text, line, 500), "\n", 2);
}

static void check_library(struct database_fixture *fixture, struct findings *findings)
{
	const struct library_options options = {.path = fixture->path};
	const struct config config = {0};
	struct library library = {0};
	struct error error = {0};
	enum status status = library_open(&library, &options, &error);
	const struct doctor doctor = {
		.path = fixture->path,
		.library = status == STATUS_OK ? &library : NULL,
		.trouble = &error,
		.config = &config,
		.tell = note,
		.self = findings,
	};

	*findings = (struct findings){0};
	doctor_examine(&doctor);
	if (status == STATUS_OK)
		library_close(&library);
}

static void assert_found(struct database_fixture *fixture, bool wrong, const char *words)
{
	struct findings findings;

	check_library(fixture, &findings);
	if ((findings.wrong > 0) != wrong || !strstr(findings.text, words))
		fail_msg("%zu, \"%s\" lacks \"%s\"", findings.wrong, findings.text, words);
}

static void a_sound_library_is_found_sound(void **state)
{
	struct database_fixture *fixture = *state;
	struct findings findings;

	database_fixture_fill(fixture, 5);
	check_library(fixture, &findings);
	assert_int_equal(findings.wrong, 0);
	assert_non_null(strstr(findings.text, "5 bookmarks, and 0 in the trash"));
	assert_non_null(strstr(findings.text, "every page, index and rule holds"));
}

static void open_doors_are_told(void **state)
{
	struct database_fixture *fixture = *state;
	char *link_path = temporary_folder_file(fixture->folder, "second.db");

	database_fixture_fill(fixture, 1);
	chmod(fixture->path, 0644);
	assert_found(fixture, true, "(mode 0644): chmod 600 /");
	chmod(fixture->path, 0600);
	chmod(fixture->folder, 0770);
	assert_found(fixture, true, ": chmod go-w /");
	chmod(fixture->folder, 0700);
	assert_int_equal(link(fixture->path, link_path), 0);
	assert_found(fixture, true, "has 2 hard links");
	free(link_path);
}

static void leftovers_are_told(void **state)
{
	struct database_fixture *fixture = *state;
	char *mine = memory_print("barky.db.new.%ld", (long)getpid());

	database_fixture_fill(fixture, 1);
	fake_program_write(fixture->folder, "barky.db.new.99999999", "x", 0600);
	assert_found(fixture, false, "barky.db.new.99999999 was left over");
	fake_program_write(fixture->folder, mine, "x", 0600);
	assert_found(fixture, false, "barky.db.new.99999999");
	free(mine);
}

static void broken_rules_are_told(void **state)
{
	static const char *const mistakes[][2] = {
		{"UPDATE bookmarks SET address = 'https://other.example' WHERE id = 2",
			"bookmark 2 is kept under another address"},
		{"UPDATE bookmarks SET tags = 'b,a' WHERE id = 3",
			"bookmark 3 has tags out of order"},
		{"UPDATE bookmarks SET title = CAST(x'ff' AS TEXT) WHERE id = 4",
			"bookmark 4 holds what is no UTF-8"},
		{"INSERT INTO change_images VALUES (77, 1, 1, 'x', 'y')", "change 77 is not there"},
		{"DELETE FROM made_bookmarks WHERE first = 1", "change 1 changed nothing"},
		{"UPDATE sqlite_sequence SET seq = 1 WHERE name = 'bookmarks'",
			"bookmark 2 has a number that may be given again"},
		{"INSERT INTO star_sightings VALUES (99, 99, 1, 1)", "leads nowhere"},
		{"DELETE FROM library", "library 0 names"},
	};
	struct database_fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		database_fixture_fill(fixture, 5);
		database_fixture_meddle(fixture->path, mistakes[i][0]);
		assert_found(fixture, true, mistakes[i][1]);
		unlink(fixture->path);
	}
}

static void damaged_pages_are_told(void **state)
{
	struct database_fixture *fixture = *state;
	struct findings findings;
	FILE *file;

	database_fixture_fill(fixture, 500);
	file = fopen(fixture->path, "r+b");
	fseek(file, 4096 * 25, SEEK_SET);
	for (int i = 0; i < 4096 * 3; i++)
		fputc(i * 7, file);
	fclose(file);
	check_library(fixture, &findings);
	assert_true(findings.wrong > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_sound_library_is_found_sound),
		test(open_doors_are_told),
		test(leftovers_are_told),
		test(broken_rules_are_told),
		test(damaged_pages_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
