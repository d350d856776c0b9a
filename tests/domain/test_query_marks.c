#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/buffer.h"
#include "domain/search/search.h"

/* The text with what is marked in square brackets. */
static void assert_marks(
	const char *text_of_query, enum place place, const char *text, const char *expected)
{
	struct text_range ranges[20];
	struct query_error error;
	struct query *query = query_parse(text_of_query, &error);
	size_t count = query_marks(query, place, text, ranges, 20);
	struct buffer out = {0};
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		assert_true(ranges[i].begin >= at && ranges[i].begin < ranges[i].end);
		buffer_add(&out, text + at, ranges[i].begin - at);
		buffer_print(&out, "[%.*s]", (int)(ranges[i].end - ranges[i].begin),
			text + ranges[i].begin);
		at = ranges[i].end;
	}
	buffer_add_string(&out, text + at);
	assert_string_equal(buffer_text(&out), expected);
	buffer_finish(&out);
	query_free(query);
}

static void every_place_of_a_word_is_marked(void **state)
{
	(void)state;
	assert_marks("an", IN_TITLE, "Banana", "B[anan]a");
	assert_marks("rust web", IN_TITLE, "Web in Rust, rusty", "[Web] in [Rust], [rust]y");
	assert_marks("\"in rust\"", IN_NOTES, "web in rust", "web [in rust]");
	assert_marks("x", IN_TITLE, "nothing", "nothing");
	assert_marks("", IN_TITLE, "nothing", "nothing");
}

static void marks_are_of_the_text_as_it_was_kept(void **state)
{
	(void)state;
	assert_marks("angstrom", IN_TITLE, "der Ångström!", "der [Ångström]!");
	assert_marks("e", IN_TITLE, "cafe\xcc\x81s", "caf[e\xcc\x81]s");
	assert_marks("s", IN_TITLE, "Maß", "Ma[ß]");
	assert_marks("abc", IN_TITLE, "x ＡＢＣ", "x [ＡＢＣ]");
	assert_marks("f", IN_TITLE, "ﬁne", "[ﬁ]ne");
}

static void only_what_the_query_asks_of_a_place_is_marked_there(void **state)
{
	(void)state;
	assert_marks("title:rust", IN_NOTES, "rust", "rust");
	assert_marks("title:rust", IN_TITLE, "rust", "[rust]");
	assert_marks("-rust", IN_TITLE, "rust", "rust");
	assert_marks("NOT (rust OR web)", IN_TITLE, "rust web", "rust web");
	assert_marks("rust OR web", IN_URL, "https://web.dev", "https://[web].dev");
	assert_marks("site:web.dev", IN_URL, "https://web.dev/", "https://[web.dev]/");
	assert_marks("added:2024", IN_TITLE, "2024", "2024");
}

static void tags_are_marked_whole_however_they_are_shown(void **state)
{
	(void)state;
	assert_marks("#c", IN_TAGS, "c,cli,web c", "[c],cli,web [c]");
	assert_marks("#cli", IN_TAGS, "#c #cli #client", "#c #[cli] #client");
	assert_marks("#cl*", IN_TAGS, "c,cli,client", "c,[cl]i,[cl]ient");
	assert_marks("li", IN_TAGS, "c,cli", "c,c[li]");
	assert_marks("#c", IN_TITLE, "c", "c");
}

static void letters_and_expressions_are_marked_where_they_match(void **state)
{
	(void)state;
	assert_marks("~rgx", IN_TITLE, "my regex", "my [r]e[g]e[x]");
	assert_marks("~rgx", IN_TITLE, "my rgb", "my rgb");
	assert_marks("~cb", IN_TAGS, "c,b,cab", "c,b,[c]a[b]");
	assert_marks("/a+/", IN_TITLE, "baaa aB", "b[aaa] [a]B");
	assert_marks("/(?i)b$/", IN_TITLE, "b aB", "b a[B]");
	assert_marks("/x*/", IN_TITLE, "abc", "abc");
}

static void no_more_marks_are_given_than_there_is_room_for(void **state)
{
	struct text_range ranges[2];
	struct query_error error;
	struct query *query = query_parse("a", &error);

	(void)state;
	assert_int_equal(query_marks(query, IN_TITLE, "a b a b a", ranges, 2), 2);
	assert_int_equal(ranges[1].begin, 4);
	assert_int_equal(query_marks(NULL, IN_TITLE, "a", ranges, 2), 0);
	query_free(query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_place_of_a_word_is_marked),
		cmocka_unit_test(marks_are_of_the_text_as_it_was_kept),
		cmocka_unit_test(only_what_the_query_asks_of_a_place_is_marked_there),
		cmocka_unit_test(tags_are_marked_whole_however_they_are_shown),
		cmocka_unit_test(letters_and_expressions_are_marked_where_they_match),
		cmocka_unit_test(no_more_marks_are_given_than_there_is_room_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
