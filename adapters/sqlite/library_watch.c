#include "adapters/sqlite/library_watch.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

/* Milliseconds between the looks: a commit takes as long as its disk takes to sync. */
static const int64_t pauses[] = {2, 8, 40, 200, 500, 1200};

static void watch_folder(struct library_watch *watch, const char *path)
{
	char *copy = memory_copy_string(path);

	watch->name = memory_copy_string(basename(copy));
	free(copy);
	copy = memory_copy_string(path);
	watch->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (watch->fd >= 0 &&
		inotify_add_watch(watch->fd, dirname(copy), IN_MODIFY | IN_MOVED_TO) < 0) {
		close(watch->fd);
		watch->fd = -1;
	}
	free(copy);
}

void library_watch_init(struct library_watch *watch, const char *path)
{
	char *real = path ? realpath(path, NULL) : NULL;

	*watch = (struct library_watch){.fd = -1};
	if (real)
		watch_folder(watch, real);
	free(real);
}

void library_watch_finish(struct library_watch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	free(watch->name);
	*watch = (struct library_watch){.fd = -1};
}

static bool is_of_library(const struct library_watch *watch, const char *name)
{
	size_t length = strlen(watch->name);

	return strncmp(name, watch->name, length) == 0 &&
	       (name[length] == '\0' || strcmp(name + length, "-wal") == 0);
}

static bool take_news(struct library_watch *watch)
{
	_Alignas(struct inotify_event) char news[4096];
	bool found = false;
	ssize_t size;

	while ((size = read(watch->fd, news, sizeof(news))) > 0) {
		for (char *place = news; place < news + size;) {
			const struct inotify_event *one = (const struct inotify_event *)place;

			found = found || (one->mask & IN_Q_OVERFLOW) ||
				(one->len && is_of_library(watch, one->name));
			place += sizeof(*one) + one->len;
		}
	}
	return found;
}

bool library_watch_take(struct library_watch *watch)
{
	if (watch->fd < 0)
		return false;
	if (take_news(watch))
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
	int64_t left;

	if (!watch->due)
		return -1;
	left = watch->due - steady_clock_ms();
	return left > 0 ? (int)left : 0;
}
