#include "adapters/stars/star_import.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

/* Not the server's fault of a moment, as far as can be told: asked for again all the same. */
static void read_again(
	struct star_importer *importer, struct star_slot *slot, const struct error *error)
{
	struct forge_verdict verdict = {
		.ruling = RULING_RETRY,
		.status = STATUS_REMOTE,
		.error = *error,
	};

	star_answer_retry(importer, slot, &verdict);
	if (importer->stage == STAGE_HALT)
		star_slot_release(slot);
}

/* A forge that does not tell who one is: then the stars are those of "me". */
static void read_who(struct star_importer *importer, struct star_slot *slot)
{
	char *login = star_batch_member(slot->body, slot->length, importer->forge->login);
	struct error error = {"it does not say whose the token is"};

	if (!login && strcmp(slot->body, "[]") == 0)
		login = memory_copy_string("me");
	if (!login) {
		read_again(importer, slot, &error);
		return;
	}
	free(importer->user);
	importer->user = login;
	importer->stage = STAGE_REQUEST;
	star_slot_release(slot);
}

static void read_page(struct star_importer *importer, struct star_slot *slot)
{
	struct star_facts *facts = &slot->facts;
	struct error error = {0};
	enum status status =
		star_batch_read(&slot->batch, importer->forge, slot->body, slot->length, &error);

	if (status == STATUS_INVALID) {
		star_halt(importer, STATUS_REMOTE, "%s, page %d: %s", importer->host,
			slot->order.page, error.text);
		star_slot_release(slot);
		return;
	}
	facts->items = slot->batch.count + slot->batch.skipped_count;
	facts->stars = slot->batch.count;
	facts->first = slot->batch.count ? slot->batch.stars[0].repository : 0;
	if (status == STATUS_OK)
		status = star_plan_check(&importer->plan, &slot->order, facts, &error);
	if (status != STATUS_OK) {
		read_again(importer, slot, &error);
		return;
	}
	free(slot->body);
	slot->body = NULL;
	slot->state = SLOT_READY;
}

bool star_store_read(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_SLOTS; i++) {
		struct star_slot *slot = &importer->slots[i];

		if (slot->state != SLOT_ARRIVED)
			continue;
		if (slot->order.generation != importer->plan.generation)
			star_slot_release(slot);
		else if (slot->who)
			read_who(importer, slot);
		else
			read_page(importer, slot);
		return true;
	}
	return false;
}

static enum status take_in(
	struct star_importer *importer, const struct star_slot *slot, struct result *result)
{
	const struct star_request *wish = star_wish(importer);
	struct star_page page = {
		.forge = importer->identity,
		.user = importer->user,
		.walk = importer->walk.number,
		.stars = slot->batch.stars,
		.count = slot->batch.count,
		.cursor = importer->plan.cursor,
		.timestamps = wish->timestamps,
		.topics = wish->topics,
		.dry_run = wish->dry_run,
		.tags = wish->tags,
	};
	struct command command = {
		.type = TAKE_IN_STARS,
		.change = importer->walk.change,
		.as.take_in_stars.page = &page,
	};

	return bus_handle(importer->setup.bus, &command, result);
}

static void store(struct star_importer *importer, struct star_slot *slot)
{
	struct result result = {0};
	enum status status = take_in(importer, slot, &result);

	if (status == STATUS_OK) {
		if (result.change)
			importer->walk.change = result.change;
		star_report_skipped(importer, slot);
		star_report_page(importer, &result);
		star_plan_stored(
			&importer->plan, &slot->order, &slot->facts, result.fresh, result.met);
	} else {
		star_halt(importer, status, "%s", result.error.text);
	}
	result_finish(&result);
}

/* What belongs to a list that has moved is of no use. */
static void drop_old(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_SLOTS; i++) {
		struct star_slot *slot = &importer->slots[i];

		if (slot->state == SLOT_FREE || slot->who ||
			slot->order.generation == importer->plan.generation)
			continue;
		if (slot->state == SLOT_FLYING)
			http_client_cancel(importer->setup.client, slot->exchange);
		star_slot_release(slot);
	}
}

bool star_store_take(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_SLOTS; i++) {
		struct star_slot *slot = &importer->slots[i];

		if (slot->state != SLOT_READY || !star_plan_is_turn(&importer->plan, &slot->order))
			continue;
		if (star_plan_use(&importer->plan, &slot->order, &slot->facts))
			store(importer, slot);
		star_slot_release(slot);
		drop_old(importer);
		return true;
	}
	return false;
}

enum status star_store_finish(struct star_importer *importer, enum status ended)
{
	struct star_walk_end end = {
		.forge = importer->identity,
		.user = importer->user,
		.walk = importer->walk.number,
		.status = ended,
		.everything = importer->plan.everything,
		.etag = importer->etag,
		.dry_run = star_wish(importer)->dry_run,
		.pages = importer->summary.pages,
		.fetched = importer->summary.fetched,
		.added = importer->summary.added,
		.updated = importer->summary.updated,
		.unchanged = importer->summary.unchanged,
		.skipped = importer->summary.skipped,
		.reason = importer->summary.error.text,
	};
	struct command command = {
		.type = FINISH_STARS,
		.change = importer->walk.change,
		.as.finish_stars.end = &end,
	};
	struct result result = {0};
	enum status status = bus_handle(importer->setup.bus, &command, &result);

	if (ended == STATUS_OK)
		importer->summary.unstarred = result.unstarred;
	if (result.change)
		importer->walk.change = result.change;
	if (status != STATUS_OK && ended == STATUS_OK)
		importer->summary.error = result.error;
	result_finish(&result);
	return status;
}
