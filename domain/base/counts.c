#include "domain/base/counts.h"

void counts_add(struct counts *to, const struct counts *more)
{
	to->added += more->added;
	to->updated += more->updated;
	to->unchanged += more->unchanged;
	to->skipped += more->skipped;
	to->gone += more->gone;
}
