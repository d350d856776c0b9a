#include "adapters/engine/desk_stars.h"

#include "adapters/stars/token_command.h"
#include "adapters/system/steady_clock.h"

enum { TOLD_EVERY_MS = 100 };

static char *ask_token_command(void *self, struct error *error)
{
	return token_command_ask(((struct desk_stars *)self)->config, error);
}

static int until_told(const struct desk_stars *stars)
{
	int64_t left = stars->told_at + TOLD_EVERY_MS - steady_clock_ms();

	return left > 0 ? (int)left : 0;
}

static void tell(struct desk_stars *stars)
{
	if (star_importer_progress(stars->importer, &stars->latest))
		stars->untold = true;
	if (!stars->untold || (until_told(stars) > 0 && stars->latest.phase == stars->told_phase))
		return;
	progress_slot_put(stars->slot, &stars->latest);
	mailbox_nudge(stars->reports);
	stars->untold = false;
	stars->told_at = steady_clock_ms();
	stars->told_phase = stars->latest.phase;
}

void desk_stars_init(struct desk_stars *stars, struct library *library, const struct config *config,
	struct http_client *client)
{
	struct star_importer_setup setup = {
		.bus = library->bus,
		.signals = &library->signals,
		.clock = &library->clock,
		.client = client,
		.ledger = library->work->stars,
		.token_command = ask_token_command,
		.self = stars,
	};

	stars->config = config;
	stars->importer = star_importer_new(&setup);
	tell(stars); /* what an earlier run has left unfinished */
}

void desk_stars_finish(struct desk_stars *stars)
{
	star_importer_free(stars->importer);
	stars->importer = NULL;
}

int desk_stars_timeout(const struct desk_stars *stars)
{
	int timeout = star_importer_timeout(stars->importer);

	if (stars->untold && (timeout < 0 || until_told(stars) < timeout))
		return until_told(stars);
	return timeout;
}

void desk_stars_turn(struct desk_stars *stars)
{
	star_importer_step(stars->importer);
	tell(stars);
}
