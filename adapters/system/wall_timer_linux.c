#include <errno.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "adapters/system/wall_timer.h"

enum { LOOK_AGAIN_MS = 60 * 1000 };

void wall_timer_init(struct wall_timer *timer)
{
	*timer = (struct wall_timer){.when = INT64_MAX};
	timer->fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
}

void wall_timer_finish(struct wall_timer *timer)
{
	if (timer->fd >= 0)
		close(timer->fd);
	timer->fd = -1;
}

/* A clock that is set makes it readable at once, with ECANCELED. */
static void arm(const struct wall_timer *timer)
{
	struct itimerspec at = {0};

	if (timer->when != INT64_MAX && !timer->late)
		at.it_value.tv_sec = (time_t)(timer->when > 0 ? timer->when : 1);
	timerfd_settime(timer->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &at, NULL);
}

void wall_timer_set(struct wall_timer *timer, int64_t when)
{
	if (timer->when == when)
		return;
	timer->when = when;
	timer->late = false;
	arm(timer);
}

int wall_timer_timeout(const struct wall_timer *timer)
{
	return timer->when != INT64_MAX && (timer->fd < 0 || timer->late) ? LOOK_AGAIN_MS : -1;
}

bool wall_timer_take(struct wall_timer *timer, int64_t now)
{
	uint64_t count;
	bool went_off = read(timer->fd, &count, sizeof(count)) > 0;

	if (!went_off && errno != ECANCELED)
		return false;
	timer->late = went_off && now < timer->when;
	arm(timer);
	return true;
}
