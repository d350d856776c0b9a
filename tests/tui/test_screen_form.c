#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "tests/tui/screen_fixture.h"

static void a_form_asks_for_the_title_and_says_what_is_known(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "a text:example.net/page Tab");
	assert_int_equal(fixture->engine.last->type, ASK_TITLE);
	assert_string_equal(fixture->engine.last->words[0], "https://example.net/page");
	fake_engine_answer(&fixture->engine, "The page's own title");
	screen_fixture_settle(fixture);
	screen_fixture_assert_shows(fixture, "The page's own title");
	screen_fixture_press(fixture, "C-s");
	screen_fixture_assert_shows(fixture, "Added \"The page's own title\"");
	assert_string_equal(screen_fixture_title(fixture), "The page's own title");
	screen_fixture_press(fixture, "a text:https://host.example Tab text:mine");
	fake_engine_answer(&fixture->engine, "too late");
	screen_fixture_settle(fixture);
	assert_false(screen_fixture_shows(fixture, "too late"));
}

static void a_title_that_comes_after_saving_joins_the_change(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "a text:example.net/late C-s");
	assert_int_equal(fixture->engine.last->type, ASK_TITLE);
	fake_engine_answer(&fixture->engine, "Late but there");
	screen_fixture_settle(fixture);
	screen_fixture_settle(fixture);
	assert_string_equal(screen_fixture_title(fixture), "Late but there");
	screen_fixture_press(fixture, "u");
	assert_false(screen_fixture_shows(fixture, "Late but there"));
	assert_int_equal(list_view_count(&fixture->screen.list), BOOKMARKS);
}

static void a_changed_form_is_not_thrown_away_without_a_question(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "e text:x Esc");
	screen_fixture_assert_shows(fixture, "Throw away what you typed? [y/N]");
	screen_fixture_press(fixture, "n");
	assert_true(fixture->screen.form.open);
	screen_fixture_press(fixture, "Esc y");
	assert_false(fixture->screen.form.open);
	screen_fixture_press(fixture, "e Esc");
	assert_false(fixture->screen.form.open);
}

static void a_form_that_is_refused_comes_back_with_the_reason(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "a text:https://example.org/7 Tab text:typed Tab Tab C-s");
	assert_true(fixture->screen.form.open);
	screen_fixture_assert_shows(fixture, "typed");
	assert_true(fixture->screen.form.wrong);
	assert_int_equal(list_view_count(&fixture->screen.list), BOOKMARKS);
	screen_fixture_press(fixture, "C-e text:/other C-s");
	assert_false(fixture->screen.form.open);
	assert_string_equal(screen_fixture_title(fixture), "typed");
}

static void notes_keep_their_line_ends_in_the_form(void **state)
{
	struct screen_fixture *fixture = *state;
	struct bookmark_patch patch = {.notes = "one\ntwo\n\nthree"};

	bus_fixture_edit(fixture->engine.fixture, BOOKMARKS, &patch);
	screen_fixture_settle(fixture);
	screen_fixture_press(fixture, "e C-e text:! C-s");
	const struct bookmark *bookmark = bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS);
	assert_string_equal(bookmark->title, "Title 30!");
	assert_string_equal(bookmark->notes, "one\ntwo\n\nthree");
	screen_fixture_press(fixture, "e Tab Tab text:more C-s");
	bookmark = bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS);
	assert_string_equal(bookmark->notes, "one\ntwo\n\nthreemore");
}

static void what_is_not_edited_stays_as_it_is_byte_for_byte(void **state)
{
	struct screen_fixture *fixture = *state;
	size_t length = 1 << 20;
	char *book = memory_new(length + 1);
	struct bookmark_patch patch = {.title = "a\tb", .notes = "x\r\ny\t⏎ z\x1b[m\nw"};

	bus_fixture_edit(fixture->engine.fixture, BOOKMARKS, &patch);
	screen_fixture_settle(fixture);
	screen_fixture_press(fixture, "e Tab text:,new C-s");
	const struct bookmark *bookmark = bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS);
	assert_true(tag_set_has(&bookmark->tags, "new"));
	assert_string_equal(bookmark->title, "a\tb");
	assert_string_equal(bookmark->notes, patch.notes);
	screen_fixture_press(fixture, "e Tab Tab text:! C-s");
	bookmark = bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS);
	assert_string_equal(bookmark->notes, "x\r\ny\t⏎ z\x1b[m\nw!");
	memset(book, 'b', length);
	patch.notes = book;
	bus_fixture_edit(fixture->engine.fixture, BOOKMARKS, &patch);
	screen_fixture_settle(fixture);
	screen_fixture_press(fixture, "e Tab Tab text:! C-s");
	bookmark = bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS);
	assert_int_equal(strlen(bookmark->notes), length + 1);
	free(book);
}

