#include "adapters/stars/star_importer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/http/origin.h"
#include "adapters/stars/forge_token.h"
#include "adapters/stars/star_fetch.h"
#include "adapters/stars/star_plan.h"
#include "adapters/system/platform.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

#define JOBS_DEFAULT 4
#define JOBS_MAX     10
#define RETRY_MS     1000
#define GLANCE_MS    250 /* how often the headless loop looks around */

static const char *forge_name(const struct star_request *request)
{
	return request->forge ? request->forge : "github";
}

/*
 * Whose API is asked: what the importer was told, the environment's, the one on the host of
 * "gitea@host", or the forge's own. NULL if there is none; the caller frees it.
 */
static char *forge_base(const struct star_importer *importer, const struct star_request *request)
{
	const char *name = forge_name(request), *host = strchr(name, '@');
	const struct forge *forge = forge_find(name);
	const char *base = importer->setup.api;

	if (!base && forge->variable)
		base = platform_secure_env(forge->variable);
	if (base && *base)
		return memory_copy_string(base);
	if (host && !forge->variable)
		return memory_print("https://%s", host + 1);
	return forge->api ? memory_copy_string(forge->api) : NULL;
}

/* Stars of "github@host" are not to be asked for anywhere else. */
static enum status check_host(
	const struct forge *forge, const char *name, const char *base, struct error *error)
{
	char *identity = forge_identity(forge, base);
	bool same = !strchr(name, '@') || strcmp(identity, name) == 0;

	free(identity);
	if (same)
		return STATUS_OK;
	return error_fail(STATUS_INVALID, error,
		"the API of %s is not the one that is asked: name it with --api%s%s", name,
		forge->variable ? " or in " : "", forge->variable ? forge->variable : "");
}

/* The environment first, then the configuration's command, which is asked once. */
static enum status token_find(struct star_importer *importer, struct error *error)
{
	struct error trouble = {0};
	char *text;

	if (*importer->token_trouble.text) {
		*error = importer->token_trouble;
		return STATUS_INVALID;
	}
	if (importer->token.text)
		return STATUS_OK;
	text = forge_token_ask(importer->setup.config, &trouble);
	if (text)
		return forge_token_keep(&importer->token, text, error);
	if (!*trouble.text)
		return STATUS_OK;
	return error_fail(STATUS_UNAUTHORISED, error, "%s", trouble.text);
}

static enum status check_request(
	struct star_importer *importer, const struct star_request *request, struct error *error)
{
	const struct forge *forge = forge_find(forge_name(request));
	char *base = forge ? forge_base(importer, request) : NULL;
	enum status status = STATUS_INVALID;

	if (!forge)
		error_set(error, "\"%s\" is no forge that is known", forge_name(request));
	else if (!base)
		error_set(error, "%s has no server of its own: name one with --api", forge->name);
	else
		status = origin_check_base(base, error);
	if (status == STATUS_OK)
		status = check_host(forge, forge_name(request), base, error);
	free(base);
	if (status == STATUS_OK)
		status = token_find(importer, error);
	if (status == STATUS_OK && !request->user && !importer->token.text)
		status = error_fail(STATUS_UNAUTHORISED, error,
			"a token is needed to know who you are: put one into GH_TOKEN, "
			"or name a user");
	return status;
}

static enum status star_on_about_to_request(void *self, const struct signal_args *args)
{
	struct star_importer *importer = self;

	if (importer->stage != STAGE_IDLE)
		return error_fail(STATUS_REFUSED, args->error, "stars are being imported already");
	return check_request(importer, &args->command->as.request_stars.request, args->error);
}

