#include "adapters/stars/star_phase.h"

#include <stdio.h>
#include <stdlib.h>

#include "domain/base/memory.h"

void star_phase_go(struct star_plan *plan, enum star_phase phase, int page, const char *link)
{
	free(plan->link);
	plan->link = link ? memory_copy_string(link) : NULL;
	plan->phase = phase;
	plan->at = page;
}

void star_phase_end(struct star_plan *plan, bool everything)
{
	plan->everything = everything;
	star_phase_go(plan, PHASE_DONE, 0, NULL);
}

/* Whatever is under way is dropped: it belongs to a list that has moved. */
static void go_serial(struct star_plan *plan, int top)
{
	plan->generation++;
	plan->asked = 0;
	plan->empty = 0;
	plan->last = top > 1 ? top : 1;
	star_phase_go(plan, PHASE_SERIAL, plan->last, NULL);
}

/* Where a list ends that has shrunk, as far as one of its empty pages tells. */
static int end_of_list(const struct star_order *order, const struct star_facts *facts)
{
	if (facts->last > 0)
		return facts->last;
	if (facts->items > 0)
		return order->page;
	return facts->before > 0 ? facts->before : order->page - 1;
}

static void go_descend(struct star_plan *plan, int page)
{
	plan->store = page;
	star_phase_go(plan, PHASE_DESCENT, page, NULL);
}

void star_phase_go_tail(struct star_plan *plan)
{
	plan->below = false;
	plan->empty = 0;
	if (plan->rehearsal)
		star_phase_end(plan, true);
	else
		star_phase_go(plan, PHASE_TAIL, plan->last, NULL);
}

static bool use_first(
	struct star_plan *plan, const struct star_order *order, const struct star_facts *facts)
{
	(void)order;
	if (facts->last <= 1)
		return true;
	plan->last = facts->last;
	if (plan->jobs == 1)
		star_phase_go(plan, PHASE_SERIAL, plan->last, NULL);
	else
		go_descend(plan, plan->last);
	return false;
}

static void after_first(struct star_plan *plan, const struct star_order *order,
	const struct star_facts *facts, size_t fresh, size_t met)
{
	(void)order, (void)fresh, (void)met;
	if (facts->next_link)
		star_phase_go(plan, PHASE_FORWARD, 2, facts->next_link);
	else if (!facts->linked && facts->items >= (size_t)plan->per_page)
		star_phase_go(plan, PHASE_PROBE, 2, NULL);
	else
		star_phase_end(plan, true);
}

static bool use_probe(
	struct star_plan *plan, const struct star_order *order, const struct star_facts *facts)
{
	(void)order;
	if (facts->items == 0) {
		star_phase_end(plan, true);
		return false;
	}
	plan->probes++; /* it has grown just now */
	star_phase_go(plan, PHASE_FIRST, 1, NULL);
	return false;
}

static bool use_resume(
	struct star_plan *plan, const struct star_order *order, const struct star_facts *facts)
{
	if (facts->first != plan->anchor || facts->items == 0) {
		go_serial(plan, end_of_list(order, facts));
		return false;
	}
	if (plan->store > 0) {
		go_descend(plan, plan->store);
		return false;
	}
	plan->phase = PHASE_CHECK;
	return true;
}

static bool use_descent(
	struct star_plan *plan, const struct star_order *order, const struct star_facts *facts)
{
	if (facts->items == 0) {
		go_serial(plan, end_of_list(order, facts));
		return false;
	}
	if (order->page == plan->last)
		plan->anchor = facts->first;
	snprintf(plan->cursor, sizeof(plan->cursor), "descent %d %d %lld", order->page - 1,
		plan->last, (long long)plan->anchor);
	return true;
}

static void after_descent(struct star_plan *plan, const struct star_order *order,
	const struct star_facts *facts, size_t fresh, size_t met)
{
	(void)facts, (void)fresh, (void)met;
	plan->store = order->page - 1;
	if (plan->store > 0)
		return;
	if (plan->rehearsal)
		star_phase_end(plan, true);
	else
		star_phase_go(plan, PHASE_CHECK, plan->last, NULL);
}

static bool use_check(
	struct star_plan *plan, const struct star_order *order, const struct star_facts *facts)
{
	if (facts->items > 0 && facts->first == plan->anchor)
		return true;
	go_serial(plan, end_of_list(order, facts));
	return false;
}

