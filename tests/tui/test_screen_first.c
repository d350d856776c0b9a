#include "tests/tui/screen_fixture.h"

#include <stdlib.h>

#include "domain/base/memory.h"

/* The first start: an empty library, and what browsers have. */
#define EMPTY_TEST(name)                                                                           \
	cmocka_unit_test_setup_teardown(name, screen_fixture_empty, screen_fixture_teardown)

static const char two[] = "firefox\t1234\tFirefox (snap)\t/home/x/places.sqlite\n"
			  "chromium\t56\tChromium\t/home/x/a b/Bookmarks\n";

static void answer(struct screen_fixture *fixture, const char *lines)
{
	assert_int_equal(fixture->engine.last->type, ASK_BROWSERS);
	fake_engine_answer(&fixture->engine, lines);
	screen_fixture_settle(fixture);
}

/* The last import asked for took in so many. */
static void imported(struct screen_fixture *fixture, size_t added, size_t unchanged)
{
	struct report *report = report_new(REPORT_RESULT, fixture->engine.last);

	fixture->engine.last = NULL;
	report->command = TAKE_IN_BOOKMARKS;
	report->result.counts.added = added;
	report->result.counts.unchanged = unchanged;
	report->result.change = added > 0;
	fake_engine_report(&fixture->engine, report);
	screen_fixture_settle(fixture);
}

static void browsers_are_looked_for_and_shown_with_their_counts(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_assert_shows(fixture, "import from the browsers here: looking");
	answer(fixture, two);
	screen_fixture_assert_shows(fixture, "Firefox (snap)           1,234");
	screen_fixture_assert_shows(fixture, "Chromium                    56");
}

static void one_key_imports_them_all(void **state)
{
	struct screen_fixture *fixture = *state;
	const struct request *last;

	answer(fixture, two);
	screen_fixture_press(fixture, "b");
	last = fixture->engine.last;
	assert_int_equal(fixture->engine.asked, 3);
	assert_int_equal(last->type, ASK_IMPORT_FILE);
	assert_string_equal(last->words[0], "/home/x/a b/Bookmarks");
	assert_string_equal(last->words[3], "chromium");
	assert_false(last->flag);
	imported(fixture, 50, 6);
	assert_false(screen_fixture_shows(fixture, "Imported"));
}

static void the_sum_is_said_when_all_have_answered(void **state)
{
	struct screen_fixture *fixture = *state;

	answer(fixture, "chromium\t56\tChromium\t/x\n");
	screen_fixture_press(fixture, "b");
	imported(fixture, 1050, 6);
	screen_fixture_assert_shows(fixture, "Imported 1,050 from Chromium, 6 known · u undo");
}

static void one_that_cannot_be_read_says_why(void **state)
{
	struct screen_fixture *fixture = *state;

	answer(fixture, "chromium\t56\tChromium\t/x\n");
	screen_fixture_press(fixture, "b");
	struct report *report = report_new(REPORT_ERROR, fixture->engine.last);
	fixture->engine.last = NULL;
	report->status = STATUS_IO;
	report->text = memory_copy_string("the disk is gone");
	fake_engine_report(&fixture->engine, report);
	screen_fixture_settle(fixture);
	screen_fixture_assert_shows(fixture, "Chromium was not imported: the disk is gone");
}

static void without_browsers_the_way_out_is_named(void **state)
{
	struct screen_fixture *fixture = *state;

	answer(fixture, "");
	screen_fixture_assert_shows(fixture, "none was found");
	screen_fixture_press(fixture, "b");
	screen_fixture_assert_shows(
		fixture, "No bookmarks of any browser were found here; :import FILE takes");
}

static void one_browser_is_imported_by_its_name(void **state)
{
	struct screen_fixture *fixture = *state;

	answer(fixture, two);
	screen_fixture_press(fixture, ": text:browsers");
	screen_key(&fixture->screen, ' ');
	screen_fixture_press(fixture, "text:Firefox Enter");
	assert_string_equal(fixture->engine.last->words[3], "firefox");
	screen_fixture_press(fixture, ": text:browsers");
	screen_key(&fixture->screen, ' ');
	screen_fixture_press(fixture, "text:opera Enter");
	screen_fixture_assert_shows(
		fixture, "No bookmarks of opera were found here; there are: Firefox (snap)");
}

static void in_a_library_with_bookmarks_it_asks_first(void **state)
{
	struct screen_fixture *fixture = *state;

	assert_int_equal(fixture->engine.asked, 0);
	screen_fixture_press(fixture, "b");
	answer(fixture, two);
	screen_fixture_assert_shows(fixture, "Import Firefox (snap) 1,234, Chromium 56? [y/N]");
	screen_fixture_press(fixture, "n");
	assert_int_equal(fixture->engine.asked, 1);
	screen_fixture_press(fixture, "b");
	answer(fixture, two);
	screen_fixture_press(fixture, "y");
	assert_int_equal(fixture->engine.asked, 4);
}

static void what_needs_a_bookmark_says_that_there_are_none(void **state)
{
	struct screen_fixture *fixture = *state;

	answer(fixture, "");
	screen_fixture_press(fixture, "j");
	screen_fixture_assert_shows(
		fixture, "There are no bookmarks yet: a adds one, ? lists all keys");
	screen_fixture_press(fixture, "a");
	assert_true(fixture->screen.form.open);
}

static void a_small_screen_says_it_in_a_sentence(void **state)
{
	struct screen_fixture *fixture = *state;

	answer(fixture, two);
	screen_resize(&fixture->screen, 8, 50);
	screen_fixture_settle(fixture);
	screen_fixture_assert_shows(fixture, "a add · b browsers · I stars");
	for (int rows = 5; rows <= 30; rows++) {
		screen_resize(&fixture->screen, rows, 20 + rows);
		screen_fixture_settle(fixture);
		screen_fixture_assert_shows(fixture, "No bookmarks yet.");
	}
}

static void a_paste_that_was_cut_is_not_added(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_paste(&fixture->screen, "https://a.example/\nhttps://b.exam", true);
	screen_fixture_settle(fixture);
	screen_fixture_assert_shows(fixture, "so nothing was added: import it as a file");
	assert_int_equal(fixture->screen.prompt.kind, PROMPT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EMPTY_TEST(browsers_are_looked_for_and_shown_with_their_counts),
		EMPTY_TEST(one_key_imports_them_all),
		EMPTY_TEST(the_sum_is_said_when_all_have_answered),
		EMPTY_TEST(one_that_cannot_be_read_says_why),
		EMPTY_TEST(without_browsers_the_way_out_is_named),
		EMPTY_TEST(one_browser_is_imported_by_its_name),
		SCREEN_TEST(in_a_library_with_bookmarks_it_asks_first),
		EMPTY_TEST(what_needs_a_bookmark_says_that_there_are_none),
		EMPTY_TEST(a_small_screen_says_it_in_a_sentence),
		EMPTY_TEST(a_paste_that_was_cut_is_not_added),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
