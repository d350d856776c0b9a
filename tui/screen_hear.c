#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "tui/actions.h"
#include "tui/relative_time.h"
#include "tui/file_completion.h"
#include "tui/requests.h"
#include "tui/stars_view.h"

/* Titles of what a paste added are asked for, but not for hundreds. */
#define TITLES_MAX     40

#define REPORTS_A_TURN 4

static void hear_rows(struct screen *screen, const struct report *report)
{
	struct pending pending;

	if (requests_find(screen, report->token, &pending) && pending.purpose == FOR_TRASH) {
		for (size_t i = 0; i < report->row_count; i++)
			trash_view_add(&screen->trash, &report->rows[i]);
		return;
	}
	for (size_t i = 0; i < report->row_count; i++) {
		shelf_put(screen->shelf, &report->rows[i]);
		if (report->rows[i].deleted)
			id_set_remove(&screen->list.marks, report->rows[i].id);
		else
			trash_view_remove(&screen->trash, report->rows[i].id);
	}
	for (size_t i = 0; i < report->gone_count; i++) {
		shelf_remove(screen->shelf, report->gone[i]);
		id_set_remove(&screen->list.marks, report->gone[i]);
		trash_view_remove(&screen->trash, report->gone[i]);
	}
	screen->rows_changed = true;
}

static void hear_block(struct screen *screen, struct report *report)
{
	struct id_set *marks = &screen->list.marks;
	struct row row;

	shelf_take_block(screen->shelf, report->block);
	report->block = NULL;
	for (size_t i = marks->count; i-- > 0;)
		if (!shelf_find(screen->shelf, marks->ids[i], &row))
			id_set_remove(marks, marks->ids[i]);
	screen->rows_changed = true;
}

static void hear_done(struct screen *screen, const struct report *report)
{
	struct pending pending;

	if (!requests_find(screen, report->token, &pending)) {
		screen->loading = false;
		return;
	}
	if (pending.purpose == FOR_TRASH)
		screen->trash.arriving = false;
	requests_forget(screen, report->token);
}

/* What another program did; what this one did is said by the outcome. */
static void hear_event(struct screen *screen, const struct report *report)
{
	const struct event *event = &report->event;

	if (!report->from_elsewhere || event->count == 0)
		return;
	char *what = describe_change(event->command, event->count, event->subject);
	screen_say(screen, MESSAGE_INFO, "Another program: %s", what);
	free(what);
}

static const char *why(const struct report *report)
{
	return *report->result.error.text ? report->result.error.text
					  : status_message(report->status);
}

static const char *label_of(const struct screen *screen, int64_t id)
{
	struct row row;

	return id && shelf_find(screen->shelf, id, &row) ? row_label(&row) : NULL;
}

static void say_taken_back(struct screen *screen, const struct report *report)
{
	const struct result *result = &report->result;
	bool undo = report->command == UNDO;
	const struct result_step *step = &result->steps[result->step_count - 1];
	char *what = describe_change(step->command, step->bookmarks, step->subject);

	char key[KEY_NAME_SIZE];

	screen_say(screen, MESSAGE_GOOD, "%s: %s · %s %s", undo ? "Undone" : "Done again", what,
		keymap_key_named(screen->options.keymap, undo ? "redo" : "undo", key),
		undo ? "redo" : "undo");
	free(what);
}

/* An import counts; other commands name their bookmarks. */
static size_t touched(const struct report *report)
{
	const struct result *result = &report->result;
	size_t count = 0;

	for (size_t i = 0; i < result->item_count; i++)
		count += result->items[i].status == STATUS_OK;
	return result->item_count ? count : result->added + result->updated;
}

static const char *verb_of(enum command_type command)
{
	static const char *const verbs[COMMAND_TYPES] = {
		[ADD_BOOKMARKS] = "Added",
		[EDIT_BOOKMARKS] = "Edited",
		[DELETE_BOOKMARKS] = "Deleted",
		[RESTORE_BOOKMARKS] = "Restored",
	};

	return verbs[command] ? verbs[command] : "Changed";
}

static void say_done(struct screen *screen, const struct report *report, const char *label)
{
	size_t count = touched(report);
	size_t refused = report->result.item_count - (report->result.item_count ? count : 0);
	char *what = describe_change(report->command, count, "");
	char key[KEY_NAME_SIZE];
	const char *undo = keymap_key_named(screen->options.keymap, "undo", key);

	if (report->command == EMPTY_TRASH)
		screen_say(screen, MESSAGE_GOOD, "%s", what);
	else if (report->result.change == 0)
		screen_say(screen, MESSAGE_INFO, "Nothing to change");
	else if (label && report->result.item_count == 1)
		screen_say(screen, MESSAGE_GOOD, "%s \"%s\" · %s undo", verb_of(report->command),
			label, undo);
	else if (refused > 0)
		screen_say(screen, MESSAGE_GOOD, "%s, %zu were known already or refused · %s undo",
			what, refused, undo);
	else
		screen_say(screen, MESSAGE_GOOD, "%s · %s undo", what, undo);
	free(what);
}