static bool use_serial(
	struct star_plan *plan, const struct star_order *order, const struct star_facts *facts)
{
	(void)facts;
	snprintf(plan->cursor, sizeof(plan->cursor), "serial %d %d", order->page - 1, plan->last);
	return true;
}

static void after_serial(struct star_plan *plan, const struct star_order *order,
	const struct star_facts *facts, size_t fresh, size_t met)
{
	int page = order->page - 1;

	(void)fresh, (void)met;
	plan->empty = facts->items ? 0 : plan->empty + 1;
	if (facts->items == 0 && end_of_list(order, facts) < page)
		page = end_of_list(order, facts);
	if (page > 0)
		star_phase_go(plan, PHASE_SERIAL, page,
			facts->before == page ? facts->before_link : NULL);
	else
		star_phase_go_tail(plan);
}

static bool use_as_it_is(
	struct star_plan *plan, const struct star_order *order, const struct star_facts *facts)
{
	(void)plan, (void)order, (void)facts;
	return true;
}

/* New stars stand at the end: where one of a page was met before, all below it were. */
static void after_tail(struct star_plan *plan, const struct star_order *order,
	const struct star_facts *facts, size_t fresh, size_t met)
{
	(void)fresh;
	if (order->page == plan->last)
		plan->below = met == 0;
	if (facts->next_link)
		star_phase_go(plan, PHASE_TAIL, order->page + 1, facts->next_link);
	else if (plan->below && plan->last > 1)
		star_phase_go(plan, PHASE_TAIL_DOWN, plan->last - 1, NULL);
	else
		star_phase_end(plan, true);
}

static void after_tail_down(struct star_plan *plan, const struct star_order *order,
	const struct star_facts *facts, size_t fresh, size_t met)
{
	(void)facts, (void)fresh;
	if (met > 0 || order->page <= 1)
		star_phase_end(plan, true);
	else
		star_phase_go(plan, PHASE_TAIL_DOWN, order->page - 1, NULL);
}

static void after_forward(struct star_plan *plan, const struct star_order *order,
	const struct star_facts *facts, size_t fresh, size_t met)
{
	(void)fresh, (void)met;
	if (facts->next_link)
		star_phase_go(plan, PHASE_FORWARD, order->page + 1, facts->next_link);
	else if (facts->before > 0 && !plan->rehearsal)
		go_serial(plan, order->page);
	else
		star_phase_end(plan, true);
}

static void after_newest(struct star_plan *plan, const struct star_order *order,
	const struct star_facts *facts, size_t fresh, size_t met)
{
	bool may_go_on =
		facts->next_link || (!facts->linked && facts->items >= (size_t)plan->per_page);

	(void)met;
	if (!may_go_on || (fresh == 0 && facts->stars > 0))
		star_phase_end(plan, false);
	else if (fresh == facts->stars && facts->last > 1)
		star_phase_go(plan, PHASE_NEWEST_DOWN, facts->last, NULL);
	else
		star_phase_go(plan, PHASE_NEWEST, order->page + 1, facts->next_link);
}

static void after_newest_down(struct star_plan *plan, const struct star_order *order,
	const struct star_facts *facts, size_t fresh, size_t met)
{
	(void)met;
	plan->empty = facts->items ? 0 : plan->empty + 1;
	if (order->page <= 1 || (fresh == 0 && facts->stars > 0))
		star_phase_end(plan, false);
	else
		star_phase_go(plan, PHASE_NEWEST_DOWN, order->page - 1, NULL);
}

const struct star_phase_row star_phases[PHASES] = {
	[PHASE_FIRST] = {.use = use_first, .after = after_first},
	[PHASE_PROBE] = {.use = use_probe},
	[PHASE_RESUME] = {.use = use_resume},
	[PHASE_DESCENT] = {.use = use_descent, .after = after_descent},
	[PHASE_CHECK] = {.use = use_check, .after = after_tail},
	[PHASE_SERIAL] = {.use = use_serial, .after = after_serial},
	[PHASE_TAIL] = {.use = use_as_it_is, .after = after_tail},
	[PHASE_TAIL_DOWN] = {.use = use_as_it_is, .after = after_tail_down},
	[PHASE_FORWARD] = {.use = use_as_it_is, .after = after_forward},
	[PHASE_NEWEST] = {.newest_first = true, .use = use_as_it_is, .after = after_newest},
	[PHASE_NEWEST_DOWN] = {.use = use_as_it_is, .after = after_newest_down},
};
