#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "domain/links/link_look.h"

#define NOW   1700000000
#define HOUR  3600
#define OLD   "http://old.example/article"
#define LATER (NOW + LINK_DAY)

/* What is known after a look, by what was known; before is replaced by it. */
static void look_again(struct bookmark_link *link, const struct link_look *look)
{
	struct bookmark_link after;

	link_judge(link, look, &after);
	bookmark_link_finish(link);
	*link = after;
}

static struct link_look answered(int status, int64_t at)
{
	return (struct link_look){.url = OLD, .at = at, .status = status, .permanent = true};
}

static struct link_look redirected(int first, bool permanent, const char *target, int status)
{
	struct link_look look = answered(status, NOW);

	look.redirect = first;
	look.permanent = permanent;
	look.target = target;
	return look;
}

static void whoever_answers_is_ok(void **state)
{
	static const int good[] = {200, 204, 206, 299, 401, 403, 405, 406, 429, 451};
	static const int bad[] = {0, 100, 199, 300, 302, 400, 402, 404, 408, 410, 418, 500, 503};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_true(link_status_is_ok(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(link_status_is_ok(bad[i]));
}

static void what_is_missing_is_dead_only_the_second_time_a_day_later(void **state)
{
	const int statuses[] = {404, 410, 0};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct bookmark_link link = {0};
		struct link_look look = answered(statuses[i], NOW);

		look.no_such_host = statuses[i] == 0;
		look.reason = "not there";
		look_again(&link, &look);
		assert_int_equal(link.state, LINK_FAILING);
		look.at = NOW + LINK_DAY - 1;
		look_again(&link, &look);
		assert_int_equal(link.state, LINK_FAILING);
		assert_int_equal(link.since, NOW);
		assert_int_equal(link.checked, NOW + LINK_DAY - 1);
		look.at = LATER;
		look_again(&link, &look);
		assert_int_equal(link.state, LINK_DEAD);
		assert_int_equal(link.since, LATER);
		assert_string_equal(link.reason, "not there");
		look.at = LATER + 5;
		look_again(&link, &look);
		assert_int_equal(link.state, LINK_DEAD);
		assert_int_equal(link.since, LATER);
		bookmark_link_finish(&link);
	}
}

static void an_answer_in_between_begins_the_counting_anew(void **state)
{
	const int between[] = {200, 500, 0};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct bookmark_link link = {0};
		struct link_look missing = answered(404, NOW);
		struct link_look other = answered(between[i], NOW + HOUR);

		look_again(&link, &missing);
		look_again(&link, &other);
		missing.at = LATER + HOUR;
		look_again(&link, &missing);
		assert_int_equal(link.state, LINK_FAILING);
		missing.at += LINK_DAY;
		look_again(&link, &missing);
		assert_int_equal(link.state, LINK_DEAD);
		bookmark_link_finish(&link);
	}
}

static void a_clock_that_was_set_back_makes_nothing_dead(void **state)
{
	struct bookmark_link link = {0};
	struct link_look missing = answered(404, LATER + LINK_DAY);

	(void)state;
	look_again(&link, &missing);
	missing.at = NOW;
	look_again(&link, &missing);
	assert_int_equal(link.state, LINK_FAILING);
	assert_int_equal(link.missing_since, NOW);
	bookmark_link_finish(&link);
}

static void failures_are_never_dead_however_long(void **state)
{
	const int statuses[] = {0, 400, 408, 500, 502, 503};

	(void)state;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		struct bookmark_link link = {0};

		for (int day = 0; day < 100; day++) {
			struct link_look look = answered(statuses[i], NOW + day * LINK_DAY);

			look_again(&link, &look);
			assert_int_equal(link.state, LINK_FAILING);
			assert_int_equal(link.since, NOW);
		}
		bookmark_link_finish(&link);
	}
}

