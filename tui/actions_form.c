#include "tui/actions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"
#include "tui/form.h"
#include "tui/list_view.h"
#include "tui/palette.h"

void act_add(struct screen *screen, const char *argument)
{
	form_open_empty(&screen->form, argument ? argument : "");
}

void act_edit(struct screen *screen, const char *argument)
{
	struct row row;
	size_t count;
	int64_t *ids = actions_selection(screen, &count);

	if (count > 1)
		act_change_tags(screen, argument);
	else if (count == 1 && row_store_find(screen->store, ids[0], &row))
		form_open_row(&screen->form, &row);
	free(ids);
}

/* Is the address one, is it known, what is its title? Asked when the field is left. */
static void check_address(struct screen *screen)
{
	struct form *form = &screen->form;
	const char *typed = form->lines[FIELD_URL].text;
	const char *words[] = {typed, NULL};
	struct error error = {""};
	char *url;

	if (!*typed || !form_field_changed(form, FIELD_URL))
		return;
	if (url_from_typed(typed, &url, &error) != STATUS_OK) {
		form->wrong = true;
		snprintf(form->remark, sizeof(form->remark), "%.150s", error.text);
		return;
	}
	screen_ask(screen, ASK_FIND, words, false, on_find_answer, NULL);
	bool asked = form->fetched_for && strcmp(form->fetched_for, url) == 0;
	if (!asked && !form->id && url_is_web(url) && form->lines[FIELD_TITLE].length == 0) {
		free(form->fetched_for);
		form->fetched_for = memory_copy_string(url);
		form->fetching = true;
		screen_ask_title(screen, url, on_title_answer, 0, 0);
	}
	free(url);
}

static void go_to_field(struct screen *screen, enum form_field field)
{
	struct form *form = &screen->form;

	if (form->field == FIELD_URL && field != FIELD_URL)
		check_address(screen);
	completion_finish(&form->completion);
	form->field = field;
}

void form_open_draft(struct screen *screen, const struct bookmark_draft *draft)
{
	act_add(screen, draft->url);
	form_suggest(&screen->form, draft->title, &draft->tags);
	go_to_field(screen, FIELD_TITLE);
}

/* Tags that the word begun may become stand below the fields, the most used first. */
void form_offer_tags(struct screen *screen)
{
	struct form *form = &screen->form;
	struct line_editor *line = &form->lines[FIELD_TAGS];

	completion_finish(&form->completion);
	if (form->field == FIELD_TAGS && line_editor_word(line, ", +-") < line->cursor)
		palette_complete_tags(screen, &form->completion, line);
}

void form_take_tag(struct screen *screen, bool back)
{
	struct form *form = &screen->form;

	if (form->field == FIELD_TAGS)
		completion_step(&form->completion, &form->lines[FIELD_TAGS], back);
}

void act_next_field(struct screen *screen, const char *argument)
{
	(void)argument;
	go_to_field(screen, (enum form_field)((screen->form.field + 1) % FORM_FIELDS));
}

void act_previous_field(struct screen *screen, const char *argument)
{
	(void)argument;
	go_to_field(
		screen, (enum form_field)((screen->form.field + FORM_FIELDS - 1) % FORM_FIELDS));
}

static bool refuse(struct form *form, enum form_field field, const char *why)
{
	form_refuse(form, field, why);
	return false;
}

static bool can_be_saved(struct form *form, struct tag_set *tags)
{
	struct error error = {""};
	char *url;

	if (form->lines[FIELD_URL].length == 0)
		return refuse(form, FIELD_URL, "an address is needed");
	if (url_from_typed(form->lines[FIELD_URL].text, &url, &error) != STATUS_OK)
		return refuse(form, FIELD_URL, error.text);
	free(url);
	if (tag_set_add_list(tags, form->lines[FIELD_TAGS].text, &error) != STATUS_OK)
		return refuse(form, FIELD_TAGS, error.text);
	return true;
}

