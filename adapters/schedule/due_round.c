#include "adapters/schedule/due_round.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/files/browser_profiles.h"
#include "adapters/files/file_import.h"
#include "adapters/links/link_checker.h"
#include "adapters/sqlite/database.h"
#include "adapters/stars/forge.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

void due_round_fail(
	struct due_round *round, enum status status, const char *name, const struct error *why)
{
	const char *text = why && *why->text ? why->text : status_message(status);

	if (status == STATUS_OK || round->status != STATUS_OK)
		return;
	round->status = status;
	if (name)
		error_set(&round->error, "%s: %s", name, text);
	else
		error_set(&round->error, "%s", text);
}

/* Words behind those that are there. */
__attribute__((format(printf, 2, 3))) static void due_round_say(
	struct due_round *round, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = memory_vprint(format, arguments);
	va_end(arguments);
	if (round->words.length)
		buffer_add_string(&round->words, "; ");
	buffer_add_string(&round->words, text);
	free(text);
}

void due_round_free(struct due_round *round)
{
	if (!round)
		return;
	round->finish(round);
	buffer_finish(&round->words);
	free(round);
}

/* Each of the names that the configuration has; false: it has none. */
static bool each_name(
	const struct due_round *round, void (*take)(void *self, const char *name), void *self)
{
	const char *names = round->setup.schedule->names;
	char *copy = names ? memory_copy_string(names) : NULL;
	char *rest = copy, *word;

	while (rest && (word = strsep(&rest, " ")))
		if (*word)
			take(self, word);
	free(copy);
	return names != NULL;
}

/* ---- browsers */

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

static void add_profiles_of(void *self, const char *browser)
{
	browser_profiles_each(
		getenv("HOME"), getenv("XDG_CONFIG_HOME"), browser, add_profile, self);
}

/* Those that are named, or all. */
static void add_profiles(struct browser_round *browsers)
{
	const char *home = getenv("HOME");

	if (home && *home && !each_name(&browsers->round, add_profiles_of, browsers))
		add_profiles_of(browsers, NULL);
}

static bool browser_round_is_stopped(void *self)
{
	const struct due_round_setup *setup = &((struct browser_round *)self)->round.setup;

	return setup->is_stopped && setup->is_stopped(setup->self);
}

static void browser_round_import(struct browser_round *browsers, const struct profile *profile)
{
	const struct file_import import = {
		.path = profile->path,
		.browser = profile->browser,
		.is_stopped = browser_round_is_stopped,
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
		browser_round_import(browsers, &browsers->profiles[browsers->at++]);
		return true;
	}
	if (browsers->count)
		due_round_say(round, "%zu added, %zu updated, %zu deleted there",
			browsers->counts.added, browsers->counts.updated, browsers->counts.gone);
	else
		due_round_say(round, "no browser's bookmarks were found");
	return false;
}

static void browser_round_stop(struct due_round *round)
{
	round->status = STATUS_INTERRUPTED;
}

static void browser_round_finish(struct due_round *round)
{
	struct browser_round *browsers = (struct browser_round *)round;

	for (size_t i = 0; i < browsers->count; i++) {
		free(browsers->profiles[i].browser);
		free(browsers->profiles[i].path);
	}
	free(browsers->profiles);
}

struct due_round *browser_round_new(const struct due_round_setup *setup)
{
	struct browser_round *browsers = memory_new(sizeof(*browsers));

	browsers->round = (struct due_round){
		.step = browser_round_step,
		.stop = browser_round_stop,
		.finish = browser_round_finish,
		.setup = *setup,
	};
	add_profiles(browsers);
	return &browsers->round;
}

/* ---- stars */

/* A user whose stars are to be asked for, and what the earlier import brought along. */
struct star_user {
	char *forge;
	char *name;
	bool timestamps;
	bool topics;
	struct tag_set tags;
};

struct star_round {
	struct due_round round; /* first */
	struct star_user *users;
	size_t count;
	size_t capacity;
	size_t at;    /* the user whose turn it is */
	bool asked;   /* for that one */
	bool stopped; /* no more are asked for */
};

static struct star_user *add_user(struct star_round *stars, const char *forge, const char *name)
{
	struct star_user *user;

	stars->users =
		memory_grow(stars->users, stars->count, &stars->capacity, sizeof(*stars->users));
	user = &stars->users[stars->count++];
	*user = (struct star_user){
		.forge = memory_copy_string(forge),
		.name = memory_copy_string(name),
		.timestamps = true,
		.topics = true,
	};
	return user;
}

