#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "tests/tui/canvas_row.h"
#include "tests/tui/screen_fixture.h"
#include "tui/actions.h"
#include "tui/key.h"
#include "tui/relative_time.h"

static void the_newest_is_first_and_counts_repeat_a_move(void **state)
{
	struct screen_fixture *fixture = *state;

	assert_string_equal(screen_fixture_title(fixture), "Title 30");
	screen_fixture_press(fixture, "5 j");
	assert_string_equal(screen_fixture_title(fixture), "Title 25");
	screen_fixture_press(fixture, "1 0 j 2 k");
	assert_string_equal(screen_fixture_title(fixture), "Title 17");
	screen_fixture_press(fixture, "G");
	assert_string_equal(screen_fixture_title(fixture), "Title 01");
	screen_fixture_assert_shows(fixture, "30/30");
}

static void arriving_rows_move_nothing_that_is_looked_at(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "1 8 j");
	size_t screen_row = fixture->screen.list.scroll.cursor - fixture->screen.list.scroll.top;
	char *before = memory_copy_string(screen_fixture_title(fixture));
	fixture->engine.fixture->now += 60;
	bus_fixture_add(fixture->engine.fixture, "https://new.example/", "Newest", NULL);
	screen_fixture_settle(fixture);
	assert_string_equal(screen_fixture_title(fixture), before);
	assert_int_equal(
		fixture->screen.list.scroll.cursor - fixture->screen.list.scroll.top, screen_row);
	screen_fixture_assert_shows(fixture, "31 bookmarks");
	free(before);
}

static void a_deleted_row_leaves_the_cursor_at_its_place(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "4 j d");
	assert_string_equal(screen_fixture_title(fixture), "Title 25");
	assert_int_equal(fixture->screen.list.scroll.cursor, 4);
	screen_fixture_assert_shows(fixture, "Deleted \"Title 26\" · u undo");
	screen_fixture_press(fixture, "u");
	screen_fixture_assert_shows(fixture, "Undid: Deleted 1 bookmark");
	screen_fixture_assert_shows(fixture, "Title 26");
	screen_fixture_press(fixture, "G d");
	assert_string_equal(screen_fixture_title(fixture), "Title 02");
}

static void the_best_match_is_under_the_cursor_and_escape_brings_all_back(void **state)
{
	struct screen_fixture *fixture = *state;
	struct list_view *list = &fixture->screen.list;

	screen_fixture_press(fixture, "2 5 j k k");
	size_t cursor = list->scroll.cursor, top = list->scroll.top;
	assert_true(top > 0);
	screen_fixture_press(fixture, "/ text:#even");
	assert_string_equal(screen_fixture_title(fixture), "Title 30");
	assert_int_equal(list->scroll.top, 0);
	screen_fixture_press(fixture, "C-n C-n text:,odd");
	screen_fixture_press(fixture, "C-u text:title Space text:12");
	assert_string_equal(screen_fixture_title(fixture), "Title 12");
	assert_int_equal(list->scroll.cursor, 0);
	screen_fixture_press(fixture, "Esc");
	assert_int_equal(list_view_count(list), BOOKMARKS);
	assert_int_equal(list->scroll.cursor, cursor);
	assert_int_equal(list->scroll.top, top);
	screen_fixture_press(fixture, "/ text:even BSpace BSpace BSpace BSpace");
	assert_int_equal(list->scroll.cursor, cursor);
	assert_int_equal(list->scroll.top, top);
}

static void keys_typed_at_once_act_on_what_was_found(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "/");
	for (const char *at = "title 12"; *at; at++)
		screen_key(&fixture->screen, *at);
	screen_key(&fixture->screen, KEYCAP_ENTER);
	screen_key(&fixture->screen, 'd');
	screen_fixture_settle(fixture);
	screen_fixture_assert_shows(fixture, "Deleted \"Title 12\"");
}

