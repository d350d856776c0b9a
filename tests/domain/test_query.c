#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/buffer.h"
#include "domain/search/query.h"

static const char *places_name(unsigned places)
{
	switch (places) {
	case IN_TITLE: return "title:";
	case IN_URL: return "url:";
	case IN_NOTES: return "notes:";
	default: return "";
	}
}

static void dump(const struct query *query, struct buffer *out)
{
	static const char *const names[] = {
		[QUERY_ALL] = "all",
		[QUERY_AND] = "and",
		[QUERY_OR] = "or",
		[QUERY_NOT] = "not",
		[QUERY_FUZZY] = "fuzzy",
		[QUERY_TAG] = "tag",
		[QUERY_SITE] = "site",
		[QUERY_SOURCE] = "source",
		[QUERY_ADDED] = "added",
		[QUERY_MODIFIED] = "modified",
		[QUERY_CHECKED] = "checked",
		[QUERY_LINK] = "link",
		[QUERY_UNTAGGED] = "untagged",
		[QUERY_UNSTARRED] = "unstarred",
		[QUERY_DUPLICATE] = "duplicate",
		[QUERY_REGEX] = "regex",
	};

	if (query->kind == QUERY_WORD) {
		buffer_print(out, "%s[%s]", places_name(query->places), query->text);
		return;
	}
	buffer_print(out, "%s(", names[query->kind]);
	if (query->text)
		buffer_print(out, "%s%s", query->text, query->prefix ? "*" : "");
	if (query->kind == QUERY_LINK)
		buffer_print(out, "%u", query->places);
	if (query->kind == QUERY_ADDED || query->kind == QUERY_MODIFIED ||
		query->kind == QUERY_CHECKED)
		buffer_print(out, "%lld..%lld", (long long)query->from, (long long)query->until);
	for (size_t i = 0; i < query->count; i++) {
		buffer_add_string(out, i ? " " : "");
		dump(query->children[i], out);
	}
	buffer_add_string(out, ")");
}

static struct query *parsed(const char *text)
{
	struct query_error error = {{0}, 0};
	struct query *query = query_parse(text, &error);

	if (!query)
		fail_msg("%s: %s at %zu", text, error.message, error.at);
	return query;
}

static void assert_means(const char *text, const char *expected)
{
	struct query *query = parsed(text);
	struct buffer out = {0};

	dump(query, &out);
	if (strcmp(buffer_text(&out), expected) != 0)
		fail_msg("%s means %s, not %s", text, buffer_text(&out), expected);
	buffer_finish(&out);
	query_free(query);
}

static void words_are_joined_by_and(void **state)
{
	(void)state;
	assert_means("", "all()");
	assert_means(" \t\n", "all()");
	assert_means("Rust", "[rust]");
	assert_means("rust  Ångström", "and([rust] [angstrom])");
	assert_means("a\u3000b", "and([a] [b])");
	assert_means("a AND b", "and([a] [b])");
	assert_means("and or not", "and([and] [or] [not])");
}

static void or_binds_less_than_and_and_that_less_than_not(void **state)
{
	(void)state;
	assert_means("a OR b c", "or([a] and([b] [c]))");
	assert_means("a b OR c", "or(and([a] [b]) [c])");
	assert_means("a OR b OR c", "or([a] [b] [c])");
	assert_means("NOT a b", "and(not([a]) [b])");
	assert_means("a AND NOT b OR c", "or(and([a] not([b])) [c])");
	assert_means("NOT NOT a", "[a]");
	assert_means("NOT NOT NOT a", "not([a])");
	assert_means("-a -b", "and(not([a]) not([b]))");
	assert_means("NOT -a", "not(not([a]))");
}

static void groups_open_at_the_start_of_a_word(void **state)
{
	(void)state;
	assert_means("(a OR b) c", "and(or([a] [b]) [c])");
	assert_means("a (b)c", "and([a] [b] [c])");
	assert_means("((a b))", "and([a] [b])");
	assert_means("(a OR (b c)) d", "and(or([a] and([b] [c])) [d])");
	assert_means("NOT (a b)", "not(and([a] [b]))");
	assert_means("f(x)", "[f(x)]");
	assert_means("(f(x) y)", "and([f(x)] [y])");
	assert_means("(", "[(]");
	assert_means(")", "[)]");
	assert_means("()", "[()]");
	assert_means("( )", "and([(] [)])");
	assert_means("(a", "[(a]");
	assert_means("((a)", "[((a)]");
	assert_means("(a b", "and([(a] [b])");
	assert_means("(a (b) c", "and([(a] [b] [c])");
	assert_means("a)", "[a)]");
	assert_means("-(a b)", "not(and([a] [b]))");
	assert_means("-(a OR b) c", "and(not(or([a] [b])) [c])");
	assert_means("(-(a) b)", "and(not([a]) [b])");
	assert_means("NOT -(a)", "not(not([a]))");
	assert_means("-(a b", "and(not([(a]) [b])");
	assert_means("-()", "not([()])");
	assert_means("(())", "[()]");
}

