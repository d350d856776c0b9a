#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/tui/canvas_row.h"
#include "tui/key.h"
#include "tui/line_editor.h"

static void assert_line(const struct line_editor *editor, const char *before, const char *after)
{
	assert_memory_equal(editor->text, before, strlen(before));
	assert_int_equal(editor->cursor, strlen(before));
	assert_string_equal(editor->text + editor->cursor, after);
	assert_int_equal(editor->length, strlen(before) + strlen(after));
}

static void it_moves_and_erases_by_cluster(void **state)
{
	struct line_editor editor;

	(void)state;
	line_editor_init(&editor, NULL);
	line_editor_set(&editor, "ae\xcc\x81👍🏽z");
	line_editor_do(&editor, LINE_LEFT);
	line_editor_do(&editor, LINE_LEFT);
	assert_line(&editor, "ae\xcc\x81", "👍🏽z");
	assert_int_equal(line_editor_do(&editor, LINE_ERASE_LEFT), EDIT_CHANGED);
	assert_line(&editor, "a", "👍🏽z");
	line_editor_do(&editor, LINE_ERASE_RIGHT);
	assert_line(&editor, "a", "z");
	line_editor_do(&editor, LINE_END);
	assert_int_equal(line_editor_do(&editor, LINE_ERASE_RIGHT), EDIT_MOVED);
	line_editor_do(&editor, LINE_START);
	assert_int_equal(line_editor_do(&editor, LINE_ERASE_LEFT), EDIT_MOVED);
	assert_line(&editor, "", "az");
	line_editor_finish(&editor);
}

static void words_are_cut_and_put_back(void **state)
{
	struct line_editor editor;

	(void)state;
	line_editor_init(&editor, NULL);
	line_editor_set(&editor, "one two, three");
	line_editor_do(&editor, LINE_KILL_WORD_LEFT);
	assert_line(&editor, "one two, ", "");
	line_editor_do(&editor, LINE_YANK);
	line_editor_do(&editor, LINE_YANK);
	assert_line(&editor, "one two, threethree", "");
	line_editor_do(&editor, LINE_WORD_LEFT);
	line_editor_do(&editor, LINE_WORD_LEFT);
	assert_line(&editor, "one ", "two, threethree");
	line_editor_do(&editor, LINE_KILL_WORD_RIGHT);
	assert_line(&editor, "one ", ", threethree");
	line_editor_do(&editor, LINE_KILL_END);
	line_editor_do(&editor, LINE_KILL_START);
	assert_line(&editor, "", "");
	line_editor_do(&editor, LINE_YANK);
	assert_line(&editor, "one ", "");
	line_editor_finish(&editor);
}

static void history_comes_back_and_the_line_being_typed_is_kept(void **state)
{
	struct history history = {0};
	struct line_editor editor;

	(void)state;
	history_add(&history, "first");
	history_add(&history, "second");
	history_add(&history, "first");
	history_add(&history, "");
	assert_int_equal(history.count, 2);
	line_editor_init(&editor, &history);
	line_editor_set(&editor, "typing");
	line_editor_do(&editor, LINE_OLDER);
	assert_line(&editor, "first", "");
	line_editor_do(&editor, LINE_OLDER);
	line_editor_do(&editor, LINE_OLDER);
	assert_line(&editor, "second", "");
	line_editor_do(&editor, LINE_NEWER);
	line_editor_do(&editor, LINE_NEWER);
	assert_line(&editor, "typing", "");
	line_editor_finish(&editor);
	history_finish(&history);
}

static void history_is_bounded(void **state)
{
	struct history history = {0};

	(void)state;
	for (int i = 0; i < HISTORY_MAX + 50; i++) {
		char line[32];
		snprintf(line, sizeof(line), "line %d", i);
		history_add(&history, line);
	}
	assert_int_equal(history.count, HISTORY_MAX);
	assert_string_equal(history.lines[HISTORY_MAX - 1], "line 249");
	history_finish(&history);
}

static void what_is_inserted_is_one_line_of_valid_text(void **state)
{
	struct line_editor editor;

	(void)state;
	line_editor_init(&editor, NULL);
	line_editor_insert(&editor, "a\nb\x1b\xff"
				    "c");
	assert_line(&editor,
		"a b\xef\xbf\xbd"
		"c",
		"");
	assert_int_equal(line_editor_type(&editor, 0xe9), EDIT_CHANGED);
	assert_int_equal(line_editor_type(&editor, ' '), EDIT_CHANGED);
	assert_int_equal(line_editor_type(&editor, CTRL_KEY('x')), EDIT_IGNORED);
	assert_int_equal(line_editor_type(&editor, KEYCAP_UP), EDIT_IGNORED);
	assert_int_equal(line_editor_type(&editor, KEY_ALT | 'x'), EDIT_IGNORED);
	assert_line(&editor,
		"a b\xef\xbf\xbd"
		"cé ",
		"");
	line_editor_finish(&editor);
}

static void a_line_does_not_grow_past_its_limit(void **state)
{
	struct line_editor editor;
	char *text = malloc(LINE_MAX_BYTES + 1);

	(void)state;
	memset(text, 'x', LINE_MAX_BYTES);
	text[LINE_MAX_BYTES] = '\0';
	line_editor_init(&editor, NULL);
	line_editor_insert(&editor, text);
	assert_int_equal(editor.length, LINE_MAX_BYTES);
	line_editor_insert(&editor, "y");
	assert_int_equal(editor.length, LINE_MAX_BYTES);
	free(text);
	line_editor_finish(&editor);
}

static void a_completion_replaces_the_word_before_the_cursor(void **state)
{
	struct line_editor editor;

	(void)state;
	line_editor_init(&editor, NULL);
	line_editor_set(&editor, "one, tw");
	size_t from = line_editor_word(&editor, ", ");
	assert_int_equal(from, 5);
	line_editor_replace(&editor, from, "two");
	assert_line(&editor, "one, two", "");
	line_editor_finish(&editor);
}

static void the_cursor_is_always_in_sight(void **state)
{
	struct line_editor editor;
	struct canvas canvas = {0};

	(void)state;
	line_editor_init(&editor, NULL);
	line_editor_set(&editor, "漢字 and a rather long line of text 漢字");
	for (int columns = 0; columns < 30; columns++) {
		struct area area = {0, 0, 1, columns};
		canvas_reset(&canvas, 1, columns + 1);
		for (size_t i = 0; i < 50; i++) {
			line_editor_draw(&editor, &canvas, &area, 0, 2, true);
			assert_true(canvas.cursor_column <= columns);
			line_editor_do(&editor, i < 25 ? LINE_LEFT : LINE_RIGHT);
		}
	}
	struct area area = {0, 0, 1, 12};
	canvas_reset(&canvas, 1, 12);
	line_editor_draw(&editor, &canvas, &area, 0, 2, true);
	char *row = canvas_row(&canvas, 0);
	assert_string_equal(row, "  text 漢字");
	assert_int_equal(canvas.cursor_column, 11);
	free(row);
	canvas_finish(&canvas);
	line_editor_finish(&editor);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_moves_and_erases_by_cluster),
		cmocka_unit_test(words_are_cut_and_put_back),
		cmocka_unit_test(history_comes_back_and_the_line_being_typed_is_kept),
		cmocka_unit_test(history_is_bounded),
		cmocka_unit_test(what_is_inserted_is_one_line_of_valid_text),
		cmocka_unit_test(a_line_does_not_grow_past_its_limit),
		cmocka_unit_test(a_completion_replaces_the_word_before_the_cursor),
		cmocka_unit_test(the_cursor_is_always_in_sight),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
