#ifndef TESTS_SCREEN_FIXTURE_H
#define TESTS_SCREEN_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/fakes/fake_engine.h"
#include "tui/screen.h"

/* How many bookmarks there are: "Title 01" to "Title 30", the last the newest. */
#define BOOKMARKS 30

/* A screen without a terminal, over an engine without a thread. */
struct screen_fixture {
	struct fake_engine engine;
	struct screen screen;
	struct keymap *keymap;
	struct canvas canvas;
};

int screen_fixture_setup(void **state);
int screen_fixture_empty(void **state); /* the same, without any bookmark */
int screen_fixture_teardown(void **state);

#define SCREEN_TEST(name)                                                                          \
	cmocka_unit_test_setup_teardown(name, screen_fixture_setup, screen_fixture_teardown)

/* Hears what the engine says, ends searches, draws. */
void screen_fixture_settle(struct screen_fixture *fixture);

/* Keys by name, separated by blanks; "text:word" types a word. */
void screen_fixture_press(struct screen_fixture *fixture, const char *keys);

bool screen_fixture_shows(struct screen_fixture *fixture, const char *text);
void screen_fixture_assert_shows(struct screen_fixture *fixture, const char *text);

/* The title under the cursor; "" if there is none. */
const char *screen_fixture_title(struct screen_fixture *fixture);

#endif
