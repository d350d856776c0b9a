#include "adapters/stars/star_fetch.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/http/origin.h"
#include "adapters/stars/link_header.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"
#include "domain/base/timestamp.h"

#define REDIRECTS_MAX 5
#define FAILURES_MAX  3
#define PATIENCE_S    60    /* a Retry-After up to this is waited for without being asked to */
#define WAIT_MAX_S    86400 /* no limit lasts longer: a clock is wrong */

/* Drops what came of the last try; url and order stay. */
static void star_slot_clear(struct star_slot *slot)
{
	free(slot->body);
	free(slot->next);
	free(slot->before);
	star_batch_finish(&slot->batch);
	slot->body = slot->next = slot->before = NULL;
	slot->length = 0;
	slot->facts = (struct star_facts){0};
	slot->exchange = NULL;
}

void star_slot_release(struct star_slot *slot)
{
	struct star_importer *importer = slot->importer;

	star_slot_clear(slot);
	free(slot->order.link);
	free(slot->url);
	*slot = (struct star_slot){.importer = importer};
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
	size_t counted = result->added + result->updated + result->unchanged;

	summary->added += result->added;
	summary->updated += result->updated;
	summary->unchanged += result->unchanged;
	summary->fetched += counted;
	summary->pages += counted > 0 || result->met == 0;
	summary->change = importer->walk.change;
	progress->page = summary->pages;
	progress->pages = (size_t)importer->plan.last;
	if (progress->pages < progress->page)
		progress->pages = progress->page;
	progress->added = summary->added;
	progress->updated = summary->updated;
	progress->unchanged = summary->unchanged;
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

void star_report_skipped(struct star_importer *importer, const struct star_slot *slot)
{
	for (size_t i = 0; i < slot->batch.skipped_count; i++) {
		const char *line = slot->batch.skipped[i];

		if (line_is_named(importer, line))
			continue;
		importer->summary.skipped++;
		importer->summary.fetched++;
		error_set(&importer->progress.error, "passed over %s", line);
		star_report_note(importer, "%s, page %d: passed over %s", importer->host,
			slot->order.page, line);
	}
	importer->progress.skipped = importer->summary.skipped;
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
	importer->progress.unstarred = summary->unstarred;
	importer->progress.change = summary->change;
	importer->progress.unfinished = status != STATUS_OK;
	importer->progress.seconds_left = 0;
	star_report_phase(importer, phase_of(status), 0);
}

const struct star_request *star_wish(const struct star_importer *importer)
{
	return &importer->wish->as.request_stars.request;
}

void star_halt(struct star_importer *importer, enum status status, const char *format, ...)
{
	struct star_summary *summary = &importer->summary;
	va_list arguments;

	if (importer->stage == STAGE_HALT)
		return;
	importer->stage = STAGE_HALT;
	summary->status = status;
	va_start(arguments, format);
	vsnprintf(summary->error.text, sizeof(summary->error.text), format, arguments);
	va_end(arguments);
	star_report_phase(importer, STARS_STOPPING, 0);
}

static void fetch_give_up(struct star_importer *importer, const struct star_slot *slot,
	const struct forge_verdict *verdict)
{
	if (slot->who)
		star_halt(importer, verdict->status, "%s: %s", importer->host, verdict->error.text);
	else
		star_halt(importer, verdict->status, "%s, page %d: %s", importer->host,
			slot->order.page, verdict->error.text);
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
	for (size_t i = 0; i < STAR_SLOTS; i++) {
		struct star_slot *slot = &importer->slots[i];

		if (slot->state != SLOT_FLYING || !slot->exchange ||
			!http_client_withdraw(importer->setup.client, slot->exchange))
			continue;
		importer->summary.requests--;
		star_slot_clear(slot);
		slot->state = SLOT_WAITING;
		slot->when = 0;
	}
}

void star_answer_retry(
	struct star_importer *importer, struct star_slot *slot, const struct forge_verdict *verdict)
{
	long long now = steady_clock_ms(), pause;

	if (++slot->failures > (verdict->once ? 1 : FAILURES_MAX) ||
		(verdict->wait > PATIENCE_S && !star_wish(importer)->wait) ||
		verdict->wait > WAIT_MAX_S) {
		fetch_give_up(importer, slot, verdict);
		return;
	}
	pause = pause_ms(importer, slot->failures);
	if (verdict->wait > 0)
		withdraw_unsent(importer);
	if (verdict->wait > 0 && now + verdict->wait * 1000 > importer->not_before)
		importer->not_before = now + verdict->wait * 1000;
	if (verdict->wait * 1000 > pause)
		pause = verdict->wait * 1000;
	star_slot_clear(slot);
	slot->state = SLOT_WAITING;
	slot->when = now + pause;
	star_report_phase(importer, STARS_RETRYING,
		importer->setup.clock->now(importer->setup.clock) + (pause + 999) / 1000);
}

static void say_limit(struct star_importer *importer, const struct forge_verdict *verdict)
{
	char time[TIMESTAMP_SIZE];

	timestamp_print(importer->summary.again, time);
	star_halt(importer, STATUS_RATE_LIMITED,
		"%s: %s: run it again after %s, or with --wait; it carries on", importer->host,
		verdict->error.text, time);
}

static void star_answer_limit(struct star_importer *importer, const struct forge_verdict *verdict)
{
	int64_t now = importer->setup.clock->now(importer->setup.clock);
	char time[TIMESTAMP_SIZE];

	withdraw_unsent(importer);
	if (verdict->secondary) {
		star_plan_slow_down(&importer->plan);
		importer->secondary_waits++;
	}
	importer->summary.again = now + verdict->wait;
	if (!star_wish(importer)->wait || verdict->wait > WAIT_MAX_S ||
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

static void wait_for_limit(
	struct star_importer *importer, struct star_slot *slot, const struct forge_verdict *verdict)
{
	star_slot_clear(slot);
	slot->state = SLOT_WAITING;
	slot->when = 0;
	star_answer_limit(importer, verdict);
}

static void answer_follow(
	struct star_importer *importer, struct star_slot *slot, struct forge_verdict *verdict)
{
	char *target = origin_resolve(slot->url, verdict->target);

	if (slot->redirects++ >= REDIRECTS_MAX || !target) {
		error_set(&verdict->error, "it redirects %s",
			target ? "again and again" : "to what is no address");
		fetch_give_up(importer, slot, verdict);
		free(target);
		return;
	}
	star_slot_clear(slot);
	free(slot->url);
	slot->url = target;
	slot->state = SLOT_WAITING;
	slot->when = 0;
}

enum { NEXT, BEFORE, LAST, FIRST, RELATIONS };

static const char *const relations[RELATIONS] = {
	[NEXT] = "next",
	[BEFORE] = "prev",
	[LAST] = "last",
	[FIRST] = "first",
};

/* Every link is checked, not only those that would be followed: one astray makes all suspect. */
static enum status read_links(const struct star_importer *importer, const struct star_slot *slot,
	const char *header, char *links[RELATIONS], struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < RELATIONS; i++) {
		char *found = link_header_find(header, relations[i]);

		links[i] = found ? origin_resolve(slot->url, found) : NULL;
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

static bool take_links(
	struct star_importer *importer, struct star_slot *slot, const struct http_answer *answer)
{
	char *links[RELATIONS] = {NULL}, *header = http_answer_header(answer, "link");
	struct error error = {0};
	enum status status = STATUS_OK;
	bool any;

	if (header)
		status = read_links(importer, slot, header, links, &error);
	any = links[NEXT] || links[BEFORE] || links[LAST] || links[FIRST];
	slot->next = links[NEXT];
	slot->before = links[BEFORE];
	slot->facts = (struct star_facts){
		.linked = any,
		.garbled = header && *header && !any,
		.next = page_number(links[NEXT]),
		.before = page_number(links[BEFORE]),
		.last = page_number(links[LAST]),
		.next_link = links[NEXT],
		.before_link = links[BEFORE],
	};
	if (status != STATUS_OK)
		star_halt(importer, status, "%s, page %d: a link is not followed: %s",
			importer->host, slot->order.page, error.text);
	free(links[LAST]);
	free(links[FIRST]);
	free(header);
	return status == STATUS_OK;
}

static void keep_etag(struct star_importer *importer, const struct star_slot *slot,
	const struct http_answer *answer)
{
	char *etag;

	if (!slot->order.newest_first || slot->order.page != 1)
		return;
	etag = http_answer_header(answer, "etag");
	if (etag && strlen(etag) < sizeof(importer->etag))
		snprintf(importer->etag, sizeof(importer->etag), "%s", etag);
	free(etag);
}

static void page_arrive(
	struct star_importer *importer, struct star_slot *slot, const struct http_answer *answer)
{
	if (!slot->who && !take_links(importer, slot, answer)) {
		star_slot_release(slot);
		return;
	}
	keep_etag(importer, slot, answer);
	slot->body = memory_copy_bytes(answer->body, answer->length);
	slot->length = answer->length;
	slot->state = SLOT_ARRIVED;
}

/* Two bytes that mean the same as no bytes. */
static void page_arrive_empty(
	struct star_importer *importer, struct star_slot *slot, const struct http_answer *answer)
{
	struct http_answer empty = *answer;

	empty.body = "[]";
	empty.length = 2;
	page_arrive(importer, slot, &empty);
}

static void answer_refuse(struct star_importer *importer, struct star_slot *slot,
	const struct http_answer *answer, const struct forge_verdict *verdict)
{
	if (slot->who && answer->code == 404) {
		page_arrive_empty(importer, slot, answer);
		return;
	}
	fetch_give_up(importer, slot, verdict);
	star_slot_release(slot);
}

static void answer_apply(struct star_importer *importer, struct star_slot *slot,
	const struct http_answer *answer, struct forge_verdict *verdict)
{
	switch (verdict->ruling) {
	case RULING_TAKE: page_arrive(importer, slot, answer); break;
	case RULING_EMPTY: page_arrive_empty(importer, slot, answer); break;
	case RULING_UNCHANGED:
		snprintf(importer->etag, sizeof(importer->etag), "%s", importer->walk.etag);
		star_plan_unchanged(&importer->plan);
		star_slot_release(slot);
		break;
	case RULING_FOLLOW: answer_follow(importer, slot, verdict); break;
	case RULING_RETRY: star_answer_retry(importer, slot, verdict); break;
	case RULING_WAIT: wait_for_limit(importer, slot, verdict); break;
	case RULING_STOP: answer_refuse(importer, slot, answer, verdict); break;
	}
}

static void star_answer_take(void *self, const struct http_answer *answer)
{
	struct star_slot *slot = self;
	struct star_importer *importer = slot->importer;
	struct forge_asking asking = {
		.has_token = importer->authorization != NULL,
		.own = !star_wish(importer)->user,
		.page = slot->order.page,
		.secondary_waits = importer->secondary_waits,
		.now = importer->setup.clock->now(importer->setup.clock),
	};
	struct forge_verdict verdict;

	slot->exchange = NULL;
	forge_verdict_of(&verdict, answer, &asking);
	if (verdict.limit.limit >= 0)
		importer->summary.limit = verdict.limit;
	importer->spent = steady_clock_ms() + verdict.pause * 1000;
	if (slot->order.generation != importer->plan.generation)
		star_slot_release(slot);
	else
		answer_apply(importer, slot, answer, &verdict);
	forge_verdict_finish(&verdict);
}

size_t star_fetch_flying(const struct star_importer *importer)
{
	size_t count = 0;

	for (size_t i = 0; i < STAR_SLOTS; i++)
		count += importer->slots[i].state == SLOT_FLYING;
	return count;
}

void star_fetch_cancel(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_SLOTS; i++) {
		struct star_slot *slot = &importer->slots[i];

		if (slot->state == SLOT_FLYING)
			http_client_cancel(importer->setup.client, slot->exchange);
		if (slot->state == SLOT_FLYING || slot->state == SLOT_WAITING)
			star_slot_release(slot);
	}
}

static char *slot_url(const struct star_importer *importer, const struct star_slot *slot)
{
	const struct forge *forge = importer->forge;
	const char *user = star_wish(importer)->user || !forge->own_path ? importer->user : NULL;
	size_t base = strlen(importer->base);

	if (slot->order.link)
		return memory_copy_string(slot->order.link);
	if (!slot->who)
		return forge_page_url(
			forge, importer->base, user, slot->order.newest_first, slot->order.page);
	while (base > 0 && importer->base[base - 1] == '/')
		base--;
	return memory_print("%.*s%s", (int)base, importer->base, forge->who_path);
}

/* What the newest page was at the end of the last walk: the same again need not be sent. */
static bool may_be_unchanged(const struct star_importer *importer, const struct star_slot *slot)
{
	const struct star_request *wish = star_wish(importer);

	return slot->order.newest_first && slot->order.page == 1 && *importer->walk.etag &&
	       wish->topics && wish->timestamps && !wish->dry_run &&
	       !(wish->tags && wish->tags->count);
}

static void slot_send(struct star_importer *importer, struct star_slot *slot)
{
	char *condition = memory_print("If-None-Match: %s", importer->walk.etag);
	const char *headers[4];
	struct http_request request = {
		.headers = headers,
		.plain = origin_is_loopback(importer->base),
		.direct = origin_is_loopback(importer->base),
		.fresh = slot->failures > 0,
	};

	if (!slot->url)
		slot->url = slot_url(importer, slot);
	request.url = slot->url;
	headers[request.header_count++] = importer->forge->accept;
	if (importer->forge->version)
		headers[request.header_count++] = importer->forge->version;
	if (importer->authorization)
		headers[request.header_count++] = importer->authorization;
	if (may_be_unchanged(importer, slot))
		headers[request.header_count++] = condition;
	slot->state = SLOT_FLYING;
	slot->exchange = http_client_get(importer->setup.client, &request, star_answer_take, slot);
	importer->summary.requests++;
	free(condition);
}

/* The one gate: nothing is asked for that is not of the configured origin. */
static void slot_send_if_allowed(struct star_importer *importer, struct star_slot *slot)
{
	struct error error = {0};

	if (!slot->url)
		slot->url = slot_url(importer, slot);
	if (origin_check(importer->base, slot->url, &error) == STATUS_OK)
		slot_send(importer, slot);
	else
		star_halt(importer, STATUS_REMOTE, "%s, page %d: %s", importer->host,
			slot->order.page, error.text);
}

static struct star_slot *free_slot(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_SLOTS; i++)
		if (importer->slots[i].state == SLOT_FREE)
			return &importer->slots[i];
	return NULL;
}

static bool slot_is_under_way(const struct star_slot *slot)
{
	return slot->state == SLOT_FLYING || slot->state == SLOT_WAITING;
}

/* New pages of the plan, as long as the number in flight allows it. */
static void pages_order(struct star_importer *importer)
{
	int places = importer->plan.jobs;

	for (size_t i = 0; i < STAR_SLOTS; i++)
		places -= slot_is_under_way(&importer->slots[i]);
	while (importer->stage == STAGE_WALK && places-- > 0) {
		struct star_slot *slot = free_slot(importer);

		if (!slot || !star_plan_ask(&importer->plan, &slot->order))
			return;
		slot->state = SLOT_WAITING;
		slot->when = 0;
	}
}

static bool slot_is_due(const struct star_slot *slot, long long now)
{
	return slot->state == SLOT_WAITING && slot->when <= now;
}

/* More is wanted, though the last answer said that it was the last: as if it were refused. */
static bool limit_is_spent(struct star_importer *importer, long long now)
{
	struct forge_verdict verdict = {
		.ruling = RULING_WAIT,
		.status = STATUS_RATE_LIMITED,
		.wait = (importer->spent - now + 999) / 1000,
		.error = {"its rate limit is used up"},
	};
	bool wanted = false;

	for (size_t i = 0; i < STAR_SLOTS; i++)
		wanted = wanted || slot_is_due(&importer->slots[i], now);
	if (!wanted || importer->spent <= now)
		return false;
	star_answer_limit(importer, &verdict);
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
	places -= star_fetch_flying(importer) < places ? star_fetch_flying(importer) : places;
	for (size_t i = 0; i < STAR_SLOTS && places > 0; i++) {
		struct star_slot *slot = &importer->slots[i];

		if (!slot_is_due(slot, now))
			continue;
		slot_send_if_allowed(importer, slot);
		if (importer->stage == STAGE_HALT)
			return false;
		places--;
		sent = true;
	}
	if (sent)
		star_report_phase(
			importer, importer->summary.pages ? STARS_FETCHING : STARS_CONNECTING, 0);
	return sent;
}
