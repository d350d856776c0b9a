#include "domain/bus/handlers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/change.h"
#include "domain/stars/star_ledger.h"

#define USER_MAX 100

static const char user_bytes[] = "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "0123456789-_.";

static enum status check_user(const char *user, struct error *error)
{
	size_t length = strlen(user);

	if (length > 0 && length <= USER_MAX && strspn(user, user_bytes) == length &&
		strspn(user, ".") < length)
		return STATUS_OK;
	return error_fail(
		STATUS_INVALID, error, "\"%s\" is no user name: letters, digits, - _ . only", user);
}

static const char *forge_of(const struct star_request *request)
{
	return request->forge ? request->forge : "github";
}

static void subject_of(char *subject, size_t size, const char *forge, const char *user)
{
	snprintf(subject, size, "%.*s:%s", (int)strcspn(forge, "@"), forge, user);
}

static void begin_walk(struct star_list *list, enum star_walk_kind kind)
{
	list->walk.number++;
	list->walk.kind = kind;
	list->walk.change = 0;
	list->walk.cursor[0] = '\0';
}

static void covers_write(
	struct star_list *list, bool timestamps, bool topics, const struct tag_set *tags)
{
	struct buffer text = {0};

	buffer_print(&text, "%s%s:", timestamps ? "timestamps " : "", topics ? "topics" : "");
	for (size_t i = 0; tags && i < tags->count; i++)
		buffer_print(&text, "%s%s", i ? "," : "", tags->tags[i]);
	if (text.length >= sizeof(list->covers)) /* then none: walking once more harms nobody */
		text.text[strcspn(text.text, ":") + 1] = '\0';
	snprintf(list->covers, sizeof(list->covers), "%s", text.text);
	buffer_finish(&text);
}

/*
 * Whether the stars that are stored have all that is asked for now. If they have, from now on they
 * only have what both have: what comes is stored as it is asked for.
 */
static bool covers_request(struct star_list *list, const struct star_request *request)
{
	struct tag_set tags = {0};
	struct star_request before = star_list_covers(list, &tags);
	bool covered = strchr(list->covers, ':') && before.timestamps >= request->timestamps &&
		       before.topics >= request->topics;

	for (size_t i = 0; request->tags && i < request->tags->count; i++)
		covered = covered && tag_set_has(&tags, request->tags->tags[i]);
	if (covered)
		covers_write(list, request->timestamps, request->topics, request->tags);
	tag_set_finish(&tags);
	return covered;
}

/* One that broke off is carried on, unless more is asked for than its pages had. */
static enum status choose_walk(
	struct handling *handling, const struct star_request *request, struct star_list *list)
{
	enum status status;
	bool covered = covers_request(list, request);

	if (list->walk.kind == WALK_EVERYTHING && covered)
		return STATUS_OK;
	status = handling->stars->unmade(handling->stars, forge_of(request), request->user);
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	if (request->full || !list->complete || !covered || status == STATUS_OK) {
		covers_write(list, request->timestamps, request->topics, request->tags);
		begin_walk(list, WALK_EVERYTHING);
	} else if (list->walk.kind == WALK_NONE) {
		begin_walk(list, WALK_NEWEST);
	}
	return STATUS_OK;
}

/* Pages of a walk that is carried on join its change, if nothing was done since. */
static enum status choose_change(struct handling *handling, struct star_walk *walk)
{
	struct change last = {0};
	enum status status;

	if (!walk->change)
		return STATUS_OK;
	status = handling->journal->last_done(handling->journal, &last);
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	if (status == STATUS_NOT_FOUND || last.id != walk->change)
		walk->change = 0;
	return STATUS_OK;
}

enum status handle_request_stars(struct handling *handling, const struct command *command)
{
	const struct star_request *request = &command->as.request_stars.request;

	handling->rehearsal = true; /* nothing has happened yet */
	return request->user ? check_user(request->user, &handling->result->error) : STATUS_OK;
}

enum status handle_begin_stars(struct handling *handling, const struct command *command)
{
	const struct star_request *request = &command->as.begin_stars.request;
	struct star_ledger *ledger = handling->stars;
	struct star_list list = {0};
	char subject[sizeof((struct change){0}.subject)];
	enum status status = check_user(request->user, &handling->result->error);

