#include "tui/actions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "tui/number.h"
#include "tui/progress.h"
#include "tui/prompt_words.h"

void act_import_panel(struct screen *screen, const char *argument)
{
	(void)argument;
	screen_open_text(screen, AT_IMPORT, TOPIC_IMPORT, "Import");
}

/* "USER [full] [no-topics] [no-timestamps] [dry-run] [tags=a,b]"; no user: the token's owner. */
static void request_stars(struct screen *screen, const char *line)
{
	struct prompt_words words = {0};
	struct tag_set tags = {0};
	struct command command = {.type = REQUEST_STARS};
	struct star_request *request = &command.as.request_stars.request;

	prompt_words_split(&words, line);
	*request = (struct star_request){.forge = "github", .jobs = 4, .wait = true};
	request->full = prompt_words_take(&words, "full");
	request->topics = !prompt_words_take(&words, "no-topics");
	request->timestamps = !prompt_words_take(&words, "no-timestamps");
	request->dry_run = prompt_words_take(&words, "dry-run");
	char *list = prompt_words_take_value(&words, "tags");
	if (list)
		tag_set_add_list(&tags, list, NULL);
	request->tags = tags.count > 0 ? &tags : NULL;
	bool own = prompt_words_take(&words, "me") || words.count == 0;
	request->user = own ? NULL : words.words[0];
	screen_command(screen, &command, on_change_answer, 0);
	act_import_panel(screen, NULL);
	free(list);
	tag_set_finish(&tags);
	prompt_words_finish(&words);
}

/* The key starts and stops; a name starts. */
void act_stars(struct screen *screen, const char *argument)
{
	if (argument) {
		request_stars(screen, argument);
		return;
	}
	if (stars_are_running(&screen->stars)) {
		act_stop_stars(screen, NULL);
		return;
	}
	prompt_open(&screen->prompt, PROMPT_LINE,
		"Stars of which GitHub user? (empty: the token's owner) ", screen->stars.user, NULL,
		request_stars);
}

void act_stop_stars(struct screen *screen, const char *argument)
{
	(void)argument;
	if (stars_are_running(&screen->stars))
		screen_ask(screen, ASK_STOP_STARS, NULL, false, NULL, NULL);
	else
		screen_say(screen, MESSAGE_INFO, "No import is running");
}

/* "~/…" as a shell has it; yours to free. */
static char *path_of(const char *word)
{
	const char *home = getenv("HOME");

	if (word[0] == '~' && word[1] == '/' && home)
		return memory_print("%s%s", home, word + 1);
	return memory_copy_string(word);
}

/* "FILE... [format=F] [tags=a,b]": as asked for, or only what it would do. */
static void ask_for_import(
	struct screen *screen, struct prompt_words *words, const char *line, bool preview)
{
	char *format = prompt_words_take_value(words, "format");
	char *tags = prompt_words_take_value(words, "tags");
	bool dry_run = prompt_words_take(words, "dry-run");

	for (size_t i = 0; i < words->count; i++) {
		char *path = path_of(words->words[i]);
		const char *asked[] = {path, format ? format : "", tags ? tags : "", NULL};
		screen_ask(screen, ASK_IMPORT_FILE, asked, dry_run || preview,
			preview && !dry_run ? on_preview_answer : on_change_answer, line);
		free(path);
		screen_say(screen, MESSAGE_INFO, "%s %s",
			dry_run || preview ? "Looking at" : "Importing", words->words[i]);
	}
	free(format);
	free(tags);
}

/* One file is looked at first, and what it would do asked about; "yes" does without. */
static void import_file(struct screen *screen, const char *line)
{
	struct prompt_words words = {0};

	prompt_words_split(&words, line);
	bool sure = prompt_words_take(&words, "yes");
	ask_for_import(screen, &words, line, !sure && words.count == 1);
	prompt_words_finish(&words);
}

static void import_if_yes(struct screen *screen, const char *text)
{
	struct prompt_words words = {0};

	if (prompt_is_yes(text)) {
		prompt_words_split(&words, screen->asked_about);
		ask_for_import(screen, &words, NULL, false);
		prompt_words_finish(&words);
	}
	free(screen->asked_about);
	screen->asked_about = NULL;
}

