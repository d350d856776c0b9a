#ifndef ADAPTERS_ENGINE_REPORTER_H
#define ADAPTERS_ENGINE_REPORTER_H

#include "adapters/engine/engine_port.h"
#include "adapters/engine/mailbox.h"
#include "domain/bookmarks/catalogue.h"
#include "domain/bus/signal.h"

/*
 * Writes the engine's reports: rows as they are now, and events behind the rows they concern,
 * this program's own as well as those that the journal has of other programs. Everything it
 * posts owns what it carries.
 */
struct reporter {
	struct catalogue *catalogue;
	struct mailbox *reports;
	int64_t last_event; /* told already */

	/* Sends the whole library, by reporter_send_block(); NULL: rows always go one by one. */
	enum status (*send_whole)(void *self, struct error *error);
	void *self;
	int64_t whole_at;   /* the rows of events up to this one are in what it sent */
	size_t whole_count; /* rows that it had */
	size_t rows_since;  /* that were sent one by one */
};

/* Begins after the latest event: what is older is in the rows that are sent at the start. */
enum status reporter_init(struct reporter *reporter, struct catalogue *catalogue,
	struct mailbox *reports, struct error *error);

/* Connected to event_happened; self is the reporter. */
enum status on_event_report(void *self, const struct signal_args *args);

/* Reports what other programs did since the last event told. */
enum status reporter_catch_up(struct reporter *reporter, struct error *error);

/* Rows of a listing in batches, as news, or as parts of an answer (request, which is lent). */
enum status reporter_send_listing(struct reporter *reporter, const struct listing *listing,
	struct request *request, struct error *error);

/* Rows of these ids, as parts of an answer (request, which is lent). */
enum status reporter_send_some(struct reporter *reporter, const int64_t *ids, size_t count,
	struct request *request, struct error *error);

/* The latest events, so many at most, as parts of an answer (request, which is lent). */
enum status reporter_send_events(
	struct reporter *reporter, size_t most, struct request *request, struct error *error);

/*
 * The whole library: takes the block, sends the rows that changed since it was made, and says that
 * all has arrived. In the transaction in which they were read.
 */
enum status reporter_send_block(
	struct reporter *reporter, struct row_segment *block, const int64_t *changed, size_t count);

/*
 * The rest answers a request, which is taken: each request that wants an answer gets one, and its
 * last. NULL: news.
 */
void reporter_send_done(struct reporter *reporter, struct request *take);
void reporter_send_text(struct reporter *reporter, struct request *take, const char *text);
void reporter_send_error(struct reporter *reporter, struct request *take, enum status status,
	const struct error *error);

/* A bookmark, which is copied, and its history, which is taken and emptied. */
void reporter_send_details(struct reporter *reporter, struct request *take,
	const struct bookmark *bookmark, struct bookmark_history *history);

/* News: what is waited for; "" when that is over. */
void reporter_send_waiting(struct reporter *reporter, const char *line);

/* Moves the result into the report and empties it. */
void reporter_send_result(struct reporter *reporter, struct request *take,
	enum command_type command, enum status status, struct result *result);

#endif
