#include "adapters/stars/star_import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/stars/link_header.h"
#include "adapters/http/origin.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"
#include "domain/base/timestamp.h"

#define REDIRECTS_MAX 5
#define FAILURES_MAX  3
#define PATIENCE_S    60    /* a Retry-After up to this is waited for without being asked to */
#define WAIT_MAX_S    86400 /* no limit lasts longer: a clock is wrong */

static void give_up(struct star_importer *importer, const struct star_slot *slot,
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
		give_up(importer, slot, verdict);
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

void star_answer_limit(struct star_importer *importer, const struct forge_verdict *verdict)
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

static void follow(
	struct star_importer *importer, struct star_slot *slot, struct forge_verdict *verdict)
{
	char *target = origin_resolve(slot->url, verdict->target);

	if (slot->redirects++ >= REDIRECTS_MAX || !target) {
		error_set(&verdict->error, "it redirects %s",
			target ? "again and again" : "to what is no address");
		give_up(importer, slot, verdict);
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

static int page_of(const char *link)
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
		.next = page_of(links[NEXT]),
		.before = page_of(links[BEFORE]),
		.last = page_of(links[LAST]),
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

static void arrive(
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
static void arrive_empty(
	struct star_importer *importer, struct star_slot *slot, const struct http_answer *answer)
{
	struct http_answer empty = *answer;

	empty.body = "[]";
	empty.length = 2;
	arrive(importer, slot, &empty);
}

static void refuse(struct star_importer *importer, struct star_slot *slot,
	const struct http_answer *answer, const struct forge_verdict *verdict)
{
	if (slot->who && answer->code == 404) {
		arrive_empty(importer, slot, answer);
		return;
	}
	give_up(importer, slot, verdict);
	star_slot_release(slot);
}

static void obey(struct star_importer *importer, struct star_slot *slot,
	const struct http_answer *answer, struct forge_verdict *verdict)
{
	switch (verdict->ruling) {
	case RULING_TAKE: arrive(importer, slot, answer); break;
	case RULING_EMPTY: arrive_empty(importer, slot, answer); break;
	case RULING_UNCHANGED:
		snprintf(importer->etag, sizeof(importer->etag), "%s", importer->walk.etag);
		star_plan_unchanged(&importer->plan);
		star_slot_release(slot);
		break;
	case RULING_FOLLOW: follow(importer, slot, verdict); break;
	case RULING_RETRY: star_answer_retry(importer, slot, verdict); break;
	case RULING_WAIT: wait_for_limit(importer, slot, verdict); break;
	case RULING_STOP: refuse(importer, slot, answer, verdict); break;
	}
}

void star_answer_take(void *self, const struct http_answer *answer)
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
	struct forge_limit limit;

	forge_limit_read(&limit, answer);
	if (limit.limit >= 0)
		importer->summary.limit = limit;
	importer->spent = steady_clock_ms() + forge_limit_pause(answer, &asking) * 1000;
	slot->exchange = NULL;
	forge_verdict_of(&verdict, answer, &asking);
	if (slot->order.generation != importer->plan.generation)
		star_slot_release(slot);
	else
		obey(importer, slot, answer, &verdict);
	forge_verdict_finish(&verdict);
}