/* Bookmarks that were added without a title get it from their page, as part of that change. */
static void ask_for_titles(struct screen *screen, const struct report *report)
{
	const struct result *result = &report->result;
	struct row row;
	size_t asked = 0;

	for (size_t i = 0; i < result->item_count && asked < TITLES_MAX; i++) {
		const struct result_item *item = &result->items[i];
		if (item->status != STATUS_OK || !shelf_find(screen->shelf, item->id, &row))
			continue;
		if (*row.title)
			continue;
		requests_title(screen, row.url, FOR_LATE_TITLE, item->id, result->change);
		asked++;
	}
}

static int64_t first_of(const struct result *result)
{
	return result->item_count > 0 ? result->items[0].id : 0;
}

/* What was typed into a form is not lost: it comes back, and says why. */
static bool reopen_form(struct screen *screen, const struct report *report)
{
	if (report->token != screen->sent_token || !screen->sent.open || screen->form.open)
		return false;
	form_move(&screen->form, &screen->sent);
	form_refuse(&screen->form, FIELD_URL, why(report));
	return true;
}

static void hear_refusal(struct screen *screen, const struct report *report)
{
	if (reopen_form(screen, report))
		return;
	screen_say(screen, report->status == STATUS_NOTHING_LEFT ? MESSAGE_INFO : MESSAGE_ERROR,
		"%s: %s",
		report->command == UNDO   ? "Nothing was undone"
		: report->command == REDO ? "Nothing was redone"
					  : "Nothing was changed",
		why(report));
}

static void hear_change(
	struct screen *screen, const struct report *report, const struct pending *pending)
{
	const struct result *result = &report->result;
	bool took_back = report->command == UNDO || report->command == REDO;

	if (report->status != STATUS_OK) {
		hear_refusal(screen, report);
		return;
	}
	if (report->command == REQUEST_STARS)
		return;
	if (report->command == EMPTY_TRASH)
		trash_view_clear(&screen->trash);
	if (report->command == ADD_BOOKMARKS) {
		ask_for_titles(screen, report);
		if (result->item_count == 1)
			list_view_go(&screen->list, result->items[0].id);
	}
	if (took_back && result->step_count > 0)
		say_taken_back(screen, report);
	else
		say_done(screen, report,
			pending->text ? pending->text : label_of(screen, first_of(result)));
}

static void hear_find(struct screen *screen, const struct report *report, const char *asked)
{
	struct form *form = &screen->form;
	const struct result *result = &report->result;
	char day[32] = "";
	struct row row;

	if (!form->open || !asked || strcmp(asked, form->lines[FIELD_URL].text) != 0)
		return;
	int64_t id = result->item_count > 0 ? result->items[0].id : 0;
	if (id == 0 || id == form->id || !shelf_find(screen->shelf, id, &row))
		return;
	day_print(row.added, day);
	form->duplicate = id;
	snprintf(form->remark, sizeof(form->remark), "already saved %s%s", day,
		form->id ? ", as another bookmark" : ", Enter edits it");
}

static void on_result(struct screen *screen, const struct report *report)
{
	struct pending pending = {0};

	if (!requests_find(screen, report->token, &pending))
		return;
	if (pending.purpose == FOR_FIND)
		hear_find(screen, report, pending.text);
	else if (pending.purpose == FOR_PREVIEW && report->status == STATUS_OK)
		actions_offer_import(screen, &report->result, pending.text);
	else if (pending.purpose == FOR_PREVIEW)
		hear_refusal(screen, report);
	else if (pending.purpose == FOR_CHANGE || pending.purpose == FOR_ADDING)
		hear_change(screen, report, &pending);
	requests_forget(screen, report->token);
}

/* The title has come after the bookmark was saved: part of the same change. */
static void give_late_title(struct screen *screen, const struct pending *pending, const char *title)
{
	struct bookmark_edit edit = {.id = pending->id, .patch.title = title};
	struct command command = {
		.type = EDIT_BOOKMARKS, .change = pending->change, .as.edit_bookmarks = {&edit, 1}};
	struct row row;

	if (*title && shelf_find(screen->shelf, pending->id, &row) && !*row.title)
		requests_command(screen, &command, FOR_LATE_TITLE, pending->id);
}

