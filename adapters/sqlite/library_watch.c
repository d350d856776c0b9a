#include "adapters/sqlite/library_watch.h"

#include "adapters/system/steady_clock.h"

/* Milliseconds between the looks: a commit takes as long as its disk takes to sync. */
static const int64_t pauses[] = {2, 8, 40, 200, 500, 1200};

void library_watch_init(struct library_watch *watch, const char *path)
{
	*watch = (struct library_watch){0};
	file_watch_init(&watch->file, path, "-wal");
}

void library_watch_finish(struct library_watch *watch)
{
	file_watch_finish(&watch->file);
	*watch = (struct library_watch){.file.fd = -1};
}

bool library_watch_take(struct library_watch *watch)
{
	if (!watch->file.on)
		return false;
	if (file_watch_take(&watch->file))
		watch->looks = 0;
	else if (!watch->due || steady_clock_ms() < watch->due)
		return false;
	watch->due = watch->looks < sizeof(pauses) / sizeof(pauses[0])
			     ? steady_clock_ms() + pauses[watch->looks++]
			     : 0;
	return true;
}

int library_watch_timeout(const struct library_watch *watch)
{
	int until_file = file_watch_timeout(&watch->file);
	int64_t left = watch->due - steady_clock_ms();

	if (!watch->due)
		return until_file;
	left = left > 0 ? left : 0;
	return until_file >= 0 && until_file < left ? until_file : (int)left;
}
