#include "domain/bookmarks/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct example {
	const char *given;
	const char *expected;
};

static const struct example normal_forms[] = {
	/* scheme and host in lower case, the rest as it is */
	{"HTTP://EXAMPLE.org/Path", "http://example.org/Path"},
	{"http://User:Pass@Example.ORG/", "http://User:Pass@example.org"},

	/* internationalised hosts */
	{"https://bücher.example/", "https://xn--bcher-kva.example"},
	{"https://BÜCHER.example", "https://xn--bcher-kva.example"},
	{"https://XN--BCHER-KVA.example", "https://xn--bcher-kva.example"},
	{"https://b%C3%BCcher.example", "https://xn--bcher-kva.example"},
	{"https://bu\xcc\x88"
	 "cher.example",
		"https://xn--bcher-kva.example"},
	{"https://faß.de", "https://xn--fa-hia.de"},
	{"https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah"},
	{"https://ｅｘａｍｐｌｅ．org", "https://example.org"},
	{"https://ex%61mple.org", "https://example.org"},
	{"https://my_host.bücher.example", "https://my_host.xn--bcher-kva.example"},
	{"https://ab--cd.bücher.example", "https://ab--cd.xn--bcher-kva.example"},
	{"https://%ff.example", "https://%FF.example"},
	{"https://Ӏ.example", "https://xn--s5a.example"},
	{"https://e%4%645.ׄ.example", "https://e%254d5.%D7%84.example"},
	{"https://a%7C\xcc\x81.bücher.example", "https://a%7C%CC%81.xn--bcher-kva.example"},

	/* ports */
	{"http://example.org:80/x", "http://example.org/x"},
	{"https://example.org:443/x", "https://example.org/x"},
	{"http://example.org:443/x", "http://example.org:443/x"},
	{"https://example.org:80/x", "https://example.org:80/x"},
	{"http://example.org:8080/", "http://example.org:8080"},
	{"http://example.org:/x", "http://example.org/x"},
	{"http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"},
	{"http://[2001:DB8::1]/x", "http://[2001:db8::1]/x"},
	{"http://[::1]:8080", "http://[::1]:8080"},
	{"http://user@example.org:80/", "http://user@example.org"},
	{"http://a:b@example.org", "http://a:b@example.org"},

	/* escapes */
	{"http://a.org/a b", "http://a.org/a%20b"},
	{"http://a.org/é", "http://a.org/%C3%A9"},
	{"http://a.org/%c3%a9", "http://a.org/%C3%A9"},
	{"http://a.org/%7euser/%41%2d%2E%5f", "http://a.org/~user/A-._"},
	{"http://a.org/%2f%3a", "http://a.org/%2F%3A"},
	{"http://a.org/100%", "http://a.org/100%25"},
	{"http://a.org/%zz%4", "http://a.org/%25zz%254"},
	{"http://a.org/%%41", "http://a.org/%25A"},
	{"http://a.org/%2541", "http://a.org/%2541"},
	{"http://a.org/\"<>^`{|}\\", "http://a.org/%22%3C%3E%5E%60%7B%7C%7D%5C"},
	{"http://a.org/!$&'()*+,;=:@[]", "http://a.org/!$&'()*+,;=:@[]"},
	{"http://a.org/x?q=a b|c", "http://a.org/x?q=a%20b%7Cc"},
	{"http://a.org/x#a b%7e", "http://a.org/x#a%20b~"},

	{"http:a.org/b", "http://a.org/b"},
	{"http:/a.org/b", "http://a.org/b"},
	{"http://a.org\\b\\c", "http://a.org/b%5Cc"},

	/* dot segments, after the escapes were decoded */
	{"http://a.org/a/./b/../c", "http://a.org/a/c"},
	{"http://a.org/../../x", "http://a.org/x"},
	{"http://a.org/a/%2e%2E/b", "http://a.org/b"},
	{"http://a.org/a/b/..", "http://a.org/a"},
	{"http://a.org/a/b/.", "http://a.org/a/b"},
	{"http://a.org/a//../b", "http://a.org/a/b"},
	{"http://a.org/...", "http://a.org/..."},
	{"http://a.org/.hidden/..x", "http://a.org/.hidden/..x"},

	/* slashes at the end of the path */
	{"http://a.org/", "http://a.org"},
	{"http://a.org////", "http://a.org"},
	{"http://a.org/x///", "http://a.org/x"},
	{"http://a.org/x/?a=1", "http://a.org/x?a=1"},
	{"http://a.org/?a=1", "http://a.org?a=1"},
	{"http://a.org/x/#f", "http://a.org/x#f"},
	{"http://a.org/a//b", "http://a.org/a//b"},
	{"http://a.org/x?a=/", "http://a.org/x?a=/"},
	{"http://a.org/x#/", "http://a.org/x#/"},

	/* parameters */
	{"http://a.org?b=2&a=1", "http://a.org?a=1&b=2"},
	{"http://a.org?a=2&b=0&a=1", "http://a.org?a=2&a=1&b=0"},
	{"http://a.org?ab=1&a=2", "http://a.org?a=2&ab=1"},
	{"http://a.org?%62=1&a=2", "http://a.org?a=2&b=1"},
	{"http://a.org?&&a=1&", "http://a.org?a=1"},
	{"http://a.org?", "http://a.org"},
	{"http://a.org?&", "http://a.org"},
	{"http://a.org#", "http://a.org"},
	{"http://a.org?#", "http://a.org"},
	{"http://a.org?a", "http://a.org?a"},
	{"http://a.org?a=", "http://a.org?a="},
	{"http://a.org?b=x=y&a=?", "http://a.org?a=?&b=x=y"},
	{"http://a.org?utm_source=x&a=1&utm_medium=y", "http://a.org?a=1"},
	{"http://a.org?gclid=1&fbclid=2", "http://a.org"},
	{"http://a.org?utm%5Fsource=x", "http://a.org"},
	{"http://a.org?autm_source=x&gclids=1", "http://a.org?autm_source=x&gclids=1"},
	{"http://a.org?fbclid", "http://a.org"},

	/* the fragment counts, and so does http or https */
	{"http://a.org/x#a", "http://a.org/x#a"},
	{"https://a.org/x#b", "https://a.org/x#b"},
	{"http://a.org#a?b#c", "http://a.org#a?b#c"},

	/* other schemes stand as they are */
	{"HTTPX://A.org/../%41?b&a#", "HTTPX://A.org/../%41?b&a#"},
	{"javascript:void(0 )", "javascript:void(0 )"},
	{"javascript://a comment%0aalert(1)", "javascript://a comment%0aalert(1)"},
	{"file:///C:/My Documents/", "file:///C:/My Documents/"},
	{"mailto:Somebody@Example.org", "mailto:Somebody@Example.org"},
	{"data:text/html,<b>", "data:text/html,<b>"},
	{"tel:112", "tel:112"},
};

