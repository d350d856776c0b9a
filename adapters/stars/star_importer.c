#include "adapters/stars/star_importer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/http/origin.h"
#include "adapters/stars/star_import.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

#define GLANCE_MS 250 /* how often the headless loop looks around */

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

static void forget_import(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_SLOTS; i++)
		star_slot_release(&importer->slots[i]);
	star_plan_finish(&importer->plan);
	command_free(importer->wish);
	forge_token_wipe(importer->authorization);
	free(importer->base);
	free(importer->host);
	free(importer->identity);
	free(importer->user);
	free(importer->named);
	importer->wish = NULL;
	importer->authorization = NULL;
	importer->base = importer->host = importer->identity = importer->user = NULL;
	importer->named = NULL;
	importer->named_count = importer->named_capacity = 0;
	importer->stage = STAGE_IDLE;
}

struct star_importer *star_importer_new(const struct star_importer_setup *setup)
{
	struct star_importer *importer = memory_new(sizeof(*importer));
	char *user = NULL;

	importer->setup = *setup;
	for (size_t i = 0; i < STAR_SLOTS; i++)
		importer->slots[i].importer = importer;
	forge_token_take(&importer->token, &importer->token_trouble);
	signal_connect(&setup->signals->command_about_to, REQUEST_STARS, star_on_about_to_request,
		importer);
	signal_connect(
		&setup->signals->command_finished, REQUEST_STARS, star_on_requested, importer);
	importer->progress.seconds_left = -1;
	if (setup->ledger &&
		setup->ledger->unfinished(setup->ledger, &user, &importer->walk) == STATUS_OK) {
		importer->progress.unfinished = true;
		snprintf(importer->progress.user, sizeof(importer->progress.user), "%s", user);
		star_plan_where(
			importer->walk.cursor, &importer->progress.page, &importer->progress.pages);
		importer->news = true;
	}
	free(user);
	return importer;
}

void star_importer_free(struct star_importer *importer)
{
	if (!importer)
		return;
	signal_disconnect(&importer->setup.signals->command_about_to, REQUEST_STARS,
		star_on_about_to_request, importer);
	signal_disconnect(&importer->setup.signals->command_finished, REQUEST_STARS,
		star_on_requested, importer);
	star_fetch_cancel(importer);
	forget_import(importer);
	forge_token_finish(&importer->token);
	free(importer);
}

bool star_importer_is_busy(const struct star_importer *importer)
{
	return importer->stage != STAGE_IDLE;
}

/* A library that cannot be written cannot be told so either. */
static bool can_be_told(const struct star_importer *importer, enum status status)
{
	return importer->walk.number > 0 && (status < STATUS_BUSY || status > STATUS_IO);
}

static void end(struct star_importer *importer, enum status status)
{
	if (status == STATUS_OK)
		status = star_store_finish(importer, STATUS_OK);
	else if (can_be_told(importer, status))
		star_store_finish(importer, status);
	star_report_end(importer, status);
	forget_import(importer);
}

/* What has arrived is read and stored, as far as it comes in turn; nothing is waited for but the
 * pages in flight when a limit spoke. */
static void halt_step(struct star_importer *importer)
{
	if (importer->summary.status != STATUS_RATE_LIMITED)
		star_fetch_cancel(importer);
	if (star_store_read(importer) || star_store_take(importer))
		return;
	if (star_fetch_flying(importer) == 0)
		end(importer, importer->summary.status);
}

static bool is_idle(const struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_SLOTS; i++)
		if (importer->slots[i].state != SLOT_FREE)
			return false;
	return true;
}

void star_importer_step(struct star_importer *importer)
{
	if (importer->stage == STAGE_IDLE)
		return;
	if (importer->stage == STAGE_HALT) {
		halt_step(importer);
		return;
	}
	if (importer->stage == STAGE_REQUEST) {
		star_request_by_name(importer);
		return;
	}
	if (star_fetch_send(importer) || star_store_read(importer) || star_store_take(importer))
		return;
	if (importer->stage == STAGE_WALK && importer->plan.phase == PHASE_DONE &&
		is_idle(importer))
		end(importer, STATUS_OK);
}

static int until(long long when)
{
	long long left = when - steady_clock_ms();

	return left <= 0 ? 0 : (int)(left < 60000 ? left : 60000);
}

static bool can_act(const struct star_importer *importer, const struct star_slot *slot)
{
	return slot->state == SLOT_ARRIVED ||
	       (slot->state == SLOT_READY && star_plan_is_turn(&importer->plan, &slot->order));
}

int star_importer_timeout(const struct star_importer *importer)
{
	size_t flying = star_fetch_flying(importer);
	int least = -1;

	if (importer->stage == STAGE_IDLE)
		return -1;
	for (size_t i = 0; i < STAR_SLOTS; i++)
		if (can_act(importer, &importer->slots[i]))
			return 0;
	if (importer->stage == STAGE_HALT)
		return flying ? -1 : 0;
	if (importer->not_before > steady_clock_ms())
		return until(importer->not_before);
	for (size_t i = 0; i < STAR_SLOTS; i++) {
		const struct star_slot *slot = &importer->slots[i];

		if (slot->state == SLOT_WAITING && flying < (size_t)importer->plan.jobs &&
			(least < 0 || until(slot->when) < least))
			least = until(slot->when);
	}
	return least < 0 && flying == 0 ? 0 : least;
}

void star_importer_stop(struct star_importer *importer)
{
	if (importer->stage != STAGE_IDLE)
		star_halt(importer, STATUS_INTERRUPTED, "stopped; run it again to carry on");
}

bool star_importer_progress(struct star_importer *importer, struct stars_progress *progress)
{
	bool news = importer->news;

	*progress = importer->progress;
	importer->news = false;
	return news;
}

const struct star_summary *star_importer_summary(const struct star_importer *importer)
{
	return &importer->summary;
}

enum status star_importer_run(struct star_importer *importer, const volatile sig_atomic_t *stop,
	void (*tick)(void *self), void *self)
{
	while (star_importer_is_busy(importer)) {
		int timeout = star_importer_timeout(importer);

		if (timeout < 0 || timeout > GLANCE_MS)
			timeout = GLANCE_MS;
		http_client_wait(importer->setup.client, NULL, 0, timeout);
		if (stop && *stop)
			star_importer_stop(importer);
		star_importer_step(importer);
		if (tick)
			tick(self);
	}
	return importer->summary.status;
}
