#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "adapters/http/origin.h"

static const char github[] = "https://api.github.com";

static void only_the_very_same_origin_is_asked(void **state)
{
	static const char *const others[] = {
		"http://api.github.com/user",
		"https://api.github.com:444/user",
		"https://api.github.com.evil.example/user",
		"https://evil.example/https://api.github.com/",
		"https://api.github.com@evil.example/user",
		"https://octocat@api.github.com/user",
		"https://octocat:x@api.github.com/user",
		"https://github.com/user",
		"https://API.GITHUB.COM.:443/user",
		"ftp://api.github.com/user",
		"file:///etc/passwd",
		"javascript:alert(1)",
		"//api.github.com/user",
		"/user",
		"",
		"https://",
		"https://api.github.com/a b",
		"https://api.github.com/a\nb",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct error error = {0};

		assert_int_equal(origin_check(github, others[i], &error), STATUS_REMOTE);
		assert_true(error.text[0] != '\0');
	}
	assert_int_equal(origin_check(github, "https://api.github.com/user?page=2", NULL), 0);
	assert_int_equal(origin_check(github, "HTTPS://API.GitHub.com:443/user", NULL), 0);
	assert_int_equal(
		origin_check("https://ghe.example/api/v3", "https://ghe.example/x", NULL), 0);
	assert_int_equal(origin_check("http://127.0.0.1:80/", "http://127.0.0.1/x", NULL), 0);
	assert_int_equal(
		origin_check("http://127.0.0.1:80/", "http://localhost/x", NULL), STATUS_REMOTE);
}

static void a_base_is_https_or_on_this_machine(void **state)
{
	static const char *const good[] = {"https://api.github.com", "https://ghe.example/api/v3/",
		"http://127.0.0.1:8080", "http://127.1.2.3", "http://localhost:1",
		"http://[::1]:99"};
	static const char *const bad[] = {"http://api.github.com", "http://127.0.0.1.example.org",
		"http://localhost.example.org", "ftp://127.0.0.1", "file:///", "nothing at all", "",
		"https://octocat@api.github.com", "http://[::2]"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(origin_check_base(good[i], NULL), STATUS_OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(origin_check_base(bad[i], NULL), STATUS_INVALID);
}

static void assert_resolved(const char *url, const char *reference, const char *expected)
{
	char *resolved = origin_resolve(url, reference);

	assert_non_null(resolved);
	assert_string_equal(resolved, expected);
	free(resolved);
}

static void references_are_resolved_as_by_a_browser(void **state)
{
	(void)state;
	assert_resolved("https://a.example/b/c?d", "e", "https://a.example/b/e");
	assert_resolved("https://a.example/b/c?d", "/e?f", "https://a.example/e?f");
	assert_resolved("https://a.example/b", "//evil.example/x", "https://evil.example/x");
	assert_resolved("https://a.example/b", "http://b.example/", "http://b.example/");
}

static void a_host_is_named_with_its_port_where_that_matters(void **state)
{
	char *plain = origin_host("https://api.github.com/user");
	char *port = origin_host("http://127.0.0.1:8080");

	(void)state;
	assert_string_equal(plain, "api.github.com");
	assert_string_equal(port, "127.0.0.1:8080");
	free(plain);
	free(port);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_very_same_origin_is_asked),
		cmocka_unit_test(a_base_is_https_or_on_this_machine),
		cmocka_unit_test(references_are_resolved_as_by_a_browser),
		cmocka_unit_test(a_host_is_named_with_its_port_where_that_matters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
