#include "domain/bus/handlers.h"

#include <stdio.h>

#include "domain/bus/handling.h"

/*
 * Taking a change back, or doing it again, works field by field: a field that still is what the
 * change (or its undo) left becomes what it was on the other side; one that something else has
 * changed since stays. So it is exact when nothing happened in between, and harmless where an
 * import wrote to the same bookmark.
 */
struct travel {
	struct handling *handling;
	int64_t change;
	enum event_type happened;
	bool back;
	size_t bookmarks;
};

static void move_tags(struct tag_set *tags, const struct tag_set *from, const struct tag_set *to)
{
	for (size_t i = 0; i < from->count; i++)
		if (!tag_set_has(to, from->tags[i]))
			tag_set_remove(tags, from->tags[i]);
	for (size_t i = 0; i < to->count; i++)
		if (!tag_set_has(from, to->tags[i]))
			tag_set_add(tags, to->tags[i]);
}

static void move_fields(
	struct bookmark *now, const struct bookmark *from, const struct bookmark *to)
{
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++) {
		const struct bookmark_field *field = &bookmark_fields[i];

		if (bookmark_field_equal(field, now, from))
			bookmark_field_copy(field, now, to);
		else if (field->type == BOOKMARK_TAGS)
			move_tags(&now->tags, &from->tags, &to->tags);
	}
}

static enum status travel_tell(struct travel *travel, int64_t bookmark, const char *fields)
{
	event_queue_record_fields(travel->handling->events, travel->happened,
		travel->handling->subject, bookmark, fields);
	travel->bookmarks++;
	return STATUS_OK;
}

static enum status travel_explain(
	struct travel *travel, enum status status, const struct bookmark *bookmark)
{
	if (status != STATUS_DUPLICATE)
		return status;
	return error_fail(STATUS_CONFLICT, &travel->handling->result->error,
		"another bookmark has the address of bookmark %lld now", (long long)bookmark->id);
}

/* What a change made goes away; the journal keeps it for a redo. */
static enum status unmake(struct travel *travel, const struct bookmark *now)
{
	struct handling *handling = travel->handling;
	struct change_image image = {now->id, NULL, now};
	enum status status = handling->journal->record(handling->journal, travel->change, &image);

	if (status == STATUS_OK)
		status = handling->bookmarks->remove(handling->bookmarks, now->id);
	return status == STATUS_OK ? travel_tell(travel, now->id, "") : status;
}

static enum status make_again(struct travel *travel, const struct bookmark *after)
{
	struct repository *bookmarks = travel->handling->bookmarks;
	struct bookmark bookmark;
	enum status status;

	bookmark_init(&bookmark);
	bookmark_copy(&bookmark, after);
	status = bookmarks->add(bookmarks, &bookmark);
	bookmark_finish(&bookmark);
	return status == STATUS_OK ? travel_tell(travel, after->id, "")
				   : travel_explain(travel, status, after);
}

static enum status move_one(
	struct travel *travel, struct bookmark *now, const struct change_image *image)
{
	struct repository *bookmarks = travel->handling->bookmarks;
	char fields[BOOKMARK_FIELDS_SIZE];
	enum status status;

	bookmark_differences(image->before, image->after, fields);
	move_fields(now, travel->back ? image->after : image->before,
		travel->back ? image->before : image->after);
	status = bookmarks->update(bookmarks, now);
	return status == STATUS_OK ? travel_tell(travel, now->id, fields)
				   : travel_explain(travel, status, now);
}

static enum status apply(
	struct travel *travel, struct bookmark *now, bool there, const struct change_image *image)
{
	if (image->before && image->after)
		return there ? move_one(travel, now, image) : STATUS_OK;
	if (travel->back)
		return there ? unmake(travel, now) : STATUS_OK;
	return image->after && !there ? make_again(travel, image->after) : STATUS_OK;
}

static enum status visit(void *self, const struct change_image *image)
{
	struct travel *travel = self;
	struct repository *bookmarks = travel->handling->bookmarks;
	struct bookmark now;
	enum status status;

	bookmark_init(&now);
	status = bookmarks->get(bookmarks, image->bookmark, &now);
	if (status == STATUS_OK || status == STATUS_NOT_FOUND)
		status = apply(travel, &now, status == STATUS_OK, image);
	bookmark_finish(&now);
	return status;
}

static enum status travel_one(struct handling *handling, const struct change *change, bool back)
{
	struct journal *journal = handling->journal;
	struct travel travel = {
		.handling = handling,
		.change = change->id,
		.happened = back ? CHANGE_UNDONE : CHANGE_REDONE,
		.back = back,
	};
	struct result_step step = {.change = change->id, .command = change->command};
	enum status status;

	handling->subject = change->subject;
	handling->events->command = change->command;
	handling->events->change = change->id;
	status = journal->each_image(journal, change->id, back, visit, &travel);
	if (status == STATUS_OK)
		status = journal->set_state(
			journal, change->id, back ? CHANGE_TAKEN_BACK : CHANGE_DONE);
	handling->subject = NULL;
	step.bookmarks = travel.bookmarks;
	snprintf(step.subject, sizeof(step.subject), "%s", change->subject);
	if (status == STATUS_OK)
		result_add_step(handling->result, &step);
	return status;
}

static enum status travel_steps(struct handling *handling, size_t steps, bool back)
{
	struct journal *journal = handling->journal;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < steps && status == STATUS_OK; i++) {
		struct change change;

		status = back ? journal->last_done(journal, &change)
			      : journal->first_taken_back(journal, &change);
		if (status == STATUS_OK)
			status = travel_one(handling, &change, back);
	}
	if (status != STATUS_NOT_FOUND)
		return status;
	if (handling->result->step_count > 0)
		return STATUS_OK;
	return error_fail(STATUS_NOTHING_LEFT, &handling->result->error,
		back ? "nothing to undo" : "nothing to redo");
}

enum status handle_undo(struct handling *handling, const struct command *command)
{
	return travel_steps(handling, command->as.undo.steps, true);
}

enum status handle_redo(struct handling *handling, const struct command *command)
{
	return travel_steps(handling, command->as.redo.steps, false);
}