static const char *const refused[] = {
	"https://[::1",
	"https://[::1/x",
	"http://[zz]/",
	"http://[]/",
	"http://[1:2]/",
	"https://a]/",
	"https://a[b]/",
	"https://[::1]x/",
	"https://a:99999/",
	"https://a:65536/",
	"https://[::1]:70000/",
	"https://a:b/",
	"https://a::80/",
	"",
	"example.org",
	"host:8080",
	"localhost:3000/x",
	"//example.org",
	"http://exa mple.org/",
	"http://example.org\t/",
	"http://example.org/a\nb",
	"http://example.org/\x7f",
	"http://example.org/\xc2\x85",
	"http://exa\xc2\xa0mple.org/",
	"http://exa\xe3\x80\x80mple.org/",
	"javascript:a\nb",
	"http://example.org/\xff",
	"ftp://a b/",
};

static const struct example typed[] = {
	{"example.org", "https://example.org"},
	{"  example.org/x \n", "https://example.org/x"},
	{"http://Example.org/", "http://Example.org/"},
	{"host:8080", "https://host:8080"},
	{"localhost:3000/x", "https://localhost:3000/x"},
	{"example.org:8080?x", "https://example.org:8080?x"},
	{"//example.org/x", "https://example.org/x"},
	{"[::1]:80", "https://[::1]:80"},
	{"user@example.org", "https://user@example.org"},
	{"mailto:a@b.org", "mailto:a@b.org"},
	{"javascript:1", "javascript:1"},
	{"about:blank", "about:blank"},
	{"bücher.example", "https://bücher.example"},
	{"http://a.org/?utm_source=kept", "http://a.org/?utm_source=kept"},
};

static const char *const refused_typed[] = {"", "  ", "\n", "a b.org", "http://a b", "a\x01.org",
	"http://", "https:///x", "/etc/passwd", "#x", "?x", "a\xff.org", "http://a\r\n.org"};

static const struct example hosts[] = {
	{"https://Example.ORG:8080/x", "example.org"},
	{"https://user:pass@github.com/", "github.com"},
	{"https://github.com@evil.example/", "evil.example"},
	{"https://good.example\\@evil.example/", "good.example"},
	{"http://[2001:DB8::1]:80/x", "[2001:db8::1]"},
	{"https://bücher.example", "xn--bcher-kva.example"},
	{"ftp://Files.example/x", "files.example"},
	{"file:///etc/passwd", ""},
	{"mailto:a@b.org", ""},
	{"javascript://x.org/", ""},
	{"no scheme", ""},
	{"", ""},
};