static void hear_text(struct screen *screen, struct report *report)
{
	struct pending pending = {0};
	const char *text = report->text ? report->text : "";

	if (!requests_find(screen, report->token, &pending))
		return;
	if (pending.purpose == FOR_TITLE) {
		bool same = screen->form.open && screen->form.fetched_for &&
			    strcmp(screen->form.fetched_for, pending.text) == 0;
		if (same)
			form_offer_title(&screen->form, text);
	} else if (pending.purpose == FOR_LATE_TITLE) {
		give_late_title(screen, &pending, text);
	} else if (pending.purpose == FOR_FILES) {
		file_completion_hear(screen, pending.text, text);
	} else if (pending.purpose == FOR_TEXT) {
		screen_open_text(screen, AT_MESSAGES, TOPIC_TEXT, pending.text);
		screen_pager(screen)->text = memory_copy_string(text);
	} else {
		screen_say(screen, MESSAGE_GOOD, "%s", text);
	}
	requests_forget(screen, report->token);
}

/* A page that gives no title is nothing to complain about. */
static void hear_trouble(struct screen *screen, const struct report *report)
{
	struct pending pending = {0};
	bool known = requests_find(screen, report->token, &pending);

	if (known && pending.purpose == FOR_TITLE)
		screen->form.fetching = false;
	else if (known && pending.purpose == FOR_OPENING)
		screen_not_opened(screen, report->status, report->text, pending.text);
	else if (!known || pending.purpose != FOR_LATE_TITLE)
		screen_say(screen, MESSAGE_ERROR, "%s",
			report->text && *report->text ? report->text
						      : status_message(report->status));
	requests_forget(screen, report->token);
}

void screen_not_opened(
	struct screen *screen, enum status status, const char *why, const char *addresses)
{
	bool copy = status == STATUS_NOT_FOUND;

	screen_say(screen, MESSAGE_ERROR, "Not opened%s: %s", copy ? ", but copied" : "",
		why && *why ? why : status_message(status));
	if (!copy)
		return;
	free(screen->wishes.copy);
	screen->wishes.copy = memory_copy_string(addresses);
}

static void hear_report(struct screen *screen, struct report *report)
{
	switch (report->type) {
	case REPORT_ROWS: hear_rows(screen, report); break;
	case REPORT_BLOCK: hear_block(screen, report); break;
	case REPORT_DONE: hear_done(screen, report); break;
	case REPORT_EVENT: hear_event(screen, report); break;
	case REPORT_RESULT: on_result(screen, report); break;
	case REPORT_TEXT: hear_text(screen, report); break;
	case REPORT_TROUBLE: hear_trouble(screen, report); break;
	case REPORT_TYPES: break;
	}
}

static void hear_progress(struct screen *screen)
{
	struct stars_progress before = screen->stars;
	char key[KEY_NAME_SIZE];

	if (!screen->engine->progress(screen->engine, &screen->stars))
		return;
	screen->stale = true;
	char *farewell = stars_farewell(&before, &screen->stars);
	if (farewell)
		screen_say(screen,
			screen->stars.phase == STARS_FAILED ? MESSAGE_ERROR : MESSAGE_GOOD, "%s",
			farewell);
	else if (screen->stars.unfinished && !before.unfinished &&
		 !stars_are_running(&screen->stars))
		screen_say(screen, MESSAGE_INFO,
			"The last import stopped at page %zu of %zu · %s goes on",
			screen->stars.page, screen->stars.pages,
			keymap_key_named(screen->options.keymap, "import-panel", key));
	free(farewell);
}

/* What is left waits for the next turn, so that keys are heard between. */
bool screen_hear(struct screen *screen)
{
	struct report *report = NULL;

	for (int i = 0; i < REPORTS_A_TURN; i++) {
		report = screen->engine->next_report(screen->engine);
		if (!report)
			break;
		hear_report(screen, report);
		report_free(report);
		screen->stale = true;
	}
	hear_progress(screen);
	return report != NULL;
}

void screen_edited(struct screen *screen, enum status status, const struct bookmark_edit *edits,
	size_t count, const struct error *error)
{
	struct command command = {.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {edits, count}};

	if (status != STATUS_OK)
		screen_say(screen, MESSAGE_ERROR, "Nothing was changed: %s",
			*error->text ? error->text : status_message(status));
	else if (count == 0)
		screen_say(screen, MESSAGE_INFO, "Nothing was changed");
	else
		requests_command(screen, &command, FOR_CHANGE, count == 1 ? edits[0].id : 0);
}
