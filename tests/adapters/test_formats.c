#include "adapters/formats/formats.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "tests/fixtures/format_case.h"

#define EXPECTED ".expected"

static char *dialects_folder(void)
{
	const char *top = getenv("top_srcdir");

	return memory_print("%s/tests/dialects", top ? top : ".");
}

static char *read_whole(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buffer text = {0};
	char piece[4096];
	size_t length;

	assert_non_null(file);
	while ((length = fread(piece, 1, sizeof(piece), file)) > 0)
		buffer_add(&text, piece, length);
	fclose(file);
	return buffer_take(&text);
}

static bool is_expectation(const char *name)
{
	size_t length = strlen(name), tail = strlen(EXPECTED);

	return length > tail && strcmp(name + length - tail, EXPECTED) == 0;
}

/* Hands the path of every dialect's file to a function, and counts them. */
static size_t each_dialect(void (*visit)(const char *path))
{
	char *folder = dialects_folder();
	DIR *directory = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(directory);
	while ((entry = readdir(directory))) {
		char *path;

		if (entry->d_name[0] == '.' || is_expectation(entry->d_name))
			continue;
		path = memory_print("%s/%s", folder, entry->d_name);
		visit(path);
		free(path);
		count++;
	}
	closedir(directory);
	free(folder);
	return count;
}

static void compare(const char *path, const char *expected, const char *format)
{
	char *found = format_case_read(path, format);

	if (strcmp(found, expected) != 0)
		fail_msg("%s (%s):\n%s\nexpected:\n%s", path, format ? format : "by content", found,
			expected);
	free(found);
}

/* What this build has no library for is refused, in words. */
static bool can_be_read(const char *path)
{
#ifndef HAVE_LZ4
	if (strstr(path, ".jsonlz4"))
		return false;
#endif
#ifndef HAVE_LIBPLIST
	if (strstr(path, "safari.plist"))
		return false;
#endif
	return strlen(path) > 0;
}

static void check_dialect(const char *path)
{
	char *expectation = memory_print("%s" EXPECTED, path);
	char *expected = read_whole(expectation);
	char *format = memory_copy_bytes(expected, strcspn(expected, "\n"));

	if (can_be_read(path)) {
		compare(path, expected, NULL);
		compare(path, expected, format);
	}
	free(format);
	free(expected);
	free(expectation);
}

static void every_dialect_is_recognised_and_read_whole(void **state)
{
	(void)state;
	assert_true(each_dialect(check_dialect) > 30);
}

static void read_as_everything(const char *path)
{
	for (const struct format *format = formats_all(); format->name; format++)
		free(format_case_read(path, format->name));
}

static void a_file_read_as_another_format_does_no_harm(void **state)
{
	(void)state;
	each_dialect(read_as_everything);
}

/* Bytes, the format asked for (NULL: by content), and what comes of them. */
struct example {
	const char *bytes;
	const char *format;
	const char *expected;
};

static const struct example refusals[] = {
	{"just some words\n", NULL, "unknown\n"},
	{"%PDF-1.4\n\x01\x02", NULL, "unknown\n"},
	{"<html><body><a href=\"https://a.example/\">A web page</a></body></html>", NULL,
		"unknown\n"},
	{"just some words\n", "netscape", "netscape\n!! it is not a browser's bookmark file\n"},
	{"just some words\n", "json", "json\n!! invalid token near 'just'\n"},
	{"just some words\n", "csv", "csv\n!! its header names no \"url\"\n"},
	{"[{\"url\": \"https://a.example/\"}", "json", "json\n!! line 1: the JSON breaks off\n"},
	{"[{\"url\": \"https://a.example/\"},\n", NULL, "json\n!! line 2: the JSON breaks off\n"},
	{"[{\"url\": \"https://a.example/\"}]\n]", "json",
		"json\nhttps://a.example/\t\t\t\t-\t-\n!! line 2: something stands behind the "
		"JSON\n"},
	{"[{\"url\": \"https://a.example/\"},]", "json",
		"json\n!! line 1: the array is damaged here\n"},
	{"[{\"url\": \"\xff\"}]", NULL, "json\n!! it is not UTF-8\n"},
	{"[]", NULL, "json\n"},
	{"[1, \"x\", null]", NULL,
		"json\n! 1: it is not an object\n! 1: it is not an object\n! 1: it is not an "
		"object\n"},
	{"{\"message\": \"Not Found\"}\n", NULL,
		"json\n!! it is not an export that is known here\n"},
	{"[{\"url\": \"x\"}]", "pinboard", "pinboard\n!! it is not Pinboard's JSON\n"},
	{"[{\"url\": \"x\"}]", "github", "github\n!! it is not a page of GitHub's stars\n"},
	{"{\"url\": \"x\"}", "chrome", "chrome\n!! it is not Chrome's Bookmarks\n"},
	{"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n</DL>", NULL, "netscape\n"},
	{"<xbel><folder><bookmark href='x:y'/></xbel>", NULL,
		"xbel\n!! line 1: its XML is damaged, or nested too deep\n"},
	{"<opml><body><outline url='x:y'/>", NULL,
		"opml\nx:y\t\t\t\t-\t-\n!! line 1: its XML is damaged, or nested too deep\n"},
	{"<opml/>", "xbel", "xbel\n!! it is not XBEL\n"},
	{"<!DOCTYPE xbel [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<xbel><bookmark "
	 "href='x:y'><title>1&b;2</title></bookmark></xbel>",
		NULL, "xbel\nx:y\t12\t\t\t-\t-\n"},
	{"<!DOCTYPE xbel [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n<xbel><bookmark "
	 "href='x:y'><title>1&a;2</title></bookmark></xbel>",
		NULL, "xbel\nx:y\t12\t\t\t-\t-\n"},
	{"<!DOCTYPE plist><plist><string>x</string></plist>", NULL,
		"plist\n!! it is not an export that is known here\n"},
	{"<!DOCTYPE plist><plist><dict><key>a</key>", NULL,
		"plist\n!! line 1: its XML is damaged, or nested too deep\n"},
	{"[InternetShortcut]\nURL=relative\n", NULL, "shortcut\n! 2: its address has no scheme\n"},
	{"<meta charset=\"no-such-charset\"><dl><dt><a href=\"x:y\">z</a></dl>", NULL,
		"netscape\nx:y\tz\t\t\t-\t-\n"},
};

