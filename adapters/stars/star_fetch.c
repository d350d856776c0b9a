#include "adapters/stars/star_fetch.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/http/origin.h"
#include "adapters/stars/forge_answer.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"
#include "domain/base/timestamp.h"

#define REDIRECTS_MAX 5
#define FAILURES_MAX  3
#define PATIENCE_S    60    /* a Retry-After up to this is waited for without being asked to */
#define WAIT_MAX_S    86400 /* no limit lasts longer: a clock is wrong */

/* Drops what came of the last try; url and request stay. */
static void star_transfer_clear(struct star_transfer *transfer)
{
	free(transfer->body);
	free(transfer->next);
	free(transfer->before);
	star_batch_finish(&transfer->batch);
	transfer->body = transfer->next = transfer->before = NULL;
	transfer->length = 0;
	transfer->info = (struct star_page_info){0};
	transfer->exchange = NULL;
}

void star_transfer_release(struct star_transfer *transfer)
{
	struct star_importer *importer = transfer->importer;

	star_transfer_clear(transfer);
	free(transfer->request.link);
	free(transfer->url);
	*transfer = (struct star_transfer){.importer = importer};
}

__attribute__((format(printf, 2, 3))) static void star_report_note(
	struct star_importer *importer, const char *format, ...)
{
	va_list arguments;
	struct error line;

	if (!importer->setup.note)
		return;
	va_start(arguments, format);
	vsnprintf(line.text, sizeof(line.text), format, arguments);
	va_end(arguments);
	importer->setup.note(importer->setup.self, line.text);
}

void star_report_phase(struct star_importer *importer, enum stars_phase phase, int64_t until)
{
	importer->progress.phase = phase;
	importer->progress.until = until;
	importer->progress.requests = importer->summary.requests;
	importer->news = true;
}

static double seconds_since(long long began)
{
	return (double)(steady_clock_ms() - began) / 1000;
}

static void estimate_rest(struct star_importer *importer)
{
	struct stars_progress *progress = &importer->progress;
	double seconds = seconds_since(importer->began);

	progress->per_second = seconds > 0 ? (double)importer->summary.fetched / seconds : 0;
	progress->seconds_left = -1;
	if (progress->page > 0 && progress->pages >= progress->page)
		progress->seconds_left = (long)(seconds / (double)progress->page *
						(double)(progress->pages - progress->page));
}

void star_report_page(struct star_importer *importer, const struct result *result)
{
	struct star_summary *summary = &importer->summary;
	struct stars_progress *progress = &importer->progress;
	const struct counts *page = &result->counts;
	size_t counted = page->added + page->updated + page->unchanged;

	counts_add(&summary->counts, page);
	summary->fetched += counted;
	summary->pages += counted > 0 || result->seen_stars == 0;
	summary->change = importer->walk.change;
	progress->page = summary->pages;
	progress->pages = (size_t)importer->plan.last;
	if (progress->pages < progress->page)
		progress->pages = progress->page;
	progress->counts = summary->counts;
	progress->change = summary->change;
	estimate_rest(importer);
	star_report_phase(importer, STARS_FETCHING, 0);
}

/* FNV-1a. */
static uint64_t line_hash(const char *text)
{
	uint64_t value = 14695981039346656037u;

	for (; *text; text++)
		value = (value ^ (unsigned char)*text) * 1099511628211u;
	return value;
}

/* The line without the place, which changes when the list moves. */
static bool line_is_named(struct star_importer *importer, const char *line)
{
	uint64_t value = line_hash(line);

	for (size_t i = 0; i < importer->named_count; i++)
		if (importer->named[i] == value)
			return true;
	importer->named = memory_grow(importer->named, importer->named_count,
		&importer->named_capacity, sizeof(*importer->named));
	importer->named[importer->named_count++] = value;
	return false;
}

void star_report_skipped(struct star_importer *importer, const struct star_transfer *transfer)
{
	for (size_t i = 0; i < transfer->batch.skipped_count; i++) {
		const char *line = transfer->batch.skipped[i];

		if (line_is_named(importer, line))
			continue;
		importer->summary.counts.skipped++;
		importer->summary.fetched++;
		error_set(&importer->progress.error, "passed over %s", line);
		star_report_note(importer, "%s, page %d: passed over %s", importer->host,
			transfer->request.page, line);
	}
	importer->progress.counts = importer->summary.counts;
}