static void addresses_have_their_normal_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(normal_forms); i++) {
		struct error error = {{0}};
		char *normal = NULL;

		assert_int_equal(
			url_normal_form(normal_forms[i].given, &normal, &error), STATUS_OK);
		assert_string_equal(normal, normal_forms[i].expected);
		free(normal);
	}
}

static void a_normal_form_is_its_own_normal_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(normal_forms); i++) {
		char *normal = NULL;

		assert_int_equal(
			url_normal_form(normal_forms[i].expected, &normal, NULL), STATUS_OK);
		assert_string_equal(normal, normal_forms[i].expected);
		free(normal);
	}
}

static void what_cannot_be_an_address_is_refused_with_a_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct error error = {{0}};
		char *normal = NULL;

		assert_int_equal(url_normal_form(refused[i], &normal, &error), STATUS_INVALID);
		assert_null(normal);
		assert_true(error.text[0]);
	}
}

static void what_is_typed_becomes_an_address(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(typed); i++) {
		char *url = NULL;

		assert_int_equal(url_from_typed(typed[i].given, &url, NULL), STATUS_OK);
		assert_string_equal(url, typed[i].expected);
		free(url);
	}
}

static void what_is_typed_and_no_address_is_refused_with_a_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused_typed); i++) {
		struct error error = {{0}};
		char *url = NULL;

		assert_int_equal(url_from_typed(refused_typed[i], &url, &error), STATUS_INVALID);
		assert_null(url);
		assert_true(error.text[0]);
	}
}

static void a_host_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(hosts); i++) {
		char *host = url_host(hosts[i].given);

		assert_string_equal(host, hosts[i].expected);
		free(host);
	}
}

static void a_web_address_is_known_as_a_browser_reads_it(void **state)
{
	static const char *const web[] = {"http://a", "https://a", "HTTPS:a", " \x01https://a",
		"ht\ntp\t:\r//a", "\thttp://a"};
	static const char *const other[] = {"", "http", "javascript:http://a", "ftp://a",
		"httpx://a", "jAva\tscript:alert(1)",
		"data:http:", "h t t p:", "ht\x1atp:", "http\x1a"};

	(void)state;
	for (size_t i = 0; i < COUNT(web); i++)
		assert_true(url_is_web(web[i]));
	for (size_t i = 0; i < COUNT(other); i++)
		assert_false(url_is_web(other[i]));
}

static void a_port_is_no_scheme(void **state)
{
	(void)state;
	assert_true(url_has_scheme("a:b"));
	assert_true(url_has_scheme("tel:123"));
	assert_true(url_has_scheme("view-source:http://a"));
	assert_true(url_has_scheme("user:12@host"));
	assert_false(url_has_scheme("host:8080"));
	assert_false(url_has_scheme("host:8080/x:y"));
	assert_false(url_has_scheme("1a:b"));
	assert_false(url_has_scheme("a b:c"));
	assert_false(url_has_scheme(":x"));
	assert_false(url_has_scheme("/a:b"));
}

static void a_very_long_address_is_no_trouble(void **state)
{
	size_t length = 1 << 20;
	char *url = memory_array(length + 1, 1), *normal = NULL;

	(void)state;
	memset(url, '&', length);
	memcpy(url, "http://a.org/", 13);
	memset(url + 13, '/', length / 2 - 13);
	url[length / 2] = '?';
	assert_int_equal(url_normal_form(url, &normal, NULL), STATUS_OK);
	assert_string_equal(normal, "http://a.org");
	free(normal);
	for (size_t i = 14; i + 2 < length; i += 3)
		memcpy(url + i, "/..", 3);
	assert_int_equal(url_normal_form(url, &normal, NULL), STATUS_OK);
	free(normal);
	free(url);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_have_their_normal_form),
		cmocka_unit_test(a_normal_form_is_its_own_normal_form),
		cmocka_unit_test(what_cannot_be_an_address_is_refused_with_a_reason),
		cmocka_unit_test(what_is_typed_becomes_an_address),
		cmocka_unit_test(what_is_typed_and_no_address_is_refused_with_a_reason),
		cmocka_unit_test(a_host_is_found),
		cmocka_unit_test(a_web_address_is_known_as_a_browser_reads_it),
		cmocka_unit_test(a_port_is_no_scheme),
		cmocka_unit_test(a_very_long_address_is_no_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
