#include "adapters/files/file_export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "adapters/formats/formats.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

#define BOOKMARKS 300
#define ROUNDS    5

/* What a text is made of: markup, quotes, syntax of every format, emoji, right to left, controls.
 */
static const char *const pieces[] = {"a", "B", " ", "  ", "é", "e\xcc\x81", "ß", "日本語", "עברית",
	"\xe2\x80\xae", "\xe2\x80\xa8", "👩‍👩‍👧", "🇩🇪", "\xc2\xa0", "\xc2\x85",
	"\xef\xbb\xbf", "<", ">", "&", "\"", "'", "&amp;", "&lt;", "&#39;", "&copy", "&#0;",
	"<script>", "</script>", "</A>", "<DT>", "<!--", "-->", "<b>", "]]>", "\\", "\\\"",
	"\\u0000", "`", "```", "*", "_", "[", "]", "](", "]]", "[[", "(", ")", "#", "=", "+", "-",
	"@", ",", ";", "|", ":", "\t", "\n", "\n\n", "\r\n", "\r", "\x01", "\x1b[31m", "\x7f", "{",
	"}", "%", "%00", "null", "0"};

struct collection {
	struct bookmark list[BOOKMARKS];
	unsigned long long state;
};

static unsigned dice(struct collection *collection, unsigned sides)
{
	collection->state = collection->state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(collection->state >> 33) % sides;
}

/* Trimmed, as every text of a library is. */
static char *make_text(struct collection *collection, unsigned longest)
{
	struct buffer text = {0};
	unsigned count = dice(collection, longest + 1);

	for (unsigned i = 0; i < count; i++)
		buffer_add_string(
			&text, pieces[dice(collection, sizeof(pieces) / sizeof(pieces[0]))]);
	return text_trim(buffer_take(&text));
}

static bool is_line_break(char c)
{
	return c == '\n' || c == '\r' || c == '\t';
}

/* A title has one line, an address no blanks at its ends and no controls, a tag neither. */
static char *without(char *text, bool (*is_out)(char c))
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (!is_out(*from))
			*to++ = *from;
	*to = '\0';
	return text_trim(text);
}

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20) || c == 0x7f;
}

static char *make_url(struct collection *collection, size_t number)
{
	char *rest = without(make_text(collection, 8), is_control), *control;
	char *url;

	while ((control = strstr(rest, "\xc2\x85")))
		memcpy(control, "xx", 2);
	url = memory_print("https://site%zu.example/x%sx", number, rest);
	free(rest);
	return url;
}

static void make_bookmark(struct collection *collection, size_t number)
{
	struct bookmark *bookmark = &collection->list[number];
	unsigned tags = dice(collection, 4);

	bookmark_init(bookmark);
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].is_shown && bookmark_fields[i].type != BOOKMARK_TEXT)
			bookmark_field_read(
				&bookmark_fields[i], bookmark, dice(collection, 2) ? "1" : "");
	bookmark_take(&bookmark->url, make_url(collection, number));
	bookmark_take(&bookmark->title, without(make_text(collection, 12), is_line_break));
	bookmark_take(&bookmark->notes, make_text(collection, 20));
	bookmark_set(&bookmark->source, "manual");
	tag_set_clear(&bookmark->tags);
	for (unsigned i = 0; i < tags; i++) {
		char *tag = without(make_text(collection, 4), is_control);

		for (char *comma = tag; (comma = strchr(comma, ','));)
			*comma = '.';
		tag_set_add(&bookmark->tags, tag);
		free(tag);
	}
	bookmark->added = number == 0 ? 0 : (int64_t)dice(collection, 2000000000) - 100000000;
	bookmark->modified = bookmark->added + (int64_t)dice(collection, 1000000);
}

static int make_collection(void **state)
{
	struct collection *collection = memory_new(sizeof(*collection));

	for (size_t i = 0; i < BOOKMARKS; i++)
		make_bookmark(collection, i);
	*state = collection;
	return 0;
}

static void empty_collection(struct collection *collection)
{
	for (size_t i = 0; i < BOOKMARKS; i++)
		bookmark_finish(&collection->list[i]);
}

static int drop_collection(void **state)
{
	empty_collection(*state);
	free(*state);
	return 0;
}

static void write_file(const struct collection *collection, const char *path, const char *format)
{
	struct file_export *export = NULL;

	assert_int_equal(file_export_open(path, NULL, format, &export, NULL), STATUS_OK);
	for (size_t i = 0; i < BOOKMARKS; i++)
		assert_int_equal(file_export_add(export, &collection->list[i], NULL), STATUS_OK);
	assert_int_equal(file_export_close(export, NULL), STATUS_OK);
}

typedef void (*compare_fn)(const struct bookmark *sent, const struct bookmark *found);

