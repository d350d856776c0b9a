#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/bookmarks/bookmark.h"

/* Differs from an empty one in every field. */
static void fill(struct bookmark *bookmark)
{
	bookmark_init(bookmark);
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++) {
		static const char *const texts[] = {
			[BOOKMARK_TEXT] = "a text, with: all\nthat",
			[BOOKMARK_TAGS] = "one,two words",
			[BOOKMARK_TIME] = "-1700000000",
			[BOOKMARK_FLAG] = "1",
		};

		bookmark_field_read(&bookmark_fields[i], bookmark, texts[bookmark_fields[i].type]);
	}
}

static void every_field_goes_into_text_and_back(void **state)
{
	struct bookmark empty, full, read;

	(void)state;
	bookmark_init(&empty);
	bookmark_init(&read);
	fill(&full);
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++) {
		const struct bookmark_field *field = &bookmark_fields[i];
		char *text = bookmark_field_print(field, &full);

		assert_false(bookmark_field_equal(field, &empty, &full));
		bookmark_field_read(field, &read, text);
		assert_true(bookmark_field_equal(field, &read, &full));
		free(text);
	}
	assert_true(bookmark_equal(&read, &full));
	bookmark_copy(&read, &empty);
	assert_true(bookmark_equal(&read, &empty));
	bookmark_finish(&read);
	bookmark_finish(&full);
	bookmark_finish(&empty);
}

static void each_field_has_a_letter_of_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		for (size_t j = 0; j < i; j++)
			assert_int_not_equal(bookmark_fields[i].letter, bookmark_fields[j].letter);
}

static void differences_name_all_but_the_change_itself(void **state)
{
	char fields[BOOKMARK_FIELDS_SIZE];
	struct bookmark empty, full;

	(void)state;
	bookmark_init(&empty);
	fill(&full);
	bookmark_differences(&empty, &full, fields);
	assert_string_equal(fields, "url,title,notes,tags,date_added,source,unstarred");
	bookmark_differences(&full, &full, fields);
	assert_string_equal(fields, "");
	bookmark_finish(&full);
	bookmark_finish(&empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_goes_into_text_and_back),
		cmocka_unit_test(each_field_has_a_letter_of_its_own),
		cmocka_unit_test(differences_name_all_but_the_change_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
