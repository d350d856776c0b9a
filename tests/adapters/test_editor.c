#include <dirent.h>
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

#include "adapters/system/editor.h"
#include "domain/base/memory.h"
#include "tests/fixtures/fake_program.h"
#include "tests/fixtures/program_fixture.h"

/* Drafts go to a folder of their own, so that what is left over can be seen. */
static int setup(void **state)
{
	char *drafts;

	program_fixture_setup(state);
	drafts = memory_print("%s/drafts", (char *)*state);
	mkdir(drafts, 0700);
	setenv("XDG_RUNTIME_DIR", drafts, 1);
	free(drafts);
	return 0;
}

#define test(name) cmocka_unit_test_setup_teardown(name, setup, program_fixture_teardown)

static size_t drafts_left(void)
{
	DIR *directory = opendir(getenv("XDG_RUNTIME_DIR"));
	struct dirent *entry;
	size_t count = 0;

	while ((entry = readdir(directory)))
		count += entry->d_name[0] != '.';
	closedir(directory);
	return count;
}

static void use_editor(const char *folder, const char *script)
{
	fake_program_make(folder, "fake-editor", script);
	setenv("EDITOR", "fake-editor -w", 1);
}

static void assert_edited(const char *text, const char *expected)
{
	struct editing editing = {.text = text};
	struct error error = {0};
	struct edited edited;

	if (editor_edit(&editing, &edited, &error) != STATUS_OK)
		fail_msg("%s", error.text);
	if (expected) {
		assert_non_null(edited.text);
		assert_string_equal(edited.text, expected);
		assert_int_equal(drafts_left(), 1); /* until its outcome is known */
		editor_remove_draft(edited.draft);
	} else {
		assert_null(edited.text);
		assert_null(edited.draft);
	}
	edited_finish(&edited);
	assert_int_equal(drafts_left(), 0);
}

static void what_was_written_comes_back(void **state)
{
	char *log;

	use_editor(*state, "echo more >>\"$2\"");
	assert_edited("title: Ü\n", "title: Ü\nmore\n");
	log = fake_program_log(*state, "fake-editor");
	assert_memory_equal(log, "<-w>\n</", 6);
	free(log);
}

static void the_file_is_private(void **state)
{
	char *modes;
	char *script = memory_print(
		"stat -c %%a \"$2\" \"$(dirname \"$2\")\" >'%s/modes'", (char *)*state);
	mode_t old = umask(0);

	use_editor(*state, script);
	assert_edited("x", NULL);
	umask(old);
	modes = fake_program_file(*state, "modes");
	assert_string_equal(modes, "600\n700\n");
	free(modes);
	free(script);
}

static void unchanged_or_empty_means_nothing_is_wanted(void **state)
{
	use_editor(*state, "");
	assert_edited("as it was\n", NULL);
	use_editor(*state, "echo ' ' >\"$2\"");
	assert_edited("as it was\n", NULL);
}

static void a_new_file_in_its_place_is_read(void **state)
{
	use_editor(*state, "echo new >\"$2.tmp\" && mv \"$2.tmp\" \"$2\"");
	assert_edited("old\n", "new\n");
}

static void assert_refused(enum status expected, const char *words, size_t left)
{
	struct editing editing = {.text = "old\n"};
	struct error error = {0};
	struct edited edited;

	assert_int_equal(editor_edit(&editing, &edited, &error), expected);
	assert_null(edited.text);
	if (!strstr(error.text, words))
		fail_msg("\"%s\" lacks \"%s\"", error.text, words);
	assert_int_equal(drafts_left(), left);
}

static void a_link_in_its_place_is_not_followed(void **state)
{
	use_editor(*state, "rm \"$2\"; ln -s /etc/passwd \"$2\"");
	assert_refused(STATUS_IO, "cannot read", 1);
}

static void a_huge_file_is_refused(void **state)
{
	use_editor(*state, "truncate -s 67108865 \"$2\"");
	assert_refused(STATUS_INVALID, "larger than 67108864 bytes", 1);
}

static void a_failing_editor_keeps_the_text_and_names_it(void **state)
{
	use_editor(*state, "echo typed >\"$2\"; exit 4");
	assert_refused(STATUS_IO, "ended with exit code 4: your text is kept in /", 1);
}

