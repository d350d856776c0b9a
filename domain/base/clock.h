#ifndef DOMAIN_BASE_CLOCK_H
#define DOMAIN_BASE_CLOCK_H

#include <stdint.h>

/* Port: what time it is. Wall time, in seconds since 1970-01-01T00:00:00Z. */
struct clock {
	int64_t (*now)(struct clock *clock);
};

#endif