static enum stars_phase phase_of(enum status status)
{
	if (status == STATUS_OK)
		return STARS_COMPLETE;
	return status == STATUS_INTERRUPTED ? STARS_STOPPED : STARS_FAILED;
}

void star_report_end(struct star_importer *importer, enum status status)
{
	struct star_summary *summary = &importer->summary;

	summary->status = status;
	summary->seconds = seconds_since(importer->began);
	summary->change = importer->walk.change;
	snprintf(summary->user, sizeof(summary->user), "%s", importer->user ? importer->user : "");
	if (status != STATUS_OK)
		importer->progress.error = summary->error;
	importer->progress.counts = summary->counts;
	importer->progress.change = summary->change;
	importer->progress.unfinished = status != STATUS_OK;
	importer->progress.seconds_left = 0;
	star_report_phase(importer, phase_of(status), 0);
}

const struct star_request *star_asked(const struct star_importer *importer)
{
	return &importer->asked->as.request_stars.request;
}

void star_abort(struct star_importer *importer, enum status status, const char *format, ...)
{
	struct star_summary *summary = &importer->summary;
	va_list arguments;

	if (importer->stage == STAGE_ABORT)
		return;
	importer->stage = STAGE_ABORT;
	summary->status = status;
	va_start(arguments, format);
	vsnprintf(summary->error.text, sizeof(summary->error.text), format, arguments);
	va_end(arguments);
	star_report_phase(importer, STARS_STOPPING, 0);
}

static void fetch_give_up(struct star_importer *importer, const struct star_transfer *transfer,
	const struct forge_verdict *verdict)
{
	if (transfer->who)
		star_abort(
			importer, verdict->status, "%s: %s", importer->host, verdict->error.text);
	else
		star_abort(importer, verdict->status, "%s, page %d: %s", importer->host,
			transfer->request.page, verdict->error.text);
}

/* 1, 2, 4 units, and up to a quarter more, so that many clients do not come back together. */
static long long pause_ms(const struct star_importer *importer, int failures)
{
	long long unit = importer->retry_ms;

	return (unit << (failures - 1)) + (unit >= 4 ? random() % (unit / 4) : 0);
}

/* What libcurl still holds is not to go out after a server asked for a pause. */
static void withdraw_unsent(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_TRANSFERS; i++) {
		struct star_transfer *transfer = &importer->transfers[i];

		if (transfer->state != TRANSFER_IN_FLIGHT || !transfer->exchange ||
			!http_client_withdraw(importer->setup.client, transfer->exchange))
			continue;
		importer->summary.requests--;
		star_transfer_clear(transfer);
		transfer->state = TRANSFER_WAITING;
		transfer->when = 0;
	}
}

void star_fetch_retry(struct star_importer *importer, struct star_transfer *transfer,
	const struct forge_verdict *verdict)
{
	long long now = steady_clock_ms(), pause;

	if (++transfer->failures > (verdict->once ? 1 : FAILURES_MAX) ||
		(verdict->wait > PATIENCE_S && !star_asked(importer)->wait) ||
		verdict->wait > WAIT_MAX_S) {
		fetch_give_up(importer, transfer, verdict);
		return;
	}
	pause = pause_ms(importer, transfer->failures);
	if (verdict->wait > 0)
		withdraw_unsent(importer);
	if (verdict->wait > 0 && now + verdict->wait * 1000 > importer->not_before)
		importer->not_before = now + verdict->wait * 1000;
	if (verdict->wait * 1000 > pause)
		pause = verdict->wait * 1000;
	star_transfer_clear(transfer);
	transfer->state = TRANSFER_WAITING;
	transfer->when = now + pause;
	star_report_phase(importer, STARS_RETRYING,
		importer->setup.clock->now(importer->setup.clock) + (pause + 999) / 1000);
}

static void say_limit(struct star_importer *importer, const struct forge_verdict *verdict)
{
	char time[TIMESTAMP_SIZE];

	timestamp_print(importer->summary.again, time);
	star_abort(importer, STATUS_RATE_LIMITED,
		"%s: %s: run it again after %s, or with --wait; it carries on", importer->host,
		verdict->error.text, time);
}