static void pasted_lines_stay_lines_in_the_notes(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "e");
	screen_paste(&fixture->screen, " two\nlines", false);
	screen_fixture_press(fixture, "Tab Tab");
	screen_paste(&fixture->screen, "one\ntwo\tand\nthree", false);
	screen_fixture_press(fixture, "M-Enter text:end");
	screen_fixture_assert_shows(fixture, "Notes    one ");
	screen_fixture_assert_shows(fixture, "          two⇥and ");
	screen_fixture_assert_shows(fixture, "          three ");
	screen_fixture_assert_shows(fixture, "          end ");
	screen_fixture_press(fixture, "C-s");
	const struct bookmark *bookmark = bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS);
	assert_string_equal(bookmark->title, "Title 30 two lines");
	assert_string_equal(bookmark->notes, "one\ntwo\tand\nthree\nend");
}

static void up_and_down_go_through_the_lines_of_the_notes(void **state)
{
	struct screen_fixture *fixture = *state;
	const struct form *form = &fixture->screen.form;
	const struct line_editor *notes = &form->lines[FIELD_NOTES];

	screen_fixture_press(fixture, "e Tab Tab");
	screen_paste(&fixture->screen, "one\nlong line\n\nthree\n4\n5\n6\nseven", false);
	screen_fixture_press(fixture, "C-s e Tab Tab");
	screen_fixture_assert_shows(fixture, "Notes    three ");
	screen_fixture_assert_shows(fixture, "  seven ");
	screen_fixture_press(fixture, "Up Up Up Up text:!");
	assert_non_null(strstr(notes->text, "\n\nt!hree\n4"));
	screen_fixture_press(fixture, "Up Up text:? Up text:.");
	assert_non_null(strstr(notes->text, "o.ne\n?long line"));
	screen_fixture_assert_shows(fixture, "Notes    o.ne ");
	screen_fixture_press(fixture, "Up");
	assert_int_equal(form->field, FIELD_TAGS);
	screen_fixture_press(fixture, "Down Down");
	assert_int_equal(form->field, FIELD_NOTES);
	screen_fixture_press(fixture, "Home Down Down");
	assert_int_equal(form->field, FIELD_NOTES);
}

static void tab_always_goes_on_and_tags_are_offered_below(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "e Tab text:,o");
	screen_fixture_assert_shows(fixture, "odd 15");
	screen_fixture_press(fixture, "Tab");
	assert_int_equal(fixture->screen.form.field, FIELD_NOTES);
	screen_fixture_press(fixture, "C-s");
	const struct bookmark *bookmark = bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS);
	assert_true(tag_set_has(&bookmark->tags, "o"));
	screen_fixture_press(fixture, "e Tab text:,od Right C-s");
	bookmark = bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS);
	assert_true(tag_set_has(&bookmark->tags, "odd"));
	screen_fixture_press(fixture, "e Tab C-u text:tw C-n C-s");
	bookmark = bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS);
	assert_true(tag_set_has(&bookmark->tags, "two words"));
	screen_fixture_press(fixture, "e Tab C-u text:ev");
	screen_fixture_assert_shows(fixture, "even 14");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCREEN_TEST(a_form_asks_for_the_title_and_says_what_is_known),
		SCREEN_TEST(a_title_that_comes_after_saving_joins_the_change),
		SCREEN_TEST(a_changed_form_is_not_thrown_away_without_a_question),
		SCREEN_TEST(a_form_that_is_refused_comes_back_with_the_reason),
		SCREEN_TEST(notes_keep_their_line_ends_in_the_form),
		SCREEN_TEST(what_is_not_edited_stays_as_it_is_byte_for_byte),
		SCREEN_TEST(pasted_lines_stay_lines_in_the_notes),
		SCREEN_TEST(up_and_down_go_through_the_lines_of_the_notes),
		SCREEN_TEST(tab_always_goes_on_and_tags_are_offered_below),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
