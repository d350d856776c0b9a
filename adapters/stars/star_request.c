#include "adapters/stars/star_import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/system/environment.h"
#include "adapters/http/origin.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

#define JOBS_DEFAULT 4
#define JOBS_MAX     10
#define RETRY_MS     1000

static const char *forge_name(const struct star_request *request)
{
	return request->forge ? request->forge : "github";
}

/*
 * Whose API is asked: what the importer was told, the environment's, the one on the host of
 * "gitea@host", or the forge's own. NULL if there is none; the caller frees it.
 */
static char *base_of(const struct star_importer *importer, const struct star_request *request)
{
	const char *name = forge_name(request), *host = strchr(name, '@');
	const struct forge *forge = forge_find(name);
	const char *base = importer->setup.api;

	if (!base && forge->variable)
		base = environment_secure(forge->variable);
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
	error_set(error, "the API of %s is not the one that is asked: name it with --api%s%s", name,
		forge->variable ? " or in " : "", forge->variable ? forge->variable : "");
	return STATUS_INVALID;
}

/* The environment first, then the configuration's command, which is asked once. */
static enum status find_token(struct star_importer *importer, struct error *error)
{
	struct error trouble = {0};
	char *text;

	if (*importer->token_trouble.text) {
		*error = importer->token_trouble;
		return STATUS_INVALID;
	}
	if (importer->token.text || !importer->setup.token_command)
		return STATUS_OK;
	text = importer->setup.token_command(importer->setup.self, &trouble);
	if (text)
		return forge_token_keep(&importer->token, text, error);
	if (!*trouble.text)
		return STATUS_OK;
	error_set(error, "%s", trouble.text);
	return STATUS_UNAUTHORISED;
}

static enum status check_request(
	struct star_importer *importer, const struct star_request *request, struct error *error)
{
	const struct forge *forge = forge_find(forge_name(request));
	char *base = forge ? base_of(importer, request) : NULL;
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
		status = find_token(importer, error);
	if (status == STATUS_OK && !request->user && !importer->token.text) {
		error_set(error, "a token is needed to know who you are: put one into GH_TOKEN, "
				 "or name a user");
		status = STATUS_UNAUTHORISED;
	}
	return status;
}

enum status star_on_about_to_request(void *self, const struct signal_args *args)
{
	struct star_importer *importer = self;

	if (importer->requesting)
		return STATUS_OK;
	if (importer->stage != STAGE_IDLE) {
		error_set(args->error, "stars are being imported already");
		return STATUS_REFUSED;
	}
	return check_request(importer, &args->command->as.request_stars.request, args->error);
}

/* For tests, which have not the time to wait for seconds. */
static long long retry_ms(void)
{
	const char *text = environment_secure("BARKY_RETRY_MS");
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
	importer->base = base_of(importer, request);
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

enum status star_on_requested(void *self, const struct signal_args *args)
{
	struct star_importer *importer = self;

	if (importer->requesting) {
		walk(importer, &args->result->walk);
		return STATUS_OK;
	}
	begin(importer, args->command);
	if (importer->user)
		importer->stage = STAGE_REQUEST;
	else
		ask_who(importer);
	return STATUS_OK;
}

void star_request_by_name(struct star_importer *importer)
{
	struct command command = *importer->wish;
	struct result result = {0};
	enum status status;

	command.as.request_stars.request.forge = importer->identity;
	command.as.request_stars.request.user = importer->user;
	command.as.request_stars.request.resolved = true;
	importer->requesting = true;
	status = bus_handle(importer->setup.bus, &command, &result);
	importer->requesting = false;
	if (status != STATUS_OK)
		star_halt(importer, status, "%s", result.error.text);
	result_finish(&result);
}
