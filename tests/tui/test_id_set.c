#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/id_set.h"

static void ids_are_in_the_set_once_whatever_their_order(void **state)
{
	static const int64_t ids[] = {9, 2, 7, 2, 9, 1};
	struct id_set set = {0};

	(void)state;
	id_set_add(&set, 5);
	id_set_add(&set, 5);
	id_set_unite(&set, ids, 6);
	assert_int_equal(set.count, 5);
	for (size_t i = 1; i < set.count; i++)
		assert_true(set.ids[i - 1] < set.ids[i]);
	assert_true(id_set_has(&set, 7));
	assert_false(id_set_has(&set, 3));
	id_set_finish(&set);
}

static void what_is_subtracted_is_gone(void **state)
{
	static const int64_t ids[] = {1, 2, 3, 4, 5}, gone[] = {4, 9, 2, 2};
	struct id_set set = {0};

	(void)state;
	id_set_unite(&set, ids, 5);
	id_set_subtract(&set, gone, 4);
	assert_int_equal(set.count, 3);
	assert_false(id_set_has(&set, 2) || id_set_has(&set, 4));
	assert_false(id_set_remove(&set, 4));
	assert_true(id_set_remove(&set, 5));
	assert_true(id_set_toggle(&set, 8));
	assert_false(id_set_toggle(&set, 8));
	id_set_subtract(&set, ids, 5);
	assert_int_equal(set.count, 0);
	id_set_finish(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_are_in_the_set_once_whatever_their_order),
		cmocka_unit_test(what_is_subtracted_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
