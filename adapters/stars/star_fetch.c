#include "adapters/stars/star_import.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/http/origin.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

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

static char *url_of(const struct star_importer *importer, const struct star_slot *slot)
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

static void send(struct star_importer *importer, struct star_slot *slot)
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
		slot->url = url_of(importer, slot);
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
static void send_if_allowed(struct star_importer *importer, struct star_slot *slot)
{
	struct error error = {0};

	if (!slot->url)
		slot->url = url_of(importer, slot);
	if (origin_check(importer->base, slot->url, &error) == STATUS_OK)
		send(importer, slot);
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

static bool under_way(const struct star_slot *slot)
{
	return slot->state == SLOT_FLYING || slot->state == SLOT_WAITING;
}

/* New pages of the plan, as long as the number in flight allows it. */
static void order(struct star_importer *importer)
{
	int places = importer->plan.jobs;

	for (size_t i = 0; i < STAR_SLOTS; i++)
		places -= under_way(&importer->slots[i]);
	while (importer->stage == STAGE_WALK && places-- > 0) {
		struct star_slot *slot = free_slot(importer);

		if (!slot || !star_plan_ask(&importer->plan, &slot->order))
			return;
		slot->state = SLOT_WAITING;
		slot->when = 0;
	}
}

static bool is_due(const struct star_slot *slot, long long now)
{
	return slot->state == SLOT_WAITING && slot->when <= now;
}

/* More is wanted, though the last answer said that it was the last: as if it were refused. */
static bool is_spent(struct star_importer *importer, long long now)
{
	struct forge_verdict verdict = {
		.ruling = RULING_WAIT,
		.status = STATUS_RATE_LIMITED,
		.wait = (importer->spent - now + 999) / 1000,
		.error = {"its rate limit is used up"},
	};
	bool wanted = false;

	for (size_t i = 0; i < STAR_SLOTS; i++)
		wanted = wanted || is_due(&importer->slots[i], now);
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
	order(importer);
	if (is_spent(importer, now))
		return false;
	places -= star_fetch_flying(importer) < places ? star_fetch_flying(importer) : places;
	for (size_t i = 0; i < STAR_SLOTS && places > 0; i++) {
		struct star_slot *slot = &importer->slots[i];

		if (!is_due(slot, now))
			continue;
		send_if_allowed(importer, slot);
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
