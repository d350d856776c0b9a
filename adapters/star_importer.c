#include "adapters/star_importer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapters/origin.h"
#include "adapters/star_import.h"
#include "domain/memory.h"

#define JOBS_DEFAULT 4
#define JOBS_MAX     10
#define RETRY_MS     1000
#define GLANCE_MS    250 /* how often the headless loop looks around */

long long star_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
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
	vsnprintf(summary->reason.text, sizeof(summary->reason.text), format, arguments);
	va_end(arguments);
	star_report_phase(importer, STARS_STOPPING, 0);
}

static const char *forge_name(const struct star_request *request)
{
	return request->forge ? request->forge : "github";
}

static const char *base_of(const struct star_importer *importer, const struct forge *forge)
{
	const char *base = importer->setup.api;

	if (!base && forge->variable)
		base = secure_getenv(forge->variable);
	return base && *base ? base : forge->api;
}

/* The environment first, then the configuration's command, which is asked once. */
static enum status find_token(struct star_importer *importer, struct reason *reason)
{
	char *text;

	if (*importer->token_trouble.text) {
		*reason = importer->token_trouble;
		return STATUS_INVALID;
	}
	if (importer->token.text || !importer->setup.token_command)
		return STATUS_OK;
	text = importer->setup.token_command(importer->setup.self, reason);
	return text ? forge_token_keep(&importer->token, text, reason) : STATUS_OK;
}

static enum status check_request(
	struct star_importer *importer, const struct star_request *request, struct reason *reason)
{
	const struct forge *forge = forge_find(forge_name(request));
	const char *base = forge ? base_of(importer, forge) : NULL;
	enum status status = STATUS_INVALID;

	if (!forge)
		reason_say(reason, "\"%s\" is no forge that is known", forge_name(request));
	else if (!base)
		reason_say(reason, "%s has no server of its own: name one with --api", forge->name);
	else
		status = origin_check_base(base, reason);
	if (status == STATUS_OK)
		status = find_token(importer, reason);
	if (status == STATUS_OK && !request->user && !importer->token.text) {
		reason_say(reason, "a token is needed to know who you are: put one into GH_TOKEN, "
				   "or name a user");
		status = STATUS_UNAUTHORISED;
	}
	return status;
}

static enum status on_about_to(void *self, const struct notice *notice)
{
	struct star_importer *importer = self;

	if (importer->requesting)
		return STATUS_OK;
	if (importer->stage != STAGE_IDLE) {
		reason_say(notice->reason, "stars are being imported already");
		return STATUS_REFUSED;
	}
	return check_request(importer, &notice->command->as.request_stars.request, notice->reason);
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

/* For tests, which have not the time to wait for seconds. */
static long long retry_ms(void)
{
	const char *text = secure_getenv("BARKY_RETRY_MS");
	long value = text ? strtol(text, NULL, 10) : 0;

	return value > 0 && value <= 60000 ? value : RETRY_MS;
}

static char *authorization_of(const struct star_importer *importer)
{
	const char *form = importer->forge->authorization;
	const char *hole = strstr(form, "%s");

	if (!importer->token.text || !importer->forge->github_token)
		return NULL;
	return memory_print("%.*s%s%s", (int)(hole - form), form, importer->token.text, hole + 2);
}

static void begin(struct star_importer *importer, const struct command *command)
{
	const struct star_request *request = &command->as.request_stars.request;

	importer->wish = command_clone(command);
	importer->forge = forge_find(forge_name(request));
	importer->base = memory_copy_string(base_of(importer, importer->forge));
	importer->host = origin_host(importer->base);
	importer->identity = forge_identity(importer->forge, importer->base);
	importer->authorization = authorization_of(importer);
	importer->user = request->user ? memory_copy_string(request->user) : NULL;
	importer->began = star_now_ms();
	importer->retry_ms = retry_ms();
	importer->not_before = 0;
	importer->secondary_waits = 0;
	importer->etag[0] = '\0';
	importer->walk = (struct star_walk){0};
	importer->summary = (struct star_summary){.limit = {-1, -1, -1}};
	importer->progress = (struct stars_progress){.seconds_left = -1};
	star_report_phase(importer, STARS_CONNECTING, 0);
}

static int jobs_of(const struct star_request *request)
{
	if (request->jobs <= 0)
		return JOBS_DEFAULT;
	return request->jobs < JOBS_MAX ? request->jobs : JOBS_MAX;
}

static void ask_who(struct star_importer *importer)
{
	importer->stage = STAGE_WHO;
	importer->plan = (struct star_plan){.phase = PHASE_DONE, .jobs = 1};
	importer->slots[0].who = true;
	importer->slots[0].state = SLOT_WAITING;
}

static void walk(struct star_importer *importer, const struct star_walk *walk)
{
	const struct star_request *wish = star_wish(importer);
	struct star_plan_start start = {
		.kind = importer->forge->ordered ? walk->kind : WALK_EVERYTHING,
		.cursor = walk->cursor,
		.jobs = jobs_of(wish),
		.per_page = importer->forge->per_page,
		.rehearsal = wish->dry_run,
	};

	importer->stage = STAGE_WALK;
	importer->walk = *walk;
	star_plan_init(&importer->plan, &start);
	snprintf(importer->progress.user, sizeof(importer->progress.user), "%s", importer->user);
}

static enum status on_requested(void *self, const struct notice *notice)
{
	struct star_importer *importer = self;

	if (!importer->requesting)
		begin(importer, notice->command);
	if (importer->user)
		walk(importer, &notice->outcome->walk);
	else
		ask_who(importer);
	return STATUS_OK;
}

static void request_by_name(struct star_importer *importer)
{
	struct command command = *importer->wish;
	struct outcome outcome = {0};
	enum status status;

	command.as.request_stars.request.user = importer->user;
	importer->requesting = true;
	status = bus_handle(importer->setup.bus, &command, &outcome);
	importer->requesting = false;
	if (status != STATUS_OK)
		star_halt(importer, status, "%s", outcome.reason.text);
	outcome_finish(&outcome);
}

struct star_importer *star_importer_new(const struct star_importer_setup *setup)
{
	struct star_importer *importer = memory_new(sizeof(*importer));
	char *user = NULL;

	importer->setup = *setup;
	for (size_t i = 0; i < STAR_SLOTS; i++)
		importer->slots[i].importer = importer;
	forge_token_take(&importer->token, &importer->token_trouble);
	signal_connect(&setup->signals->command_about_to, REQUEST_STARS, on_about_to, importer);
	signal_connect(&setup->signals->command_finished, REQUEST_STARS, on_requested, importer);
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
	signal_disconnect(
		&importer->setup.signals->command_about_to, REQUEST_STARS, on_about_to, importer);
	signal_disconnect(
		&importer->setup.signals->command_finished, REQUEST_STARS, on_requested, importer);
	star_fetch_cancel(importer);
	forget_import(importer);
	forge_token_finish(&importer->token);
	free(importer);
}

bool star_importer_is_busy(const struct star_importer *importer)
{
	return importer->stage != STAGE_IDLE;
}

static void end(struct star_importer *importer, enum status status)
{
	if (status == STATUS_OK)
		status = star_store_finish(importer);
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
		request_by_name(importer);
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
	long long left = when - star_now_ms();

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
	if (importer->not_before > star_now_ms())
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
