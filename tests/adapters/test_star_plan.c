#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "adapters/stars/star_plan.h"

/*
 * A forge and a library in memory: a list of numbers, oldest first, that moves while it is walked,
 * with answers that come back in any order; and what was stored of it.
 */
enum { PER_PAGE = 10, LISTED_MAX = 2000, FLYING_MAX = 16 };

struct flight {
	struct star_page_request request;
	struct star_page_info info;
	int items[PER_PAGE];
	char *next;
	char *before;
	bool answered;
};

struct world {
	int listed[LISTED_MAX];
	int count;
	int last_number;
	bool stored[LISTED_MAX * 10];
	bool before_walk[LISTED_MAX * 10];
	int taken_back; /* chance in 100 that one goes with a request */
	int added;      /* and that one comes */
	unsigned int seed;
	int requests;
	struct flight flights[FLYING_MAX];
	int in_flight;
};

static int chance(struct world *world, int below)
{
	world->seed = world->seed * 1103515245u + 12345u;
	return (int)((world->seed >> 16) % (unsigned int)below);
}

static void grow(struct world *world, int count)
{
	for (int i = 0; i < count; i++)
		world->listed[world->count++] = ++world->last_number;
}

static void take_back(struct world *world, int place)
{
	memmove(world->listed + place, world->listed + place + 1,
		(size_t)(world->count - place - 1) * sizeof(*world->listed));
	world->count--;
}

static void move(struct world *world)
{
	if (world->count > 0 && chance(world, 100) < world->taken_back)
		take_back(world, chance(world, world->count));
	if (chance(world, 100) < world->added)
		grow(world, 1);
}

static char *link_to(int page)
{
	char *link = malloc(32);

	snprintf(link, 32, "https://x/?page=%d", page);
	return link;
}

/* What the forge answers now. */
static void answer(struct world *world, struct flight *flight)
{
	int last = world->count ? (world->count + PER_PAGE - 1) / PER_PAGE : 1;
	int page = flight->request.page, start = (page - 1) * PER_PAGE;
	struct star_page_info *info = &flight->info;

	move(world);
	world->requests++;
	for (int i = start; i < world->count && i < start + PER_PAGE; i++)
		flight->items[info->items++] =
			world->listed[flight->request.newest_first ? world->count - 1 - i : i];
	info->stars = info->items;
	info->first = info->items ? flight->items[0] : 0;
	info->linked = last > 1 || page > 1;
	if (page < last) {
		info->next = page + 1;
		info->last = last;
		info->next_link = flight->next = link_to(page + 1);
	}
	if (page > 1) {
		info->before = page - 1 < last ? page - 1 : last;
		info->before_link = flight->before = link_to(info->before);
	}
	flight->answered = true;
}

static void land(struct world *world, int number)
{
	struct flight *flight = &world->flights[number];

	free(flight->next);
	free(flight->before);
	free(flight->request.link);
	world->flights[number] = world->flights[--world->in_flight];
}

static void store(struct world *world, struct star_plan *plan, struct flight *flight)
{
	size_t new_stars = 0, seen_stars = 0;

	for (size_t i = 0; i < flight->info.items; i++) {
		int item = flight->items[i];

		new_stars += !world->before_walk[item];
		seen_stars += world->stored[item] && !world->before_walk[item];
		world->stored[item] = true;
	}
	star_plan_stored(plan, &flight->request, &flight->info, new_stars, seen_stars);
}

/* One flight at random is answered, or, being answered, taken at its turn. */
static void advance(struct world *world, struct star_plan *plan)
{
	int number = chance(world, world->in_flight);
	struct flight *flight = &world->flights[number];
	struct error error = {0};

	if (flight->request.generation != plan->generation) {
		land(world, number);
	} else if (!flight->answered) {
		answer(world, flight);
		if (star_plan_check(plan, &flight->request, &flight->info, &error) != STATUS_OK)
			fail_msg("page %d in phase %d of %d: %s", flight->request.page, plan->phase,
				world->count, error.text);
	} else if (star_plan_is_turn(plan, &flight->request)) {
		if (star_plan_use(plan, &flight->request, &flight->info))
			store(world, plan, flight);
		land(world, number);
	}
}

static int in_flight(const struct world *world)
{
	int count = 0;

	for (int i = 0; i < world->in_flight; i++)
		count += !world->flights[i].answered;
	return count;
}

/* Walks until the end, or until so many requests were made. */
static void walk(struct world *world, struct star_plan *plan, int jobs, int requests)
{
	while (plan->phase != PHASE_DONE && world->requests < requests) {
		struct star_page_request request;

		while (in_flight(world) < jobs && world->in_flight < FLYING_MAX &&
			star_plan_ask(plan, &request))
			world->flights[world->in_flight++] = (struct flight){.request = request};
		assert_true(world->in_flight > 0);
		advance(world, plan);
	}
	while (world->in_flight > 0)
		land(world, 0);
}

