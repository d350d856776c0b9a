#ifndef TESTS_FAKE_ENGINE_H
#define TESTS_FAKE_ENGINE_H

#include "adapters/engine/engine_port.h"
#include "tests/fakes/bus_fixture.h"

/*
 * An engine without a thread: commands go to the real handlers over a library in memory, at once,
 * and their reports wait to be taken. Every other request is kept, for the test to look at and to
 * answer.
 */
struct fake_engine {
	struct engine port; /* first: leads back here */
	struct bus_fixture *fixture;
	struct report **reports;
	size_t report_count;
	size_t report_capacity;
	struct request *last; /* the latest that was no command; NULL if there was none */
	size_t asked;         /* how many of those there were */
	struct stars_progress progress;
	bool progress_is_new;
	struct links_progress links;
	bool links_are_new;
	bool mute; /* reports are held back until it is cleared */
};

void fake_engine_init(struct fake_engine *engine);
void fake_engine_finish(struct fake_engine *engine);

/* Takes a report that the screen is to hear. */
void fake_engine_report(struct fake_engine *engine, struct report *report);

/* All rows, and that they have all arrived: what an engine sends at the start. */
void fake_engine_send_library(struct fake_engine *engine);

/* Answers the last request with a text; the request goes back with it. */
void fake_engine_answer(struct fake_engine *engine, const char *text);

#endif