static const struct request *send_new(
	struct screen *screen, const char *const *texts, const struct tag_set *tags)
{
	struct bookmark_draft draft = {.url = texts[FIELD_URL],
		.title = texts[FIELD_TITLE],
		.notes = texts[FIELD_NOTES],
		.tags = *tags};
	struct command command = {
		.type = ADD_BOOKMARKS, .as.add_bookmarks = {.drafts = &draft, .count = 1}};

	return screen_command(screen, &command, on_change_answer, 0);
}

static const char *if_changed(const struct form *form, enum form_field field, const char *text)
{
	return form_field_changed(form, field) ? text : NULL;
}

static const struct request *send_edit(
	struct screen *screen, const char *const *texts, const struct tag_set *tags)
{
	const struct form *form = &screen->form;
	struct bookmark_edit edit = {.id = form->id};
	struct command command = {.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {&edit, 1}};
	struct tag_set before = {0};
	const struct request *request;

	edit.patch.url = if_changed(form, FIELD_URL, texts[FIELD_URL]);
	edit.patch.title = if_changed(form, FIELD_TITLE, texts[FIELD_TITLE]);
	edit.patch.notes = if_changed(form, FIELD_NOTES, texts[FIELD_NOTES]);
	tag_set_add_list(&before, form->before[FIELD_TAGS], NULL);
	bookmark_patch_tags(&edit.patch, &before, tags);
	request = screen_command(screen, &command, on_change_answer, form->id);
	tag_set_finish(&before);
	tag_set_finish(&edit.patch.tags);
	tag_set_finish(&edit.patch.without);
	return request;
}

/*
 * The bookmark may be another by now: its address was changed elsewhere, or another library with
 * another bookmark of this number was put in the place of this one. That is said once.
 */
static bool is_the_same(struct screen *screen)
{
	struct form *form = &screen->form;
	struct row row;

	if (!form->id || form->warned || !row_store_find(screen->store, form->id, &row) ||
		strcmp(row.url, form->before[FIELD_URL]) == 0)
		return true;
	form->warned = true;
	return refuse(form, form->field,
		"it has another address by now; save again to change it all the same");
}

void act_save(struct screen *screen, const char *argument)
{
	struct form *form = &screen->form;
	struct tag_set tags = {0};
	const char *texts[FORM_FIELDS];

	(void)argument;
	if (!form->open || !can_be_saved(form, &tags) || !is_the_same(screen)) {
		tag_set_finish(&tags);
		return;
	}
	for (int i = 0; i < FORM_FIELDS; i++)
		texts[i] = form->lines[i].text;
	screen->sent_request = NULL;
	if (!form->id)
		screen->sent_request = send_new(screen, texts, &tags);
	else if (form_changed(form))
		screen->sent_request = send_edit(screen, texts, &tags);
	tag_set_finish(&tags);
	form_move(&screen->sent, form);
}

/* An address that is known is edited rather than added; but nothing typed is thrown away for it. */
static bool edits_the_known_one(const struct form *form)
{
	return form->duplicate && !form->id && !form_field_changed(form, FIELD_TAGS) &&
	       !form_field_changed(form, FIELD_NOTES) && !form->title_typed;
}

/* Enter goes on to the next field and saves from the last; on a known address it edits that. */
void form_accept(struct screen *screen)
{
	struct form *form = &screen->form;
	struct row row;

	if (edits_the_known_one(form) && row_store_find(screen->store, form->duplicate, &row)) {
		list_view_go(&screen->list, form->duplicate);
		form_open_row(form, &row);
	} else if (form->field == FORM_FIELDS - 1) {
		act_save(screen, NULL);
	} else {
		go_to_field(screen, (enum form_field)(form->field + 1));
	}
}

static void throw_away_if_yes(struct screen *screen, const char *text)
{
	if (prompt_is_yes(text))
		form_close(&screen->form);
}

void form_leave(struct screen *screen)
{
	if (form_changed(&screen->form))
		prompt_open(&screen->prompt, PROMPT_KEY, "Throw away what you typed? [y/N] ", "",
			NULL, throw_away_if_yes);
	else
		form_close(&screen->form);
}