/* As the earlier import had it, so that a scheduled one brings neither less nor more. */
static void star_user_follow(struct star_user *user, const struct star_list *list)
{
	const struct star_request before = star_list_covers(list, &user->tags);

	if (!strchr(list->covers, ':'))
		return;
	user->timestamps = before.timestamps;
	user->topics = before.topics;
}

static bool add_known_user(
	void *self, const char *forge, const char *name, const struct star_list *list)
{
	star_user_follow(add_user(self, forge, name), list);
	return true;
}

/* "octocat", "gitlab:octocat", "gitea@codeberg.org:octocat". */
static void add_named_user(void *self, const char *word)
{
	struct star_round *stars = self;
	struct star_ledger *ledger = stars->round.setup.library->work->stars;
	const char *colon = strchr(word, ':');
	char *forge = colon ? memory_copy_bytes(word, (size_t)(colon - word))
			    : memory_copy_string("github");
	struct star_user *user = add_user(stars, forge, colon ? colon + 1 : word);
	struct star_list list = {0};

	if (ledger->get_list(ledger, forge, user->name, &list) == STATUS_OK)
		star_user_follow(user, &list);
	free(forge);
}

static void add_users(struct star_round *stars)
{
	struct star_ledger *ledger = stars->round.setup.library->work->stars;

	if (!each_name(&stars->round, add_named_user, stars))
		due_round_fail(&stars->round, ledger->each_list(ledger, add_known_user, stars),
			NULL, NULL);
}

static void star_round_ask(struct star_round *stars, const struct star_user *user)
{
	const struct forge *forge = forge_find(user->forge);
	const struct command command = {
		.type = REQUEST_STARS,
		.origin = "schedule",
		.as.request_stars.request =
			{
				.forge = user->forge,
				.user = user->name,
				.full = forge && !forge->ordered,
				.timestamps = user->timestamps,
				.topics = user->topics,
				.tags = &user->tags,
			},
	};
	struct result result = {0};
	enum status status = bus_handle(stars->round.setup.library->bus, &command, &result);

	stars->asked = status == STATUS_OK;
	if (!stars->asked) {
		due_round_fail(&stars->round, status, user->name, &result.error);
		stars->at++;
	}
	result_finish(&result);
}

static void star_round_end(struct star_round *stars)
{
	const struct star_summary *summary = star_importer_summary(stars->round.setup.stars);
	const struct star_user *user = &stars->users[stars->at++];

	stars->asked = false;
	if (summary->status == STATUS_RATE_LIMITED && summary->again > stars->round.not_before)
		stars->round.not_before = summary->again;
	due_round_fail(&stars->round, summary->status, user->name, &summary->error);
	if (summary->status == STATUS_OK || summary->counts.added + summary->counts.updated > 0) {
		char *counts = counts_print(&summary->counts,
			1u << COUNT_ADDED | 1u << COUNT_UPDATED | 1u << COUNT_GONE);

		due_round_say(&stars->round, "%s: %s", user->name, counts);
		free(counts);
	}
}

/* The user's own import may be under way: it is waited for. */
static bool star_round_step(struct due_round *round)
{
	struct star_round *stars = (struct star_round *)round;

	if (stars->stopped && !stars->asked)
		return false;
	if (star_importer_is_busy(round->setup.stars))
		return true;
	if (stars->asked)
		star_round_end(stars);
	if (stars->stopped || stars->at == stars->count) {
		if (!stars->count && round->status == STATUS_OK)
			due_round_say(round, "no stars were imported yet");
		return false;
	}
	star_round_ask(stars, &stars->users[stars->at]);
	return true;
}

static int star_round_timeout(struct due_round *round)
{
	return star_importer_is_busy(round->setup.stars) ? -1 : 0;
}

static void star_round_stop(struct due_round *round)
{
	struct star_round *stars = (struct star_round *)round;

	stars->stopped = true;
	if (stars->asked)
		star_importer_stop(round->setup.stars);
	due_round_fail(round, STATUS_INTERRUPTED, NULL, NULL);
}

static void star_round_finish(struct due_round *round)
{
	struct star_round *stars = (struct star_round *)round;

	for (size_t i = 0; i < stars->count; i++) {
		free(stars->users[i].forge);
		free(stars->users[i].name);
		tag_set_finish(&stars->users[i].tags);
	}
	free(stars->users);
}