	handling->rehearsal = request->dry_run;
	if (status != STATUS_OK)
		return status;
	status = ledger->get_list(ledger, forge_of(request), request->user, &list);
	if (status == STATUS_OK || status == STATUS_NOT_FOUND)
		status = choose_walk(handling, request, &list);
	if (status == STATUS_OK)
		status = choose_change(handling, &list.walk);
	if (status == STATUS_OK)
		status = ledger->put_list(ledger, forge_of(request), request->user, &list);
	if (status != STATUS_OK)
		return status;
	handling->result->walk = list.walk;
	handling->events->command = REQUEST_STARS; /* what was asked for */
	subject_of(subject, sizeof(subject), forge_of(request), request->user);
	event_queue_record(handling->events, STARS_REQUESTED, subject);
	return STATUS_OK;
}

/* OK if any repository with this bookmark is starred by anybody. */
static enum status is_starred(struct handling *handling, const char *forge, int64_t bookmark)
{
	struct star_ledger *ledger = handling->stars;
	int64_t *repositories = NULL;
	size_t count = 0;
	enum status status = ledger->aliases(ledger, forge, bookmark, &repositories, &count);

	if (status == STATUS_OK)
		status = STATUS_NOT_FOUND;
	for (size_t i = 0; i < count && status == STATUS_NOT_FOUND; i++)
		status = ledger->starred(ledger, forge, repositories[i]);
	free(repositories);
	return status;
}

static enum status take_back(
	struct handling *handling, const struct star_walk_end *end, int64_t repository)
{
	struct star_ledger *ledger = handling->stars;
	struct star star;
	enum status status;

	star_init(&star);
	status = ledger->forget_sighting(ledger, end->forge, end->user, repository);
	if (status == STATUS_OK)
		status = ledger->get_star(ledger, end->forge, repository, &star);
	if (status == STATUS_OK && star.bookmark)
		status = is_starred(handling, end->forge, star.bookmark);
	if (status == STATUS_NOT_FOUND)
		status = change_mark_gone(handling, star.bookmark, NULL);
	star_finish(&star);
	return status;
}

static enum status take_back_unseen(struct handling *handling, const struct star_walk_end *end)
{
	struct star_ledger *ledger = handling->stars;
	int64_t *repositories = NULL;
	size_t count = 0;
	enum status status =
		ledger->unseen(ledger, end->forge, end->user, end->walk, &repositories, &count);

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = take_back(handling, end, repositories[i]);
	free(repositories);
	return status;
}

static void end_walk(struct star_list *list, const struct star_walk_end *end)
{
	list->walk.kind = WALK_NONE;
	list->walk.change = 0;
	list->walk.cursor[0] = '\0';
	list->complete = list->complete || end->everything;
	snprintf(list->walk.etag, sizeof(list->walk.etag), "%s", end->etag ? end->etag : "");
}

/* Lines of "KEY VALUE": domain/bus/event.h. */
static void tell_counts(struct handling *handling, const struct star_walk_end *end)
{
	struct event_queue *events = handling->events;
	struct counts counts = end->counts;

	counts.gone = handling->result->counts.gone;
	event_queue_detail(events, "status %s", status_name(end->status));
	event_queue_detail(events, "pages %zu", end->pages);
	event_queue_detail(events, "fetched %zu", end->fetched);
	for (int i = 0; i < COUNTS; i++)
		event_queue_detail(events, "%s %zu", counts_name((enum count)i),
			counts_value(&counts, (enum count)i));
	if (end->status != STATUS_OK)
		event_queue_detail(events, "reason %s",
			end->reason && *end->reason ? end->reason : status_message(end->status));
}

enum status handle_finish_stars(struct handling *handling, const struct command *command)
{
	const struct star_walk_end *end = command->as.finish_stars.end;
	struct star_ledger *ledger = handling->stars;
	struct star_list list = {0};
	char subject[sizeof((struct change){0}.subject)];
	enum status status;

	subject_of(subject, sizeof(subject), end->forge, end->user);
	handling->subject = subject;
	handling->rehearsal = end->dry_run;
	if (end->status != STATUS_OK) {
		event_queue_record(handling->events, STARS_BROKE_OFF, subject);
		tell_counts(handling, end);
	}
	if (end->status != STATUS_OK || end->dry_run) {
		handling->subject = NULL;
		return STATUS_OK;
	}
	status = ledger->get_list(ledger, end->forge, end->user, &list);
	if (status == STATUS_OK && list.walk.number == end->walk && list.walk.kind != WALK_NONE) {
		if (end->everything)
			status = take_back_unseen(handling, end);
		end_walk(&list, end);
		if (status == STATUS_OK)
			status = ledger->put_list(ledger, end->forge, end->user, &list);
	}
	if (status == STATUS_OK) {
		event_queue_record(handling->events, STARS_FINISHED, subject);
		tell_counts(handling, end);
	}
	handling->subject = NULL;
	return status;
}
