#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/event.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include "adapters/system/directory.h"
#include "adapters/system/file_watch.h"
#include "domain/base/memory.h"

#ifdef O_EVTONLY /* macOS: a volume can be ejected although it is watched */
#define OPEN_TO_WATCH (O_EVTONLY | O_CLOEXEC)
#else
#define OPEN_TO_WATCH (O_RDONLY | O_CLOEXEC)
#endif

/*
 * kqueue(2) tells of a write only for a file that is open, so both are opened, and never closed:
 * that would drop this process's own locks on them. A descriptor is left open for each file that
 * is replaced, which happens when a user restores a library. The folder is watched for that.
 */
static bool watch_descriptor(int queue, int fd)
{
	struct kevent change;

	EV_SET(&change, (uintptr_t)fd, EVFILT_VNODE, EV_ADD | EV_CLEAR,
		NOTE_WRITE | NOTE_EXTEND | NOTE_RENAME | NOTE_DELETE, 0, NULL);
	return fd >= 0 && kevent(queue, &change, 1, NULL, 0, NULL) == 0;
}

/* True if another file stands there than the one that is watched, which is watched from now on. */
static bool watch_newcomer(int queue, const char *path, int64_t *stamp)
{
	struct stat found;

	if (stat(path, &found) != 0)
		memset(&found, 0, sizeof(found));
	if ((int64_t)found.st_ino == stamp[0] && (int64_t)found.st_dev == stamp[1])
		return false;
	stamp[0] = (int64_t)found.st_ino;
	stamp[1] = (int64_t)found.st_dev;
	if (found.st_ino)
		watch_descriptor(queue, open(path, OPEN_TO_WATCH));
	return true;
}

static bool watch_newcomers(struct file_watch *watch)
{
	bool first = watch_newcomer(watch->fd, watch->path, watch->stamps[0]);
	bool second = watch_newcomer(watch->fd, watch->beside, watch->stamps[1]);

	return first || second;
}

void file_watch_init(struct file_watch *watch, const char *path, const char *suffix)
{
	char *folder;

	*watch = (struct file_watch){
		.fd = -1, .folder = -1, .path = path ? realpath(path, NULL) : NULL};
	if (!watch->path)
		return;
	watch->beside = memory_print("%s%s", watch->path, suffix);
	folder = directory_of(watch->path);
	watch->fd = kqueue();
	watch->folder = open(folder, OPEN_TO_WATCH);
	watch->on = watch->fd >= 0 && fcntl(watch->fd, F_SETFD, FD_CLOEXEC) == 0 &&
		    watch_descriptor(watch->fd, watch->folder);
	free(folder);
	if (watch->on)
		watch_newcomers(watch);
	else
		file_watch_finish(watch);
}

void file_watch_finish(struct file_watch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	if (watch->folder >= 0)
		close(watch->folder);
	free(watch->path);
	free(watch->beside);
	*watch = (struct file_watch){.fd = -1, .folder = -1};
}

/* What the folder says is about any file in it; only a newcomer under one of the two names counts.
 */
bool file_watch_take(struct file_watch *watch)
{
	const struct timespec at_once = {0};
	struct kevent news;
	bool found = false;

	while (watch->on && kevent(watch->fd, NULL, 0, &news, 1, &at_once) > 0) {
		found = found || (int)news.ident != watch->folder;
	}
	return (watch->on && watch_newcomers(watch)) || found;
}

int file_watch_timeout(const struct file_watch *watch)
{
	(void)watch;
	return -1;
}
