#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "adapters/stars/forge_answer.h"

static void assert_link(const char *header, const char *relation, const char *expected)
{
	char *found = link_header_find(header, relation);

	if (expected) {
		assert_non_null(found);
		assert_string_equal(found, expected);
	} else {
		assert_null(found);
	}
	free(found);
}

static void what_github_sends_is_read(void **state)
{
	static const char header[] =
		"<https://api.github.com/user/240830/starred?sort=50&per_page=100&page=4>; "
		"rel=\"next\", <https://api.github.com/user/240830/starred?page=7>; rel=\"last\", "
		"<https://api.github.com/user/240830/starred?page=1>; rel=\"first\"";

	(void)state;
	assert_link(header, "next",
		"https://api.github.com/user/240830/starred?sort=50&per_page=100&page=4");
	assert_link(header, "last", "https://api.github.com/user/240830/starred?page=7");
	assert_link(header, "prev", NULL);
}

static void any_form_that_the_rfc_allows_is_read(void **state)
{
	(void)state;
	assert_link("<a>;rel=next,<b>;rel=prev", "prev", "b");
	assert_link("<a>; title=\"x, y; rel=prev\"; REL=\"Last NEXT\"", "next", "a");
	assert_link("<a>; title=\"x, y; rel=prev\"; REL=\"Last NEXT\"", "prev", NULL);
	assert_link("<a,b;c>; rel=\"next\"", "next", "a,b;c");
	assert_link("<a>\t;\trel = \"next\"", "next", "a");
	assert_link("<a>; rel=\"nextt\"", "next", NULL);
	assert_link("<a>; rel; rel=next", "next", "a");
}

static void garbage_has_no_links(void **state)
{
	static const char *const headers[] = {"", "<", "<>", "<a", "<a>", "<a>;", "<a>; rel",
		"<a>; rel=", "<a>; rel=\"", "<<;;rel=next", ",,,;;;", "a; rel=next",
		"\xff<\xff>\xff"};

	(void)state;
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		assert_link(headers[i], "next", NULL);
}

static void the_number_of_a_page_is_its_own_parameter(void **state)
{
	(void)state;
	assert_int_equal(link_header_page("https://a/b?page=3"), 3);
	assert_int_equal(link_header_page("https://a/b?per_page=100&page=12#x"), 12);
	assert_int_equal(link_header_page("https://a/b?per_page=100"), 0);
	assert_int_equal(link_header_page("https://a/page=4"), 0);
	assert_int_equal(link_header_page("https://a/b?page=0"), 0);
	assert_int_equal(link_header_page("https://a/b?page=-1"), 0);
	assert_int_equal(link_header_page("https://a/b?page=3x"), 0);
	assert_int_equal(link_header_page("https://a/b?page=99999999999999999999"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_github_sends_is_read),
		cmocka_unit_test(any_form_that_the_rfc_allows_is_read),
		cmocka_unit_test(garbage_has_no_links),
		cmocka_unit_test(the_number_of_a_page_is_its_own_parameter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
