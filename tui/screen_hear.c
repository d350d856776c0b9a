#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "tui/actions.h"
#include "tui/form.h"
#include "tui/list_view.h"
#include "tui/messages.h"
#include "tui/number.h"
#include "tui/palette.h"
#include "tui/progress.h"
#include "tui/relative_time.h"

/* Titles of what a paste added are asked for, but not for hundreds. */
#define TITLES_MAX     40

#define REPORTS_A_TURN 4

static void hear_error(struct screen *screen, const struct report *report)
{
	screen_say(screen, MESSAGE_ERROR, "%s",
		report->text && *report->text ? report->text : status_message(report->status));
}

static void hear_rows(struct screen *screen, const struct report *report)
{
	for (size_t i = 0; i < report->row_count; i++) {
		row_store_put(screen->store, &report->rows[i]);
		if (report->rows[i].deleted)
			id_set_remove(&screen->list.marks, report->rows[i].id);
		else
			bookmark_rows_remove(&screen->trash, report->rows[i].id);
	}
	for (size_t i = 0; i < report->gone_count; i++) {
		row_store_remove(screen->store, report->gone[i]);
		id_set_remove(&screen->list.marks, report->gone[i]);
		bookmark_rows_remove(&screen->trash, report->gone[i]);
	}
	screen->rows_changed = true;
}

static void hear_block(struct screen *screen, struct report *report)
{
	struct id_set *marks = &screen->list.marks;
	struct row row;

	row_store_replace(screen->store, report->block);
	report->block = NULL;
	for (size_t i = marks->count; i-- > 0;)
		if (!row_store_find(screen->store, marks->ids[i], &row))
			id_set_remove(marks, marks->ids[i]);
	screen->rows_changed = true;
}

void on_trash_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;

	(void)request;
	if (report->type == REPORT_ERROR)
		hear_error(screen, report);
	for (size_t i = 0; i < report->row_count; i++)
		bookmark_rows_add(&screen->trash, &report->rows[i]);
	screen->trash.arriving = report->more;
}

/* As describe_change(), with the count as the screen writes numbers. */
static char *describe(enum command_type command, size_t count, const char *subject)
{
	char *plain = describe_change(command, count, subject);
	size_t before = strcspn(plain, "0123456789");
	size_t digits = strspn(plain + before, "0123456789");
	char number[NUMBER_SIZE];

	number_print(count, number);
	char *text = memory_print(
		"%.*s%s%s", (int)before, plain, digits ? number : "", plain + before + digits);
	free(plain);
	return text;
}

/* What another program did; what this one did is said by the outcome. */
static void hear_event(struct screen *screen, const struct report *report)
{
	const struct event *event = &report->event;

	if (event->type == HOOK_PASSED_OVER)
		screen_say(screen, MESSAGE_ERROR, "A hook was passed over: %s", event->subject);
	if (!report->from_elsewhere || event->count == 0)
		return;
	char *what = describe(event->command, event->count, event->subject);
	screen_say(screen, MESSAGE_INFO, "Another program%s: %s",
		event->type == CHANGE_UNDONE   ? " undid"
		: event->type == CHANGE_REDONE ? " redid"
					       : "",
		what);
	free(what);
}

static void say_unfinished(struct screen *screen)
{
	char page[NUMBER_SIZE], pages[NUMBER_SIZE], key[KEY_NAME_SIZE];

	number_print(screen->stars.page, page);
	number_print(screen->stars.pages, pages);
	screen_say(screen, MESSAGE_INFO, "The last import stopped at page %s of %s · %s goes on",
		page, pages, keymap_key_named(screen->options.keymap, "import-panel", key));
}

static const char *why(const struct report *report)
{
	return *report->result.error.text ? report->result.error.text
					  : status_message(report->status);
}

static const char *label_of(const struct screen *screen, int64_t id)
{
	struct row row;

	return id && row_store_find(screen->store, id, &row) ? row_label(&row) : NULL;
}