static void an_editor_that_is_not_there_is_named(void **state)
{
	(void)state;
	program_fixture_skip_under_valgrind();
	setenv("EDITOR", "nowhere-to-be-found", 1);
	assert_refused(STATUS_NOT_FOUND, "nowhere-to-be-found", 0);
}

static void bad_bytes_become_replacement_characters(void **state)
{
	use_editor(*state, "printf 'a\\377b\\000c' >\"$2\"");
	assert_edited("x", "a\xef\xbf\xbd"
			   "b\xef\xbf\xbd"
			   "c");
}

static void a_failing_editor_that_wrote_nothing_leaves_nothing(void **state)
{
	use_editor(*state, "exit 4");
	assert_refused(STATUS_IO, "ended with exit code 4", 0);
}

static void a_file_that_is_gone_means_nothing_is_wanted(void **state)
{
	use_editor(*state, "rm \"$2\"");
	assert_edited("as it was\n", NULL);
}

static void the_editors_own_line_ends_and_mark_are_taken_off(void **state)
{
	use_editor(*state, "sed -i 's/$/\\r/; 1s/^/\\xef\\xbb\\xbf/; s/One/Two/' \"$2\"");
	assert_edited("title: One\nn1\r\nn2\n", "title: Two\nn1\r\nn2\n");
	assert_edited("title: Same\nn1\r\nn2\n", NULL);
	use_editor(*state, "sed -i 's/One/Two/' \"$2\"");
	assert_edited("title: One\nn1\r\nn2\n", "title: Two\nn1\r\nn2\n");
}

static void a_text_of_many_bytes_comes_back_whole(void **state)
{
	const size_t length = (1 << 20) + 13;
	char *text = memory_new(length + 2);
	char *expected = memory_new(length + 8);

	memset(text, 'n', length);
	memcpy(expected, text, length);
	strcpy(expected + length, "more\n");
	use_editor(*state, "echo more >>\"$2\"");
	assert_edited(text, expected);
	free(expected);
	free(text);
}

static enum status refuse_old(void *self, const char *text, struct error *error)
{
	(void)self;
	if (!strstr(text, "bad"))
		return STATUS_OK;
	error_set(error, "line 1: it is bad");
	return STATUS_INVALID;
}

static bool count_and_go_on(void *self, const struct error *why)
{
	assert_string_equal(why->text, "line 1: it is bad");
	return ++*(int *)self < 3;
}

static void what_cannot_be_used_goes_back_to_the_editor(void **state)
{
	int asked = 0;
	struct editing editing = {
		.text = "x", .check = refuse_old, .again = count_and_go_on, .self = &asked};
	struct error error = {0};
	struct edited edited;

	use_editor(*state, "if grep -q bad \"$2\"; then echo good >\"$2\"; else echo bad "
			   ">\"$2\"; fi");
	assert_int_equal(editor_edit(&editing, &edited, &error), STATUS_OK);
	assert_string_equal(edited.text, "good\n");
	editor_remove_draft(edited.draft);
	assert_int_equal(asked, 1);
	edited_finish(&edited);

	use_editor(*state, "echo bad >>\"$2\"");
	assert_int_equal(editor_edit(&editing, &edited, &error), STATUS_INVALID);
	assert_non_null(strstr(error.text, "line 1: it is bad: your text is kept in /"));
	assert_null(edited.text);
	assert_int_equal(drafts_left(), 1);
}

static void visual_comes_before_editor(void **state)
{
	use_editor(*state, "exit 1");
	fake_program_make(*state, "visual", "echo seen >\"$1\"");
	setenv("VISUAL", "visual", 1);
	assert_edited("x", "seen\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(what_was_written_comes_back),
		test(the_file_is_private),
		test(unchanged_or_empty_means_nothing_is_wanted),
		test(a_new_file_in_its_place_is_read),
		test(a_link_in_its_place_is_not_followed),
		test(a_huge_file_is_refused),
		test(a_failing_editor_keeps_the_text_and_names_it),
		test(an_editor_that_is_not_there_is_named),
		test(a_failing_editor_that_wrote_nothing_leaves_nothing),
		test(a_file_that_is_gone_means_nothing_is_wanted),
		test(the_editors_own_line_ends_and_mark_are_taken_off),
		test(a_text_of_many_bytes_comes_back_whole),
		test(bad_bytes_become_replacement_characters),
		test(what_cannot_be_used_goes_back_to_the_editor),
		test(visual_comes_before_editor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