static void read_file(const struct collection *collection, const char *path, const char *format,
	compare_fn compare)
{
	struct input *input = NULL;
	enum status status;
	struct bookmark_source *source;
	struct found_bookmark found;
	struct error error = {{0}};

	assert_int_equal(input_open(path, &input, NULL), STATUS_OK);
	assert_ptr_equal(format_detect(input), format_find(format));
	source = format_find(format)->reader->open(
		format_find(format)->reader, input, &status, NULL);
	assert_non_null(source);
	for (size_t i = 0; i < BOOKMARKS; i++) {
		if (source->next(source, &found, &error) != SOURCE_BOOKMARK)
			fail_msg("%s, bookmark %zu: %s", format, i, error.text);
		compare(&collection->list[i], found.bookmark);
	}
	assert_int_equal(source->next(source, &found, NULL), SOURCE_END);
	format_find(format)->reader->close(source);
	input_close(input);
}

static void go_round(struct collection *collection, const char *format, compare_fn compare)
{
	char folder[] = "/tmp/barky-round-XXXXXX";
	char *path;

	assert_non_null(mkdtemp(folder));
	path = memory_print("%s/file", folder);
	for (int round = 0; round < ROUNDS; round++) {
		write_file(collection, path, format);
		read_file(collection, path, format, compare);
		empty_collection(collection);
		for (size_t i = 0; i < BOOKMARKS; i++)
			make_bookmark(collection, i);
	}
	unlink(path);
	rmdir(folder);
	free(path);
}

static void same_text(const char *found, const char *sent)
{
	assert_string_equal(found, sent);
}

static void same_tags(const struct tag_set *found, const struct tag_set *sent)
{
	char *left = tag_set_join(found), *right = tag_set_join(sent);

	assert_string_equal(left, right);
	free(left);
	free(right);
}

static void same_dates(const struct bookmark *sent, const struct bookmark *found)
{
	assert_int_equal(found->added, sent->added);
	assert_int_equal(found->modified, sent->modified);
}

static void all_is_the_same(const struct bookmark *sent, const struct bookmark *found)
{
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].is_shown &&
			!bookmark_field_equal(&bookmark_fields[i], found, sent))
			fail_msg("%s: %s", sent->url, bookmark_fields[i].name);
}

static bool is_no_html(char c)
{
	return (unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

static void same_html_text(const char *found, const char *sent)
{
	char *left_in = without(memory_copy_string(sent), is_no_html);

	assert_string_equal(found, left_in);
	free(left_in);
}

static void all_that_html_holds_is_the_same(
	const struct bookmark *sent, const struct bookmark *found)
{
	same_text(found->url, sent->url);
	same_html_text(found->title, sent->title);
	same_html_text(found->notes, sent->notes);
	same_tags(&found->tags, &sent->tags);
	same_dates(sent, found);
}

static void address_title_and_tags_are_the_same(
	const struct bookmark *sent, const struct bookmark *found)
{
	same_text(found->url, sent->url);
	same_text(found->title, sent->title);
	same_tags(&found->tags, &sent->tags);
}

static void the_address_is_the_same(const struct bookmark *sent, const struct bookmark *found)
{
	same_text(found->url, sent->url);
}

static void json_brings_everything_back(void **state)
{
	go_round(*state, "json", all_is_the_same);
}

static void jsonl_brings_everything_back(void **state)
{
	go_round(*state, "jsonl", all_is_the_same);
}

static void csv_brings_everything_back(void **state)
{
	go_round(*state, "csv", all_is_the_same);
}

static void netscape_brings_everything_back_that_html_can_hold(void **state)
{
	go_round(*state, "netscape", all_that_html_holds_is_the_same);
}

static void markdown_brings_back_address_title_and_tags(void **state)
{
	go_round(*state, "markdown", address_title_and_tags_are_the_same);
}

static void org_brings_back_address_title_and_tags(void **state)
{
	go_round(*state, "org", address_title_and_tags_are_the_same);
}

static void xbel_brings_everything_back_but_controls(void **state)
{
	go_round(*state, "xbel", all_that_html_holds_is_the_same);
}

static void urls_bring_back_addresses(void **state)
{
	go_round(*state, "urls", the_address_is_the_same);
}

#define over_a_collection(test)                                                                    \
	cmocka_unit_test_setup_teardown(test, make_collection, drop_collection)

int main(void)
{
	const struct CMUnitTest tests[] = {
		over_a_collection(json_brings_everything_back),
		over_a_collection(xbel_brings_everything_back_but_controls),
		over_a_collection(jsonl_brings_everything_back),
		over_a_collection(csv_brings_everything_back),
		over_a_collection(netscape_brings_everything_back_that_html_can_hold),
		over_a_collection(markdown_brings_back_address_title_and_tags),
		over_a_collection(org_brings_back_address_title_and_tags),
		over_a_collection(urls_bring_back_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
