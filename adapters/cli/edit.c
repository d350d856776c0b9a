#include <stdlib.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/edit_form.h"
#include "adapters/cli/question.h"
#include "adapters/cli/selection.h"
#include "adapters/cli/tag_edits.h"
#include "adapters/system/editor.h"

static enum exit_code hand_in(struct cli *cli, int64_t id, const struct bookmark_patch *patch)
{
	const struct bookmark_edit edit = {.id = id, .patch = *patch};
	const struct command command = {
		.type = EDIT_BOOKMARKS,
		.as.edit_bookmarks = {.edits = &edit, .count = 1},
	};

	return cli_do(cli, &command);
}

static enum exit_code edit_fields(struct cli *cli, int64_t id)
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
		code = hand_in(cli, id, &patch);
	tag_edits_finish(&patch);
	return code;
}

static enum status check_form(void *self, const char *text, struct error *error)
{
	struct edit_form form;
	enum status status = edit_form_read(&form, text, error);

	(void)self;
	edit_form_finish(&form);
	return status;
}

static bool ask_again(void *self, const struct error *why)
{
	(void)self;
	if (!question_can_be_asked())
		return false;
	complain("edit: %s", why->text);
	return question_ask("Open the editor again?");
}

static enum exit_code take_form(struct cli *cli, const struct bookmark *bookmark, const char *text)
{
	struct bookmark_patch patch = {0};
	struct edit_form form;
	enum exit_code code = EXIT_DONE;

	edit_form_read(&form, text, NULL);
	if (!form.empty && edit_form_patch(&form, bookmark, &patch))
		code = hand_in(cli, bookmark->id, &patch);
	else
		cli_say(cli, "Nothing was changed");
	tag_edits_finish(&patch);
	edit_form_finish(&form);
	return code;
}

/* An editor that fails is no trouble of the library, whatever the status. */
static enum exit_code edit_in_editor(struct cli *cli, const struct bookmark *bookmark)
{
	char *text = edit_form_print(bookmark);
	const struct editing editing = {.text = text, .check = check_form, .again = ask_again};
	struct error error = {0};
	char *edited = NULL;
	enum exit_code code;

	code = cli_fail(cli, editor_edit(&editing, &edited, &error), &error);
	if (code)
		code = EXIT_FAILED;
	else if (edited)
		code = take_form(cli, bookmark, edited);
	else
		cli_say(cli, "Nothing was changed");
	free(edited);
	free(text);
	return code;
}

static enum exit_code edit_form(struct cli *cli)
{
	struct selection selection;
	enum exit_code code = selection_read(&selection, cli);

	if (!code && !selection_is_there(&selection, 0))
		code = selection_complain(&selection, 0, cli->line.command->name);
	if (!code)
		code = edit_in_editor(cli, &selection.bookmarks[0]);
	selection_finish(&selection);
	return code;
}

static enum exit_code run(struct cli *cli)
{
	const bool *given = cli->line.given;
	int64_t id;

	if (!command_line_id(cli->line.words[0], &id))
		return cli_misused(cli, "\"%s\" is no id of a bookmark", cli->line.words[0]);
	if (given[OPTION_URL] || given[OPTION_TITLE] || given[OPTION_NOTES] ||
		given[OPTION_TAG_EDITS])
		return edit_fields(cli, id);
	return edit_form(cli);
}

static const enum option_id options[] = {
	OPTION_URL, OPTION_TITLE, OPTION_NOTES, OPTION_TAG_EDITS, OPTIONS_END};

const struct cli_command edit_command = {
	.name = "edit",
	.usage = "ID [--url URL] [--title TEXT] [--notes TEXT] [--tags LIST]",
	.summary = "change the fields of a bookmark",
	.details =
		"--tags a,b sets the tags, --tags +a,-b adds and removes. With none of these "
		"options a\n"
		"small text form is opened in $VISUAL or $EDITOR; an empty file changes nothing.",
	.least = 1,
	.most = 1,
	.options = options,
	.run = run,
};
