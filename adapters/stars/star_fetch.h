#ifndef ADAPTERS_STARS_STAR_FETCH_H
#define ADAPTERS_STARS_STAR_FETCH_H

#include "adapters/http/http_client.h"
#include "adapters/stars/forge.h"
#include "adapters/stars/forge_token.h"
#include "adapters/stars/star_batch.h"
#include "adapters/stars/star_importer.h"
#include "adapters/stars/star_plan.h"

/*
 * The importer from inside, in two halves, of which the upper one calls the lower:
 *
 *   star_importer  hears the request, begins the walk, reads pages, hands them to the bus, ends
 *   star_fetch     asks for pages, judges the answers, counts and tells how it stands
 *
 * Nobody else includes this.
 */
#define STAR_TRANSFERS 20

/* One page on its way from the plan to the library. */
enum star_transfer_state {
	TRANSFER_FREE,
	TRANSFER_WAITING,   /* to be asked for, not before when */
	TRANSFER_IN_FLIGHT, /* asked for */
	TRANSFER_ARRIVED,   /* body is there */
	TRANSFER_READY      /* batch and info are: it waits for its turn */
};

struct star_transfer {
	enum star_transfer_state state;
	struct star_importer *importer; /* whose it is, for the answer */
	struct http_exchange *exchange;
	struct star_page_request request;
	bool who;  /* not a page: who owns the token? */
	char *url; /* after redirects */
	int redirects;
	int failures;
	long long when; /* milliseconds on the monotonic clock */
	char *body;
	size_t length;
	char *next; /* links of the answer, which info lends */
	char *before;
	struct star_page_info info;
	struct star_batch batch;
};

enum star_stage {
	STAGE_IDLE,
	STAGE_WHO,   /* whose token is it? */
	STAGE_BEGIN, /* that is known: the walk is to be begun by its name in the ledger */
	STAGE_WALK,
	STAGE_ABORT /* no more is asked for; what is there is stored, then it ends */
};

struct star_importer {
	struct star_importer_setup setup;
	struct forge_token token;
	struct error token_trouble;
	enum star_stage stage;

	/* of the import under way */
	struct command *asked;
	const struct forge *forge;
	char *base;
	char *host;
	char *identity;
	char *user;
	char *authorization;
	struct star_walk walk;
	struct star_plan plan;
	struct star_transfer transfers[STAR_TRANSFERS];
	long long not_before; /* nothing is asked for before this */
	long long spent;      /* the limit is used up until then, though nothing was refused yet */
	int secondary_waits;
	char etag[sizeof((struct star_walk){0}.etag)];
	uint64_t *named; /* hashes of the lines about items, so that each is said once */
	size_t named_count;
	size_t named_capacity;
	long long began;
	long long retry_ms;

	struct star_summary summary;
	struct stars_progress progress;
	bool news;
};

const struct star_request *star_asked(const struct star_importer *importer);

/* No more requests; the import ends with this once what arrived is stored. The first one counts. */
__attribute__((format(printf, 3, 4))) void star_abort(
	struct star_importer *importer, enum status status, const char *format, ...);

/* Asks for what the plan wants, and is due; true if anything was asked for. */
bool star_fetch_send(struct star_importer *importer);
void star_fetch_cancel(struct star_importer *importer);
size_t star_fetch_in_flight(const struct star_importer *importer);

/* Asks for a page again, a little later, or gives up after too many failures. */
void star_fetch_retry(struct star_importer *importer, struct star_transfer *transfer,
	const struct forge_verdict *verdict);

/* Makes a transfer free, whatever it held. Its exchange is over or cancelled. */
void star_transfer_release(struct star_transfer *transfer);

void star_report_phase(struct star_importer *importer, enum stars_phase phase, int64_t until);
void star_report_page(struct star_importer *importer, const struct result *result);
void star_report_skipped(struct star_importer *importer, const struct star_transfer *transfer);
void star_report_end(struct star_importer *importer, enum status status);

#endif
