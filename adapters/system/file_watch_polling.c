#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "adapters/system/file_watch.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

enum { LOOK_EVERY_MS = 500 };

/* True if the stamp is another than before. A file that is not there has one of zeros. */
static bool look_at(const char *path, int64_t *stamp)
{
	struct stat found;
	int64_t now[4] = {0};
	bool is_new;

	if (stat(path, &found) == 0) {
		now[0] = (int64_t)found.st_ino;
		now[1] = (int64_t)found.st_size;
		now[2] = (int64_t)found.st_mtim.tv_sec;
		now[3] = (int64_t)found.st_mtim.tv_nsec;
	}
	is_new = memcmp(now, stamp, sizeof(now)) != 0;
	memcpy(stamp, now, sizeof(now));
	return is_new;
}

static bool look_at_both(struct file_watch *watch)
{
	bool first = look_at(watch->path, watch->stamps[0]);
	bool second = look_at(watch->beside, watch->stamps[1]);

	watch->due = steady_clock_ms() + LOOK_EVERY_MS;
	return first || second;
}

void file_watch_init(struct file_watch *watch, const char *path, const char *suffix)
{
	*watch = (struct file_watch){
		.fd = -1, .folder = -1, .path = path ? realpath(path, NULL) : NULL};
	if (!watch->path)
		return;
	watch->beside = memory_print("%s%s", watch->path, suffix);
	watch->on = true;
	look_at_both(watch);
}

void file_watch_finish(struct file_watch *watch)
{
	free(watch->path);
	free(watch->beside);
	*watch = (struct file_watch){.fd = -1, .folder = -1};
}

bool file_watch_take(struct file_watch *watch)
{
	return watch->on && steady_clock_ms() >= watch->due && look_at_both(watch);
}

int file_watch_timeout(const struct file_watch *watch)
{
	int64_t left = watch->due - steady_clock_ms();

	if (!watch->on)
		return -1;
	return left > 0 ? (int)left : 0;
}