/* For tests, which have not the time to wait for seconds. */
static long long retry_ms(void)
{
	const char *text = platform_secure_env("BARKY_RETRY_MS");
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

static void importer_begin(struct star_importer *importer, const struct command *command)
{
	const struct star_request *request = &command->as.request_stars.request;

	importer->asked = command_clone(command);
	importer->forge = forge_find(forge_name(request));
	importer->base = forge_base(importer, request);
	importer->host = origin_host(importer->base);
	importer->identity = forge_identity(importer->forge, importer->base);
	importer->authorization = authorization_of(importer);
	importer->user = request->user ? memory_copy_string(request->user) : NULL;
	importer->began = steady_clock_ms();
	importer->retry_ms = retry_ms();
	importer->not_before = 0;
	importer->spent = 0;
	importer->secondary_waits = 0;
	importer->etag[0] = '\0';
	importer->walk = (struct star_walk){0};
	importer->summary = (struct star_summary){.limit = {-1, -1, -1}};
	importer->progress = (struct stars_progress){.seconds_left = -1};
	star_report_phase(importer, STARS_CONNECTING, 0);
}

static int request_jobs(const struct star_request *request)
{
	if (request->jobs <= 0)
		return JOBS_DEFAULT;
	return request->jobs < JOBS_MAX ? request->jobs : JOBS_MAX;
}

static void ask_who(struct star_importer *importer)
{
	importer->stage = STAGE_WHO;
	importer->plan = (struct star_plan){.phase = PHASE_DONE, .jobs = 1};
	importer->transfers[0].who = true;
	importer->transfers[0].state = TRANSFER_WAITING;
}

static void walk_begin(struct star_importer *importer, const struct star_walk *walk)
{
	const struct star_request *asked = star_asked(importer);
	struct star_plan_start start = {
		.kind = importer->forge->ordered ? walk->kind : WALK_EVERYTHING,
		.cursor = walk->cursor,
		.jobs = request_jobs(asked),
		.per_page = importer->forge->per_page,
		.rehearsal = asked->dry_run,
	};

	importer->stage = STAGE_WALK;
	importer->walk = *walk;
	star_plan_init(&importer->plan, &start);
	snprintf(importer->progress.user, sizeof(importer->progress.user), "%s", importer->user);
}

static enum status star_on_requested(void *self, const struct signal_args *args)
{
	struct star_importer *importer = self;

	importer_begin(importer, args->command);
	if (importer->user)
		importer->stage = STAGE_BEGIN;
	else
		ask_who(importer);
	return STATUS_OK;
}

/* Once it is known who: the walk is chosen and remembered by the domain. */
static void walk_request(struct star_importer *importer)
{
	struct command command = {
		.type = BEGIN_STARS, .as.begin_stars.request = *star_asked(importer)};
	struct result result = {0};
	enum status status;

	command.as.begin_stars.request.forge = importer->identity;
	command.as.begin_stars.request.user = importer->user;
	status = bus_handle(importer->setup.bus, &command, &result);
	if (status == STATUS_OK)
		walk_begin(importer, &result.walk);
	else
		star_abort(importer, status, "%s", result.error.text);
	result_finish(&result);
}

/* Not the server's fault of a moment, as far as can be told: asked for again all the same. */
static void page_read_again(
	struct star_importer *importer, struct star_transfer *transfer, const struct error *error)
{
	struct forge_verdict verdict = {
		.action = FORGE_RETRY,
		.status = STATUS_REMOTE,
		.error = *error,
	};

	star_fetch_retry(importer, transfer, &verdict);
	if (importer->stage == STAGE_ABORT)
		star_transfer_release(transfer);
}

/* A forge that does not tell who one is: then the stars are those of "me". */
static void who_read(struct star_importer *importer, struct star_transfer *transfer)
{
	char *login = star_batch_member(transfer->body, transfer->length, importer->forge->login);
	struct error error = {"it does not say whose the token is"};

	if (!login && strcmp(transfer->body, "[]") == 0)
		login = memory_copy_string("me");
	if (!login) {
		page_read_again(importer, transfer, &error);
		return;
	}
	free(importer->user);
	importer->user = login;
	importer->stage = STAGE_BEGIN;
	star_transfer_release(transfer);
}

static void page_read(struct star_importer *importer, struct star_transfer *transfer)
{
	struct star_page_info *info = &transfer->info;
	struct error error = {0};
	enum status status = star_batch_read(
		&transfer->batch, importer->forge, transfer->body, transfer->length, &error);

	if (status == STATUS_INVALID) {
		star_abort(importer, STATUS_REMOTE, "%s, page %d: %s", importer->host,
			transfer->request.page, error.text);
		star_transfer_release(transfer);
		return;
	}
	info->items = transfer->batch.count + transfer->batch.skipped_count;
	info->stars = transfer->batch.count;
	info->first = transfer->batch.count ? transfer->batch.stars[0].repository : 0;
	if (status == STATUS_OK)
		status = star_plan_check(&importer->plan, &transfer->request, info, &error);
	if (status != STATUS_OK) {
		page_read_again(importer, transfer, &error);
		return;
	}
	free(transfer->body);
	transfer->body = NULL;
	transfer->state = TRANSFER_READY;
}

static bool pages_read(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_TRANSFERS; i++) {
		struct star_transfer *transfer = &importer->transfers[i];

		if (transfer->state != TRANSFER_ARRIVED)
			continue;
		if (transfer->request.generation != importer->plan.generation)
			star_transfer_release(transfer);
		else if (transfer->who)
			who_read(importer, transfer);
		else
			page_read(importer, transfer);
		return true;
	}
	return false;
}

