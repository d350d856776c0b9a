#include "tests/tui/screen_fixture.h"
#include "tui/key.h"

/* The screen begins anew, as barky pick; nothing of the library has arrived. */
static struct screen *begin(struct screen_fixture *fixture, bool multi)
{
	struct screen_options options = fixture->screen.options;

	options.picking = (struct picking){true, multi, ""};
	screen_finish(&fixture->screen);
	screen_init(&fixture->screen, &fixture->engine.port, &options);
	screen_resize(&fixture->screen, 24, 80);
	return &fixture->screen;
}

static void arrive(struct screen_fixture *fixture)
{
	fake_engine_send_library(&fixture->engine);
	screen_fixture_settle(fixture);
}

static void what_is_chosen_before_the_library_arrives_waits_for_it(void **state)
{
	struct screen_fixture *fixture = *state;
	struct screen *screen = begin(fixture, false);

	screen_fixture_press(fixture, "C-u text:07 Enter");
	assert_false(screen->wishes.quit);
	arrive(fixture);
	assert_true(screen->wishes.quit);
	assert_int_equal(screen->chosen_count, 1);
	assert_int_equal(screen->chosen[0], 7);
	assert_int_equal(screen_wait(screen), 0); /* nothing is waited for */
}

static void another_key_takes_the_choice_back(void **state)
{
	struct screen_fixture *fixture = *state;
	struct screen *screen = begin(fixture, false);

	screen_fixture_press(fixture, "text:07 Enter BSpace");
	arrive(fixture);
	assert_false(screen->wishes.quit);
}

static void no_key_sends_a_command(void **state)
{
	struct screen_fixture *fixture = *state;
	struct screen *screen = begin(fixture, true);

	arrive(fixture);
	screen_fixture_press(fixture, "C-o");
	for (int32_t key = 1; key < 127; key++) {
		if (key == KEYCAP_ENTER || key == CTRL_KEY('c') || key == CTRL_KEY('g'))
			continue;
		if (screen->wishes.quit)
			screen->wishes.quit = false;
		screen_key(screen, key);
		screen_fixture_settle(fixture);
		assert_false(screen->form.open);
		assert_int_equal(screen->prompt.kind == PROMPT_COMMAND, false);
		assert_int_equal(screen->wishes.suspend, false);
	}
	assert_int_equal(row_store_count(screen->store), BOOKMARKS);
	assert_int_equal(screen->chosen_count, 0);
}

static void a_paste_goes_into_the_prompt(void **state)
{
	struct screen_fixture *fixture = *state;

	begin(fixture, false);
	arrive(fixture);
	screen_fixture_press(fixture, "C-o");
	screen_paste(&fixture->screen, "https://example.org/12\n", false);
	screen_fixture_settle(fixture);
	assert_string_equal(screen_fixture_title(fixture), "Title 12");
	screen_fixture_press(fixture, "Enter");
	assert_int_equal(fixture->screen.chosen[0], 12);
}

static void a_double_click_chooses(void **state)
{
	struct screen_fixture *fixture = *state;
	struct screen *screen = begin(fixture, false);

	arrive(fixture);
	screen_mouse(screen, MOUSE_DOUBLE_CLICK, 3, 5);
	assert_true(screen->wishes.quit);
	assert_int_equal(screen->chosen[0], BOOKMARKS - 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCREEN_TEST(what_is_chosen_before_the_library_arrives_waits_for_it),
		SCREEN_TEST(another_key_takes_the_choice_back),
		SCREEN_TEST(no_key_sends_a_command),
		SCREEN_TEST(a_paste_goes_into_the_prompt),
		SCREEN_TEST(a_double_click_chooses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
