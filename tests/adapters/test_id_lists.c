#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "adapters/sqlite/id_list.h"

#define MOST 500

static size_t count_read(const char *text)
{
	int64_t *ids = NULL;
	size_t capacity = 0, count = id_list_read(text, &ids, &capacity, MOST);

	free(ids);
	return count;
}

static void ids_are_printed_in_runs_and_read_again(void **state)
{
	static const int64_t ids[] = {3, 4, 5, 9, 7, 8, INT64_MAX - 1, INT64_MAX};
	char *text = id_list_print(ids, 8);
	int64_t *again = NULL;
	size_t capacity = 0;

	(void)state;
	assert_string_equal(text, "3-5,9,7-8,9223372036854775806-9223372036854775807");
	assert_int_equal(id_list_read(text, &again, &capacity, MOST), 8);
	assert_memory_equal(again, ids, sizeof(ids));
	free(again);
	free(text);
}

static void a_list_of_somebody_else_is_no_longer_than_it_may_be(void **state)
{
	static const struct {
		const char *text;
		size_t count;
	} lists[] = {
		{"", 0},
		{"x", 0},
		{"-5", 0},
		{"1-9223372036854775807", MOST},
		{"9--9223372036854775808", 0},
		{"9-1,4", 1},
		{"99999999999999999999-99999999999999999999", 1},
		{"1-400,1-400,1-400", MOST},
		{"7-,8", 1},
		{"7,,8", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		assert_int_equal(count_read(lists[i].text), lists[i].count);
}

static void a_sequence_gives_back_what_was_put_in(void **state)
{
	static const int64_t ids[] = {
		5, 4, 3, INT64_MAX, INT64_MIN, 0, -1, 1, 63, 64, -64, -65, INT64_MIN, INT64_MAX};
	struct id_sequence sequence = {0};
	int64_t id;

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		id_sequence_put(&sequence, ids[i]);
	id_sequence_rewind(&sequence);
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		assert_true(id_sequence_take(&sequence, &id));
		assert_true(id == ids[i]);
	}
	assert_false(id_sequence_take(&sequence, &id));
	id_sequence_finish(&sequence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_are_printed_in_runs_and_read_again),
		cmocka_unit_test(a_list_of_somebody_else_is_no_longer_than_it_may_be),
		cmocka_unit_test(a_sequence_gives_back_what_was_put_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
