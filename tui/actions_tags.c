#include "tui/actions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/number.h"

void act_tags(struct screen *screen, const char *argument)
{
	(void)argument;
	while (screen_close_view(screen))
		;
	screen_open_view(screen, AT_TAGS);
	tag_view_read(&screen->tags, screen->store);
}

/*
 * "+new -old", or only "new", separated by blanks; or by commas, if there is one, so that a tag may
 * have blanks. False with a reason if a word is no tag.
 */
static bool read_tag_change(
	const char *text, struct tag_set *with, struct tag_set *without, struct error *error)
{
	const char *separators = strchr(text, ',') ? "," : " ";
	char *copy = memory_copy_string(text);
	bool good = true;

	for (char *rest = copy, *word; good && (word = strtok_r(rest, separators, &rest));) {
		word = text_trim(word);
		bool minus = *word == '-';
		const char *tag = word + (minus || *word == '+' || *word == '#');
		if (!tag_set_add(minus ? without : with, tag)) {
			error_set(error, "\"%s\" is no tag", word);
			good = false;
		}
	}
	if (good && with->count == 0 && without->count == 0) {
		error_set(error, "no tag was named");
		good = false;
	}
	free(copy);
	return good;
}

static void send_change(
	struct screen *screen, const struct tag_set *with, const struct tag_set *without)
{
	size_t count;
	int64_t *ids = actions_selection(screen, &count);
	struct bookmark_edit *edits = memory_array(count + 1, sizeof(*edits));
	struct command command = {.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {edits, count}};

	for (size_t i = 0; i < count; i++) {
		edits[i].id = ids[i];
		edits[i].patch.tag_edit = TAGS_ADJUST;
		edits[i].patch.tags = *with;
		edits[i].patch.without = *without;
	}
	if (count > 0)
		screen_command(screen, &command, on_change_answer, count == 1 ? ids[0] : 0);
	free(edits);
	free(ids);
}

static void change_tags(struct screen *screen, const char *text)
{
	struct tag_set with = {0};
	struct tag_set without = {0};
	struct error error = {""};

	if (read_tag_change(text, &with, &without, &error)) {
		history_add(&screen->tag_changes, text);
		char *last = memory_copy_string(text);
		free(screen->last_tags);
		screen->last_tags = last;
		send_change(screen, &with, &without);
	} else {
		screen_say(screen, MESSAGE_ERROR, "Tags were not changed: %s", error.text);
	}
	tag_set_finish(&with);
	tag_set_finish(&without);
}

void act_change_tags(struct screen *screen, const char *argument)
{
	size_t count = actions_selected(screen);
	char number[NUMBER_SIZE];
	char label[80];

	if (count == 0)
		return;
	if (argument) {
		change_tags(screen, argument);
		return;
	}
	actions_mark_counted(screen);
	number_print(count, number);
	if (count == 1)
		snprintf(label, sizeof(label), "Tags, +new -old: ");
	else
		snprintf(label, sizeof(label), "Tags of %s bookmarks, +new -old: ", number);
	prompt_open(&screen->prompt, PROMPT_LINE, label, "", &screen->tag_changes, change_tags);
	actions_ask_about_selection(screen);
	screen->prompt.completes = COMPLETES_TAGS;
}

void act_repeat_tags(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen->last_tags)
		change_tags(screen, screen->last_tags);
	else
		screen_say(screen, MESSAGE_INFO, "No tags were changed yet; T changes them");
}

void act_show_tag(struct screen *screen, const char *argument)
{
	const char *tag = tag_view_tag(&screen->tags);

	(void)argument;
	if (!tag)
		return;
	char *filter = tag_query(tag, strlen(tag));
	act_filter(screen, filter);
	free(screen->of_tag);
	screen->of_tag = filter;
}

/* What the question was about that is answered now; else the marked tags, or that of the cursor. */
static void selected_tags(const struct screen *screen, struct tag_set *tags)
{
	if (screen->asked && screen->asked->tags.count)
		tag_set_copy(tags, &screen->asked->tags);
	else
		tag_view_selection(&screen->tags, tags);
}

static void rename_tags(struct screen *screen, const char *to)
{
	struct tag_set from = {0};
	struct command command = {.type = RENAME_TAGS};

	selected_tags(screen, &from);
	command.as.rename_tags =
		(struct rename_tags){(const char *const *)from.tags, from.count, to};
	if (*to && from.count > 0)
		screen_command(screen, &command, on_change_answer, 0);
	tag_set_clear(&screen->tags.marks);
	tag_set_finish(&from);
}

/* A mark would be renamed with it, so renaming looks at the cursor alone. */
static void rename_tag(struct screen *screen, const char *to)
{
	tag_set_clear(&screen->tags.marks);
	rename_tags(screen, to);
}

void act_rename_tag(struct screen *screen, const char *argument)
{
	const char *tag = tag_view_tag(&screen->tags);
	char label[120];

	if (!tag)
		return;
	if (argument) {
		rename_tag(screen, argument);
		return;
	}
	snprintf(label, sizeof(label), "Rename #%.60s to: ", tag);
	prompt_open(&screen->prompt, PROMPT_LINE, label, tag, NULL, rename_tag);
	tag_set_add(&screen->prompt.about.tags, tag);
	screen->prompt.completes = COMPLETES_TAGS;
}

void act_merge_tags(struct screen *screen, const char *argument)
{
	struct tag_set tags = {0};
	char label[120], number[NUMBER_OF_SIZE];

	tag_view_selection(&screen->tags, &tags);
	if (argument) {
		rename_tags(screen, argument);
	} else if (tags.count == 1) {
		snprintf(label, sizeof(label), "Merge #%.60s into: ", tags.tags[0]);
		prompt_open(&screen->prompt, PROMPT_LINE, label, "", NULL, rename_tags);
	} else if (tags.count > 1) {
		snprintf(label, sizeof(label),
			"Merge %s into: ", number_of(tags.count, "tag", "tags", number));
		prompt_open(&screen->prompt, PROMPT_LINE, label, tags.tags[0], NULL, rename_tags);
	}
	screen->prompt.completes = COMPLETES_TAGS;
	if (!argument)
		tag_set_copy(&screen->prompt.about.tags, &tags);
	tag_set_finish(&tags);
}

static void delete_tags(struct screen *screen)
{
	struct tag_set tags = {0};
	struct command command = {.type = DELETE_TAGS};

	selected_tags(screen, &tags);
	command.as.delete_tags = (struct delete_tags){(const char *const *)tags.tags, tags.count};
	if (tags.count > 0)
		screen_command(screen, &command, on_change_answer, 0);
	tag_set_clear(&screen->tags.marks);
	tag_set_finish(&tags);
}

static void delete_if_yes(struct screen *screen, const char *text)
{
	if (prompt_is_yes(text))
		delete_tags(screen);
	else
		screen_say(screen, MESSAGE_INFO, "No tag was deleted");
}

void act_delete_tags(struct screen *screen, const char *argument)
{
	struct tag_set tags = {0};
	char question[NUMBER_OF_SIZE + 40], number[NUMBER_OF_SIZE];

	(void)argument;
	tag_view_selection(&screen->tags, &tags);
	if (tags.count <= 1) {
		delete_tags(screen);
		tag_set_finish(&tags);
		return;
	}
	snprintf(question, sizeof(question), "Delete %s everywhere? [y/N] ",
		number_of(tags.count, "tag", "tags", number));
	prompt_open(&screen->prompt, PROMPT_KEY, question, "", NULL, delete_if_yes);
	screen->prompt.about.tags = tags;
}
