#include <stdlib.h>
#include <string.h>

#include "adapters/files/browser_profiles.h"
#include "adapters/files/file_import.h"
#include "adapters/schedule/due_round.h"
#include "domain/base/memory.h"

struct profile {
	char *browser;
	char *path;
};

/* The profiles of the browsers, one a step. */
struct browser_round {
	struct due_round round; /* first */
	struct profile *profiles;
	size_t count;
	size_t capacity;
	size_t at;
	struct counts counts;
};

static void add_profile(void *self, const struct browser_profile *profile)
{
	struct browser_round *browsers = self;

	browsers->profiles = memory_grow(browsers->profiles, browsers->count, &browsers->capacity,
		sizeof(*browsers->profiles));
	browsers->profiles[browsers->count++] = (struct profile){
		.browser = memory_copy_string(profile->browser),
		.path = memory_copy_string(profile->path),
	};
}

/* Those that are named, or all. */
static void add_profiles(struct browser_round *browsers)
{
	const char *home = getenv("HOME"), *config = getenv("XDG_CONFIG_HOME");
	const char *names = browsers->round.setup.schedule->names;
	char *copy, *rest, *word;

	if (!home || !*home)
		return;
	if (!names) {
		browser_profiles_each(home, config, NULL, add_profile, browsers);
		return;
	}
	copy = rest = memory_copy_string(names);
	while ((word = strsep(&rest, " ")))
		if (*word)
			browser_profiles_each(home, config, word, add_profile, browsers);
	free(copy);
}

static bool is_stopped(void *self)
{
	const struct due_round_setup *setup = &((struct browser_round *)self)->round.setup;

	return setup->is_stopped && setup->is_stopped(setup->self);
}

static void import_profile(struct browser_round *browsers, const struct profile *profile)
{
	const struct file_import import = {
		.path = profile->path,
		.browser = profile->browser,
		.is_stopped = is_stopped,
		.self = browsers,
	};
	struct import_summary summary = {0};

	file_import(browsers->round.setup.library->bus, &import, &summary);
	counts_add(&browsers->counts, &summary.counts);
	due_round_fail(&browsers->round, summary.status, profile->path, &summary.error);
	import_summary_finish(&summary);
}

static bool browser_round_step(struct due_round *round)
{
	struct browser_round *browsers = (struct browser_round *)round;

	if (browsers->at < browsers->count && round->status != STATUS_INTERRUPTED) {
		import_profile(browsers, &browsers->profiles[browsers->at++]);
		return true;
	}
	if (browsers->count)
		due_round_say(round, "%zu added, %zu updated, %zu deleted there",
			browsers->counts.added, browsers->counts.updated,
			browsers->counts.unstarred);
	else
		due_round_say(round, "no browser's bookmarks were found");
	return false;
}

static int browser_round_timeout(struct due_round *round)
{
	(void)round;
	return 0;
}

static int browser_round_fd(struct due_round *round)
{
	(void)round;
	return -1;
}

static void browser_round_stop(struct due_round *round)
{
	round->status = STATUS_INTERRUPTED;
}

static void browser_round_free(struct due_round *round)
{
	struct browser_round *browsers = (struct browser_round *)round;

	for (size_t i = 0; i < browsers->count; i++) {
		free(browsers->profiles[i].browser);
		free(browsers->profiles[i].path);
	}
	free(browsers->profiles);
	buffer_finish(&round->words);
	free(browsers);
}

struct due_round *browser_round_new(const struct due_round_setup *setup)
{
	struct browser_round *browsers = memory_new(sizeof(*browsers));

	browsers->round = (struct due_round){
		.step = browser_round_step,
		.timeout = browser_round_timeout,
		.fd = browser_round_fd,
		.stop = browser_round_stop,
		.free = browser_round_free,
		.setup = *setup,
	};
	add_profiles(browsers);
	return &browsers->round;
}
