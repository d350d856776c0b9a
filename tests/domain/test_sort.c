#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/base/sort.h"

/* The context says which way. */
static int compare_numbers(const void *left, const void *right, void *context)
{
	const int way = *(const int *)context;
	const int a = *(const int *)left, b = *(const int *)right;

	return a == b ? 0 : a < b ? -way : way;
}

static void the_context_reaches_each_comparison(void **state)
{
	int up = 1, down = -1;
	int numbers[] = {3, 1, 4, 1, 5, 9, 2, 6};
	const int rising[] = {1, 1, 2, 3, 4, 5, 6, 9}, falling[] = {9, 6, 5, 4, 3, 2, 1, 1};

	(void)state;
	sort_with(numbers, 8, sizeof(*numbers), compare_numbers, &up);
	assert_memory_equal(numbers, rising, sizeof(rising));
	sort_with(numbers, 8, sizeof(*numbers), compare_numbers, &down);
	assert_memory_equal(numbers, falling, sizeof(falling));
}

/* Sorts numbers of its own in the midst of a comparison. */
static int compare_after_sorting(const void *left, const void *right, void *context)
{
	int inner[] = {1, 2, 3}, down = -1;

	sort_with(inner, 3, sizeof(*inner), compare_numbers, &down);
	assert_int_equal(inner[0], 3);
	return compare_numbers(left, right, context);
}

static void a_sort_within_a_sort_does_not_disturb_it(void **state)
{
	int up = 1;
	int numbers[] = {2, 3, 1};
	const int rising[] = {1, 2, 3};

	(void)state;
	sort_with(numbers, 3, sizeof(*numbers), compare_after_sorting, &up);
	assert_memory_equal(numbers, rising, sizeof(rising));
}

static void nothing_and_one_are_in_order(void **state)
{
	int up = 1, one = 7;

	(void)state;
	sort_with(NULL, 0, sizeof(one), compare_numbers, &up);
	sort_with(&one, 1, sizeof(one), compare_numbers, &up);
	assert_int_equal(one, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_context_reaches_each_comparison),
		cmocka_unit_test(a_sort_within_a_sort_does_not_disturb_it),
		cmocka_unit_test(nothing_and_one_are_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
