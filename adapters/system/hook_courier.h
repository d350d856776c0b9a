#ifndef ADAPTERS_SYSTEM_HOOK_COURIER_H
#define ADAPTERS_SYSTEM_HOOK_COURIER_H

#include "adapters/bootstrap.h"

/*
 * The courier of a library: carries the events that hooks have not heard yet. A process of its own,
 * which ends when the program that started it has ended (wake is at its end) and all is delivered.
 * One works at a time: it holds a lock on FILE-hooks, which the system takes back whatever becomes
 * of it, and looks once more after it let go of it, so that nothing is left between two.
 */
void hook_courier_run(const char *folder, const char *library, int wake);

/*
 * Gives each hook of the folder that has no position yet one: from this event on. The name of the
 * consumer is "hook:" and the hook's.
 */
enum status hook_positions_place(
	struct library *library, const char *folder, int64_t position, struct error *error);

/* The names of hooks of events, in the order of their enum, then "any"; NULL at the end. */
const char *hook_name(size_t place);

#endif
