#include "tui/actions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "tui/number.h"
#include "tui/requests.h"

/* More addresses than this are asked only after a question, when a key wants them asked. */
#define CHECK_WITHOUT_ASKING 20

/* What a check is about: the selection of a view, or in the list without marks all it shows. */
static int64_t *to_check(const struct screen *screen, size_t *count)
{
	const struct list_view *list = &screen->list;

	if (screen->views[screen->depth] != AT_LIST || list->marks.count > 0)
		return list_view_selection(list, count);
	*count = list_view_count(list);
	int64_t *ids = memory_array(*count + 1, sizeof(*ids));
	for (size_t i = 0; i < *count; i++)
		ids[i] = search_id(list->search, i);
	return ids;
}

static void on_check_answer(void *self, const struct request *request, struct report *report)
{
	struct screen *screen = self;
	char number[NUMBER_SIZE], key[KEY_NAME_SIZE];

	if (report->type == REPORT_ERROR) {
		screen_say(screen, MESSAGE_ERROR, "Nothing is checked: %s", report->text);
		return;
	}
	number_print(request->id_count, number);
	screen_say(screen, MESSAGE_INFO, "Checking %s %s in the background · %s stops", number,
		request->id_count == 1 ? "link" : "links",
		keymap_key_named(screen->options.keymap, "stop-check", key));
}

static void check(struct screen *screen)
{
	struct request *request = request_new(ASK_CHECK, on_check_answer, screen);
	size_t count;
	int64_t *ids = to_check(screen, &count);

	request_set_ids(request, ids, count);
	screen->engine->ask(screen->engine, request);
	free(ids);
}

static void check_if_yes(struct screen *screen, const char *text)
{
	if (strcmp(text, "y") == 0 || strcmp(text, "Y") == 0)
		check(screen);
	else
		screen_say(screen, MESSAGE_INFO, "Nothing is checked");
}

/* ":check" has said what it wants; a key may have been hit by chance. */
void act_check(struct screen *screen, const char *argument)
{
	char number[NUMBER_SIZE], question[80];
	size_t count;

	if (argument && strcmp(argument, "stop") == 0) {
		act_stop_check(screen, NULL);
		return;
	}
	free(to_check(screen, &count));
	if (count == 0 || argument || count <= CHECK_WITHOUT_ASKING) {
		check(screen);
		return;
	}
	number_print(count, number);
	snprintf(question, sizeof(question), "Ask whether %s addresses still answer? [y/N] ",
		number);
	prompt_open(&screen->prompt, PROMPT_KEY, question, "", NULL, check_if_yes);
}

void act_stop_check(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen->links.running)
		requests_ask(screen, ASK_STOP_CHECK, NULL, false, NULL, NULL);
	else
		screen_say(screen, MESSAGE_INFO, "No check of links is running");
}
