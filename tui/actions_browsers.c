#include "tui/actions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "tui/messages.h"
#include "tui/number.h"

static void add_count(struct buffer *text, const char *before, size_t count, const char *what)
{
	char number[NUMBER_SIZE];

	if (count == 0)
		return;
	number_print(count, number);
	buffer_print(text, "%s%s %s", before, number, what);
}

/* "Imported 1,290 from Firefox, Chromium, 5 known, 2 unusable · 2u undo" */
static void say_run(struct screen *screen)
{
	const struct offers_run *run = &screen->browsers.run;
	char *names = browser_offers_print(&screen->browsers, false);
	struct buffer text = {0};
	char number[NUMBER_SIZE], key[KEY_NAME_SIZE];

	number_print(run->new, number);
	if (run->new > 0)
		buffer_print(&text, "Imported %s from %s", number, names);
	else
		buffer_print(&text, "Nothing new in %s", names);
	add_count(&text, ", ", run->known, "known");
	add_count(&text, ", ", run->unusable, "unusable");
	keymap_key_named(screen->options.keymap, "undo", key);
	if (run->changes > 1) /* a change each */
		buffer_print(&text, " · %zu%s undo", run->changes, key);
	else if (run->changes > 0)
		buffer_print(&text, " · %s undo", key);
	screen_say(screen, MESSAGE_GOOD, "%s", buffer_text(&text));
	messages_keep(&screen->messages);
	buffer_finish(&text);
	free(names);
}

static void on_import_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;
	struct offers_run *run = &screen->browsers.run;
	const struct result *result = &report->result;
	const char *why = report->type == REPORT_ERROR ? report->text : result->error.text;

	run->left--;
	if (report->type == REPORT_ERROR || report->status != STATUS_OK) {
		screen_say(screen, MESSAGE_ERROR, "%s was not imported: %s", request->note,
			why && *why ? why : status_message(report->status));
	} else {
		run->new += result->counts.added;
		run->known += result->counts.updated + result->counts.unchanged;
		run->unusable += result->counts.skipped;
		run->changes += result->change != 0;
	}
	if (run->left == 0 && run->new + run->known + run->unusable > 0)
		say_run(screen);
}

static void import_wanted(struct screen *screen)
{
	struct browser_offers *browsers = &screen->browsers;
	char *names = browser_offers_print(browsers, true);

	if (browsers->run.left == 0)
		browsers->run = (struct offers_run){0};
	for (size_t i = 0; i < browsers->count; i++) {
		const struct browser_offer *offer = &browsers->offers[i];
		const char *words[] = {offer->path, "", "", offer->browser, NULL};
		if (!offer->wanted)
			continue;
		browsers->run.left++;
		screen_ask(screen, ASK_IMPORT_FILE, words, false, on_import_answer, offer->program);
	}
	screen_say(screen, MESSAGE_INFO, "Importing %s", names);
	free(names);
}

static void import_if_yes(struct screen *screen, const char *text)
{
	if (prompt_is_yes(text))
		import_wanted(screen);
	else
		screen_say(screen, MESSAGE_INFO, "Nothing was imported");
}

static void ask_whether(struct screen *screen)
{
	char *names = browser_offers_print(&screen->browsers, true);
	char key[KEY_NAME_SIZE];

	if (screen->prompt.kind != PROMPT_NONE || screen->form.open) {
		screen_say(screen, MESSAGE_INFO, "Found %s: %s again when nothing is open", names,
			keymap_key_named(screen->options.keymap, "browsers", key));
	} else {
		char *question = memory_print("Import %s? [y/N] ", names);
		prompt_open(&screen->prompt, PROMPT_KEY, question, "", NULL, import_if_yes);
		free(question);
	}
	free(names);
}

static void say_none(struct screen *screen, const char *browser)
{
	struct browser_offers *browsers = &screen->browsers;

	browser_offers_want(browsers, NULL);
	char *others = browser_offers_print(browsers, false);
	screen_say(screen, MESSAGE_ERROR, "No bookmarks of %s were found here; %s%s",
		browser ? browser : "any browser",
		browsers->count > 0 ? "there are: " : ":import FILE takes an export", others);
	free(others);
}

/* What was found is imported at once where it was named or nothing else is there. */
static void offer(struct screen *screen)
{
	struct browser_offers *browsers = &screen->browsers;
	char *chosen = browsers->chosen;

	browsers->chosen = NULL;
	browsers->wanted = false;
	if (browser_offers_want(browsers, chosen) == 0)
		say_none(screen, chosen);
	else if (chosen || row_store_count(screen->store) == 0)
		import_wanted(screen);
	else
		ask_whether(screen);
	free(chosen);
}

static void on_browsers_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;

	(void)request;
	browser_offers_read(&screen->browsers, report->type == REPORT_TEXT ? report->text : "");
	if (screen->browsers.wanted)
		offer(screen);
}

void actions_look_for_browsers(struct screen *screen)
{
	if (screen->browsers.asked)
		return;
	screen->browsers.asked = true;
	screen_ask(screen, ASK_BROWSERS, NULL, false, on_browsers_answer, NULL);
}

/* In an empty library they are on the screen already; else they are looked for now. */
void act_browsers(struct screen *screen, const char *argument)
{
	struct browser_offers *browsers = &screen->browsers;

	free(browsers->chosen);
	browsers->chosen = argument ? memory_copy_string(argument) : NULL;
	if (browsers->known && !browsers->asked && row_store_count(screen->store) == 0) {
		offer(screen);
		return;
	}
	browsers->wanted = true;
	screen_say(screen, MESSAGE_INFO, "Looking for browsers");
	actions_look_for_browsers(screen);
}
