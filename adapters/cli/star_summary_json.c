#include "adapters/cli/star_summary_json.h"

static const char *status_word(enum status status)
{
	if (status == STATUS_OK)
		return "complete";
	if (status == STATUS_RATE_LIMITED)
		return "rate-limited";
	return status == STATUS_INTERRUPTED ? "interrupted" : "failed";
}

static void add_number(struct json_writer *json, const char *key, int64_t number)
{
	json_key(json, key);
	json_put_integer(json, number);
}

static void add_limit(struct json_writer *json, const struct forge_limit *limit)
{
	json_key(json, "rate_limit");
	if (limit->limit < 0) {
		json_put_null(json);
		return;
	}
	json_open_object(json);
	add_number(json, "limit", limit->limit);
	add_number(json, "remaining", limit->remaining);
	json_key(json, "reset");
	if (limit->reset >= 0)
		json_put_moment(json, limit->reset);
	else
		json_put_null(json);
	json_close_object(json);
}

static void add_counts(struct json_writer *json, const struct star_summary *summary)
{
	add_number(json, "pages", (int64_t)summary->pages);
	add_number(json, "fetched", (int64_t)summary->fetched);
	add_number(json, "added", (int64_t)summary->added);
	add_number(json, "updated", (int64_t)summary->updated);
	add_number(json, "unchanged", (int64_t)summary->unchanged);
	add_number(json, "unstarred", (int64_t)summary->unstarred);
	add_number(json, "skipped", (int64_t)summary->skipped);
	add_number(json, "requests", (int64_t)summary->requests);
	json_key(json, "seconds");
	json_put_seconds(json, summary->seconds);
}

static const char *why(const struct star_summary *summary)
{
	if (summary->status == STATUS_OK)
		return NULL;
	return *summary->error.text ? summary->error.text : status_message(summary->status);
}

void star_summary_json(struct json_writer *json, const struct star_summary *summary,
	const char *forge, const char *user)
{
	json_open_object(json);
	json_key(json, "source");
	json_put_string(json, forge);
	json_key(json, "user");
	json_put_string(json, *summary->user ? summary->user : user);
	json_key(json, "status");
	json_put_string(json, status_word(summary->status));
	add_counts(json, summary);
	add_limit(json, &summary->limit);
	json_key(json, "error");
	json_put_string(json, why(summary));
	json_close_object(json);
}
