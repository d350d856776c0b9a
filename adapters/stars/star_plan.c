#include "adapters/stars/star_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

/* What the phases of a plan do, a row each. */
struct star_phase_row {
	bool newest_first;

	/* As star_plan_use(). */
	bool (*use)(struct star_plan *plan, const struct star_page_request *request,
		const struct star_page_info *info);

	/* As star_plan_stored(): chooses what comes next. NULL where nothing is ever stored. */
	void (*after)(struct star_plan *plan, const struct star_page_request *request,
		const struct star_page_info *info, size_t new_stars, size_t seen_stars);
};

/* The next page to ask for, in a phase; link is copied. */
static void star_phase_go(struct star_plan *plan, enum star_phase phase, int page, const char *link)
{
	free(plan->link);
	plan->link = link ? memory_copy_string(link) : NULL;
	plan->phase = phase;
	plan->at = page;
}

static void star_phase_end(struct star_plan *plan, bool everything)
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
static int end_of_list(const struct star_page_request *request, const struct star_page_info *info)
{
	if (info->last > 0)
		return info->last;
	if (info->items > 0)
		return request->page;
	return info->before > 0 ? info->before : request->page - 1;
}

static void go_descend(struct star_plan *plan, int page)
{
	plan->store = page;
	star_phase_go(plan, PHASE_DESCENT, page, NULL);
}

static void star_phase_go_tail(struct star_plan *plan)
{
	plan->below = false;
	plan->empty = 0;
	if (plan->rehearsal)
		star_phase_end(plan, true);
	else
		star_phase_go(plan, PHASE_TAIL, plan->last, NULL);
}

static bool use_first(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info)
{
	(void)request;
	if (info->last <= 1)
		return true;
	plan->last = info->last;
	if (plan->jobs == 1)
		star_phase_go(plan, PHASE_SERIAL, plan->last, NULL);
	else
		go_descend(plan, plan->last);
	return false;
}

static void after_first(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, size_t new_stars, size_t seen_stars)
{
	(void)request, (void)new_stars, (void)seen_stars;
	if (info->next_link)
		star_phase_go(plan, PHASE_FORWARD, 2, info->next_link);
	else if (!info->linked && info->items >= (size_t)plan->per_page)
		star_phase_go(plan, PHASE_PROBE, 2, NULL);
	else
		star_phase_end(plan, true);
}

static bool use_probe(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info)
{
	(void)request;
	if (info->items == 0) {
		star_phase_end(plan, true);
		return false;
	}
	plan->probes++; /* it has grown just now */
	star_phase_go(plan, PHASE_FIRST, 1, NULL);
	return false;
}

static bool use_resume(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info)
{
	if (info->first != plan->anchor || info->items == 0) {
		go_serial(plan, end_of_list(request, info));
		return false;
	}
	if (plan->store > 0) {
		go_descend(plan, plan->store);
		return false;
	}
	plan->phase = PHASE_CHECK;
	return true;
}

static bool use_descent(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info)
{
	if (info->items == 0) {
		go_serial(plan, end_of_list(request, info));
		return false;
	}
	if (request->page == plan->last)
		plan->anchor = info->first;
	snprintf(plan->cursor, sizeof(plan->cursor), "descent %d %d %lld", request->page - 1,
		plan->last, (long long)plan->anchor);
	return true;
}

static void after_descent(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, size_t new_stars, size_t seen_stars)
{
	(void)info, (void)new_stars, (void)seen_stars;
	plan->store = request->page - 1;
	if (plan->store > 0)
		return;
	if (plan->rehearsal)
		star_phase_end(plan, true);
	else
		star_phase_go(plan, PHASE_CHECK, plan->last, NULL);
}

static bool use_check(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info)
{
	if (info->items > 0 && info->first == plan->anchor)
		return true;
	go_serial(plan, end_of_list(request, info));
	return false;
}

static bool use_serial(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info)
{
	(void)info;
	snprintf(plan->cursor, sizeof(plan->cursor), "serial %d %d", request->page - 1, plan->last);
	return true;
}

static void after_serial(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, size_t new_stars, size_t seen_stars)
{
	int page = request->page - 1;

	(void)new_stars, (void)seen_stars;
	plan->empty = info->items ? 0 : plan->empty + 1;
	if (info->items == 0 && end_of_list(request, info) < page)
		page = end_of_list(request, info);
	if (page > 0)
		star_phase_go(
			plan, PHASE_SERIAL, page, info->before == page ? info->before_link : NULL);
	else
		star_phase_go_tail(plan);
}

