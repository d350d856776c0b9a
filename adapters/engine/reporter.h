#ifndef ADAPTERS_ENGINE_REPORTER_H
#define ADAPTERS_ENGINE_REPORTER_H

#include "adapters/engine/mailbox.h"
#include "domain/bookmarks/catalogue.h"
#include "domain/engine.h"
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

/* Rows of a listing in batches, then REPORT_DONE if done is set. */
enum status reporter_send_listing(struct reporter *reporter, const struct listing *listing,
	uint64_t token, bool done, struct error *error);

/*
 * The whole library: takes the block, and sends the rows that changed since it was made. In the
 * transaction in which they were read.
 */
enum status reporter_send_block(struct reporter *reporter, struct row_block *block,
	const int64_t *changed, size_t count, uint64_t token);

void reporter_send_text(struct reporter *reporter, uint64_t token, const char *text);
void reporter_send_trouble(
	struct reporter *reporter, uint64_t token, enum status status, const struct error *error);

/* Moves outcome into the report and empties it. */
void reporter_send_result(struct reporter *reporter, uint64_t token, enum command_type command,
	enum status status, struct result *result);

#endif
