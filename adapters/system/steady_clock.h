#ifndef ADAPTERS_SYSTEM_STEADY_CLOCK_H
#define ADAPTERS_SYSTEM_STEADY_CLOCK_H

#include <stdint.h>

/*
 * Milliseconds since some moment, on a clock that nobody sets: for what is waited for and for how
 * long something took. What is kept or shown as a date is domain/base/clock.h's.
 */
int64_t steady_clock_ms(void);

#endif
