#include "adapters/stars/star_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/stars/star_phase.h"

#define PAGES_MAX 10000
#define EMPTY_MAX 3 /* pages in a row of a list that should not have any */

static bool is_range(int next, int last)
{
	return next >= 0 && next <= last && last <= PAGES_MAX;
}

void star_plan_where(const char *cursor, size_t *stored, size_t *pages)
{
	int next, last;

	*stored = *pages = 0;
	if (sscanf(cursor, "%*7[a-z] %d %d", &next, &last) != 2 || !is_range(next, last))
		return;
	*stored = (size_t)(last - next);
	*pages = (size_t)last;
}

/* A cursor of another form, or of another time, begins the walk anew. */
static void take_up(struct star_plan *plan, const char *cursor)
{
	long long anchor;
	int next, last;

	if (sscanf(cursor, "descent %d %d %lld", &next, &last, &anchor) == 3 &&
		is_range(next, last)) {
		plan->store = next;
		plan->last = last;
		plan->anchor = anchor;
		star_phase_go(plan, PHASE_RESUME, last, NULL);
	} else if (sscanf(cursor, "serial %d %d", &next, &last) == 2 && next >= 0 && next <= last &&
		   last <= PAGES_MAX) {
		plan->last = last;
		if (next > 0)
			star_phase_go(plan, PHASE_SERIAL, next, NULL);
		else
			star_phase_go_tail(plan);
	} else {
		return;
	}
	snprintf(plan->cursor, sizeof(plan->cursor), "%s", cursor);
}

void star_plan_init(struct star_plan *plan, const struct star_plan_start *start)
{
	*plan = (struct star_plan){
		.phase = start->kind == WALK_NEWEST ? PHASE_NEWEST : PHASE_FIRST,
		.jobs = start->jobs,
		.per_page = start->per_page,
		.rehearsal = start->rehearsal,
		.at = 1,
	};
	if (start->kind == WALK_EVERYTHING && !start->rehearsal)
		take_up(plan, start->cursor);
}

void star_plan_finish(struct star_plan *plan)
{
	free(plan->link);
	plan->link = NULL;
}

/*
 * In a descent the last page goes alone: a page that the server looks at before that one could
 * lose a star which the check would not miss.
 */
static bool may_ask(const struct star_plan *plan)
{
	if (plan->phase == PHASE_DONE || plan->at < 1)
		return false;
	if (plan->phase != PHASE_DESCENT)
		return plan->asked == 0;
	if (plan->store == plan->last && plan->at < plan->last)
		return false;
	return plan->store - plan->at < 2 * plan->jobs;
}

bool star_plan_ask(struct star_plan *plan, struct star_order *order)
{
	if (!may_ask(plan))
		return false;
	*order = (struct star_order){
		.page = plan->at,
		.newest_first = star_phases[plan->phase].newest_first,
		.link = plan->link,
		.generation = plan->generation,
	};
	plan->link = NULL;
	plan->asked++;
	if (plan->phase == PHASE_DESCENT)
		plan->at--;
	return true;
}

static bool loops(const struct star_order *order, const struct star_facts *facts)
{
	return (facts->next_link && facts->next <= order->page) ||
	       (facts->before_link && facts->before >= order->page && facts->items > 0);
}

enum status star_plan_check(const struct star_plan *plan, const struct star_order *order,
	const struct star_facts *facts, struct error *error)
{
	if (facts->last > PAGES_MAX || order->page > PAGES_MAX)
		error_set(error, "it speaks of more than %d pages", PAGES_MAX);
	else if (facts->garbled)
		error_set(error, "its links cannot be read");
	else if (loops(order, facts))
		error_set(error, "its links lead in a circle");
	else if (plan->phase == PHASE_PROBE && facts->items > 0 &&
		 (!facts->linked || plan->probes > 0))
		error_set(error, "incomplete: it does not say how many pages there are");
	else if (plan->phase == PHASE_SERIAL && order->page > 1 && facts->items > 0 &&
		 !facts->before_link)
		error_set(error, "incomplete: it does not say which page comes before");
	else if (plan->empty >= EMPTY_MAX && facts->items == 0)
		error_set(error, "incomplete: its pages are empty");
	else
		return STATUS_OK;
	return STATUS_REMOTE;
}

bool star_plan_is_turn(const struct star_plan *plan, const struct star_order *order)
{
	return plan->phase != PHASE_DESCENT || order->page == plan->store;
}

bool star_plan_use(
	struct star_plan *plan, const struct star_order *order, const struct star_facts *facts)
{
	int generation = plan->generation;
	bool store = star_phases[plan->phase].use(plan, order, facts);

	if (!store && plan->generation == generation)
		plan->asked--;
	return store;
}

void star_plan_stored(struct star_plan *plan, const struct star_order *order,
	const struct star_facts *facts, size_t fresh, size_t met)
{
	plan->asked--;
	star_phases[plan->phase].after(plan, order, facts, fresh, met);
	if (plan->asked < 0)
		plan->asked = 0;
}

void star_plan_unchanged(struct star_plan *plan)
{
	plan->asked = 0;
	star_phase_end(plan, false);
}

void star_plan_slow_down(struct star_plan *plan)
{
	plan->jobs = 1;
}