/* Ten thousand looks at addresses that answer, but for a failure of any kind now and then. */
static void what_only_fails_sometimes_is_never_dead(void **state)
{
	static const int failures[] = {0, 404, 410, 500, 502, 503, 408, 400, -1};
	uint32_t chance = 12345;

	(void)state;
	for (int address = 0; address < 100; address++) {
		struct bookmark_link link = {0};
		bool failed = false;

		for (int day = 0; day < 100; day++) {
			struct link_look look = answered(200, NOW + day * (LINK_DAY + HOUR));

			chance = chance * 1664525 + 1013904223;
			failed = !failed && chance >> 30 == 0;
			if (failed)
				look.status = failures[(chance >> 8) % 9];
			look.no_such_host = look.status < 0;
			look_again(&link, &look);
			assert_int_not_equal(link.state, LINK_DEAD);
			assert_int_equal(link.state == LINK_OK, !failed);
		}
		bookmark_link_finish(&link);
	}
}

static void a_redirect_for_good_is_a_move_and_another_is_not(void **state)
{
	struct bookmark_link link = {0};
	struct link_look look = redirected(301, true, "https://new.example/article", 200);

	(void)state;
	look_again(&link, &look);
	assert_int_equal(link.state, LINK_MOVED);
	assert_int_equal(link.status, 301);
	assert_string_equal(link.url, "https://new.example/article");
	look.permanent = false;
	look_again(&link, &look);
	assert_int_equal(link.state, LINK_OK);
	assert_null(link.url);
	look = redirected(301, true, "https://new.example/article", 500);
	look_again(&link, &look);
	assert_int_equal(link.state, LINK_FAILING);
	bookmark_link_finish(&link);
}

static void a_fragment_goes_along(void **state)
{
	struct bookmark_link link = {0};
	struct link_look look = redirected(308, true, "https://new.example/a", 200);

	(void)state;
	look.url = "http://old.example/a#part";
	look_again(&link, &look);
	assert_string_equal(link.url, "https://new.example/a#part");
	look.target = "https://new.example/a#own";
	look_again(&link, &look);
	assert_string_equal(link.url, "https://new.example/a#own");
	bookmark_link_finish(&link);
}

static void what_only_looks_like_a_move_is_none(void **state)
{
	static const char *const same[][2] = {
		{"http://a.example/x", "https://a.example/x"},
		{"http://a.example/x", "http://a.example/x/"},
		{"https://a.example/x/", "https://a.example/x"},
		{"http://a.example:80/x", "https://a.example/x/"},
		{"http://a.example/x#part", "https://a.example/x"},
		{"https://a.example/x?b=1", "https://a.example/x?b=1&utm_source=c"},
		{"https://a.example/x", "https://a.example/"},
		{"https://a.example/x", "https://b.example"},
		{"https://a.example/x", "https://a.example/login"},
		{"https://a.example/x", "https://a.example/user/Sign-In.php?x=1"},
		{"https://a.example/x", "https://login.b.example/start"},
		{"https://a.example/x", "https://a.example/account?next=%2Fx"},
		{"https://a.example/x", "ftp://a.example/x"},
	};
	static const char *const moved[][2] = {
		{"http://a.example/x", "http://a.example/y"},
		{"http://a.example/x", "https://www.a.example/x"},
		{"https://a.example/x", "http://a.example/x"},
		{"http://a.example/", "https://b.example/"},
		{"https://a.example/x", "https://a.example/?p=17"},
		{"https://a.example/login", "https://b.example/login"},
		{"https://a.example/x", "https://a.example/blogging-in-c"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		assert_false(link_is_move(same[i][0], same[i][1]));
	for (size_t i = 0; i < sizeof(moved) / sizeof(*moved); i++)
		assert_true(link_is_move(moved[i][0], moved[i][1]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_answers_is_ok),
		cmocka_unit_test(what_is_missing_is_dead_only_the_second_time_a_day_later),
		cmocka_unit_test(an_answer_in_between_begins_the_counting_anew),
		cmocka_unit_test(a_clock_that_was_set_back_makes_nothing_dead),
		cmocka_unit_test(failures_are_never_dead_however_long),
		cmocka_unit_test(what_only_fails_sometimes_is_never_dead),
		cmocka_unit_test(a_redirect_for_good_is_a_move_and_another_is_not),
		cmocka_unit_test(a_fragment_goes_along),
		cmocka_unit_test(what_only_looks_like_a_move_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
