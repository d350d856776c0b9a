#include <stdint.h>
#include <stdlib.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/question.h"
#include "adapters/cli/selection.h"
#include "adapters/files/edit_buffer.h"
#include "adapters/links/link_follow.h"
#include "adapters/system/editor.h"
#include "domain/base/memory.h"

static enum exit_code hand_in(struct cli *cli, const struct bookmark_edit *edits, size_t count)
{
	const struct command command = {
		.type = EDIT_BOOKMARKS,
		.as.edit_bookmarks = {.edits = edits, .count = count},
	};

	return cli_do(cli, &command);
}

/* The same change of each of them, as one. */
static enum exit_code edit_each(
	struct cli *cli, const struct bookmark_patch *patch, const int64_t *ids, size_t count)
{
	struct bookmark_edit *edits = memory_array(count, sizeof(*edits));
	enum exit_code code;

	for (size_t i = 0; i < count; i++)
		edits[i] = (struct bookmark_edit){.id = ids[i], .patch = *patch};
	code = hand_in(cli, edits, count);
	free(edits);
	return code;
}

static enum exit_code edit_ids(struct cli *cli, const struct bookmark_patch *patch)
{
	int64_t *ids;
	size_t count;
	enum exit_code code = selection_ids(cli, &ids, &count);

	if (!code && patch->url && count > 1)
		code = cli_misused(cli, "--url: %zu bookmarks cannot have one address", count);
	if (!code)
		code = edit_each(cli, patch, ids, count);
	free(ids);
	return code;
}

static enum exit_code edit_fields(struct cli *cli)
{
	const struct command_line *line = &cli->line;
	struct bookmark_patch patch = {
		.url = line->values[OPTION_URL],
		.title = line->values[OPTION_TITLE],
		.notes = line->values[OPTION_NOTES],
	};
	struct error error = {0};
	enum exit_code code;

	if (line->given[OPTION_TAG_EDITS] &&
		tag_edits_read(&patch, line->values[OPTION_TAG_EDITS], &error))
		code = cli_misused(cli, "%s", error.text);
	else
		code = edit_ids(cli, &patch);
	tag_edits_finish(&patch);
	return code;
}

/* What the editor is shown, and what comes back. */
struct sheet_check {
	struct edit_buffer sheet;
	const struct selection *selection;
};

static enum status check_sheet(void *self, const char *text, struct error *error)
{
	struct sheet_check *check = self;

	edit_buffer_finish(&check->sheet);
	return edit_buffer_read(
		&check->sheet, text, check->selection->bookmarks, check->selection->count, error);
}

static bool ask_again(void *self, const struct error *why)
{
	(void)self;
	if (!question_can_be_asked())
		return false;
	complain("edit: %s", why->text);
	return question_ask("Open the editor again?");
}

/* An editor that fails is no trouble of the library, whatever the status. */
static enum exit_code edit_in_editor(struct cli *cli, const struct selection *selection)
{
	struct sheet_check check = {.selection = selection};
	char *text = edit_buffer_print(selection->bookmarks, selection->count);
	const struct editing editing = {text, check_sheet, ask_again, &check};
	struct error error = {0};
	struct edited edited;
	enum exit_code code;

	interruption_be_patient();
	code = cli_fail(cli, editor_edit(&editing, &edited, &error), &error);
	if (code)
		code = EXIT_FAILED;
	else if (edited.text && check.sheet.edit_count)
		code = hand_in(cli, check.sheet.edits, check.sheet.edit_count);
	else
		cli_say(cli, "Nothing was changed");
	edit_buffer_finish(&check.sheet);
	if (!code)
		editor_remove_draft(edited.draft);
	else if (edited.draft)
		complain("edit: your text is kept in %s", edited.draft);
	edited_finish(&edited);
	free(text);
	return code;
}

static void say_left(void *self, const struct bookmark *bookmark, int64_t holder)
{
	(void)self;
	remark("edit: bookmark %lld is left as it is: bookmark %lld has its new address %s",
		(long long)bookmark->id, (long long)holder, bookmark->link.url);
}

static enum exit_code follow_all(struct cli *cli, const struct selection *selection)
{
	struct link_follow follow = {.catalogue = cli->library.catalogue, .left = say_left};
	enum exit_code code = EXIT_DONE;

	for (size_t i = 0; i < selection->count; i++)
		link_follow_add(&follow, &selection->bookmarks[i]);
	if (follow.count)
		code = hand_in(cli, follow.edits, follow.count);
	else
		cli_say(cli, "Nothing was changed: none has a new address");
	link_follow_finish(&follow);
	return code;
}

static enum exit_code edit_run(struct cli *cli)
{
	const bool *given = cli->line.given;
	bool fields = given[OPTION_URL] || given[OPTION_TITLE] || given[OPTION_NOTES] ||
		      given[OPTION_TAG_EDITS];

	if (given[OPTION_FOLLOW_MOVED] && fields)
		return cli_misused(cli, "--follow-moved changes addresses alone");
	if (given[OPTION_FOLLOW_MOVED])
		return selection_run(cli, follow_all);
	if (fields)
		return edit_fields(cli);
	return selection_run(cli, edit_in_editor);
}

static const enum option_id options[] = {OPTION_MATCHING, OPTION_URL, OPTION_TITLE, OPTION_NOTES,
	OPTION_TAG_EDITS, OPTION_FOLLOW_MOVED, OPTIONS_END};

const struct cli_command edit_command = {
	.name = "edit",
	.usage = "ID... [--url URL] [--title TEXT] [--notes TEXT] [--tags LIST]\n"
		 "--matching QUERY [--title TEXT] [--notes TEXT] [--tags LIST]\n"
		 "ID... --follow-moved\n"
		 "--matching QUERY --follow-moved",
	.summary = "change fields of bookmarks",
	.details = "All of them are one change, for undo. --tags a,b sets the tags, --tags +a,-b "
		   "adds and\n"
		   "removes. With none of these options a small text form is opened in $VISUAL or\n"
		   "$EDITOR; an empty file changes nothing.",
	.query = true,
	.ids = true,
	.most = SIZE_MAX,
	.options = options,
	.run = edit_run,
};