static void quotes_open_at_the_start_of_a_word(void **state)
{
	(void)state;
	assert_means("\"two  Words\"", "[two  words]");
	assert_means("-\"two words\"", "not([two words])");
	assert_means("~\"two words\"", "fuzzy(two words)");
	assert_means("#\"two words\"", "tag(two words)");
	assert_means("title:\"two words\"", "title:[two words]");
	assert_means("-url:\"a b\"", "not(url:[a b])");
	assert_means("a\"b c\"", "and([a\"b] [c\"])");
	assert_means("\"\"", "[\"\"]");
	assert_means("\"open quote", "and([\"open] [quote])");
	assert_means("\"a\\\"b\"", "and([a\\] [b\"])");
	assert_means("\"OR\" \"NOT\"", "and([or] [not])");
	assert_means("\"a\"b", "and([a] [b])");
	assert_means("(\"a)\" b)", "and([a)] [b])");
}

static void what_cannot_be_an_operator_is_a_word(void **state)
{
	(void)state;
	assert_means("c++", "[c++]");
	assert_means("100%", "[100%]");
	assert_means("a/b", "[a/b]");
	assert_means("a OR", "and([a] [or])");
	assert_means("OR a", "and([or] [a])");
	assert_means("AND", "[and]");
	assert_means("NOT", "[not]");
	assert_means("a NOT", "and([a] [not])");
	assert_means("a OR OR b", "or([a] and([or] [b]))");
	assert_means("(a OR) b", "and([a] [or] [b])");
	assert_means("-", "[-]");
	assert_means("a - b", "and([a] [-] [b])");
	assert_means("--a", "[--a]");
	assert_means("--force", "[--force]");
	assert_means("~", "[~]");
	assert_means("#", "[#]");
	assert_means("-#", "not([#])");
	assert_means("title:", "[title:]");
	assert_means("added:", "[added:]");
	assert_means("is:nothing", "[is:nothing]");
	assert_means("is:dead", "link(4)");
	assert_means("-is:unchecked", "not(link(0))");
	assert_means("is:ok", "[is:ok]");
	assert_means("checked:1970-01-01", "checked(0..86400)");
	assert_means("is:", "[is:]");
	assert_means("Title:a", "[title:a]");
	assert_means("foo:bar", "[foo:bar]");
	assert_means("https://a.b/c?d=e", "[https://a.b/c?d=e]");
}

static void fields_narrow_where_to_look(void **state)
{
	(void)state;
	assert_means("title:A url:b notes:ç", "and(title:[a] url:[b] notes:[c])");
	assert_means("#C++ tag:a*", "and(tag(c++) tag(a*))");
	assert_means("tag:*", "tag(*)");
	assert_means("-#old", "not(tag(old))");
	assert_means("~RgX", "fuzzy(rgx)");
	assert_means("site:GitHub.com", "site(github.com)");
	assert_means("site:bücher.example", "site(xn--bcher-kva.example)");
	assert_means("source:GitHub:octocat", "source(github:octocat)");
	assert_means("is:untagged is:unstarred -is:duplicate",
		"and(untagged() unstarred() not(duplicate()))");
	assert_means("title:a:b", "title:[a:b]");
	assert_means("(title:a)", "title:[a]");
}

static void regular_expressions_end_before_a_blank_or_the_end(void **state)
{
	(void)state;
	assert_means("/a.*b/", "regex(a.*b)");
	assert_means("/a b/ c", "and(regex(a b) [c])");
	assert_means("-/x/", "not(regex(x))");
	assert_means("/usr/bin", "[/usr/bin]");
	assert_means("/usr/bin/", "regex(usr/bin)");
	assert_means("//", "[//]");
	assert_means("/", "[/]");
	assert_means("(a OR /B+/)", "or([a] regex(B+))");
	assert_means("/a/\u3000b", "and(regex(a) [b])");
}

static void dates_are_read_in_all_their_forms(void **state)
{
	const char *open_end = "9223372036854775807";
	const char *open_begin = "-9223372036854775808";
	char expected[100];

	(void)state;
	assert_means("added:2024", "added(1704067200..1735689600)");
	assert_means("added:2024-05", "added(1714521600..1717200000)");
	assert_means("added:2024-12", "added(1733011200..1735689600)");
	assert_means("modified:2024-05-01", "modified(1714521600..1714608000)");
	assert_means("added:2023-01..2023-06", "added(1672531200..1688169600)");
	snprintf(expected, sizeof(expected), "added(1714521600..%s)", open_end);
	assert_means("added:>=2024-05-01", expected);
	assert_means("added:2024-05..", expected);
	snprintf(expected, sizeof(expected), "added(1714608000..%s)", open_end);
	assert_means("added:>2024-05-01", expected);
	snprintf(expected, sizeof(expected), "added(%s..1714521600)", open_begin);
	assert_means("added:<2024-05", expected);
	snprintf(expected, sizeof(expected), "added(%s..1717200000)", open_begin);
	assert_means("added:<=2024-05", expected);
	assert_means("added:..2024-05", expected);
	snprintf(expected, sizeof(expected), "added(253370764800..%s)", open_end);
	assert_means("added:9999", expected);
}

