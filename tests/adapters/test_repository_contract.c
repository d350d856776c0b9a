#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/fixtures/library_fixture.h"

static void every_field_comes_back_as_it_was_kept(void **state)
{
	struct library_fixture *fixture = *state;
	struct bookmark kept, found;

	bookmark_init(&kept);
	bookmark_set(&kept.url, "HTTPS://Example.ORG:443/a/../b/?utm_source=x");
	bookmark_set(&kept.title, "\x1b[31mred\x1b[0m, \xe2\x80\xae and 漢字");
	bookmark_set(&kept.notes, "line 1\n\tline 2 'quoted' \"twice\"");
	bookmark_set(&kept.source, "github:octocat");
	tag_set_add_list(&kept.tags, "Ünïcode,c,A b", NULL);
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].type == BOOKMARK_FLAG)
			bookmark_field_read(&bookmark_fields[i], &kept, "1");
		else if (bookmark_fields[i].type == BOOKMARK_TIME)
			bookmark_field_read(
				&bookmark_fields[i], &kept, i % 2 ? "-1" : "4102444800");
	assert_int_equal(fixture->bookmarks->add(fixture->bookmarks, &kept), STATUS_OK);
	library_fixture_commit(fixture);
	library_fixture_get(fixture, kept.id, &found);
	assert_true(bookmark_equal(&kept, &found));
	bookmark_finish(&found);
	bookmark_finish(&kept);
}

static void what_is_not_there_is_not_found(void **state)
{
	struct library_fixture *fixture = *state;
	struct repository *bookmarks = fixture->bookmarks;
	struct bookmark bookmark;
	int64_t id;

	bookmark_init(&bookmark);
	assert_int_equal(bookmarks->get(bookmarks, 7, &bookmark), STATUS_NOT_FOUND);
	assert_int_equal(bookmarks->find(bookmarks, "https://a.example", &id), STATUS_NOT_FOUND);
	bookmark_set(&bookmark.url, "https://a.example");
	bookmark.id = 7;
	assert_int_equal(bookmarks->update(bookmarks, &bookmark), STATUS_NOT_FOUND);
	assert_int_equal(bookmarks->remove(bookmarks, 7), STATUS_NOT_FOUND);
	bookmark_finish(&bookmark);
}

static void an_address_is_found_by_its_normal_form(void **state)
{
	struct library_fixture *fixture = *state;
	struct repository *bookmarks = fixture->bookmarks;
	int64_t plain = library_fixture_add(fixture, "https://a.example/x", "", "");
	int64_t odd = library_fixture_add(fixture, "HTTP://B.example:80/", "", "");
	int64_t id = 0;

	assert_int_equal(bookmarks->find(bookmarks, "https://a.example/x", &id), STATUS_OK);
	assert_int_equal(id, plain);
	assert_int_equal(bookmarks->find(bookmarks, "http://b.example", &id), STATUS_OK);
	assert_int_equal(id, odd);
	assert_int_equal(bookmarks->find(bookmarks, "https://b.example", &id), STATUS_NOT_FOUND);
}

static enum status add(struct library_fixture *fixture, int64_t id, const char *url)
{
	struct bookmark bookmark;
	enum status status;

	bookmark_init(&bookmark);
	bookmark.id = id;
	bookmark_set(&bookmark.url, url);
	status = fixture->bookmarks->add(fixture->bookmarks, &bookmark);
	if (status == STATUS_OK && id)
		assert_int_equal(bookmark.id, id);
	bookmark_finish(&bookmark);
	return status;
}

static void the_same_address_is_taken_once(void **state)
{
	struct library_fixture *fixture = *state;
	struct bookmark other;

	library_fixture_add(fixture, "https://a.example", "", "");
	assert_int_equal(add(fixture, 0, "HTTPS://A.example:443/"), STATUS_DUPLICATE);
	assert_int_equal(add(fixture, 0, "http://a.example"), STATUS_OK);

	library_fixture_get(
		fixture, library_fixture_add(fixture, "https://b.example", "", ""), &other);
	bookmark_set(&other.url, "https://a.example/");
	assert_int_equal(fixture->bookmarks->update(fixture->bookmarks, &other), STATUS_DUPLICATE);
	bookmark_set(&other.url, "https://B.example/");
	assert_int_equal(fixture->bookmarks->update(fixture->bookmarks, &other), STATUS_OK);
	bookmark_finish(&other);
}

static void the_trash_holds_no_address(void **state)
{
	struct library_fixture *fixture = *state;
	struct repository *bookmarks = fixture->bookmarks;
	int64_t first = library_fixture_add(fixture, "https://a.example", "", "");
	int64_t second, third, id;
	struct bookmark bookmark;

	library_fixture_trash(fixture, first, 2000);
	assert_int_equal(bookmarks->find(bookmarks, "https://a.example", &id), STATUS_NOT_FOUND);
	second = library_fixture_add(fixture, "https://a.example/", "", "");
	library_fixture_trash(fixture, second, 3000);
	assert_int_equal(bookmarks->find(bookmarks, "https://a.example", &id), STATUS_NOT_FOUND);

	third = library_fixture_add(fixture, "https://a.example", "", "");
	library_fixture_get(fixture, first, &bookmark);
	bookmark.deleted = 0;
	assert_int_equal(bookmarks->update(bookmarks, &bookmark), STATUS_DUPLICATE);
	assert_int_equal(bookmarks->remove(bookmarks, third), STATUS_OK);
	assert_int_equal(bookmarks->update(bookmarks, &bookmark), STATUS_OK);
	bookmark_finish(&bookmark);
}