static void answer_limit(struct star_importer *importer, const struct forge_verdict *verdict)
{
	int64_t now = importer->setup.clock->now(importer->setup.clock);
	char time[TIMESTAMP_SIZE];

	withdraw_unsent(importer);
	if (verdict->secondary) {
		star_plan_slow_down(&importer->plan);
		importer->secondary_waits++;
	}
	importer->summary.again = now + verdict->wait;
	if (!star_asked(importer)->wait || verdict->wait > WAIT_MAX_S ||
		importer->secondary_waits > SECONDARY_WAITS_MAX) {
		say_limit(importer, verdict);
		return;
	}
	importer->not_before = steady_clock_ms() + verdict->wait * 1000;
	star_report_phase(importer, STARS_WAITING_FOR_LIMIT, importer->summary.again);
	timestamp_print(importer->summary.again, time);
	star_report_note(
		importer, "%s: %s: waiting until %s", importer->host, verdict->error.text, time);
}

static void wait_for_limit(struct star_importer *importer, struct star_transfer *transfer,
	const struct forge_verdict *verdict)
{
	star_transfer_clear(transfer);
	transfer->state = TRANSFER_WAITING;
	transfer->when = 0;
	answer_limit(importer, verdict);
}

static void answer_follow(struct star_importer *importer, struct star_transfer *transfer,
	struct forge_verdict *verdict)
{
	char *target = origin_resolve(transfer->url, verdict->target);

	if (transfer->redirects++ >= REDIRECTS_MAX || !target) {
		error_set(&verdict->error, "it redirects %s",
			target ? "again and again" : "to what is no address");
		fetch_give_up(importer, transfer, verdict);
		free(target);
		return;
	}
	star_transfer_clear(transfer);
	free(transfer->url);
	transfer->url = target;
	transfer->state = TRANSFER_WAITING;
	transfer->when = 0;
}

enum { NEXT, BEFORE, LAST, FIRST, RELATIONS };

static const char *const relations[RELATIONS] = {
	[NEXT] = "next",
	[BEFORE] = "prev",
	[LAST] = "last",
	[FIRST] = "first",
};

/* Every link is checked, not only those that would be followed: one astray makes all suspect. */
static enum status read_links(const struct star_importer *importer,
	const struct star_transfer *transfer, const char *header, char *links[RELATIONS],
	struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < RELATIONS; i++) {
		char *found = link_header_find(header, relations[i]);

		links[i] = found ? origin_resolve(transfer->url, found) : NULL;
		if (found && status == STATUS_OK)
			status = origin_check(importer->base, links[i] ? links[i] : found, error);
		free(found);
	}
	return status;
}

static int page_number(const char *link)
{
	return link ? link_header_page(link) : 0;
}

static bool take_links(struct star_importer *importer, struct star_transfer *transfer,
	const struct http_answer *answer)
{
	char *links[RELATIONS] = {NULL}, *header = http_answer_header(answer, "link");
	struct error error = {0};
	enum status status = STATUS_OK;
	bool any;

	if (header)
		status = read_links(importer, transfer, header, links, &error);
	any = links[NEXT] || links[BEFORE] || links[LAST] || links[FIRST];
	transfer->next = links[NEXT];
	transfer->before = links[BEFORE];
	transfer->info = (struct star_page_info){
		.linked = any,
		.garbled = header && *header && !any,
		.next = page_number(links[NEXT]),
		.before = page_number(links[BEFORE]),
		.last = page_number(links[LAST]),
		.next_link = links[NEXT],
		.before_link = links[BEFORE],
	};
	if (status != STATUS_OK)
		star_abort(importer, status, "%s, page %d: a link is not followed: %s",
			importer->host, transfer->request.page, error.text);
	free(links[LAST]);
	free(links[FIRST]);
	free(header);
	return status == STATUS_OK;
}

static void keep_etag(struct star_importer *importer, const struct star_transfer *transfer,
	const struct http_answer *answer)
{
	char *etag;

	if (!transfer->request.newest_first || transfer->request.page != 1)
		return;
	etag = http_answer_header(answer, "etag");
	if (etag && strlen(etag) < sizeof(importer->etag))
		snprintf(importer->etag, sizeof(importer->etag), "%s", etag);
	free(etag);
}

static void page_arrive(struct star_importer *importer, struct star_transfer *transfer,
	const struct http_answer *answer)
{
	if (!transfer->who && !take_links(importer, transfer, answer)) {
		star_transfer_release(transfer);
		return;
	}
	keep_etag(importer, transfer, answer);
	transfer->body = memory_copy_bytes(answer->body, answer->length);
	transfer->length = answer->length;
	transfer->state = TRANSFER_ARRIVED;
}

