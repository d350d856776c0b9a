#include "adapters/stars/forge_answer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/stars/star_batch.h"
#include "domain/base/memory.h"

#define PAGES_MAX 1000000

struct span {
	const char *start;
	size_t length;
};

static const char *header_skip_blanks(const char *at)
{
	return at + strspn(at, " \t");
}

/* A parameter's value, quoted or not; at is behind it afterwards. */
static struct span read_value(const char **at)
{
	struct span value;

	if (**at == '"') {
		value.start = *at + 1;
		value.length = strcspn(value.start, "\"");
		*at = value.start + value.length;
		*at += **at == '"';
		return value;
	}
	value.start = *at;
	value.length = strcspn(*at, " \t;,");
	*at += value.length;
	return value;
}

/* Whether one of the words of a value is this one. */
static bool has_word(struct span value, const char *word)
{
	const char *end = value.start + value.length;
	const char *at = value.start;

	while (at < end) {
		size_t length = 0;

		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
		while (at + length < end && at[length] != ' ' && at[length] != '\t')
			length++;
		if (length == strlen(word) && strncasecmp(at, word, length) == 0)
			return true;
		at += length;
	}
	return false;
}

/* Reads "; name=value" as often as it comes; true if a rel among them has the relation. */
static bool read_parameters(const char **at, const char *relation)
{
	bool found = false;

	while (*(*at = header_skip_blanks(*at)) == ';') {
		struct span name, value = {"", 0};

		*at = header_skip_blanks(*at + 1);
		name.start = *at;
		name.length = strcspn(*at, " \t=;,");
		*at = header_skip_blanks(*at + name.length);
		if (**at == '=') {
			*at = header_skip_blanks(*at + 1);
			value = read_value(at);
		}
		if (name.length == 3 && strncasecmp(name.start, "rel", 3) == 0)
			found = found || has_word(value, relation);
	}
	return found;
}

char *link_header_find(const char *header, const char *relation)
{
	const char *at = header;

	while ((at = strchr(at, '<'))) {
		struct span url = {at + 1, strcspn(at + 1, ">")};

		at = url.start + url.length;
		if (*at != '>')
			return NULL;
		at++;
		if (read_parameters(&at, relation))
			return memory_copy_bytes(url.start, url.length);
	}
	return NULL;
}

static int page_number_read(const char *digits)
{
	char *end;
	long number = strtol(digits, &end, 10);

	if (*digits < '0' || *digits > '9' || (*end && *end != '&' && *end != '#'))
		return 0;
	return number >= 1 && number <= PAGES_MAX ? (int)number : 0;
}

int link_header_page(const char *url)
{
	const char *at = strchr(url, '?');

	while (at) {
		if (strncmp(at + 1, "page=", 5) == 0)
			return page_number_read(at + 6);
		at = strchr(at + 1, '&');
	}
	return 0;
}

static struct forge_limit limit_read(const struct http_answer *answer)
{
	return (struct forge_limit){
		.limit = http_answer_number(answer, "x-ratelimit-limit"),
		.remaining = http_answer_number(answer, "x-ratelimit-remaining"),
		.reset = http_answer_number(answer, "x-ratelimit-reset"),
	};
}

/* Until the reset, where nothing remains and that is still to come. */
static int64_t limit_pause(const struct forge_limit *limit, const struct http_answer *answer,
	const struct forge_asking *asking)
{
	int64_t left;

	if (answer->status != STATUS_OK || limit->remaining != 0 || limit->reset < 0)
		return 0;
	left = limit->reset - http_answer_date(answer, asking->now);
	return left > 0 ? left : 0;
}

static int64_t retry_after(const struct http_answer *answer, const struct forge_asking *asking)
{
	return http_answer_retry_after(answer, asking->now, SECONDARY_WAIT_SECONDS);
}

static bool speaks_of_pace(const char *message)
{
	return message && (strcasestr(message, "secondary rate") || strcasestr(message, "abuse"));
}

static void say_limit(struct forge_verdict *verdict, const struct forge_asking *asking)
{
	if (verdict->secondary)
		error_set(&verdict->error, "it asks for a slower pace (a secondary rate limit)");
	else
		error_set(&verdict->error, "its rate limit is reached%s",
			asking->has_token ? "" : "; with a token in GH_TOKEN it is higher");
}

static bool has_gh_limit(const struct http_answer *answer)
{
	char *by = http_answer_header(answer, "gh-limited-by");

	free(by);
	return by != NULL;
}