static enum status page_take_in(
	struct star_importer *importer, const struct star_transfer *transfer, struct result *result)
{
	const struct star_request *asked = star_asked(importer);
	struct star_page page = {
		.forge = importer->identity,
		.user = importer->user,
		.walk = importer->walk.number,
		.stars = transfer->batch.stars,
		.count = transfer->batch.count,
		.cursor = importer->plan.cursor,
		.timestamps = asked->timestamps,
		.topics = asked->topics,
		.dry_run = asked->dry_run,
		.tags = asked->tags,
	};
	struct command command = {
		.type = TAKE_IN_STARS,
		.change = importer->walk.change,
		.as.take_in_stars.page = &page,
	};

	return bus_handle(importer->setup.bus, &command, result);
}

static void page_store(struct star_importer *importer, struct star_transfer *transfer)
{
	struct result result = {0};
	enum status status = page_take_in(importer, transfer, &result);

	if (status == STATUS_OK) {
		if (result.change)
			importer->walk.change = result.change;
		star_report_skipped(importer, transfer);
		star_report_page(importer, &result);
		star_plan_stored(&importer->plan, &transfer->request, &transfer->info,
			result.new_stars, result.seen_stars);
	} else {
		star_abort(importer, status, "%s", result.error.text);
	}
	result_finish(&result);
}

/* What belongs to a list that has moved is of no use. */
static void pages_drop_old(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_TRANSFERS; i++) {
		struct star_transfer *transfer = &importer->transfers[i];

		if (transfer->state == TRANSFER_FREE || transfer->who ||
			transfer->request.generation == importer->plan.generation)
			continue;
		if (transfer->state == TRANSFER_IN_FLIGHT)
			http_client_cancel(importer->setup.client, transfer->exchange);
		star_transfer_release(transfer);
	}
}

static bool pages_store(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_TRANSFERS; i++) {
		struct star_transfer *transfer = &importer->transfers[i];

		if (transfer->state != TRANSFER_READY ||
			!star_plan_is_turn(&importer->plan, &transfer->request))
			continue;
		if (star_plan_use(&importer->plan, &transfer->request, &transfer->info))
			page_store(importer, transfer);
		star_transfer_release(transfer);
		pages_drop_old(importer);
		return true;
	}
	return false;
}

static enum status walk_finish(struct star_importer *importer, enum status ended)
{
	struct star_walk_end end = {
		.forge = importer->identity,
		.user = importer->user,
		.walk = importer->walk.number,
		.status = ended,
		.everything = importer->plan.everything,
		.etag = importer->etag,
		.dry_run = star_asked(importer)->dry_run,
		.pages = importer->summary.pages,
		.fetched = importer->summary.fetched,
		.counts = importer->summary.counts,
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
		importer->summary.counts.gone = result.counts.gone;
	if (result.change)
		importer->walk.change = result.change;
	if (status != STATUS_OK && ended == STATUS_OK)
		importer->summary.error = result.error;
	result_finish(&result);
	return status;
}

static void importer_forget(struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_TRANSFERS; i++)
		star_transfer_release(&importer->transfers[i]);
	star_plan_finish(&importer->plan);
	command_free(importer->asked);
	forge_token_wipe(importer->authorization);
	free(importer->base);
	free(importer->host);
	free(importer->identity);
	free(importer->user);
	free(importer->named);
	importer->asked = NULL;
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
	for (size_t i = 0; i < STAR_TRANSFERS; i++)
		importer->transfers[i].importer = importer;
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
	importer_forget(importer);
	forge_token_finish(&importer->token);
	free(importer);
}