char *actions_describe_import(const struct result *result)
{
	const struct {
		size_t count;
		const char *what;
	} parts[] = {{result->counts.added, "new"}, {result->counts.updated, "changed"},
		{result->counts.unchanged, "known"}, {result->counts.skipped, "unusable"}};
	struct buffer text = {0};
	char number[NUMBER_SIZE];

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].count == 0)
			continue;
		number_print(parts[i].count, number);
		buffer_print(&text, "%s%s %s", text.length ? ", " : "", number, parts[i].what);
	}
	char *described = memory_copy_string(text.length ? buffer_text(&text) : "no bookmark");
	buffer_finish(&text);
	return described;
}

void actions_offer_import(struct screen *screen, const struct result *result, const char *line)
{
	bool any = result->counts.added + result->counts.updated > 0;
	char *counts = actions_describe_import(result);
	char question[240];

	snprintf(question, sizeof(question), "%s: import? [y/N] ", counts);
	if (!any)
		screen_say(screen, MESSAGE_INFO, "The file has %s: nothing to import", counts);
	else if (screen->prompt.kind != PROMPT_NONE || screen->form.open)
		screen_say(screen, MESSAGE_INFO,
			"The file has %s: import it again when nothing is open", counts);
	free(counts);
	if (!any || screen->prompt.kind != PROMPT_NONE || screen->form.open)
		return;
	free(screen->asked_about);
	screen->asked_about = memory_copy_string(line);
	prompt_open(&screen->prompt, PROMPT_KEY, question, "", NULL, import_if_yes);
}

/* A line that names a file, which Tab completes. */
static void ask_for_file(struct screen *screen, const char *label, prompt_fn answer)
{
	prompt_open(&screen->prompt, PROMPT_LINE, label, "", NULL, answer);
	screen->prompt.completes = COMPLETES_FILES;
}

void act_import(struct screen *screen, const char *argument)
{
	if (!argument)
		ask_for_file(screen, "Import which file? ", import_file);
	else if (strncmp(argument, "github", 6) == 0 && (!argument[6] || argument[6] == ' '))
		request_stars(screen, argument + 6);
	else
		import_file(screen, argument);
}

/* "FILE [FORMAT]": what is shown now, by the filter. */
static void send_export(struct screen *screen, const char *line, bool replace, answer_fn on_answer)
{
	struct prompt_words words = {0};

	prompt_words_split(&words, line);
	if (words.count > 0) {
		char *path = path_of(words.words[0]);
		const char *asked[] = {
			path, words.count > 1 ? words.words[1] : "", screen->list.filter, NULL};
		screen_ask(screen, ASK_EXPORT, asked, replace, on_answer, line);
		free(path);
	}
	prompt_words_finish(&words);
}

static void replace_if_yes(struct screen *screen, const char *text)
{
	char *line = screen->asked_about;

	screen->asked_about = NULL;
	if (prompt_is_yes(text))
		send_export(screen, line, true, on_message_answer);
	else
		screen_say(screen, MESSAGE_INFO, "Nothing was exported");
	free(line);
}

/* Where the file exists, it is for the user to say whether it is replaced. */
static void on_export_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;
	char question[160];

	if (report->type != REPORT_ERROR || report->status != STATUS_DUPLICATE) {
		on_message_answer(self, request, report);
		return;
	}
	if (screen->prompt.kind != PROMPT_NONE || screen->form.open) {
		screen_say(screen, MESSAGE_ERROR,
			"Not exported: %s; export again when nothing is open", report->text);
		return;
	}
	free(screen->asked_about);
	screen->asked_about = memory_copy_string(request->note);
	snprintf(question, sizeof(question), "%.120s. Replace it? [y/N] ", report->text);
	prompt_open(&screen->prompt, PROMPT_KEY, question, "", NULL, replace_if_yes);
}

static void export_file(struct screen *screen, const char *line)
{
	send_export(screen, line, false, on_export_answer);
}

void act_export(struct screen *screen, const char *argument)
{
	if (argument)
		export_file(screen, argument);
	else
		ask_for_file(screen, "Export to which file? ", export_file);
}

static void backup_to(struct screen *screen, const char *line)
{
	struct prompt_words words = {0};

	prompt_words_split(&words, line);
	if (words.count > 0) {
		char *path = path_of(words.words[0]);
		const char *asked[] = {path, NULL};
		screen_ask(screen, ASK_BACKUP, asked, false, on_message_answer, NULL);
		free(path);
	}
	prompt_words_finish(&words);
}

void act_backup(struct screen *screen, const char *argument)
{
	if (argument)
		backup_to(screen, argument);
	else
		ask_for_file(screen, "Copy the library to which file? ", backup_to);
}
