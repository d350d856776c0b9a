#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "adapters/system/directory.h"
#include "adapters/system/file_watch.h"
#include "domain/base/memory.h"

/* The folder is watched: what is renamed into it is another file than the one before. */
void file_watch_init(struct file_watch *watch, const char *path, const char *suffix)
{
	char *folder;

	*watch = (struct file_watch){
		.fd = -1, .folder = -1, .path = path ? realpath(path, NULL) : NULL};
	if (!watch->path)
		return;
	watch->beside = memory_print("%s%s", watch->path, suffix);
	folder = directory_of(watch->path);
	watch->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	watch->on = watch->fd >= 0 &&
		    inotify_add_watch(watch->fd, folder, IN_MODIFY | IN_MOVED_TO) >= 0;
	free(folder);
	if (!watch->on)
		file_watch_finish(watch);
}

void file_watch_finish(struct file_watch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	free(watch->path);
	free(watch->beside);
	*watch = (struct file_watch){.fd = -1, .folder = -1};
}

static bool is_about_us(const struct file_watch *watch, const struct inotify_event *event)
{
	if (event->mask & IN_Q_OVERFLOW)
		return true;
	return event->len && (strcmp(directory_entry(watch->path), event->name) == 0 ||
				     strcmp(directory_entry(watch->beside), event->name) == 0);
}

bool file_watch_take(struct file_watch *watch)
{
	_Alignas(struct inotify_event) char news[4096];
	bool found = false;
	ssize_t size;

	while (watch->on && (size = read(watch->fd, news, sizeof(news))) > 0) {
		for (char *place = news; place < news + size;) {
			const struct inotify_event *event = (const struct inotify_event *)place;

			found = found || is_about_us(watch, event);
			place += sizeof(*event) + event->len;
		}
	}
	return found;
}

int file_watch_timeout(const struct file_watch *watch)
{
	(void)watch;
	return -1;
}