static void letters_typed_at_once_are_looked_for_once(void **state)
{
	struct screen_fixture *fixture = *state;
	const struct list_view *list = &fixture->screen.list;

	screen_fixture_press(fixture, "/");
	for (const char *at = "title 1"; *at; at++) {
		screen_key(&fixture->screen, *at);
		assert_string_equal(list->filter, "");
	}
	screen_work(&fixture->screen);
	assert_string_equal(list->filter, "title 1");
	screen_key(&fixture->screen, '2');
	screen_key(&fixture->screen, key_read("BSpace"));
	assert_string_equal(list->filter, "title 12");
	screen_fixture_press(fixture, "Enter");
	assert_string_equal(list->filter, "title 1");
}

static void a_count_is_refused_where_it_says_nothing(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "5 t");
	assert_int_equal(screen_view(&fixture->screen), AT_LIST);
	screen_fixture_assert_shows(fixture, "t takes no count, so nothing was done");
	screen_fixture_press(fixture, "5 Space");
	assert_int_equal(fixture->screen.list.marks.count, 5);
	screen_fixture_press(fixture, "U G 9 Space");
	assert_int_equal(fixture->screen.list.marks.count, 1);
}

static void a_count_deletes_so_many_rows_in_one_change(void **state)
{
	struct screen_fixture *fixture = *state;
	const struct list_view *list = &fixture->screen.list;

	screen_fixture_press(fixture, "2 j 3 d");
	assert_int_equal(list_view_count(list), BOOKMARKS - 3);
	assert_string_equal(screen_fixture_title(fixture), "Title 25");
	screen_fixture_assert_shows(fixture, "Deleted 3");
	screen_fixture_press(fixture, "u");
	assert_int_equal(list_view_count(list), BOOKMARKS);
	screen_fixture_press(fixture, "G k 9 9 d");
	assert_int_equal(list_view_count(list), BOOKMARKS - 2);
	screen_fixture_press(fixture, "d");
	assert_int_equal(list_view_count(list), BOOKMARKS - 2);
	screen_fixture_press(fixture, "d");
	assert_int_equal(list_view_count(list), BOOKMARKS - 3);
}

static void keys_typed_at_once_delete_a_row_each(void **state)
{
	struct screen_fixture *fixture = *state;
	const struct list_view *list = &fixture->screen.list;

	screen_fixture_press(fixture, "j j");
	for (int i = 0; i < 3; i++)
		screen_key(&fixture->screen, 'd');
	screen_fixture_settle(fixture);
	assert_int_equal(list_view_count(list), BOOKMARKS - 3);
	assert_string_equal(screen_fixture_title(fixture), "Title 25");
	assert_int_equal(list->scroll.cursor, 2);
	screen_fixture_press(fixture, "G k");
	for (int i = 0; i < 2; i++)
		screen_key(&fixture->screen, 'd');
	screen_fixture_settle(fixture);
	assert_int_equal(list_view_count(list), BOOKMARKS - 5);
	assert_string_equal(screen_fixture_title(fixture), "Title 03");
}

static void a_doubled_key_after_a_count_is_one_key(void **state)
{
	struct screen_fixture *fixture = *state;
	const struct list_view *list = &fixture->screen.list;

	screen_fixture_press(fixture, "2 d d");
	assert_int_equal(list_view_count(list), BOOKMARKS - 2);
	screen_fixture_assert_shows(fixture, "After a count dd is one d");
	screen_fixture_press(fixture, "d");
	assert_int_equal(list_view_count(list), BOOKMARKS - 3);
	screen_fixture_press(fixture, "2 d j d");
	assert_int_equal(list_view_count(list), BOOKMARKS - 6);
	screen_fixture_press(fixture, "Space 2 d");
	screen_fixture_assert_shows(fixture, "d takes no count while rows are marked");
	screen_fixture_press(fixture, "d");
	assert_int_equal(list_view_count(list), BOOKMARKS - 6);
	screen_fixture_press(fixture, "d");
	assert_int_equal(list_view_count(list), BOOKMARKS - 7);
}

