#include <stdlib.h>
#include <string.h>

#include "adapters/schedule/due_round.h"
#include "adapters/stars/forge.h"
#include "domain/base/memory.h"

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
static void follow_list(struct star_user *user, const struct star_list *list)
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
	follow_list(add_user(self, forge, name), list);
	return true;
}

/* "octocat", "gitlab:octocat", "gitea@codeberg.org:octocat". */
static void add_named_user(struct star_round *stars, const char *word)
{
	struct star_ledger *ledger = stars->round.setup.library->work->stars;
	const char *colon = strchr(word, ':');
	char *forge = colon ? memory_copy_bytes(word, (size_t)(colon - word))
			    : memory_copy_string("github");
	struct star_user *user = add_user(stars, forge, colon ? colon + 1 : word);
	struct star_list list = {0};

	if (ledger->get_list(ledger, forge, user->name, &list) == STATUS_OK)
		follow_list(user, &list);
	free(forge);
}

static void add_users(struct star_round *stars)
{
	struct star_ledger *ledger = stars->round.setup.library->work->stars;
	const char *names = stars->round.setup.schedule->names;
	char *copy, *rest, *word;

	if (!names) {
		due_round_fail(&stars->round, ledger->each_list(ledger, add_known_user, stars),
			NULL, NULL);
		return;
	}
	copy = rest = memory_copy_string(names);
	while ((word = strsep(&rest, " ")))
		if (*word)
			add_named_user(stars, word);
	free(copy);
}

static void ask_for(struct star_round *stars, const struct star_user *user)
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

static void hear_end(struct star_round *stars)
{
	const struct star_summary *summary = star_importer_summary(stars->round.setup.stars);
	const struct star_user *user = &stars->users[stars->at++];

	stars->asked = false;
	if (summary->status == STATUS_RATE_LIMITED && summary->again > stars->round.not_before)
		stars->round.not_before = summary->again;
	due_round_fail(&stars->round, summary->status, user->name, &summary->error);
	if (summary->status == STATUS_OK || summary->counts.added + summary->counts.updated > 0)
		due_round_say(&stars->round, "%s: %zu added, %zu updated, %zu unstarred",
			user->name, summary->counts.added, summary->counts.updated,
			summary->counts.unstarred);
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
		hear_end(stars);
	if (stars->stopped || stars->at == stars->count) {
		if (!stars->count && round->status == STATUS_OK)
			due_round_say(round, "no stars were imported yet");
		return false;
	}
	ask_for(stars, &stars->users[stars->at]);
	return true;
}

static int star_round_timeout(struct due_round *round)
{
	return star_importer_is_busy(round->setup.stars) ? -1 : 0;
}

static int star_round_fd(struct due_round *round)
{
	(void)round;
	return -1;
}

static void star_round_stop(struct due_round *round)
{
	struct star_round *stars = (struct star_round *)round;

	stars->stopped = true;
	if (stars->asked)
		star_importer_stop(round->setup.stars);
	due_round_fail(round, STATUS_INTERRUPTED, NULL, NULL);
}

static void star_round_free(struct due_round *round)
{
	struct star_round *stars = (struct star_round *)round;

	for (size_t i = 0; i < stars->count; i++) {
		free(stars->users[i].forge);
		free(stars->users[i].name);
		tag_set_finish(&stars->users[i].tags);
	}
	free(stars->users);
	buffer_finish(&round->words);
	free(stars);
}

struct due_round *star_round_new(const struct due_round_setup *setup)
{
	struct star_round *stars = memory_new(sizeof(*stars));

	stars->round = (struct due_round){
		.step = star_round_step,
		.timeout = star_round_timeout,
		.fd = star_round_fd,
		.stop = star_round_stop,
		.free = star_round_free,
		.setup = *setup,
	};
	add_users(stars);
	return &stars->round;
}
