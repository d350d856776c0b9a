#ifndef ADAPTERS_STARS_STAR_IMPORT_H
#define ADAPTERS_STARS_STAR_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/http/http_client.h"
#include "adapters/stars/forge_answer.h"
#include "domain/bus/bus.h"
#include "domain/stars/star_ledger.h"
#include "domain/stars/stars_progress.h"

/* What an importer of stars works with. All of it is borrowed. */
struct star_importer_setup {
	struct bus *bus;
	struct signals *signals;
	struct clock *clock;
	struct http_client *client;
	struct star_ledger *ledger; /* for stars_progress.unfinished */
	const char *api;            /* base of the API; NULL: the forge's own or its variable's */

	/* The configuration's token_command: its output, the importer's to wipe and free; NULL */
	char *(*token_command)(void *self, struct error *error);

	/* A line for people: an item that was passed over, a wait. May be NULL. */
	void (*note)(void *self, const char *line);
	void *self;
};

/* What an import came to. */
struct star_summary {
	enum status status;
	char user[128];
	size_t pages;
	size_t fetched; /* added, updated, unchanged and skipped */
	struct counts counts;
	size_t requests;
	double seconds;
	struct forge_limit limit; /* as the last answer told it */
	int64_t again;            /* RATE_LIMITED: not before this time */
	int64_t change;
	struct error error;
};

#endif