static void an_id_is_never_given_again(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t first = library_fixture_add(fixture, "https://a.example", "", "");

	assert_int_equal(fixture->bookmarks->remove(fixture->bookmarks, first), STATUS_OK);
	library_fixture_commit(fixture);
	assert_true(library_fixture_add(fixture, "https://b.example", "", "") > first);
}

static void a_given_id_is_used(void **state)
{
	struct library_fixture *fixture = *state;

	assert_int_equal(add(fixture, 40, "https://a.example"), STATUS_OK);
	assert_int_equal(add(fixture, 40, "https://b.example"), STATUS_DUPLICATE);
	assert_int_equal(library_fixture_add(fixture, "https://c.example", "", ""), 41);
	assert_int_equal(add(fixture, 7, "https://d.example"), STATUS_OK);
	assert_int_equal(library_fixture_add(fixture, "https://e.example", "", ""), 42);
}

static void a_rollback_leaves_nothing(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t kept = library_fixture_add(fixture, "https://a.example", "", "");
	struct bookmark bookmark;
	int64_t id;

	library_fixture_commit(fixture);
	library_fixture_add(fixture, "https://b.example", "", "");
	library_fixture_trash(fixture, kept, 2000);
	library_fixture_rollback(fixture);
	assert_int_equal(fixture->bookmarks->find(fixture->bookmarks, "https://b.example", &id),
		STATUS_NOT_FOUND);
	library_fixture_get(fixture, kept, &bookmark);
	assert_int_equal(bookmark.deleted, 0);
	bookmark_finish(&bookmark);
}

static void assert_tagged(struct library_fixture *fixture, const char *tag, size_t expected)
{
	int64_t *ids;
	size_t count;

	assert_int_equal(
		fixture->bookmarks->with_tag(fixture->bookmarks, tag, &ids, &count), STATUS_OK);
	assert_int_equal(count, expected);
	free(ids);
}

static void tags_are_compared_without_case_and_whole(void **state)
{
	struct library_fixture *fixture = *state;

	library_fixture_add(fixture, "https://a.example", "", "Linux,b");
	library_fixture_add(fixture, "https://b.example", "", "linux kernel,ÄPFEL");
	library_fixture_trash(
		fixture, library_fixture_add(fixture, "https://c.example", "", "LINUX"), 2000);
	library_fixture_add(fixture, "https://d.example", "", "");
	assert_tagged(fixture, "linux", 2);
	assert_tagged(fixture, "Linux Kernel", 1);
	assert_tagged(fixture, "äpfel", 1);
	assert_tagged(fixture, "apfel", 0);
	assert_tagged(fixture, "linu", 0);
	assert_tagged(fixture, "b", 1);
	assert_tagged(fixture, "%", 0);
}

static void the_trash_is_asked_by_age(void **state)
{
	struct library_fixture *fixture = *state;
	int64_t old = library_fixture_add(fixture, "https://a.example", "", "");
	int64_t recent = library_fixture_add(fixture, "https://b.example", "", "");
	int64_t *ids;
	size_t count;

	library_fixture_add(fixture, "https://c.example", "", "");
	library_fixture_trash(fixture, old, 2000);
	library_fixture_trash(fixture, recent, 3000);
	fixture->bookmarks->trashed_until(fixture->bookmarks, 2000, &ids, &count);
	assert_int_equal(count, 1);
	assert_int_equal(ids[0], old);
	free(ids);
	fixture->bookmarks->trashed_until(fixture->bookmarks, INT64_MAX, &ids, &count);
	assert_int_equal(count, 2);
	free(ids);
	fixture->bookmarks->trashed_until(fixture->bookmarks, 1999, &ids, &count);
	assert_int_equal(count, 0);
	free(ids);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_comes_back_as_it_was_kept),
		cmocka_unit_test(what_is_not_there_is_not_found),
		cmocka_unit_test(an_address_is_found_by_its_normal_form),
		cmocka_unit_test(the_same_address_is_taken_once),
		cmocka_unit_test(the_trash_holds_no_address),
		cmocka_unit_test(an_id_is_never_given_again),
		cmocka_unit_test(a_given_id_is_used),
		cmocka_unit_test(a_rollback_leaves_nothing),
		cmocka_unit_test(tags_are_compared_without_case_and_whole),
		cmocka_unit_test(the_trash_is_asked_by_age),
	};

	return library_fixture_contract("repository", tests, sizeof(tests) / sizeof(*tests));
}
