#ifndef ADAPTERS_SYSTEM_SYSTEM_CLOCK_H
#define ADAPTERS_SYSTEM_SYSTEM_CLOCK_H

#include "domain/base/clock.h"

/* The machine's clock: implements domain/base/clock.h. Nothing to finish. */
struct clock system_clock(void);

#endif