static void assert_error(const char *text, size_t at, size_t column)
{
	struct query_error error;

	assert_null(query_parse(text, &error));
	assert_int_equal(error.at, at);
	assert_int_equal(query_error_column(&error, text), column);
	assert_true(strlen(error.message) > 10);
}

/* Where in a regular expression the error is differs between versions of PCRE2; it is within its
 * slashes. */
static void assert_error_in(const char *text)
{
	struct query_error error;
	size_t from = (size_t)(strchr(text, '/') - text), to = (size_t)(strrchr(text, '/') - text);

	assert_null(query_parse(text, &error));
	assert_true(error.at > from && error.at <= to);
	assert_true(query_error_column(&error, text) <= error.at);
	assert_true(query_error_column(&error, text) > from);
	assert_true(strlen(error.message) > 10);
}

static void only_dates_and_regular_expressions_can_be_wrong(void **state)
{
	(void)state;
	assert_error("added:2024-13", 6, 6);
	assert_error("added:0000", 6, 6);
	assert_error("added:2023-02-29", 6, 6);
	assert_error("added:yesterday", 6, 6);
	assert_error("a 漢 modified:>=2024-1", 17, 16);
	assert_error("added:..", 6, 6);
	assert_error("added:>", 7, 7);
	assert_error("added:2024..x", 12, 12);
	assert_error("added:2024...2025", 12, 12);
	assert_error_in("/a(b/");
	assert_error_in("x /é[/");
	assert_error_in("(a OR -/*/)");
}

/* Pieces that queries are made of, glued together at random. */
static void a_copy_is_the_same_query(void **state)
{
	static const char *const pieces[] = {" ", " ", " ", "\t", "a", "b", "\"", "\"", "(", ")",
		"(", ")", "-", "~", "#", "/", "/", "*", "title:", "tag:", "is:untagged",
		"is:", "OR", "AND", "NOT", " OR ", " NOT ", "added:2024", "é", "\u3000",
		"site:", "\\", "%", "'"};
	unsigned seed = 11;
	size_t read = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[200] = "";
		struct query_error error;
		struct query *query, *copy;

		for (int i = 0; i < 14; i++) {
			seed = seed * 1103515245u + 12345u;
			strcat(text, pieces[(seed >> 16) % (sizeof(pieces) / sizeof(*pieces))]);
		}
		query = query_parse(text, &error);
		if (!query)
			continue;
		read++;
		copy = query_copy(query);
		if (!query_equal(query, copy) || !query_narrows(query, copy))
			fail_msg("%s is not its copy", text);
		query_free(query);
		query_free(copy);
	}
	assert_true(read > 10000);
}

static void a_query_of_any_length_and_depth_is_read(void **state)
{
	enum { LENGTH = 100000 };
	static const char *const units[] = {
		"(", ")", "( ", "(a ", "NOT ", "\"", "/a ", "() ", "(a) ", "-", "((a) ", "~\"("};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		struct buffer text = {0};
		struct query_error error;
		struct query *query;

		while (text.length < LENGTH)
			buffer_add_string(&text, units[i]);
		query = query_parse(buffer_text(&text), &error);
		assert_non_null(query);
		query_free(query);
		buffer_finish(&text);
	}
}

static bool narrows(const char *longer, const char *shorter)
{
	struct query *a = parsed(longer), *b = parsed(shorter);
	bool result = query_narrows(a, b);

	query_free(a);
	query_free(b);
	return result;
}

static void a_query_that_grew_narrows(void **state)
{
	(void)state;
	assert_true(narrows("data", "dat") && narrows("web data", "web"));
	assert_true(narrows("web data", "web da"));
	assert_true(narrows("anything", ""));
	assert_true(narrows("-a b", "-a"));
	assert_true(narrows("title:ab", "a"));
	assert_true(narrows("#ab", "#a*"));
	assert_false(narrows("-ab", "-a"));
	assert_false(narrows("a OR b", "a"));
	assert_false(narrows("dat", "data"));
	assert_false(narrows("ab", "title:a"));
	assert_false(narrows("#ab", "#a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_joined_by_and),
		cmocka_unit_test(or_binds_less_than_and_and_that_less_than_not),
		cmocka_unit_test(groups_open_at_the_start_of_a_word),
		cmocka_unit_test(quotes_open_at_the_start_of_a_word),
		cmocka_unit_test(what_cannot_be_an_operator_is_a_word),
		cmocka_unit_test(fields_narrow_where_to_look),
		cmocka_unit_test(regular_expressions_end_before_a_blank_or_the_end),
		cmocka_unit_test(dates_are_read_in_all_their_forms),
		cmocka_unit_test(only_dates_and_regular_expressions_can_be_wrong),
		cmocka_unit_test(a_copy_is_the_same_query),
		cmocka_unit_test(a_query_of_any_length_and_depth_is_read),
		cmocka_unit_test(a_query_that_grew_narrows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
