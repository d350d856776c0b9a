#ifndef ADAPTERS_STARS_STAR_IMPORT_H
#define ADAPTERS_STARS_STAR_IMPORT_H

#include "adapters/stars/forge.h"
#include "adapters/stars/forge_token.h"
#include "adapters/stars/star_importer.h"
#include "adapters/stars/star_slot.h"

/*
 * The importer from inside: its files share this, and nobody else includes it.
 *
 *   star_importer  begins, ends, and takes the steps
 *   star_request   hears the request, and begins the walk
 *   star_fetch     asks for pages
 *   star_answer    judges the answers
 *   star_store     reads pages and hands them to the bus
 *   star_report    progress, summary, lines for people
 */
#define STAR_SLOTS 20

enum star_stage {
	STAGE_IDLE,
	STAGE_WHO,     /* whose token is it? */
	STAGE_REQUEST, /* that is known: to be requested by its name in the ledger */
	STAGE_WALK,
	STAGE_HALT /* no more is asked for; what is there is stored, then it ends */
};

struct star_importer {
	struct star_importer_setup setup;
	struct forge_token token;
	struct error token_trouble;
	enum star_stage stage;
	bool requesting; /* our own request is on the bus */

	/* of the import under way */
	struct command *wish;
	const struct forge *forge;
	char *base;
	char *host;
	char *identity;
	char *user;
	char *authorization;
	struct star_walk walk;
	struct star_plan plan;
	struct star_slot slots[STAR_SLOTS];
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

const struct star_request *star_wish(const struct star_importer *importer);

/* No more requests; the import ends with this once what arrived is stored. The first one counts. */
__attribute__((format(printf, 3, 4))) void star_halt(
	struct star_importer *importer, enum status status, const char *format, ...);

/* star_request: receivers of REQUEST_STARS; self is the importer */
enum status star_on_about_to_request(void *self, const struct signal_args *args);
enum status star_on_requested(void *self, const struct signal_args *args);
void star_request_by_name(struct star_importer *importer); /* once it is known who */

/* star_fetch */
bool star_fetch_send(struct star_importer *importer); /* true if anything was asked for */
void star_fetch_cancel(struct star_importer *importer);
size_t star_fetch_flying(const struct star_importer *importer);

/* star_answer: self is the slot, as http_done_fn has it */
void star_answer_take(void *self, const struct http_answer *answer);
void star_answer_limit(struct star_importer *importer, const struct forge_verdict *verdict);
void star_answer_retry(struct star_importer *importer, struct star_slot *slot,
	const struct forge_verdict *verdict);

/* star_store: true if there was something to do */
bool star_store_read(struct star_importer *importer);
bool star_store_take(struct star_importer *importer);
enum status star_store_finish(struct star_importer *importer, enum status ended);

/* star_report */
void star_report_phase(struct star_importer *importer, enum stars_phase phase, int64_t until);
void star_report_page(struct star_importer *importer, const struct result *result);
void star_report_skipped(struct star_importer *importer, const struct star_slot *slot);
void star_report_end(struct star_importer *importer, enum status status);
__attribute__((format(printf, 2, 3))) void star_report_note(
	struct star_importer *importer, const char *format, ...);

#endif