static void what_is_asked_about_counted_rows_is_marked(void **state)
{
	struct screen_fixture *fixture = *state;
	const struct list_view *list = &fixture->screen.list;

	screen_fixture_press(fixture, "3 T");
	screen_fixture_assert_shows(fixture, "Tags of 3 bookmarks");
	assert_int_equal(list->marks.count, 3);
	screen_fixture_press(fixture, "text:+counted Enter");
	for (int i = 0; i < 4; i++) {
		const struct bookmark *bookmark =
			bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS - i);
		assert_int_equal(tag_set_has(&bookmark->tags, "counted"), i < 3);
	}
	screen_fixture_press(fixture, "U 9 Enter");
	screen_fixture_assert_shows(fixture, "Open 9 bookmarks in the browser?");
	assert_int_equal(list->marks.count, 9);
	screen_fixture_press(fixture, "y");
	assert_int_equal(fixture->engine.last->type, ASK_OPEN);
	assert_int_equal(fixture->engine.last->word_count, 9);
	screen_fixture_press(fixture, "U 2 Enter");
	assert_int_equal(fixture->engine.last->word_count, 2);
	assert_int_equal(list->marks.count, 0);
	screen_fixture_press(fixture, "2 e");
	screen_fixture_assert_shows(fixture, "Tags of 2 bookmarks");
}

static void a_count_copies_so_many_addresses(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "3 y");
	screen_fixture_assert_shows(fixture, "Copied 3 addresses");
	screen_fixture_press(fixture, "y y");
	screen_fixture_assert_shows(fixture, "Copied https://");
}

static void a_key_without_a_meaning_says_so_once(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "Z");
	screen_fixture_assert_shows(fixture, "Z means nothing here; ? lists the keys");
	screen_fixture_press(fixture, "j Z");
	assert_false(screen_fixture_shows(fixture, "Z means nothing"));
}

static void help_and_quit_stay_in_the_last_line_and_can_be_clicked(void **state)
{
	struct screen_fixture *fixture = *state;

	for (int columns = 20; columns <= 120; columns++) {
		screen_resize(&fixture->screen, 24, columns);
		screen_draw(&fixture->screen, &fixture->canvas);
		screen_fixture_assert_shows(fixture, "? help  q quit");
	}
	screen_resize(&fixture->screen, 24, 80);
	screen_fixture_press(fixture, "Space");
	screen_fixture_assert_shows(fixture, "T tags  d delete  y copy  Enter open  U unmark");
	char *line = canvas_row(&fixture->canvas, 23);
	screen_mouse(&fixture->screen, MOUSE_CLICK, 23, (int)(strstr(line, "unmark") - line));
	free(line);
	assert_int_equal(fixture->screen.list.marks.count, 0);
}

static void a_question_keeps_its_answers_at_any_width(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "3 Space d");
	for (int columns = 20; columns <= 80; columns++) {
		screen_resize(&fixture->screen, 24, columns);
		screen_draw(&fixture->screen, &fixture->canvas);
		screen_fixture_assert_shows(fixture, "[y/N]");
	}
}

static void what_matched_is_seen_in_a_row(void **state)
{
	struct screen_fixture *fixture = *state;
	struct tag_set tags = {0};
	struct bookmark_patch patch = {.notes = "A note that is much too long to be shown in one "
						"row: only at its end it says needle and more",
		.tag_edit = TAGS_SET};

	tag_set_add_list(&tags, "alpha,beta,gamma,delta,zebra", NULL);
	patch.tags = tags;
	bus_fixture_edit(fixture->engine.fixture, 7, &patch);
	tag_set_finish(&tags);
	screen_resize(&fixture->screen, 18, 90);
	screen_fixture_settle(fixture);
	screen_fixture_press(fixture, "/ text:needle");
	screen_fixture_assert_shows(fixture, "says needle");
	screen_fixture_press(fixture, "C-u text:#zebra");
	screen_fixture_assert_shows(fixture, "#zebra");
	screen_fixture_assert_shows(fixture, "+3");
	screen_fixture_press(fixture, "C-u text:example.org/7");
	screen_fixture_assert_shows(fixture, "example.org/7");
}

static void escape_goes_back_one_step_at_a_time_and_never_quits(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "/ text:odd Enter Space v Esc");
	assert_int_equal(fixture->screen.list.marks.count, 1);
	screen_fixture_press(fixture, "Esc");
	assert_int_equal(fixture->screen.list.marks.count, 0);
	screen_fixture_press(fixture, "Esc");
	assert_string_equal(fixture->screen.list.filter, "");
	screen_fixture_press(fixture, "Esc Esc l Esc");
	assert_int_equal(screen_view(&fixture->screen), AT_LIST);
	assert_false(fixture->screen.wishes.quit);
}

