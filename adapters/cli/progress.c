#include "adapters/cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "adapters/system/steady_clock.h"
#include "domain/base/text.h"

#define TERMINAL_INTERVAL_MS 100
#define OTHER_INTERVAL_MS    1000
#define DEFAULT_COLUMNS      80

static size_t columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || size.ws_col < 2)
		return DEFAULT_COLUMNS;
	return size.ws_col - 1U;
}

void progress_init(struct progress *progress, const char *when, bool quiet)
{
	*progress = (struct progress){.terminal = isatty(STDERR_FILENO) != 0};
	if (when && !strcmp(when, "always"))
		progress->shown = true;
	else if (!when || !strcmp(when, "auto"))
		progress->shown = progress->terminal && !quiet;
}

void progress_show(struct progress *progress, const char *line)
{
	int interval = progress->terminal ? TERMINAL_INTERVAL_MS : OTHER_INTERVAL_MS;
	long long now = steady_clock_ms();
	char *safe;

	if (!progress->shown || (progress->last_ms && now - progress->last_ms < interval))
		return;
	progress->last_ms = now;
	safe = text_displayable(line);
	if (progress->terminal)
		fprintf(stderr, "\r%.*s\033[K", (int)text_fit(safe, columns()), safe);
	else
		fprintf(stderr, "%s\n", safe);
	fflush(stderr);
	progress->dirty = progress->terminal;
	free(safe);
}

void progress_clear(struct progress *progress)
{
	if (!progress->dirty)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	progress->dirty = false;
}