/* Two bytes that mean the same as no bytes. */
static void page_arrive_empty(struct star_importer *importer, struct star_transfer *transfer,
	const struct http_answer *answer)
{
	struct http_answer empty = *answer;

	empty.body = "[]";
	empty.length = 2;
	page_arrive(importer, transfer, &empty);
}

static void answer_refuse(struct star_importer *importer, struct star_transfer *transfer,
	const struct http_answer *answer, const struct forge_verdict *verdict)
{
	if (transfer->who && answer->code == 404) {
		page_arrive_empty(importer, transfer, answer);
		return;
	}
	fetch_give_up(importer, transfer, verdict);
	star_transfer_release(transfer);
}

static void answer_apply(struct star_importer *importer, struct star_transfer *transfer,
	const struct http_answer *answer, struct forge_verdict *verdict)
{
	switch (verdict->action) {
	case FORGE_TAKE: page_arrive(importer, transfer, answer); break;
	case FORGE_EMPTY: page_arrive_empty(importer, transfer, answer); break;
	case FORGE_UNCHANGED:
		snprintf(importer->etag, sizeof(importer->etag), "%s", importer->walk.etag);
		star_plan_unchanged(&importer->plan);
		star_transfer_release(transfer);
		break;
	case FORGE_FOLLOW: answer_follow(importer, transfer, verdict); break;
	case FORGE_RETRY: star_fetch_retry(importer, transfer, verdict); break;
	case FORGE_WAIT: wait_for_limit(importer, transfer, verdict); break;
	case FORGE_STOP: answer_refuse(importer, transfer, answer, verdict); break;
	}
}

/* What the newest page was at the end of the last walk: the same again need not be sent. */
static bool may_be_unchanged(
	const struct star_importer *importer, const struct star_transfer *transfer)
{
	const struct star_request *asked = star_asked(importer);

	return transfer->request.newest_first && transfer->request.page == 1 &&
	       *importer->walk.etag && asked->topics && asked->timestamps && !asked->dry_run &&
	       !(asked->tags && asked->tags->count);
}

static void answer_take(void *self, const struct http_answer *answer)
{
	struct star_transfer *transfer = self;
	struct star_importer *importer = transfer->importer;
	struct forge_asking asking = {
		.has_token = importer->authorization != NULL,
		.own = !star_asked(importer)->user,
		.conditional = may_be_unchanged(importer, transfer),
		.page = transfer->request.page,
		.secondary_waits = importer->secondary_waits,
		.now = importer->setup.clock->now(importer->setup.clock),
	};
	struct forge_verdict verdict;

	transfer->exchange = NULL;
	forge_verdict_of(&verdict, answer, &asking);
	if (verdict.limit.limit >= 0)
		importer->summary.limit = verdict.limit;
	importer->spent = steady_clock_ms() + verdict.pause * 1000;
	if (transfer->request.generation != importer->plan.generation)
		star_transfer_release(transfer);
	else
		answer_apply(importer, transfer, answer, &verdict);
	forge_verdict_finish(&verdict);
}

size_t star_fetch_in_flight(const struct star_importer *importer)
{
	size_t count = 0;

	for (size_t i = 0; i < STAR_TRANSFERS; i++)
		count += importer->transfers[i].state == TRANSFER_IN_FLIGHT;
	return count;
}

void star_fetch_cancel(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_TRANSFERS; i++) {
		struct star_transfer *transfer = &importer->transfers[i];

		if (transfer->state == TRANSFER_IN_FLIGHT)
			http_client_cancel(importer->setup.client, transfer->exchange);
		if (transfer->state == TRANSFER_IN_FLIGHT || transfer->state == TRANSFER_WAITING)
			star_transfer_release(transfer);
	}
}

static char *transfer_url(
	const struct star_importer *importer, const struct star_transfer *transfer)
{
	const struct forge *forge = importer->forge;
	const char *user = star_asked(importer)->user || !forge->own_path ? importer->user : NULL;
	size_t base = strlen(importer->base);

	if (transfer->request.link)
		return memory_copy_string(transfer->request.link);
	if (!transfer->who)
		return forge_page_url(forge, importer->base, user, transfer->request.newest_first,
			transfer->request.page);
	while (base > 0 && importer->base[base - 1] == '/')
		base--;
	return memory_print("%.*s%s", (int)base, importer->base, forge->who_path);
}