struct due_round *star_round_new(const struct due_round_setup *setup)
{
	struct star_round *stars = memory_new(sizeof(*stars));

	stars->round = (struct due_round){
		.step = star_round_step,
		.timeout = star_round_timeout,
		.stop = star_round_stop,
		.finish = star_round_finish,
		.setup = *setup,
	};
	add_users(stars);
	return &stars->round;
}

/* ---- links */

enum { AGAIN_MS = 5000 };

/* A check of the links that were not asked for half a period: an earlier round that was stopped is
 * carried on. */
struct link_round {
	struct due_round round; /* first */
	struct link_checker *checker;
	struct link_turn turn;
	bool begun; /* the turn is taken */
	bool stopped;
	int64_t again_at; /* else asked for again then; steady clock, ms */
	int64_t asked_before;
};

static bool link_round_add(void *self, const struct bookmark *bookmark)
{
	struct link_round *links = self;

	if (bookmark->link.checked < links->asked_before)
		link_checker_add(links->checker, bookmark->id, bookmark->url);
	return true;
}

static void add_links(struct link_round *links)
{
	struct catalogue *catalogue = links->round.setup.library->catalogue;
	const struct listing all = {.order = BY_ID};
	struct error error = {0};
	enum status status = catalogue->each(catalogue, &all, link_round_add, links, &error);

	due_round_fail(&links->round, status, NULL, &error);
}

static void link_round_end(struct link_round *links)
{
	struct due_round *round = &links->round;
	struct links_progress end;

	link_checker_progress(links->checker, &end);
	due_round_fail(round, end.status, NULL, &end.error);
	due_round_say(round, "%zu checked: %zu ok, %zu moved, %zu failing, %zu dead, %zu skipped",
		end.counts.checked, end.counts.states[LINK_OK], end.counts.states[LINK_MOVED],
		end.counts.states[LINK_FAILING], end.counts.states[LINK_DEAD], end.counts.skipped);
}

/* Another check of this library may be under way: it is waited for. */
static bool link_round_take_turn(struct link_round *links)
{
	const char *path = database_path(links->round.setup.library->database);

	if (links->begun || steady_clock_ms() < links->again_at)
		return links->begun;
	links->begun = link_turn_take(&links->turn, path, NULL) == STATUS_OK;
	links->again_at = steady_clock_ms() + AGAIN_MS;
	return links->begun;
}

static bool link_round_step(struct due_round *round)
{
	struct link_round *links = (struct link_round *)round;

	if (link_checker_is_busy(links->checker) && !links->stopped && !link_round_take_turn(links))
		return true;
	link_checker_step(links->checker);
	if (link_checker_is_busy(links->checker))
		return true;
	link_round_end(links);
	return false;
}

static int link_round_timeout(struct due_round *round)
{
	const struct link_round *links = (struct link_round *)round;
	const struct link_checker *checker = links->checker;
	int64_t left = links->again_at - steady_clock_ms();

	if (link_checker_is_busy(checker) && !links->begun && !links->stopped)
		return left > 0 ? (int)left : 0;
	return link_checker_is_busy(checker) ? link_checker_timeout(checker) : 0;
}

static int link_round_fd(struct due_round *round)
{
	return link_checker_fd(((struct link_round *)round)->checker);
}

static void link_round_stop(struct due_round *round)
{
	struct link_round *links = (struct link_round *)round;

	links->stopped = true;
	link_checker_stop(links->checker);
}

static void link_round_finish(struct due_round *round)
{
	struct link_round *links = (struct link_round *)round;

	link_checker_free(links->checker);
	link_turn_give(&links->turn);
}

struct due_round *link_round_new(const struct due_round_setup *setup)
{
	struct link_round *links = memory_new(sizeof(*links));
	struct clock *clock = &setup->library->clock;
	const struct link_checker_setup checker = {
		.bus = setup->library->bus,
		.clock = clock,
		.client = setup->client,
	};

	links->round = (struct due_round){
		.step = link_round_step,
		.timeout = link_round_timeout,
		.fd = link_round_fd,
		.stop = link_round_stop,
		.finish = link_round_finish,
		.setup = *setup,
	};
	links->turn = (struct link_turn){.fd = -1};
	links->checker = link_checker_new(&checker);
	links->asked_before = clock->now(clock) - schedule_period(setup->schedule) / 2;
	add_links(links);
	return &links->round;
}
