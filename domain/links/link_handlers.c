#include "domain/bus/handlers.h"

#include <string.h>

#include "domain/bus/handling.h"
#include "domain/links/link_look.h"

/* One look at one bookmark's link, while it is written down. */
struct link_record {
	struct handling *handling;
	const struct link_look *look;
	struct bookmark_link before;
	struct bookmark_link after;
};

/* What somebody may want to act on is told once, not at each look. */
static void tell_change(const struct link_record *record)
{
	const struct bookmark_link *before = &record->before, *after = &record->after;
	struct event_queue *events = record->handling->events;
	bool elsewhere = before->url && after->url && strcmp(before->url, after->url) != 0;

	if (after->state == LINK_DEAD && before->state != LINK_DEAD)
		event_queue_record_bookmark(events, LINK_DIED, "", record->look->bookmark);
	if (after->state == LINK_MOVED && (before->state != LINK_MOVED || elsewhere))
		event_queue_record_bookmark(events, LINK_HAS_MOVED, "", record->look->bookmark);
}

static enum status judge_and_put(struct link_record *record)
{
	struct link_store *links = record->handling->links;
	int64_t bookmark = record->look->bookmark;
	enum status status = links->get(links, bookmark, &record->before);

	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	link_judge(&record->before, record->look, &record->after);
	status = links->put(links, bookmark, &record->after);
	if (status != STATUS_OK)
		return status;
	record->handling->result->links.checked++;
	record->handling->result->links.states[record->after.state]++;
	tell_change(record);
	return STATUS_OK;
}

/* A bookmark that is gone, or has another address by now, was not looked at. */
static enum status record_look(struct handling *handling, const struct link_look *look)
{
	struct link_record record = {.handling = handling, .look = look};
	struct repository *bookmarks = handling->bookmarks;
	struct bookmark bookmark;
	enum status status;

	bookmark_init(&bookmark);
	status = bookmarks->get(bookmarks, look->bookmark, &bookmark);
	if (status == STATUS_OK && !bookmark.deleted && strcmp(bookmark.url, look->url) == 0)
		status = judge_and_put(&record);
	else if (status == STATUS_NOT_FOUND)
		status = STATUS_OK;
	bookmark_link_finish(&record.before);
	bookmark_link_finish(&record.after);
	bookmark_finish(&bookmark);
	return status;
}

/* Lines of "KEY VALUE": domain/bus/event.h. */
static void tell_counts(struct handling *handling, const struct record_links *record)
{
	const struct link_counts *counts = record->finished;
	struct event_queue *events = handling->events;

	event_queue_record(events, LINKS_CHECKED, "");
	event_queue_detail(events, "checked %zu", counts->checked);
	for (int state = LINK_OK; state < LINK_STATES; state++)
		event_queue_detail(events, "%s %zu", link_state_name((enum link_state)state),
			counts->states[state]);
	event_queue_detail(events, "skipped %zu", counts->skipped);
	if (record->reason && *record->reason)
		event_queue_detail(events, "reason %s", record->reason);
}

enum status handle_record_links(struct handling *handling, const struct command *command)
{
	const struct record_links *record = &command->as.record_links;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < record->count && status == STATUS_OK; i++)
		status = record_look(handling, &record->looks[i]);
	/* Who keeps rows, in memory or in a cache, reads those of an event again. */
	for (size_t i = 0; i < record->count && status == STATUS_OK; i++)
		event_queue_record_bookmark(
			handling->events, LINKS_ASKED, "", record->looks[i].bookmark);
	if (status == STATUS_OK && record->finished)
		tell_counts(handling, record);
	return status;
}

static enum status forget_link(struct handling *handling, int64_t id)
{
	const struct bookmark_link unchecked = {0};
	struct link_store *links = handling->links;
	struct repository *bookmarks = handling->bookmarks;
	struct bookmark bookmark;
	enum status status;

	bookmark_init(&bookmark);
	status = bookmarks->get(bookmarks, id, &bookmark);
	if (status == STATUS_OK)
		status = links->put(links, id, &unchecked);
	if (status == STATUS_OK)
		event_queue_record_bookmark(handling->events, LINKS_ASKED, "", id);
	result_add_item(handling->result, status, id);
	bookmark_finish(&bookmark);
	return status;
}

/* One that is not there refuses all. */
enum status handle_forget_links(struct handling *handling, const struct command *command)
{
	const struct some_bookmarks *some = &command->as.forget_links;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < some->count && status == STATUS_OK; i++)
		status = forget_link(handling, some->ids[i]);
	return status;
}
