#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "adapters/stars/forge_answer.h"

#define NOW        1700000000 /* Tue, 14 Nov 2023 22:13:20 GMT */
#define DATE       "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n"
#define FAST_CLOCK (NOW + 500) /* ours is ahead of the server's */

struct sample {
	const char *what;
	long code;
	const char *headers;
	const char *message;
	enum forge_action action;
	enum status status;
	int64_t wait;
	bool secondary;
};

static const struct sample samples[] = {
	{"a page", 200, "", NULL, FORGE_TAKE, STATUS_OK, 0, false},
	{"nothing", 204, "", NULL, FORGE_EMPTY, STATUS_OK, 0, false},
	{"the same as before", 304, "", NULL, FORGE_UNCHANGED, STATUS_OK, 0, false},
	{"a redirect", 302, "Location: /x\r\n", NULL, FORGE_FOLLOW, STATUS_REMOTE, 0, false},
	{"a redirect to nowhere", 302, "", NULL, FORGE_STOP, STATUS_REMOTE, 0, false},
	{"bad credentials", 401, "", "Bad credentials", FORGE_STOP, STATUS_UNAUTHORISED, 0, false},
	{"no permission", 403, "X-RateLimit-Remaining: 59\r\n", "Resource not accessible",
		FORGE_STOP, STATUS_UNAUTHORISED, 0, false},
	{"no such user", 404, "", "Not Found", FORGE_STOP, STATUS_NO_SUCH_USER, 0, false},
	{"too deep", 422, "", "pagination is limited", FORGE_STOP, STATUS_REMOTE, 0, false},
	{"blocked", 451, "", "Repository access blocked", FORGE_STOP, STATUS_REMOTE, 0, false},
	{"retired", 410, "", "gone", FORGE_STOP, STATUS_REMOTE, 0, false},
	{"a failure", 500, "", NULL, FORGE_RETRY, STATUS_REMOTE, 0, false},
	{"a busy server", 503, "Retry-After: 7\r\n", NULL, FORGE_RETRY, STATUS_REMOTE, 7, false},
	{"the primary limit", 403,
		DATE "x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1700000090\r\n",
		"API rate limit exceeded", FORGE_WAIT, STATUS_RATE_LIMITED, 90, false},
	{"the primary limit by 429", 429,
		DATE "x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1700000090\r\n", NULL,
		FORGE_WAIT, STATUS_RATE_LIMITED, 90, false},
	{"a reset in the past", 403,
		DATE "x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1600000000\r\n", NULL,
		FORGE_WAIT, STATUS_RATE_LIMITED, 1, false},
	{"retry-after before the reset", 403,
		DATE
		"Retry-After: 5\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1700000090\r\n",
		NULL, FORGE_WAIT, STATUS_RATE_LIMITED, 5, false},
	{"the secondary limit", 403, "Retry-After: 30\r\nx-ratelimit-remaining: 50\r\n",
		"You have exceeded a secondary rate limit", FORGE_WAIT, STATUS_RATE_LIMITED, 30,
		true},
	{"its date", 429, DATE "Retry-After: Tue, 14 Nov 2023 22:13:50 GMT\r\n", NULL, FORGE_WAIT,
		STATUS_RATE_LIMITED, 30, true},
	{"without a time", 403, "x-ratelimit-remaining: 50\r\n",
		"You have triggered an abuse detection mechanism", FORGE_WAIT, STATUS_RATE_LIMITED,
		60, true},
	{"a bare 429", 429, "", NULL, FORGE_WAIT, STATUS_RATE_LIMITED, 60, false},
	{"a Retry-After of nonsense", 429, "Retry-After: soon\r\n", NULL, FORGE_WAIT,
		STATUS_RATE_LIMITED, 60, true},
	{"something new", 299, "", NULL, FORGE_STOP, STATUS_REMOTE, 0, false},
};