static void say_taken_back(struct screen *screen, const struct report *report)
{
	const struct result *result = &report->result;
	bool undo = report->command == UNDO;
	const struct result_step *step = &result->steps[result->step_count - 1];
	char *what = describe(step->command, step->bookmarks, step->subject);

	char key[KEY_NAME_SIZE];

	screen_say(screen, MESSAGE_GOOD, "%s: %s · %s %s", undo ? "Undid" : "Redid", what,
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
	return result->item_count ? count : result->counts.added + result->counts.updated;
}

/* " +new -old" */
static void text_add_tags(struct buffer *text, const struct tag_set *tags, char sign)
{
	for (size_t i = 0; i < tags->count; i++)
		buffer_print(text, " %c%s", sign, tags->tags[i]);
}

static void add_tag_names(struct buffer *text, const char *const *tags, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_print(text, "%s#%s", i > 0 ? ", " : "", tags[i]);
}

/* Whether an edit does one and the same to the tags of all, and nothing else. */
static bool only_tags(const struct edit_bookmarks *edit)
{
	const struct bookmark_patch *first = &edit->edits[0].patch;

	for (size_t i = 0; i < edit->count; i++) {
		const struct bookmark_patch *patch = &edit->edits[i].patch;

		if (patch->tag_edit != TAGS_ADJUST || patch->url || patch->title || patch->notes ||
			!tag_set_equal(&patch->tags, &first->tags) ||
			!tag_set_equal(&patch->without, &first->without))
			return false;
	}
	return edit->count > 0;
}

/* What a change of tags was, by name: "Tagged 10: +toread"; NULL for other commands. */
static char *describe_tags(const struct command *command, size_t count)
{
	struct buffer text = {0};
	char number[NUMBER_SIZE];

	number_print(count, number);
	if (command && command->type == EDIT_BOOKMARKS && only_tags(&command->as.edit_bookmarks)) {
		const struct bookmark_patch *patch = &command->as.edit_bookmarks.edits[0].patch;
		buffer_print(&text, "Tagged %s:", number);
		text_add_tags(&text, &patch->tags, '+');
		text_add_tags(&text, &patch->without, '-');
	} else if (command && command->type == RENAME_TAGS) {
		const struct rename_tags *rename = &command->as.rename_tags;
		buffer_add_string(&text, "Renamed ");
		add_tag_names(&text, rename->from, rename->count);
		buffer_print(&text, " to #%s in %s", rename->to, number);
	} else if (command && command->type == DELETE_TAGS) {
		const struct delete_tags *gone = &command->as.delete_tags;
		buffer_add_string(&text, "Deleted ");
		add_tag_names(&text, gone->tags, gone->count);
		buffer_print(&text, " in %s", number);
	} else {
		return NULL;
	}
	return buffer_take(&text);
}

static void say_some_refused(
	struct screen *screen, const char *what, size_t refused, const char *undo)
{
	char number[NUMBER_SIZE];

	number_print(refused, number);
	screen_say(screen, MESSAGE_GOOD, "%s, %s %s known already or refused · %s undo", what,
		number, refused == 1 ? "was" : "were", undo);
}

static void say_done(struct screen *screen, const struct report *report, const char *label)
{
	size_t count = touched(report);
	size_t refused = report->result.item_count - (report->result.item_count ? count : 0);
	char *tags = describe_tags(report->request ? report->request->command : NULL, count);
	bool named = label && report->result.item_count == 1;
	char *what = tags    ? tags
		     : named ? describe_change_of(report->command, label, "")
			     : describe(report->command, count, "");
	bool marked = screen->list.marks.count > 0 && report->command == EDIT_BOOKMARKS;
	char key[KEY_NAME_SIZE];
	const char *undo = keymap_key_named(screen->options.keymap, "undo", key);

	if (report->command == EMPTY_TRASH)
		screen_say(screen, MESSAGE_GOOD, "%s", what);
	else if (report->result.change == 0)
		screen_say(screen, MESSAGE_INFO, "Nothing to change");
	else if (tags)
		screen_say(screen, MESSAGE_GOOD, "%s%s · %s undo", what,
			marked ? ", still marked" : "", undo);
	else if (refused > 0 && !named)
		say_some_refused(screen, what, refused, undo);
	else
		screen_say(screen, MESSAGE_GOOD, "%s · %s undo", what, undo);
	free(what);
}

/* The title has come after the bookmark was saved: part of the same change. */
static void on_late_title(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;
	const char *title = report->text;
	struct bookmark_edit edit = {.id = request->id, .patch.title = title};
	struct command command = {
		.type = EDIT_BOOKMARKS, .change = request->change, .as.edit_bookmarks = {&edit, 1}};
	struct row row;

	if (report->type == REPORT_TEXT && *title &&
		row_store_find(screen->store, request->id, &row) && !*row.title)
		screen_command(screen, &command, NULL, request->id);
}

/* Bookmarks that were added without a title get it from their page, as part of that change. */
static void ask_for_titles(struct screen *screen, const struct report *report)
{
	const struct result *result = &report->result;
	struct row row;
	size_t asked = 0;

	for (size_t i = 0; i < result->item_count && asked < TITLES_MAX; i++) {
		const struct result_item *item = &result->items[i];
		if (item->status != STATUS_OK || !row_store_find(screen->store, item->id, &row))
			continue;
		if (*row.title)
			continue;
		screen_ask_title(screen, row.url, on_late_title, item->id, result->change);
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
	if (report->request != screen->sent_request || !screen->sent.open || screen->form.open)
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

static void hear_change(struct screen *screen, const struct report *report, const char *label)
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
		bookmark_rows_clear(&screen->trash);
	if (report->command == ADD_BOOKMARKS) {
		ask_for_titles(screen, report);
		if (result->item_count == 1)
			list_view_go(&screen->list, result->items[0].id);
	}
	if (took_back && result->step_count > 0)
		say_taken_back(screen, report);
	else
		say_done(screen, report, label ? label : label_of(screen, first_of(result)));
}

/* What came of a file, for the panel: "bookmarks.html: 120 new, 3 changed, 4 known". */
static void note_file(
	struct screen *screen, const struct request *request, const struct report *report)
{
	const struct result *result = &report->result;
	const char *name = strrchr(request->words[0], '/');

	if (report->status != STATUS_OK)
		return;
	free(screen->last_file);
	char *counts = actions_describe_import(result);
	screen->last_file = memory_print("%s: %s", name ? name + 1 : request->words[0], counts);
	free(counts);
}

void on_change_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;

	if (report->type == REPORT_ERROR)
		hear_error(screen, report);
	else
		hear_change(screen, report, request->note);
	if (request->type == ASK_IMPORT_FILE && !request->flag && report->type == REPORT_RESULT)
		note_file(screen, request, report);
	if (screen->sent_request == request)
		screen->sent_request = NULL;
}

void on_find_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;
	struct form *form = &screen->form;
	const struct result *result = &report->result;
	char day[32] = "";
	struct row row;

	if (!form->open || strcmp(request->words[0], form->lines[FIELD_URL].text) != 0)
		return;
	int64_t id = result->item_count > 0 ? result->items[0].id : 0;
	if (id == 0 || id == form->id || !row_store_find(screen->store, id, &row))
		return;
	day_print(row.added, day);
	form->duplicate = id;
	snprintf(form->remark, sizeof(form->remark), "already saved %s%s", day,
		form->id ? ", as another bookmark" : ", Enter edits it");
}

