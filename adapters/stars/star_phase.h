#ifndef ADAPTERS_STARS_STAR_PHASE_H
#define ADAPTERS_STARS_STAR_PHASE_H

#include "adapters/stars/star_plan.h"

/* What the phases of a plan do, a row each: private to the plan. */
struct star_phase_row {
	bool newest_first;

	/* As star_plan_use(). */
	bool (*use)(struct star_plan *plan, const struct star_order *order,
		const struct star_facts *facts);

	/* As star_plan_stored(): chooses what comes next. NULL where nothing is ever stored. */
	void (*after)(struct star_plan *plan, const struct star_order *order,
		const struct star_facts *facts, size_t fresh, size_t met);
};

extern const struct star_phase_row star_phases[PHASES];

/* The next page to ask for, in a phase; link is copied. */
void star_phase_go(struct star_plan *plan, enum star_phase phase, int page, const char *link);
void star_phase_go_tail(struct star_plan *plan);
void star_phase_end(struct star_plan *plan, bool everything);

#endif
