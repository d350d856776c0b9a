#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/bookmarks/tag_set.h"

static void assert_tags(const struct tag_set *set, const char *expected)
{
	char *joined = tag_set_join(set);

	assert_string_equal(joined, expected);
	free(joined);
}

static void tags_are_sorted_and_unique_without_regard_to_case(void **state)
{
	struct tag_set set = {0};

	(void)state;
	assert_true(tag_set_add(&set, "Zed"));
	assert_true(tag_set_add(&set, "apple"));
	assert_true(tag_set_add(&set, "zed"));
	assert_true(tag_set_add(&set, "ÄPFEL"));
	assert_true(tag_set_add(&set, "äpfel"));
	assert_tags(&set, "apple,Zed,ÄPFEL");
	assert_true(tag_set_has(&set, "ZED"));
	assert_false(tag_set_has(&set, "apfel"));
	tag_set_finish(&set);
}

static void what_is_no_tag_is_refused(void **state)
{
	static const char *const bad[] = {"", "  ", "a,b", "a\tb", "a\x1b[31m", "\xc2\x9b", "\x7f"};
	struct tag_set set = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(tag_set_add(&set, bad[i]));
	assert_int_equal(set.count, 0);
	assert_true(tag_set_add(&set, "  two words\n"));
	assert_tags(&set, "two words");
	tag_set_finish(&set);
}

static void a_list_is_split_at_commas_and_trimmed(void **state)
{
	struct tag_set set = {0};
	struct error error = {0};

	(void)state;
	assert_int_equal(tag_set_add_list(&set, " b , a,,c d, ", &error), STATUS_OK);
	assert_tags(&set, "a,b,c d");
	assert_int_equal(tag_set_add_list(&set, "x\x01y", &error), STATUS_INVALID);
	assert_non_null(strstr(error.text, "control"));
	tag_set_finish(&set);
}

/* As it stands, in whatever order and case: it is what was joined. */
static void a_joined_list_is_lent_in_place(void **state)
{
	struct tag_set set = {0};
	char list[] = "b,a,c d", one[] = "x", none[] = "";

	(void)state;
	tag_set_lend(&set, list);
	assert_tags(&set, "b,a,c d");
	assert_ptr_equal(set.tags[0], list);
	tag_set_lend(&set, one);
	assert_tags(&set, "x");
	tag_set_lend(&set, none);
	assert_int_equal(set.count, 0);
	free(set.tags);
}

static void sets_unite_subtract_and_copy(void **state)
{
	struct tag_set a = {0}, b = {0}, copy = {0};

	(void)state;
	tag_set_add_list(&a, "C,linux", NULL);
	tag_set_add_list(&b, "c,web", NULL);
	tag_set_copy(&copy, &a);
	assert_true(tag_set_equal(&copy, &a));
	tag_set_unite(&copy, &b);
	assert_tags(&copy, "C,linux,web");
	assert_false(tag_set_equal(&copy, &a));
	tag_set_subtract(&copy, &b);
	assert_tags(&copy, "linux");
	assert_false(tag_set_remove(&copy, "web"));
	tag_set_finish(&a);
	tag_set_finish(&b);
	tag_set_finish(&copy);
}

static void a_difference_makes_the_one_set_of_the_other(void **state)
{
	struct tag_set before = {0}, after = {0}, gone = {0}, come = {0};

	(void)state;
	tag_set_add_list(&before, "c,Linux,web", NULL);
	tag_set_add_list(&after, "c,linux,news", NULL);
	tag_set_difference(&before, &after, &gone, &come);
	assert_tags(&gone, "Linux,web");
	assert_tags(&come, "linux,news");
	tag_set_subtract(&before, &gone);
	tag_set_unite(&before, &come);
	assert_true(tag_set_equal(&before, &after));
	tag_set_finish(&before);
	tag_set_finish(&after);
	tag_set_finish(&gone);
	tag_set_finish(&come);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_are_sorted_and_unique_without_regard_to_case),
		cmocka_unit_test(what_is_no_tag_is_refused),
		cmocka_unit_test(a_list_is_split_at_commas_and_trimmed),
		cmocka_unit_test(a_joined_list_is_lent_in_place),
		cmocka_unit_test(sets_unite_subtract_and_copy),
		cmocka_unit_test(a_difference_makes_the_one_set_of_the_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