static void each_answer_has_its_ruling(void **state)
{
	struct forge_asking asking = {.page = 2, .conditional = true, .now = FAST_CLOCK};

	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		const struct sample *sample = &samples[i];
		char body[200] = "";
		struct http_answer answer = {
			.code = sample->code,
			.body = body,
			.headers = sample->headers,
			.headers_length = strlen(sample->headers),
		};
		struct forge_verdict verdict;

		if (sample->message)
			answer.length = (size_t)snprintf(
				body, sizeof(body), "{\"message\":\"%s\"}", sample->message);
		forge_verdict_of(&verdict, &answer, &asking);
		print_message("%s\n", sample->what);
		assert_int_equal(verdict.action, sample->action);
		assert_int_equal(verdict.status, sample->status);
		assert_int_equal(verdict.wait, sample->wait);
		assert_int_equal(verdict.secondary, sample->secondary);
		forge_verdict_finish(&verdict);
	}
}

static void nothing_new_is_no_answer_to_a_question_for_all(void **state)
{
	struct forge_asking asking = {.page = 1, .now = NOW};
	struct http_answer answer = {.code = 304, .body = "", .headers = ""};
	struct forge_verdict verdict;

	(void)state;
	forge_verdict_of(&verdict, &answer, &asking);
	assert_int_equal(verdict.action, FORGE_STOP);
	assert_int_equal(verdict.status, STATUS_REMOTE);
	forge_verdict_finish(&verdict);
}

static void a_pace_that_is_still_too_fast_doubles_the_wait(void **state)
{
	static const char body[] = "{\"message\":\"secondary rate limit\"}";
	struct http_answer answer = {
		.code = 403, .body = body, .length = sizeof(body) - 1, .headers = ""};

	(void)state;
	for (int waits = 0; waits <= SECONDARY_WAITS_MAX; waits++) {
		struct forge_asking asking = {.secondary_waits = waits, .now = NOW};
		struct forge_verdict verdict;

		forge_verdict_of(&verdict, &answer, &asking);
		assert_int_equal(verdict.wait, 60 << waits);
		forge_verdict_finish(&verdict);
	}
}

static void what_never_came_is_tried_again_unless_nobody_is_there(void **state)
{
	struct http_answer answer = {.status = STATUS_NETWORK, .headers = ""};
	struct forge_asking asking = {.now = NOW};
	struct forge_verdict verdict;

	(void)state;
	forge_verdict_of(&verdict, &answer, &asking);
	assert_int_equal(verdict.action, FORGE_RETRY);
	answer.failure = HTTP_UNCONNECTED;
	forge_verdict_of(&verdict, &answer, &asking);
	assert_int_equal(verdict.action, FORGE_STOP);
	assert_int_equal(verdict.status, STATUS_NETWORK);
}

static void limits_that_are_not_told_are_not_known(void **state)
{
	struct http_answer answer = {
		.headers = "x-ratelimit-limit: 60\r\nx-ratelimit-reset: 1e9\r\n"};
	struct forge_verdict verdict;

	(void)state;
	answer.headers_length = strlen(answer.headers);
	forge_verdict_of(&verdict, &answer, &(struct forge_asking){0});
	assert_int_equal(verdict.limit.limit, 60);
	assert_int_equal(verdict.limit.remaining, -1);
	assert_int_equal(verdict.limit.reset, -1);
	forge_verdict_finish(&verdict);
}

static void dates_of_headers_are_read_without_a_locale(void **state)
{
	int64_t seconds = 0;

	(void)state;
	assert_true(http_date_read("Sun, 06 Nov 1994 08:49:37 GMT", &seconds));
	assert_int_equal(seconds, 784111777);
	assert_false(http_date_read("Sun, 31 Feb 1994 08:49:37 GMT", &seconds));
	assert_false(http_date_read("Sun, 06 Nov 1994 25:49:37 GMT", &seconds));
	assert_false(http_date_read("Sun, 06 anF 1994 08:49:37 GMT", &seconds));
	assert_false(http_date_read("tomorrow", &seconds));
	assert_false(http_date_read("", &seconds));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_answer_has_its_ruling),
		cmocka_unit_test(nothing_new_is_no_answer_to_a_question_for_all),
		cmocka_unit_test(a_pace_that_is_still_too_fast_doubles_the_wait),
		cmocka_unit_test(what_never_came_is_tried_again_unless_nobody_is_there),
		cmocka_unit_test(limits_that_are_not_told_are_not_known),
		cmocka_unit_test(dates_of_headers_are_read_without_a_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