static bool use_as_it_is(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info)
{
	(void)plan, (void)request, (void)info;
	return true;
}

/* New stars stand at the end: where one of a page was met before, all below it were. */
static void after_tail(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, size_t new_stars, size_t seen_stars)
{
	(void)new_stars;
	if (request->page == plan->last)
		plan->below = seen_stars == 0;
	if (info->next_link)
		star_phase_go(plan, PHASE_TAIL, request->page + 1, info->next_link);
	else if (plan->below && plan->last > 1)
		star_phase_go(plan, PHASE_TAIL_DOWN, plan->last - 1, NULL);
	else
		star_phase_end(plan, true);
}

static void after_tail_down(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, size_t new_stars, size_t seen_stars)
{
	(void)info, (void)new_stars;
	if (seen_stars > 0 || request->page <= 1)
		star_phase_end(plan, true);
	else
		star_phase_go(plan, PHASE_TAIL_DOWN, request->page - 1, NULL);
}

static void after_forward(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, size_t new_stars, size_t seen_stars)
{
	(void)new_stars, (void)seen_stars;
	if (info->next_link)
		star_phase_go(plan, PHASE_FORWARD, request->page + 1, info->next_link);
	else if (info->before > 0 && !plan->rehearsal)
		go_serial(plan, request->page);
	else
		star_phase_end(plan, true);
}

static void after_newest(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, size_t new_stars, size_t seen_stars)
{
	bool may_go_on =
		info->next_link || (!info->linked && info->items >= (size_t)plan->per_page);

	(void)seen_stars;
	if (!may_go_on || (new_stars == 0 && info->stars > 0))
		star_phase_end(plan, false);
	else if (new_stars == info->stars && info->last > 1)
		star_phase_go(plan, PHASE_NEWEST_DOWN, info->last, NULL);
	else
		star_phase_go(plan, PHASE_NEWEST, request->page + 1, info->next_link);
}

static void after_newest_down(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, size_t new_stars, size_t seen_stars)
{
	(void)seen_stars;
	plan->empty = info->items ? 0 : plan->empty + 1;
	if (request->page <= 1 || (new_stars == 0 && info->stars > 0))
		star_phase_end(plan, false);
	else
		star_phase_go(plan, PHASE_NEWEST_DOWN, request->page - 1, NULL);
}

static const struct star_phase_row star_phases[PHASES] = {
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
	} else if (sscanf(cursor, "serial %d %d", &next, &last) == 2 && is_range(next, last)) {
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

bool star_plan_ask(struct star_plan *plan, struct star_page_request *request)
{
	if (!may_ask(plan))
		return false;
	*request = (struct star_page_request){
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

static bool loops(const struct star_page_request *request, const struct star_page_info *info)
{
	return (info->next_link && info->next <= request->page) ||
	       (info->before_link && info->before >= request->page && info->items > 0);
}

enum status star_plan_check(const struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, struct error *error)
{
	if (info->last > PAGES_MAX || request->page > PAGES_MAX)
		error_set(error, "it speaks of more than %d pages", PAGES_MAX);
	else if (info->garbled)
		error_set(error, "its links cannot be read");
	else if (loops(request, info))
		error_set(error, "its links lead in a circle");
	else if (plan->phase == PHASE_PROBE && info->items > 0 &&
		 (!info->linked || plan->probes > 0))
		error_set(error, "incomplete: it does not say how many pages there are");
	else if (plan->phase == PHASE_SERIAL && request->page > 1 && info->items > 0 &&
		 !info->before_link)
		error_set(error, "incomplete: it does not say which page comes before");
	else if (plan->empty >= EMPTY_MAX && info->items == 0)
		error_set(error, "incomplete: its pages are empty");
	else
		return STATUS_OK;
	return STATUS_REMOTE;
}

bool star_plan_is_turn(const struct star_plan *plan, const struct star_page_request *request)
{
	return plan->phase != PHASE_DESCENT || request->page == plan->store;
}

bool star_plan_use(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info)
{
	int generation = plan->generation;
	bool store = star_phases[plan->phase].use(plan, request, info);

	if (!store && plan->generation == generation)
		plan->asked--;
	return store;
}

void star_plan_stored(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, size_t new_stars, size_t seen_stars)
{
	plan->asked--;
	star_phases[plan->phase].after(plan, request, info, new_stars, seen_stars);
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