static void quitting_by_interrupt_takes_two(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "C-c");
	screen_fixture_assert_shows(fixture, "q quits");
	fixture->screen.now += 3000;
	screen_fixture_press(fixture, "C-c j C-c");
	assert_false(fixture->screen.wishes.quit);
	screen_fixture_press(fixture, "C-c");
	assert_true(fixture->screen.wishes.quit);
}

static void messages_leave_in_time_and_stay_in_the_log(void **state)
{
	struct screen_fixture *fixture = *state;

	assert_int_equal(screen_wait(&fixture->screen), -1);
	screen_fixture_press(fixture, "y");
	screen_fixture_assert_shows(fixture, "Copied https://example.org/30");
	assert_true(screen_wait(&fixture->screen) >= 1 && screen_wait(&fixture->screen) <= 4000);
	fixture->screen.now += 4000;
	screen_tick(&fixture->screen);
	screen_fixture_settle(fixture);
	assert_false(screen_fixture_shows(fixture, "Copied"));
	assert_int_equal(screen_wait(&fixture->screen), -1);
	screen_fixture_press(fixture, "M");
	screen_fixture_assert_shows(fixture, "Copied https://example.org/30");
}

static void a_range_marks_from_one_end_to_the_other(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "2 j v 3 j v");
	assert_int_equal(fixture->screen.list.marks.count, 4);
	screen_fixture_press(fixture, "k v k v");
	assert_int_equal(fixture->screen.list.marks.count, 2);
	screen_fixture_press(fixture, "*");
	assert_int_equal(fixture->screen.list.marks.count, BOOKMARKS);
	screen_fixture_press(fixture, "d");
	screen_fixture_assert_shows(fixture, "Delete 30 bookmarks? [y/N]");
	screen_fixture_press(fixture, "x");
	assert_int_equal(list_view_count(&fixture->screen.list), BOOKMARKS);
}

static void an_empty_library_names_the_ways_to_fill_it(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_assert_shows(fixture, "No bookmarks yet.");
	screen_fixture_assert_shows(fixture, "I              import the stars of a GitHub user");
	screen_fixture_press(fixture, "j k d e E T y Y o l v Space * s a Esc");
	screen_fixture_assert_shows(fixture, "No bookmarks yet.");
	keymap_bind(fixture->keymap, "add", "n", NULL);
	screen_fixture_press(fixture, "C-l");
	screen_fixture_assert_shows(fixture, "n              add one; or paste addresses");
}

static void tags_with_blanks_are_changed_and_shown(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "T text:+three Space text:more Space text:words,-even Enter");
	const struct bookmark *bookmark = bus_fixture_bookmark(fixture->engine.fixture, BOOKMARKS);
	char *tags = tag_set_join(&bookmark->tags);
	assert_string_equal(tags, "three more words,two words");
	free(tags);
	screen_fixture_press(fixture, "t / text:three Enter Enter");
	assert_string_equal(fixture->screen.list.filter, "#\"three more words\"");
	assert_int_equal(list_view_count(&fixture->screen.list), 1);
}

static void a_note_as_long_as_a_book_is_shown_by_its_beginning(void **state)
{
	struct screen_fixture *fixture = *state;
	size_t length = 1 << 20;
	char *notes = memory_new(length + 1);
	struct bookmark_patch patch = {.notes = notes};

	memset(notes, 'x', length);
	memcpy(notes, "In the beginning ", 17);
	bus_fixture_edit(fixture->engine.fixture, BOOKMARKS, &patch);
	screen_fixture_settle(fixture);
	screen_fixture_assert_shows(fixture, "In the beginning");
	screen_fixture_press(fixture, "l G q");
	screen_fixture_assert_shows(fixture, "30 bookmarks");
	free(notes);
}

