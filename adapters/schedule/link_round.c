#include <stdlib.h>

#include "adapters/links/link_checker.h"
#include "adapters/schedule/due_round.h"
#include "adapters/sqlite/database.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

enum { AGAIN_MS = 5000 };

/* A check of the links that were not asked for half a period: an earlier round that was stopped is
 * carried on. */
struct link_round {
	struct due_round round; /* first */
	struct link_checker *checker;
	struct link_turn turn;
	bool begun; /* the turn is taken */
	bool stopped;
	int64_t again_at; /* else asked for again then; steady clock, ms */
	int64_t asked_before;
};

static bool add_link(void *self, const struct bookmark *bookmark)
{
	struct link_round *links = self;

	if (bookmark->link.checked < links->asked_before)
		link_checker_add(links->checker, bookmark->id, bookmark->url);
	return true;
}

static void add_links(struct link_round *links)
{
	struct catalogue *catalogue = links->round.setup.library->catalogue;
	const struct listing all = {.order = BY_ID};
	struct error error = {0};
	enum status status = catalogue->each(catalogue, &all, add_link, links, &error);

	due_round_fail(&links->round, status, NULL, &error);
}

static void hear_end(struct link_round *links)
{
	struct due_round *round = &links->round;
	struct links_progress end;

	link_checker_progress(links->checker, &end);
	due_round_fail(round, end.status, NULL, &end.error);
	due_round_say(round, "%zu checked: %zu ok, %zu moved, %zu failing, %zu dead, %zu skipped",
		end.counts.checked, end.counts.states[LINK_OK], end.counts.states[LINK_MOVED],
		end.counts.states[LINK_FAILING], end.counts.states[LINK_DEAD], end.counts.skipped);
}

/* Another check of this library may be under way: it is waited for. */
static bool take_turn(struct link_round *links)
{
	const char *path = database_path(links->round.setup.library->database);

	if (links->begun || steady_clock_ms() < links->again_at)
		return links->begun;
	links->begun = link_turn_take(&links->turn, path, NULL) == STATUS_OK;
	links->again_at = steady_clock_ms() + AGAIN_MS;
	return links->begun;
}

static bool link_round_step(struct due_round *round)
{
	struct link_round *links = (struct link_round *)round;

	if (link_checker_is_busy(links->checker) && !links->stopped && !take_turn(links))
		return true;
	link_checker_step(links->checker);
	if (link_checker_is_busy(links->checker))
		return true;
	hear_end(links);
	return false;
}

static int link_round_timeout(struct due_round *round)
{
	const struct link_round *links = (struct link_round *)round;
	const struct link_checker *checker = links->checker;
	int64_t left = links->again_at - steady_clock_ms();

	if (link_checker_is_busy(checker) && !links->begun && !links->stopped)
		return left > 0 ? (int)left : 0;
	return link_checker_is_busy(checker) ? link_checker_timeout(checker) : 0;
}

static int link_round_fd(struct due_round *round)
{
	return link_checker_fd(((struct link_round *)round)->checker);
}

static void link_round_stop(struct due_round *round)
{
	struct link_round *links = (struct link_round *)round;

	links->stopped = true;
	link_checker_stop(links->checker);
}

static void link_round_free(struct due_round *round)
{
	struct link_round *links = (struct link_round *)round;

	link_checker_free(links->checker);
	link_turn_give(&links->turn);
	buffer_finish(&round->words);
	free(links);
}

struct due_round *link_round_new(const struct due_round_setup *setup)
{
	struct link_round *links = memory_new(sizeof(*links));
	struct clock *clock = &setup->library->clock;
	const struct link_checker_setup checker = {
		.bus = setup->library->bus,
		.clock = clock,
		.client = setup->client,
	};

	links->round = (struct due_round){
		.step = link_round_step,
		.timeout = link_round_timeout,
		.fd = link_round_fd,
		.stop = link_round_stop,
		.free = link_round_free,
		.setup = *setup,
	};
	links->turn = (struct link_turn){.fd = -1};
	links->checker = link_checker_new(&checker);
	links->asked_before = clock->now(clock) - schedule_period(setup->schedule) / 2;
	add_links(links);
	return &links->round;
}
