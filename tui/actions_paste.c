#include "tui/actions.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/address_line.h"
#include "domain/bookmarks/url.h"
#include "tui/number.h"

/* What was pasted, as bookmarks to add; the drafts borrow from the lines. */
struct pasted {
	struct address_line *lines;
	struct bookmark_draft *drafts;
	size_t count;
	size_t capacity;
	bool all; /* there is nothing in it but addresses of the web and what belongs to them */
};

static void pasted_add_line(struct pasted *pasted, const char *text)
{
	struct address_line line = {0};

	address_line_read(&line, text);
	if (!*line.url || *text == '#') {
		address_line_finish(&line);
		return;
	}
	pasted->all = pasted->all && url_is_web(line.url);
	pasted->lines = memory_grow(
		pasted->lines, pasted->count, &pasted->capacity, sizeof(*pasted->lines));
	pasted->lines[pasted->count++] = line;
}

/* Addresses on one line, as a browser gives those of its tabs, have no titles. */
static bool are_only_addresses(const char *text)
{
	char *copy = memory_copy_string(text);
	bool only = true;

	for (char *rest = copy, *word; only && (word = strtok_r(rest, " \t\r\n", &rest));)
		only = url_is_web(word);
	free(copy);
	return only;
}

static void pasted_read(struct pasted *pasted, const char *text)
{
	const char *ends = are_only_addresses(text) ? " \t\r\n" : "\r\n";
	char *copy = memory_copy_string(text);

	*pasted = (struct pasted){.all = true};
	for (char *rest = copy, *line; (line = strtok_r(rest, ends, &rest));)
		pasted_add_line(pasted, text_trim(line));
	free(copy);
	pasted->drafts = memory_array(pasted->count + 1, sizeof(*pasted->drafts));
	for (size_t i = 0; i < pasted->count; i++) {
		const struct address_line *line = &pasted->lines[i];
		pasted->drafts[i].url = line->url;
		pasted->drafts[i].title = *line->title ? line->title : NULL;
		pasted->drafts[i].tags = line->tags;
	}
}

static void pasted_finish(struct pasted *pasted)
{
	for (size_t i = 0; i < pasted->count; i++)
		address_line_finish(&pasted->lines[i]);
	free(pasted->lines);
	free(pasted->drafts);
}

static void add_if_wanted(struct screen *screen, const char *text)
{
	struct command command = {.type = ADD_BOOKMARKS};
	struct pasted pasted;

	if (strcmp(text, "Enter") == 0 || strcmp(text, "y") == 0) {
		pasted_read(&pasted, screen->asked_about);
		command.as.add_bookmarks = (struct add_bookmarks){
			.drafts = pasted.drafts, .count = pasted.count, .partial = true};
		screen_command(screen, &command, on_change_answer, 0);
		pasted_finish(&pasted);
	} else {
		screen_say(screen, MESSAGE_INFO, "Nothing was added");
	}
	free(screen->asked_about);
	screen->asked_about = NULL;
}

static void ask_whether(struct screen *screen, const char *text, size_t count)
{
	char number[NUMBER_SIZE];

	number_print(count, number);
	char *question =
		memory_print("Add these %s addresses? Enter adds, Esc does not [Y/n] ", number);
	free(screen->asked_about);
	screen->asked_about = memory_copy_string(text);
	prompt_open(&screen->prompt, PROMPT_KEY, question, "", NULL, add_if_wanted);
	free(question);
}

void actions_offer(struct screen *screen, const char *text)
{
	struct pasted pasted;

	pasted_read(&pasted, text);
	if (!pasted.all || pasted.count == 0)
		screen_say(screen, MESSAGE_INFO,
			"The paste was passed over: it is not addresses only");
	else if (pasted.count == 1)
		form_open_draft(screen, &pasted.drafts[0]);
	else
		ask_whether(screen, text, pasted.count);
	pasted_finish(&pasted);
}