bool star_importer_is_busy(const struct star_importer *importer)
{
	return importer->stage != STAGE_IDLE;
}

/* A library that cannot be written cannot be told so either. */
static bool end_can_be_told(const struct star_importer *importer, enum status status)
{
	return importer->walk.number > 0 && (status < STATUS_BUSY || status > STATUS_IO);
}

static void importer_end(struct star_importer *importer, enum status status)
{
	if (status == STATUS_OK)
		status = walk_finish(importer, STATUS_OK);
	else if (end_can_be_told(importer, status))
		walk_finish(importer, status);
	star_report_end(importer, status);
	importer_forget(importer);
}

/* What has arrived is read and stored, as far as it comes in turn; nothing is waited for but the
 * pages in flight when a limit spoke. */
static void importer_abort_step(struct star_importer *importer)
{
	if (importer->summary.status != STATUS_RATE_LIMITED)
		star_fetch_cancel(importer);
	if (pages_read(importer) || pages_store(importer))
		return;
	if (star_fetch_in_flight(importer) == 0)
		importer_end(importer, importer->summary.status);
}

static bool transfers_are_free(const struct star_importer *importer)
{
	for (size_t i = 0; i < STAR_TRANSFERS; i++)
		if (importer->transfers[i].state != TRANSFER_FREE)
			return false;
	return true;
}

void star_importer_step(struct star_importer *importer)
{
	if (importer->stage == STAGE_IDLE)
		return;
	if (importer->stage == STAGE_ABORT) {
		importer_abort_step(importer);
		return;
	}
	if (importer->stage == STAGE_BEGIN) {
		walk_request(importer);
		return;
	}
	if (star_fetch_send(importer) || pages_read(importer) || pages_store(importer))
		return;
	if (importer->stage == STAGE_WALK && importer->plan.phase == PHASE_DONE &&
		transfers_are_free(importer))
		importer_end(importer, STATUS_OK);
}

static int time_until(long long when)
{
	long long left = when - steady_clock_ms();

	return left <= 0 ? 0 : (int)(left < 60000 ? left : 60000);
}

static bool transfer_can_act(
	const struct star_importer *importer, const struct star_transfer *transfer)
{
	return transfer->state == TRANSFER_ARRIVED ||
	       (transfer->state == TRANSFER_READY &&
		       star_plan_is_turn(&importer->plan, &transfer->request));
}

int star_importer_timeout(const struct star_importer *importer)
{
	size_t in_flight = star_fetch_in_flight(importer);
	int least = -1;

	if (importer->stage == STAGE_IDLE)
		return -1;
	for (size_t i = 0; i < STAR_TRANSFERS; i++)
		if (transfer_can_act(importer, &importer->transfers[i]))
			return 0;
	if (importer->stage == STAGE_ABORT)
		return in_flight ? -1 : 0;
	if (importer->not_before > steady_clock_ms())
		return time_until(importer->not_before);
	for (size_t i = 0; i < STAR_TRANSFERS; i++) {
		const struct star_transfer *transfer = &importer->transfers[i];

		if (transfer->state == TRANSFER_WAITING &&
			in_flight < (size_t)importer->plan.jobs &&
			(least < 0 || time_until(transfer->when) < least))
			least = time_until(transfer->when);
	}
	return least < 0 && in_flight == 0 ? 0 : least;
}

void star_importer_stop(struct star_importer *importer)
{
	if (importer->stage != STAGE_IDLE)
		star_abort(importer, STATUS_INTERRUPTED, "stopped; run it again to carry on");
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
