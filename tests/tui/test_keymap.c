#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/key.h"
#include "tui/keymap.h"
#include "tui/line_editor.h"

static void assert_keys_of(const struct keymap *keymap, size_t index)
{
	const struct keymap_row *row = keymap_row(index);
	char names[256];
	char *rest = names;
	char *name;

	strcpy(names, keymap_keys(keymap, index));
	assert_string_equal(names, row->keys);
	while ((name = strtok_r(rest, " ", &rest))) {
		for (unsigned scene = 1; scene <= AT_PROMPT; scene <<= 1) {
			if (row->scenes & scene)
				assert_int_equal(
					keymap_action(keymap, (enum scene)scene, key_read(name)),
					row->action);
		}
	}
}

static void every_key_of_the_table_does_what_its_row_says(void **state)
{
	struct keymap *keymap = keymap_new();

	(void)state;
	for (size_t i = 0; i < keymap_row_count(); i++)
		assert_keys_of(keymap, i);
	keymap_free(keymap);
}

static void every_action_has_a_row_with_a_name_of_its_own(void **state)
{
	bool seen[ACTION_COUNT] = {0};

	(void)state;
	for (size_t i = 0; i < keymap_row_count(); i++) {
		const struct keymap_row *row = keymap_row(i);
		seen[row->action] = true;
		assert_ptr_equal(keymap_row_named(row->name), row);
		assert_true(row->scenes != 0 && *row->help);
		assert_true(strlen(row->help) <= 60);
	}
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
		assert_true(seen[action]);
	assert_int_equal(ACTION_LINE_LAST - ACTION_LINE + 1, LINE_EDITS);
}

static bool is_a_move_or_an_edit(enum action action)
{
	return (action >= ACTION_DOWN && action <= ACTION_LAST) ||
	       (action >= ACTION_LINE && action <= ACTION_LINE_LAST);
}

static void an_action_is_done_by_one_function_in_all_its_rows(void **state)
{
	action_fn functions[ACTION_COUNT] = {NULL};

	(void)state;
	for (size_t i = 0; i < keymap_row_count(); i++) {
		const struct keymap_row *row = keymap_row(i);
		assert_true(!row->act == is_a_move_or_an_edit(row->action));
		if (functions[row->action])
			assert_true(functions[row->action] == row->act);
		functions[row->action] = row->act;
	}
}

static void no_key_that_terminals_confuse_has_a_meaning_of_its_own(void **state)
{
	struct keymap *keymap = keymap_new();

	(void)state;
	for (size_t i = 0; i < keymap_row_count(); i++) {
		char *keys = strdup(keymap_row(i)->keys);
		for (char *rest = keys, *name; (name = strtok_r(rest, " ", &rest));) {
			assert_string_not_equal(name, "C-m");
			assert_string_not_equal(name, "C-i");
			assert_string_not_equal(name, "C-[");
		}
		free(keys);
	}
	keymap_free(keymap);
}

static void an_action_is_bound_anew_by_its_name(void **state)
{
	struct keymap *keymap = keymap_new();
	struct error error = {0};

	(void)state;
	assert_int_equal(keymap_bind(keymap, "delete", "x C-d", NULL), STATUS_OK);
	assert_int_equal(keymap_action(keymap, AT_LIST, 'x'), ACTION_DELETE);
	assert_int_equal(keymap_action(keymap, AT_LIST, CTRL_KEY('d')), ACTION_DELETE);
	assert_int_equal(keymap_action(keymap, AT_LIST, 'd'), ACTION_NONE);
	assert_int_equal(keymap_action(keymap, AT_TAGS, 'd'), ACTION_DELETE_TAGS);
	assert_int_equal(keymap_bind(keymap, "purge", "", NULL), STATUS_OK);
	assert_int_equal(keymap_action(keymap, AT_TRASH, 'X'), ACTION_NONE);
	assert_int_equal(keymap_bind(keymap, "delete", "x notakey", &error), STATUS_INVALID);
	assert_non_null(strstr(error.text, "notakey"));
	assert_int_equal(keymap_action(keymap, AT_LIST, 'x'), ACTION_DELETE);
	assert_int_equal(keymap_bind(keymap, "nothing", "x", NULL), STATUS_INVALID);
	keymap_free(keymap);
}

static void a_sentence_names_the_key_that_is_bound_now(void **state)
{
	struct keymap *keymap = keymap_new();
	char key[KEY_NAME_SIZE];

	(void)state;
	assert_string_equal(keymap_key_named(keymap, "down", key), "j");
	keymap_bind(keymap, "undo", "z Del", NULL);
	assert_string_equal(keymap_key_named(keymap, "undo", key), "z");
	keymap_bind(keymap, "undo", "", NULL);
	assert_string_equal(keymap_key_named(keymap, "undo", key), ":undo");
	keymap_free(keymap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_of_the_table_does_what_its_row_says),
		cmocka_unit_test(every_action_has_a_row_with_a_name_of_its_own),
		cmocka_unit_test(an_action_is_done_by_one_function_in_all_its_rows),
		cmocka_unit_test(no_key_that_terminals_confuse_has_a_meaning_of_its_own),
		cmocka_unit_test(an_action_is_bound_anew_by_its_name),
		cmocka_unit_test(a_sentence_names_the_key_that_is_bound_now),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