static void what_is_not_what_it_claims_to_be_is_refused_in_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		const struct example *example = &refusals[i];
		char *found = format_case_read_bytes(
			example->bytes, strlen(example->bytes), example->format);

		assert_string_equal(found, example->expected);
		free(found);
	}
}

static char *repeated(const char *head, const char *body, size_t times, const char *tail)
{
	struct buffer text = {0};

	buffer_add_string(&text, head);
	for (size_t i = 0; i < times; i++)
		buffer_add_string(&text, body);
	buffer_add_string(&text, tail);
	return buffer_take(&text);
}

static void assert_read(char *text, const char *format, const char *expected)
{
	char *found = format_case_read_bytes(text, strlen(text), format);

	assert_string_equal(found, expected);
	free(found);
	free(text);
}

static void a_bomb_is_not_parsed(void **state)
{
	char *closing = repeated("", "]", 100000, "}]");

	(void)state;
	assert_read(
		repeated("[", "[", 100000, ""), "json", "json\n!! line 1: the JSON breaks off\n");
	assert_read(repeated("[{\"url\": ", "[", 100000, closing), "json",
		"json\n! 1: it is nested more than 256 deep\n");
	assert_read(repeated("[{\"url\": [", "[],", 1000000, "[]]}]"), "json",
		"json\n! 1: it is made of too many empty parts\n");
	assert_read(repeated("<!DOCTYPE NETSCAPE-Bookmark-file-1>", "<DL>", 100000, ""), NULL,
		"netscape\n!! folders within folders, more than 512 deep\n");
	assert_read(
		repeated("<!DOCTYPE plist><plist><array>", "<array/>", 200000, "</array></plist>"),
		NULL, "plist\n!! it is made of too many empty parts\n");
	assert_read(repeated("url\n\"", "x", 5 << 20, "\nhttps://a.example/\n"), "csv",
		"csv\n! 2: it is too long, or a quote is not closed\n"
		"https://a.example/\t\t\t\t-\t-\n");
	assert_read(repeated("url\n", ",", 100000, "\nhttps://a.example/\n"), "csv",
		"csv\n! 2: it has too many cells\nhttps://a.example/\t\t\t\t-\t-\n");
	free(closing);
}

static void folders_and_lines_of_any_size_are_read(void **state)
{
	char *long_line = repeated("{\"title\": \"", "x", 100000,
		"\", \"url\": \"https://a.example/\"}\n{\"url\": \"https://b.example/\"}\n");
	char *found = format_case_read_bytes(long_line, strlen(long_line), NULL);

	(void)state;
	assert_int_equal(strncmp(found, "jsonl\nhttps://a.example/\txxx", 27), 0);
	assert_non_null(strstr(found, "\nhttps://b.example/\t"));
	free(found);
	free(long_line);
	long_line = repeated("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL>",
		"<DT><A HREF=\"x:y\">z</A>\n", 200000, "</DL>");
	found = format_case_read_bytes(long_line, strlen(long_line), NULL);
	assert_int_equal(
		strlen(found), strlen("netscape\n") + 200000 * strlen("x:y\tz\t\t\t-\t-\n"));
	free(found);
	free(long_line);
}

static void brackets_that_nothing_closes_are_read_in_time(void **state)
{
	(void)state;
	assert_read(repeated("- [a](x:y)\n", "[", 2000000, "\n- [b](x:z)\n"), "markdown",
		"markdown\nx:y\ta\t\t\t-\t-\n"
		"! 2: it has too many brackets that nothing closes\nx:z\tb\t\t\t-\t-\n");
	assert_read(repeated("* [[x:y]]\n", "[[", 1000000, "\n* [[x:z]]\n"), "org",
		"org\nx:y\t\t\t\t-\t-\nx:z\t\t\t\t-\t-\n");
}

static void markup_that_is_never_closed_is_read_in_time(void **state)
{
	char *text = repeated("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL>",
		"<DT><A HREF=\"https://a.example/\">x<b><i>\n", 20000, "");
	char *found = format_case_read_bytes(text, strlen(text), NULL);
	size_t lines = 0;

	(void)state;
	for (const char *at = found; *at; at++)
		lines += *at == '\n';
	assert_int_equal(lines, 20001);
	free(found);
	free(text);
}

static void every_format_has_a_name_and_a_reader(void **state)
{
	(void)state;
	for (const struct format *format = formats_all(); format->name; format++) {
		assert_non_null(format->reader->detect);
		assert_ptr_equal(format_find(format->name), format);
	}
	assert_null(format_find("no such format"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_dialect_is_recognised_and_read_whole),
		cmocka_unit_test(a_file_read_as_another_format_does_no_harm),
		cmocka_unit_test(what_is_not_what_it_claims_to_be_is_refused_in_words),
		cmocka_unit_test(a_bomb_is_not_parsed),
		cmocka_unit_test(folders_and_lines_of_any_size_are_read),
		cmocka_unit_test(brackets_that_nothing_closes_are_read_in_time),
		cmocka_unit_test(markup_that_is_never_closed_is_read_in_time),
		cmocka_unit_test(every_format_has_a_name_and_a_reader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
