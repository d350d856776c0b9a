#include "tui/actions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"

static void say_how_to_save(struct screen *screen)
{
	char filter[KEY_NAME_SIZE];

	screen_say(screen, MESSAGE_INFO,
		"No search is saved yet: filter with %s, then :save NAME keeps it",
		keymap_key_named(screen->options.keymap, "filter", filter));
}

void actions_name_searches(
	const struct screen *screen, struct completion *completion, const char *begin)
{
	for (size_t i = 0; i < screen->searches.count; i++) {
		const char *name = screen->searches.all[i].name;
		if (strncasecmp(name, begin, strlen(begin)) == 0)
			completion_add(completion, name);
	}
}

/* The one of that name, else the first that begins so: of an empty line the first of all. */
static const struct saved_search *meant(const struct saved_searches *searches, const char *name)
{
	const struct saved_search *found = NULL;

	for (size_t i = 0; i < searches->count; i++) {
		const struct saved_search *search = &searches->all[i];
		if (strcasecmp(search->name, name) == 0)
			return search;
		if (!found && strncasecmp(search->name, name, strlen(name)) == 0)
			found = search;
	}
	return found;
}

static void use_search(struct screen *screen, const char *name)
{
	const struct saved_search *search = meant(&screen->searches, name);

	if (search)
		act_filter(screen, search->query);
	else
		screen_say(screen, MESSAGE_ERROR,
			"No search \"%s\" is saved; Tab after \":searches \" names them", name);
}

/* Those that begin so stand above the line; stepping through them does not come here anew. */
static void offer_searches(struct screen *screen, const char *text)
{
	struct completion *completion = &screen->prompt.completion;

	if (completion->count > 0)
		return;
	completion->from = 0;
	free(completion->typed);
	completion->typed = memory_copy_string(text);
	actions_name_searches(screen, completion, text);
	if (completion->count == 0)
		completion_finish(completion);
}

void act_searches(struct screen *screen, const char *argument)
{
	struct prompt *prompt = &screen->prompt;

	if (screen->searches.count == 0) {
		say_how_to_save(screen);
		return;
	}
	if (argument) {
		use_search(screen, argument);
		return;
	}
	prompt_open(prompt, PROMPT_LINE, "Saved search: ", "", NULL, use_search);
	prompt->completes = COMPLETES_SEARCHES;
	prompt->changed = offer_searches;
	offer_searches(screen, "");
}

static void on_saved_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;

	if (report->type == REPORT_ERROR) {
		screen_say(screen, MESSAGE_ERROR, "Not saved: %s", report->text);
		return;
	}
	saved_searches_put(&screen->searches, request->words[0], request->words[1]);
	screen_say(screen, MESSAGE_GOOD, "%s", report->text);
}

static void save_as(struct screen *screen, const char *name)
{
	const char *words[] = {name, screen->list.filter, NULL};

	if (*name)
		screen_ask(screen, ASK_SAVE_SEARCH, words, false, on_saved_answer, NULL);
}

void act_save_search(struct screen *screen, const char *argument)
{
	char filter[KEY_NAME_SIZE];

	if (!*screen->list.filter || screen->list.wrong) {
		screen_say(screen, MESSAGE_ERROR, "There is no filter to save: %s filters",
			keymap_key_named(screen->options.keymap, "filter", filter));
		return;
	}
	if (argument) {
		save_as(screen, argument);
		return;
	}
	prompt_open(&screen->prompt, PROMPT_LINE, "Save this filter under which name? ", "", NULL,
		save_as);
	screen->prompt.completes = COMPLETES_SEARCHES;
}