static void progress_is_told_beside_the_message(void **state)
{
	struct screen_fixture *fixture = *state;

	fixture->engine.progress = (struct stars_progress){.phase = STARS_FETCHING,
		.page = 7,
		.pages = 12,
		.counts = {.added = 1640, .updated = 3}};
	fixture->engine.progress_is_new = true;
	screen_fixture_settle(fixture);
	screen_fixture_assert_shows(fixture, "importing stars 7/12 ██████░░░░░ 1,640 new");
	screen_fixture_press(fixture, "y");
	screen_fixture_assert_shows(fixture, "Copied https://example.org/30");
	screen_fixture_assert_shows(fixture, "1,640 new");
	fixture->engine.progress.phase = STARS_COMPLETE;
	fixture->engine.progress_is_new = true;
	screen_fixture_settle(fixture);
	screen_fixture_assert_shows(fixture, "Imported 1,643 stars: 1,640 new, 3 updated · u undo");
}

static void what_cannot_be_done_is_said_with_its_reason(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, ": text:nonsense Enter");
	screen_fixture_assert_shows(fixture, "There is no command \"nonsense\"");
	screen_fixture_press(fixture, "C-r");
	screen_fixture_assert_shows(fixture, "Nothing was redone");
	struct report *report = report_new(REPORT_ERROR, NULL);
	report->text = memory_copy_string("no browser was found: set $BROWSER");
	fake_engine_report(&fixture->engine, report);
	screen_fixture_settle(fixture);
	screen_fixture_assert_shows(fixture, "no browser was found: set $BROWSER");
}

static void the_last_column_of_a_text_is_wrapped_within_itself(void **state)
{
	struct screen_fixture *fixture = *state;
	struct screen *screen = &fixture->screen;

	screen_open_text(screen, AT_MESSAGES, TOPIC_TEXT, "Doctor");
	screen_pager(screen)->text = memory_copy_string(
		"note   browser       none was found: set BROWSER, or browser in "
		"the configuration, as told\nfine   editor        vi\n");
	screen_fixture_settle(fixture);
	screen_fixture_assert_shows(fixture, "  note   browser       none was found: set BROWSER");
	screen_fixture_assert_shows(fixture, "                       configuration, as told");
	screen_fixture_assert_shows(fixture, "  fine   editor        vi");
}

static void what_the_details_hide_below_is_counted(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_resize(&fixture->screen, 12, 80);
	screen_fixture_press(fixture, "l");
	screen_fixture_assert_shows(fixture, " more below");
	screen_fixture_press(fixture, "G");
	assert_false(screen_fixture_shows(fixture, "more below"));
}

static void values_are_completed_and_seen(void **state)
{
	struct screen_fixture *fixture = *state;
	char day[DAY_SIZE];

	screen_fixture_press(fixture, "/ text:is:un Tab");
	screen_fixture_assert_shows(fixture, "unstarred");
	assert_string_equal(fixture->screen.prompt.line.text, "is:untagged");
	screen_fixture_press(fixture, "Down");
	assert_string_equal(fixture->screen.prompt.line.text, "is:unstarred");
	screen_fixture_press(fixture, "C-u text:site:ex Tab");
	assert_string_equal(fixture->screen.prompt.line.text, "site:example.org");
	screen_fixture_press(fixture, "C-u text:tag:od Tab");
	assert_string_equal(fixture->screen.prompt.line.text, "tag:odd");
	day_print(fixture->screen.wall, day);
	screen_fixture_press(fixture, "C-u text:-added: Tab");
	assert_string_equal(fixture->screen.prompt.line.text + strlen("-added:"), day);
	screen_fixture_press(fixture, "C-u text:title:od Tab");
	assert_string_equal(fixture->screen.prompt.line.text, "title:od");
	screen_fixture_press(fixture, "Esc : text:sort Space text:ti Tab Enter");
	screen_fixture_assert_shows(fixture, "by title");
}

static void a_theme_is_seen_before_it_is_taken(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, ": text:theme Space Tab Tab");
	assert_string_equal(fixture->screen.options.theme.name, "vivid");
	screen_fixture_press(fixture, "Esc");
	assert_string_equal(fixture->screen.options.theme.name, "calm");
	screen_fixture_press(fixture, ": text:theme Space text:vivid Enter");
	assert_string_equal(fixture->screen.options.theme.name, "vivid");
	screen_fixture_assert_shows(fixture, "\"theme = vivid\" in the configuration keeps it");
}

