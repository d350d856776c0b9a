#include "tests/tui/screen_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tui/canvas_row.h"
#include "domain/base/memory.h"
#include "tui/key.h"

void screen_fixture_settle(struct screen_fixture *fixture)
{
	while (screen_hear(&fixture->screen))
		;
	while (!screen_work(&fixture->screen))
		;
	screen_draw(&fixture->screen, &fixture->canvas);
}

static int setup_with(void **state, size_t count)
{
	struct screen_fixture *fixture = memory_new(sizeof(*fixture));
	char url[64], title[32];

	fake_engine_init(&fixture->engine);
	for (size_t i = 1; i <= count; i++) {
		snprintf(url, sizeof(url), "https://example.org/%zu", i);
		snprintf(title, sizeof(title), "Title %02zu", i);
		fixture->engine.fixture->now += 60;
		bus_fixture_add(
			fixture->engine.fixture, url, title, i % 2 ? "odd" : "even,two words");
	}
	fixture->keymap = keymap_new();
	struct screen_options options = {
		.keymap = fixture->keymap, .theme = *theme_shipped(0), .preview = PREVIEW_AUTO};
	screen_init(&fixture->screen, &fixture->engine.port, &options);
	fixture->screen.now = 1000;
	fixture->screen.wall = fixture->engine.fixture->now;
	screen_resize(&fixture->screen, 24, 80);
	fake_engine_send_library(&fixture->engine);
	screen_fixture_settle(fixture);
	*state = fixture;
	return 0;
}

int screen_fixture_setup(void **state)
{
	return setup_with(state, BOOKMARKS);
}

int screen_fixture_empty(void **state)
{
	return setup_with(state, 0);
}

int screen_fixture_teardown(void **state)
{
	struct screen_fixture *fixture = *state;

	screen_finish(&fixture->screen);
	keymap_free(fixture->keymap);
	canvas_finish(&fixture->canvas);
	fake_engine_finish(&fixture->engine);
	free(fixture);
	return 0;
}

/* Keys by name, separated by blanks; "text:word" types a word. */
void screen_fixture_press(struct screen_fixture *fixture, const char *keys)
{
	char *copy = memory_copy_string(keys);

	for (char *rest = copy, *name; (name = strtok_r(rest, " ", &rest));) {
		if (strncmp(name, "text:", 5) == 0) {
			for (const char *at = name + 5; *at; at++)
				screen_key(&fixture->screen, (unsigned char)*at);
		} else {
			screen_key(&fixture->screen, key_read(name));
		}
		screen_fixture_settle(fixture);
	}
	free(copy);
}

bool screen_fixture_shows(struct screen_fixture *fixture, const char *text)
{
	bool found = false;

	for (int row = 0; row < fixture->canvas.rows && !found; row++) {
		char *line = canvas_row(&fixture->canvas, row);
		found = strstr(line, text) != NULL;
		free(line);
	}
	return found;
}

void screen_fixture_assert_shows(struct screen_fixture *fixture, const char *text)
{
	if (screen_fixture_shows(fixture, text))
		return;
	for (int row = 0; row < fixture->canvas.rows; row++) {
		char *line = canvas_row(&fixture->canvas, row);
		print_message("|%s\n", line);
		free(line);
	}
	fail_msg("\"%s\" is not on the screen", text);
}

const char *screen_fixture_title(struct screen_fixture *fixture)
{
	static struct row row;

	return list_view_row(&fixture->screen.list, &row) ? row.title : "";
}
