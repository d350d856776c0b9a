#include <time.h>

#include "adapters/system/wall_timer.h"

enum { LOOK_AGAIN_S = 5 * 60 };

void wall_timer_init(struct wall_timer *timer)
{
	*timer = (struct wall_timer){.fd = -1, .when = INT64_MAX};
}

void wall_timer_finish(struct wall_timer *timer)
{
	(void)timer;
}

void wall_timer_set(struct wall_timer *timer, int64_t when)
{
	timer->when = when;
}

/* No wait is long, as the machine may sleep through it. */
int wall_timer_timeout(const struct wall_timer *timer)
{
	int64_t left;

	if (timer->when == INT64_MAX)
		return -1;
	left = timer->when - (int64_t)time(NULL);
	return left <= 0 ? 0 : (int)(left < LOOK_AGAIN_S ? left : LOOK_AGAIN_S) * 1000;
}

bool wall_timer_take(struct wall_timer *timer, int64_t now)
{
	(void)timer;
	(void)now;
	return false;
}