void on_preview_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;

	if (report->type == REPORT_ERROR)
		hear_error(screen, report);
	else if (report->status == STATUS_OK)
		actions_offer_import(screen, &report->result, request->note);
	else
		hear_refusal(screen, report);
}

/* A page that gives no title is nothing to complain about. */
void on_title_answer(void *self, const struct request *request, struct report *report)
{
	struct form *form = &((struct screen *)self)->form;

	if (report->type == REPORT_ERROR)
		form->fetching = false;
	else if (form->open && form->fetched_for &&
		 strcmp(form->fetched_for, request->words[0]) == 0)
		form_offer_title(form, report->text);
}

void on_files_answer(void *self, const struct request *request, struct report *report)
{
	if (report->type == REPORT_TEXT)
		palette_hear_files(self, request->note, report->text);
}

void on_text_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;

	if (report->type == REPORT_ERROR) {
		hear_error(screen, report);
		return;
	}
	screen_open_text(screen, AT_MESSAGES, TOPIC_TEXT, request->note);
	screen_pager(screen)->text = memory_copy_string(report->text);
}

void on_message_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;

	(void)request;
	if (report->type == REPORT_ERROR)
		hear_error(screen, report);
	else
		screen_say(screen, MESSAGE_GOOD, "%s", report->text);
}

