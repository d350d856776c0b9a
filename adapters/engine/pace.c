#include "adapters/engine/pace.h"

#include "adapters/system/steady_clock.h"

enum { TOLD_EVERY_MS = 100 };

int pace_timeout(const struct pace *pace)
{
	int64_t left = pace->told_at + TOLD_EVERY_MS - steady_clock_ms();

	if (!pace->untold)
		return -1;
	return left > 0 ? (int)left : 0;
}

bool pace_turn(struct pace *pace, bool changed, bool urgent)
{
	pace->untold = pace->untold || changed;
	if (!pace->untold || (pace_timeout(pace) > 0 && !urgent))
		return false;
	pace->untold = false;
	pace->told_at = steady_clock_ms();
	return true;
}