static void transfer_send(struct star_importer *importer, struct star_transfer *transfer)
{
	char *condition = memory_print("If-None-Match: %s", importer->walk.etag);
	const char *headers[4];
	struct http_request request = {
		.headers = headers,
		.plain = origin_is_loopback(importer->base),
		.direct = origin_is_loopback(importer->base),
		.fresh = transfer->failures > 0,
	};

	if (!transfer->url)
		transfer->url = transfer_url(importer, transfer);
	request.url = transfer->url;
	headers[request.header_count++] = importer->forge->accept;
	if (importer->forge->version)
		headers[request.header_count++] = importer->forge->version;
	if (importer->authorization)
		headers[request.header_count++] = importer->authorization;
	if (may_be_unchanged(importer, transfer))
		headers[request.header_count++] = condition;
	transfer->state = TRANSFER_IN_FLIGHT;
	transfer->exchange =
		http_client_get(importer->setup.client, &request, answer_take, transfer);
	importer->summary.requests++;
	free(condition);
}

/* The one gate: nothing is asked for that is not of the configured origin. */
static void transfer_send_if_allowed(struct star_importer *importer, struct star_transfer *transfer)
{
	struct error error = {0};

	if (!transfer->url)
		transfer->url = transfer_url(importer, transfer);
	if (origin_check(importer->base, transfer->url, &error) == STATUS_OK)
		transfer_send(importer, transfer);
	else
		star_abort(importer, STATUS_REMOTE, "%s, page %d: %s", importer->host,
			transfer->request.page, error.text);
}

static struct star_transfer *free_transfer(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_TRANSFERS; i++)
		if (importer->transfers[i].state == TRANSFER_FREE)
			return &importer->transfers[i];
	return NULL;
}

static bool transfer_is_under_way(const struct star_transfer *transfer)
{
	return transfer->state == TRANSFER_IN_FLIGHT || transfer->state == TRANSFER_WAITING;
}

/* New pages of the plan, as long as the number in flight allows it. */
static void pages_order(struct star_importer *importer)
{
	int places = importer->plan.jobs;

	for (size_t i = 0; i < STAR_TRANSFERS; i++)
		places -= transfer_is_under_way(&importer->transfers[i]);
	while (importer->stage == STAGE_WALK && places-- > 0) {
		struct star_transfer *transfer = free_transfer(importer);

		if (!transfer || !star_plan_ask(&importer->plan, &transfer->request))
			return;
		transfer->state = TRANSFER_WAITING;
		transfer->when = 0;
	}
}

static bool transfer_is_due(const struct star_transfer *transfer, long long now)
{
	return transfer->state == TRANSFER_WAITING && transfer->when <= now;
}

/* More is wanted, though the last answer said that it was the last: as if it were refused. */
static bool limit_is_spent(struct star_importer *importer, long long now)
{
	struct forge_verdict verdict = {
		.action = FORGE_WAIT,
		.status = STATUS_RATE_LIMITED,
		.wait = (importer->spent - now + 999) / 1000,
		.error = {"its rate limit is used up"},
	};
	bool wanted = false;

	for (size_t i = 0; i < STAR_TRANSFERS; i++)
		wanted = wanted || transfer_is_due(&importer->transfers[i], now);
	if (!wanted || importer->spent <= now)
		return false;
	answer_limit(importer, &verdict);
	return true;
}

bool star_fetch_send(struct star_importer *importer)
{
	size_t places = (size_t)importer->plan.jobs;
	long long now = steady_clock_ms();
	bool sent = false;

	if (now < importer->not_before)
		return false;
	pages_order(importer);
	if (limit_is_spent(importer, now))
		return false;
	places -= star_fetch_in_flight(importer) < places ? star_fetch_in_flight(importer) : places;
	for (size_t i = 0; i < STAR_TRANSFERS && places > 0; i++) {
		struct star_transfer *transfer = &importer->transfers[i];

		if (!transfer_is_due(transfer, now))
			continue;
		transfer_send_if_allowed(importer, transfer);
		if (importer->stage == STAGE_ABORT)
			return false;
		places--;
		sent = true;
	}
	if (sent)
		star_report_phase(
			importer, importer->summary.pages ? STARS_FETCHING : STARS_CONNECTING, 0);
	return sent;
}