/* Only a text browser works here: it gets the terminal. */
static void open_in_terminal(struct screen *screen, const struct request *request)
{
	wishes_drop_open(&screen->wishes);
	screen->wishes.open = memory_array(request->word_count + 1, sizeof(char *));
	for (size_t i = 0; i < request->word_count; i++)
		screen->wishes.open[i] = memory_copy_string(request->words[i]);
	screen->wishes.open_any = request->flag;
}

void on_open_answer(void *self, const struct request *request, struct report *report)
{
	if (report->type == REPORT_ERROR && report->status == STATUS_REFUSED)
		open_in_terminal(self, request);
	else if (report->type == REPORT_ERROR)
		screen_not_opened(self, report->status, report->text, request->note);
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

static void hear_waiting(struct screen *screen, struct report *report)
{
	free(screen->waiting);
	screen->waiting = NULL;
	if (!*report->text)
		return;
	screen->waiting = report->text;
	report->text = NULL;
}

/* All rows have arrived. */
static void hear_all(struct screen *screen)
{
	screen->loading = false;
	screen->list.fresh = false;
	if (row_store_count(screen->store) == 0 && !screen->options.picking.on)
		actions_look_for_browsers(screen);
}

/* What nobody asked for. */
static void hear_news(struct screen *screen, struct report *report)
{
	switch (report->type) {
	case REPORT_ROWS: hear_rows(screen, report); break;
	case REPORT_BLOCK: hear_block(screen, report); break;
	case REPORT_DONE: hear_all(screen); break;
	case REPORT_EVENT: hear_event(screen, report); break;
	case REPORT_ERROR: hear_error(screen, report); break;
	case REPORT_WAITING: hear_waiting(screen, report); break;
	case REPORT_TEXT: screen_say(screen, MESSAGE_INFO, "%s", report->text); break;
	case REPORT_RESULT:
	case REPORT_DETAILS: break;
	}
}

static void hear_progress(struct screen *screen)
{
	struct stars_progress before = screen->stars;

	if (!screen->engine->progress(screen->engine, &screen->stars))
		return;
	screen->stale = true;
	char *farewell = stars_farewell(&before, &screen->stars);
	if (farewell) {
		screen_say(screen,
			screen->stars.phase == STARS_FAILED ? MESSAGE_ERROR : MESSAGE_GOOD, "%s",
			farewell);
		messages_keep(&screen->messages);
	} else if (screen->stars.unfinished && !before.unfinished &&
		   !stars_are_running(&screen->stars) && !screen->options.picking.on)
		say_unfinished(screen);
	free(farewell);
}

static void hear_links(struct screen *screen)
{
	struct links_progress before = screen->check;

	if (!screen->engine->links(screen->engine, &screen->check))
		return;
	screen->stale = true;
	char *farewell = check_farewell(&before, &screen->check);
	if (farewell) {
		screen_say(screen,
			screen->check.status == STATUS_OK ||
					screen->check.status == STATUS_INTERRUPTED
				? MESSAGE_GOOD
				: MESSAGE_ERROR,
			"%s", farewell);
		messages_keep(&screen->messages);
	}
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
		if (!report_deliver(report))
			hear_news(screen, report);
		report_free(report);
		screen->stale = true;
	}
	hear_progress(screen);
	hear_links(screen);
	return report != NULL;
}

static void send_edits(
	struct screen *screen, const struct bookmark_edit *edits, size_t count, char *take_draft)
{
	struct command command = {.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {edits, count}};
	struct request *request = request_new(ASK_COMMAND, on_change_answer, screen);
	const char *label = count == 1 ? label_of(screen, edits[0].id) : NULL;

	request->note = label ? memory_copy_string(label) : NULL;
	request->draft = take_draft;
	request->command = command_clone(&command);
	screen->engine->ask(screen->engine, request);
}

void screen_edited(struct screen *screen, enum status status, const struct bookmark_edit *edits,
	size_t count, char *draft, const struct error *error)
{
	if (status == STATUS_OK && count > 0) {
		send_edits(screen, edits, count, draft);
		return;
	}
	free(draft);
	if (status != STATUS_OK)
		screen_say(screen, MESSAGE_ERROR, "Nothing was changed: %s",
			*error->text ? error->text : status_message(status));
	else
		screen_say(screen, MESSAGE_INFO, "Nothing was changed");
}