static void a_message_names_the_change(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_fixture_press(fixture, "3 Space T text:+toread Space text:-odd Enter");
	screen_fixture_assert_shows(fixture, "Tagged 3: +toread -odd, still marked · u undo");
	screen_fixture_press(fixture, "U t / text:toread Enter r C-u text:later Enter");
	screen_fixture_assert_shows(fixture, "Renamed #toread to #later in 3 · u undo");
}

static void every_size_is_drawn_in_every_view(void **state)
{
	static const char *const views[] = {
		"j", "l", "q t", "q ?", "q M", "q I", "q :", "Esc /", "Esc a", "Esc e", "Esc *"};
	struct screen_fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
		screen_fixture_press(fixture, views[i]);
		for (int rows = 1; rows <= 40; rows += rows < 12 ? 1 : 7) {
			for (int columns = 1; columns <= 220; columns += columns < 30 ? 1 : 19) {
				screen_resize(&fixture->screen, rows, columns);
				screen_draw(&fixture->screen, &fixture->canvas);
				assert_int_equal(fixture->canvas.rows, rows);
				assert_true(fixture->canvas.cursor_row >= 0 &&
					    fixture->canvas.cursor_row <= rows - 1);
				assert_true(fixture->canvas.cursor_column >= 0 &&
					    fixture->canvas.cursor_column <= columns - 1);
			}
		}
		screen_resize(&fixture->screen, 24, 80);
	}
	screen_resize(&fixture->screen, 3, 30);
	screen_draw(&fixture->screen, &fixture->canvas);
	screen_fixture_assert_shows(fixture, "20x5 needed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCREEN_TEST(the_newest_is_first_and_counts_repeat_a_move),
		SCREEN_TEST(arriving_rows_move_nothing_that_is_looked_at),
		SCREEN_TEST(a_deleted_row_leaves_the_cursor_at_its_place),
		SCREEN_TEST(the_best_match_is_under_the_cursor_and_escape_brings_all_back),
		SCREEN_TEST(keys_typed_at_once_act_on_what_was_found),
		SCREEN_TEST(letters_typed_at_once_are_looked_for_once),
		SCREEN_TEST(a_count_is_refused_where_it_says_nothing),
		SCREEN_TEST(a_count_deletes_so_many_rows_in_one_change),
		SCREEN_TEST(keys_typed_at_once_delete_a_row_each),
		SCREEN_TEST(a_doubled_key_after_a_count_is_one_key),
		SCREEN_TEST(what_is_asked_about_counted_rows_is_marked),
		SCREEN_TEST(a_count_copies_so_many_addresses),
		SCREEN_TEST(a_key_without_a_meaning_says_so_once),
		SCREEN_TEST(help_and_quit_stay_in_the_last_line_and_can_be_clicked),
		SCREEN_TEST(a_question_keeps_its_answers_at_any_width),
		SCREEN_TEST(what_matched_is_seen_in_a_row),
		SCREEN_TEST(escape_goes_back_one_step_at_a_time_and_never_quits),
		SCREEN_TEST(quitting_by_interrupt_takes_two),
		SCREEN_TEST(messages_leave_in_time_and_stay_in_the_log),
		SCREEN_TEST(a_range_marks_from_one_end_to_the_other),
		cmocka_unit_test_setup_teardown(an_empty_library_names_the_ways_to_fill_it,
			screen_fixture_empty, screen_fixture_teardown),
		SCREEN_TEST(tags_with_blanks_are_changed_and_shown),
		SCREEN_TEST(a_note_as_long_as_a_book_is_shown_by_its_beginning),
		SCREEN_TEST(progress_is_told_beside_the_message),
		SCREEN_TEST(what_cannot_be_done_is_said_with_its_reason),
		SCREEN_TEST(the_last_column_of_a_text_is_wrapped_within_itself),
		SCREEN_TEST(what_the_details_hide_below_is_counted),
		SCREEN_TEST(values_are_completed_and_seen),
		SCREEN_TEST(a_theme_is_seen_before_it_is_taken),
		SCREEN_TEST(a_message_names_the_change),
		SCREEN_TEST(every_size_is_drawn_in_every_view),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