/* 403 and 429: which limit, and how long, in the order that GitHub gives. */
static bool classify_limit(struct forge_verdict *verdict, const struct http_answer *answer,
	const struct forge_asking *asking, const char *message)
{
	const struct forge_limit *limit = &verdict->limit;
	int64_t after = retry_after(answer, asking);

	verdict->secondary = speaks_of_pace(message) || has_gh_limit(answer) ||
			     (after >= 0 && limit->remaining != 0);
	if (after >= 0)
		verdict->wait = after;
	else if (limit->remaining == 0 && limit->reset >= 0)
		verdict->wait = verdict->pause;
	else if (verdict->secondary || limit->remaining == 0 || answer->code == 429)
		verdict->wait = (int64_t)SECONDARY_WAIT_SECONDS << asking->secondary_waits;
	else
		return false;
	if (verdict->wait < 1)
		verdict->wait = 1;
	verdict->action = FORGE_WAIT;
	verdict->status = STATUS_RATE_LIMITED;
	say_limit(verdict, asking);
	return true;
}

static void stop(struct forge_verdict *verdict, enum status status, const char *why,
	const struct http_answer *answer, const char *message)
{
	verdict->action = FORGE_STOP;
	verdict->status = status;
	error_set(&verdict->error, "%s (%ld%s%s)", why, answer->code, message ? ": " : "",
		message ? message : "");
}

static void classify_refusal(struct forge_verdict *verdict, const struct http_answer *answer,
	const struct forge_asking *asking, const char *message)
{
	switch (answer->code) {
	case 401:
		stop(verdict, STATUS_UNAUTHORISED,
			asking->has_token ? "the token was refused; check GH_TOKEN"
					  : "a token is needed; put one into GH_TOKEN",
			answer, message);
		break;
	case 403:
		stop(verdict, STATUS_UNAUTHORISED, "it refuses the request", answer, message);
		break;
	case 404:
		if (asking->own)
			stop(verdict, STATUS_REMOTE, "it does not give one's own stars", answer,
				message);
		else
			stop(verdict, STATUS_NO_SUCH_USER, "no such user", answer, message);
		break;
	case 422:
		stop(verdict, STATUS_REMOTE,
			asking->page > 1 ? "the server cuts this list short"
					 : "it refuses the request",
			answer, message);
		break;
	case 451: stop(verdict, STATUS_REMOTE, "blocked for legal reasons", answer, message); break;
	default:
		stop(verdict, STATUS_REMOTE, "an answer that is not understood", answer, message);
		break;
	}
}

static void classify_server_error(struct forge_verdict *verdict, const struct http_answer *answer,
	const struct forge_asking *asking)
{
	int64_t after = retry_after(answer, asking);

	verdict->action = FORGE_RETRY;
	verdict->status = STATUS_REMOTE;
	verdict->wait = after >= 0 ? after : 0;
	error_set(&verdict->error, "the server failed (%ld)", answer->code);
}

static void classify_redirect(struct forge_verdict *verdict, const struct http_answer *answer)
{
	verdict->target = http_answer_header(answer, "location");
	verdict->action = verdict->target ? FORGE_FOLLOW : FORGE_STOP;
	verdict->status = STATUS_REMOTE;
	error_set(&verdict->error, "%s (%ld)",
		answer->code == 304 ? "it says that nothing is new, which was not asked"
				    : "a redirect",
		answer->code);
}

static void classify_failure(struct forge_verdict *verdict, const struct http_answer *answer)
{
	verdict->action = http_answer_is_unreachable(answer) || answer->failure == HTTP_TOO_LONG
				  ? FORGE_STOP
				  : FORGE_RETRY;
	verdict->once = answer->failure == HTTP_TIMED_OUT;
	verdict->status = answer->status;
	verdict->error = answer->error;
}

void forge_verdict_of(struct forge_verdict *verdict, const struct http_answer *answer,
	const struct forge_asking *asking)
{
	char *message;

	*verdict = (struct forge_verdict){.action = FORGE_TAKE, .limit = limit_read(answer)};
	verdict->pause = limit_pause(&verdict->limit, answer, asking);
	if (answer->status != STATUS_OK) {
		classify_failure(verdict, answer);
		return;
	}
	if (answer->code == 200)
		return;
	message = star_batch_member(answer->body, answer->length, "message");
	if (answer->code == 204)
		verdict->action = FORGE_EMPTY;
	else if (answer->code == 304 && asking->conditional)
		verdict->action = FORGE_UNCHANGED;
	else if (answer->code >= 300 && answer->code < 400)
		classify_redirect(verdict, answer);
	else if (answer->code >= 500 || answer->code == 408)
		classify_server_error(verdict, answer, asking);
	else if ((answer->code != 403 && answer->code != 429) ||
		 !classify_limit(verdict, answer, asking, message))
		classify_refusal(verdict, answer, asking, message);
	free(message);
}

void forge_verdict_finish(struct forge_verdict *verdict)
{
	free(verdict->target);
	verdict->target = NULL;
}