static struct world *world_new(int count, unsigned int seed)
{
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	world->seed = seed;
	grow(world, count);
	return world;
}

static void start(struct star_plan *plan, enum star_walk_kind kind, const char *cursor, int jobs)
{
	struct star_plan_start begin = {kind, cursor, jobs, PER_PAGE, false};

	star_plan_init(plan, &begin);
}

/* Those that were there from the beginning (up to number until) to the end are stored. */
static void assert_none_missed(const struct world *world, int until)
{
	for (int i = 0; i < world->count; i++)
		if (world->listed[i] <= until && !world->stored[world->listed[i]])
			fail_msg("number %d was missed", world->listed[i]);
}

static void a_still_list_takes_two_requests_more_than_it_has_pages(void **state)
{
	(void)state;
	for (int jobs = 1; jobs <= 4; jobs++) {
		struct world *world = world_new(95, 1);
		struct star_plan plan;

		start(&plan, WALK_EVERYTHING, "", jobs);
		walk(world, &plan, jobs, 1000);
		assert_true(plan.everything);
		assert_int_equal(world->requests, 12);
		assert_none_missed(world, 95);
		star_plan_finish(&plan);
		free(world);
	}
}

static void a_moving_list_is_walked_without_missing_any(void **state)
{
	(void)state;
	for (unsigned int seed = 0; seed < 3000; seed++) {
		struct world *world = world_new((int)(seed % 211), seed);
		struct star_plan plan;
		int until = world->last_number, jobs = 1 + (int)(seed % 5);

		world->taken_back = (int)(seed / 7 % 4) * 30;
		world->added = (int)(seed / 11 % 4) * 30;
		start(&plan, WALK_EVERYTHING, "", jobs);
		walk(world, &plan, jobs, 1000);
		assert_true(plan.everything);
		assert_none_missed(world, until);
		assert_true(world->requests <= 2 * 22 + 10);
		star_plan_finish(&plan);
		free(world);
	}
}

static void a_walk_that_broke_off_goes_on_without_missing_any(void **state)
{
	(void)state;
	for (unsigned int seed = 0; seed < 3000; seed++) {
		struct world *world = world_new(60 + (int)(seed % 150), seed);
		int until = world->last_number, jobs = 1 + (int)(seed % 5);
		char cursor[128] = "";
		int broken = 0;

		world->taken_back = (int)(seed / 7 % 3) * 20;
		world->added = (int)(seed / 11 % 3) * 20;
		for (bool ended = false; !ended; broken++) {
			struct star_plan plan;

			start(&plan, WALK_EVERYTHING, cursor, jobs);
			world->requests = 0;
			walk(world, &plan, jobs, broken < 20 ? 3 + chance(world, 9) : 1000);
			ended = plan.phase == PHASE_DONE;
			memcpy(cursor, plan.cursor, sizeof(cursor));
			star_plan_finish(&plan);
			for (int i = chance(world, 12); i > 0 && world->count > 20; i--)
				take_back(world, chance(world, world->count));
		}
		assert_none_missed(world, until);
		free(world);
	}
}

static void what_is_new_is_found_without_missing_any(void **state)
{
	(void)state;
	for (unsigned int seed = 0; seed < 3000; seed++) {
		struct world *world = world_new(50 + (int)(seed % 90), seed);
		struct star_plan plan;
		int new_stars = (int)(seed / 3 % 60);

		for (int i = 0; i <= world->last_number; i++)
			world->stored[i] = world->before_walk[i] = true;
		grow(world, new_stars);
		world->taken_back = (int)(seed / 7 % 3) * 30;
		start(&plan, WALK_NEWEST, "", 4);
		walk(world, &plan, 4, 1000);
		assert_false(plan.everything);
		assert_none_missed(world, world->last_number);
		if (new_stars == 0)
			assert_int_equal(world->requests, 1);
		star_plan_finish(&plan);
		free(world);
	}
}

static void a_cursor_says_how_far_it_has_come(void **state)
{
	size_t stored, pages;

	(void)state;
	star_plan_where("descent 5 12 77", &stored, &pages);
	assert_int_equal(stored, 7);
	assert_int_equal(pages, 12);
	star_plan_where("serial 0 3", &stored, &pages);
	assert_int_equal(stored, 3);
	star_plan_where("", &stored, &pages);
	assert_int_equal(pages, 0);
	star_plan_where("descent -5 99999999 1", &stored, &pages);
	assert_int_equal(pages, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_still_list_takes_two_requests_more_than_it_has_pages),
		cmocka_unit_test(a_moving_list_is_walked_without_missing_any),
		cmocka_unit_test(a_walk_that_broke_off_goes_on_without_missing_any),
		cmocka_unit_test(what_is_new_is_found_without_missing_any),
		cmocka_unit_test(a_cursor_says_how_far_it_has_come),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
