#include "tui/palette.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/tag_counts.h"
#include "domain/search/query.h"
#include "domain/search/row_store.h"
#include "tui/actions.h"
#include "tui/number.h"
#include "tui/prompt_words.h"
#include "tui/relative_time.h"

#define PALETTE_ROWS 8
#define MATCHES_MOST 96
#define HELP_FROM    3  /* letters */
#define KEYS_MOST    78 /* the column of the keys in it, at most: not far from what they do */

#define TAGS_OFFERED 30

/* What ":" offers: a command, a saved search to filter by, or a program of the user's. */
struct command_match {
	const struct keymap_row *row;
	const struct saved_search *search; /* NULL: the command itself */
	const struct bound_command *own;   /* NULL, too */
	bool by_name;                      /* and not only by what it is said to do */
};

static void begin_value(struct completion *completion, const struct line_editor *line, size_t from)
{
	completion->from = from;
	completion->typed = memory_copy_bytes(line->text + from, line->cursor - from);
}

static bool tag_begins_with(const char *tag, const char *folded)
{
	char *text = text_fold(tag, strlen(tag), NULL);
	bool begins = strncmp(text, folded, strlen(folded)) == 0;

	free(text);
	return begins;
}

void palette_complete_tags(
	struct screen *screen, struct completion *completion, const struct line_editor *line)
{
	struct tag_view *tags = &screen->offered_tags;
	size_t from = line_editor_word(line, " ,+-#(:");

	begin_value(completion, line, from);
	char *folded = text_fold(completion->typed, strlen(completion->typed), NULL);
	tag_view_read(tags, screen->store);
	for (size_t i = 0; i < tags->count && completion->count < TAGS_OFFERED; i++) {
		if (tag_begins_with(tags->rows[i].tag, folded))
			completion_add_counted(completion, tags->rows[i].tag, tags->rows[i].count);
	}
	free(folded);
}

/* What a word of ":" or of a filter can be, where that is a fixed list. */
static const struct {
	enum completes where;
	const char *before; /* what stands before the value */
	const char *values; /* separated by blanks; NULL: the words of queries for states */
} value_lists[] = {
	{COMPLETES_COMMANDS, "set ", "mouse nomouse ascii noascii"},
	{COMPLETES_COMMANDS, "sort ", "added modified title url relevance"},
	{COMPLETES_COMMANDS, "preview ", "right below off auto"},
	{COMPLETES_TAGS, "is:", NULL},
	{COMPLETES_TAGS, "source:", "manual github gitea gitlab file"},
	{COMPLETES_TAGS, "title:", ""},
	{COMPLETES_TAGS, "url:", ""},
	{COMPLETES_TAGS, "notes:", ""},
};

static void offer(struct completion *completion, const char *value, size_t length)
{
	char *word = memory_copy_bytes(value, length);

	if (strncasecmp(word, completion->typed, strlen(completion->typed)) == 0)
		completion_add(completion, word);
	free(word);
}

static bool ends_with(const struct line_editor *line, size_t from, const char *before)
{
	size_t length = strlen(before);

	return from >= length && strncasecmp(line->text + from - length, before, length) == 0;
}

static void offer_states(struct completion *completion)
{
	const char *word;

	for (size_t i = 0; (word = query_state_word(i)); i++)
		offer(completion, word, strlen(word));
}

static void offer_list(struct completion *completion, const char *values)
{
	if (!values) {
		offer_states(completion);
		return;
	}
	while (*values) {
		size_t length = strcspn(values, " ");
		offer(completion, values, length);
		values += length + (values[length] == ' ');
	}
}

static bool offer_host(void *self, const char *host, size_t count)
{
	struct completion *completion = self;

	if (strncasecmp(host, completion->typed, strlen(completion->typed)) == 0)
		completion_add_counted(completion, host, count);
	return completion->count < TAGS_OFFERED;
}

static void count_host(void *counts, const struct row *row)
{
	const char *host = strstr(row->url, "://");

	if (!host || strncmp(row->url, "http", 4) != 0)
		return;
	host += 3;
	host += strncmp(host, "www.", 4) == 0 ? 4 : 0;
	tag_counts_add(counts, host, strcspn(host, "/?#:"));
}

/* Today, this month, this year, the one before. */
static void offer_dates(const struct screen *screen, struct completion *completion)
{
	char day[DAY_SIZE];
	char year[24];

	day_print(screen->wall, day);
	offer(completion, day, strlen(day));
	offer(completion, day, strlen("2024-05"));
	offer(completion, day, strlen("2024"));
	snprintf(year, sizeof(year), "%ld", strtol(day, NULL, 10) - 1);
	offer(completion, year, strlen(year));
}

/* A date has the sign that begins other words. */
static bool names_a_date(const struct line_editor *line)
{
	size_t from = line_editor_word(line, " :(");

	return ends_with(line, from, "added:") || ends_with(line, from, "modified:") ||
	       ends_with(line, from, "checked:");
}

/* The hosts that bookmarks have, without "www.". */
static void offer_hosts(struct screen *screen, struct completion *completion)
{
	struct tag_counts *counts = tag_counts_new();

	row_store_each(screen->store, count_host, counts);
	tag_counts_each(counts, offer_host, completion);
	tag_counts_free(counts);
}

/* ":searches NAME", and ":save NAME" for who writes over one; a name may have blanks. */
static bool names_a_search(const struct line_editor *line)
{
	return strncmp(line->text, "searches ", 9) == 0 || strncmp(line->text, "save ", 5) == 0;
}

bool palette_complete_value(struct screen *screen, struct prompt *prompt)
{
	struct completion *completion = &prompt->completion;
	const struct line_editor *line = &prompt->line;
	size_t from = line_editor_word(line, " :(-");

	if (prompt->completes == COMPLETES_COMMANDS && from == strlen("theme ") &&
		ends_with(line, from, "theme ")) {
		begin_value(completion, line, from);
		for (size_t i = 0; theme_shipped(i); i++)
			offer(completion, theme_shipped(i)->name, strlen(theme_shipped(i)->name));
		return true;
	}
	if (prompt->completes == COMPLETES_SEARCHES) {
		begin_value(completion, line, 0);
		actions_name_searches(screen, completion, completion->typed);
		return true;
	}
	if (prompt->completes == COMPLETES_COMMANDS && names_a_search(line)) {
		begin_value(completion, line, strcspn(line->text, " ") + 1);
		actions_name_searches(screen, completion, completion->typed);
		return true;
	}
	if (prompt->completes == COMPLETES_COMMANDS && strncmp(line->text, "run ", 4) == 0) {
		begin_value(completion, line, 4);
		actions_name_commands(screen, completion, completion->typed);
		return true;
	}
	if (prompt->completes == COMPLETES_TAGS && ends_with(line, from, "site:")) {
		begin_value(completion, line, from);
		offer_hosts(screen, completion);
		return true;
	}
	if (prompt->completes == COMPLETES_TAGS && names_a_date(line)) {
		begin_value(completion, line, line_editor_word(line, " :("));
		offer_dates(screen, completion);
		return true;
	}
	for (size_t i = 0; i < sizeof(value_lists) / sizeof(value_lists[0]); i++) {
		if (value_lists[i].where != prompt->completes ||
			!ends_with(line, from, value_lists[i].before))
			continue;
		begin_value(completion, line, from);
		offer_list(completion, value_lists[i].values);
		return true;
	}
	return false;
}

static bool line_is_command(const char *line, const char *command)
{
	size_t length = strlen(command);

	return strncmp(line, command, length) == 0 && line[length] == ' ';
}

bool palette_wants_files(const struct prompt *prompt)
{
	const char *line = prompt->line.text;

	if (prompt->completes != COMPLETES_COMMANDS)
		return prompt->completes == COMPLETES_FILES;
	return line_is_command(line, "export") || line_is_command(line, "backup") ||
	       (line_is_command(line, "import") && !line_is_command(line, "import github"));
}

void palette_ask_for_files(struct screen *screen)
{
	char *word;

	prompt_words_last(screen->prompt.line.text, &word);
	screen_ask(screen, ASK_FILES, (const char *const[]){word, NULL}, false, on_files_answer,
		screen->prompt.line.text);
	free(word);
}

static void add_names(struct completion *completion, const char *names)
{
	while (*names) {
		size_t length = strcspn(names, "\n");
		char *name = memory_copy_bytes(names, length);
		char *escaped = prompt_words_escape(name);

		completion_add(completion, escaped);
		free(escaped);
		free(name);
		names += length + (names[length] == '\n');
	}
}

void palette_hear_files(struct screen *screen, const char *asked, const char *names)
{
	struct prompt *prompt = &screen->prompt;
	struct completion *completion = &prompt->completion;
	char *word;

	if (prompt->kind == PROMPT_NONE || !palette_wants_files(prompt) ||
		strcmp(prompt->line.text, asked) != 0)
		return;
	completion_finish(completion);
	completion->from = prompt_words_last(asked, &word);
	completion->typed = memory_copy_string(asked + completion->from);
	free(word);
	add_names(completion, names);
	completion_step(completion, &prompt->line, false);
	if (completion->count == 1) /* the next Tab goes on from there, into a folder say */
		completion_finish(completion);
}

/* Whether a word of the text begins so; a letter or two begin some word of every text. */
static bool has_word(const char *text, const char *begin)
{
	if (strlen(begin) < HELP_FROM)
		return false;
	for (const char *at = text; (at = strcasestr(at, begin)); at++) {
		if (at == text || at[-1] == ' ')
			return true;
	}
	return false;
}

/*
 * 0: begins with what was typed; 1: holds it; 2: a word of its help begins so; 3: not at all, but
 * nothing was typed; 4: not at all. What only a command can do comes before what every finger
 * knows.
 */
static int rank(const struct keymap_row *row, const char *typed, size_t length)
{
	char *word = memory_copy_bytes(typed, length);
	int rank = 4;

	if (length == 0)
		rank = row->argument ? 0 : row->action <= ACTION_LAST ? 3 : 1;
	else if (strncasecmp(row->name, word, length) == 0)
		rank = 0;
	else if (strcasestr(row->name, word))
		rank = 1;
	else if (has_word(row->help, word))
		rank = 2;
	free(word);
	return rank;
}

static size_t match_commands(const char *typed, int from, int to, struct command_match *matches,
	size_t count, size_t capacity)
{
	size_t length = strcspn(typed, " ");

	for (int wanted = from; wanted <= to; wanted++) {
		for (size_t i = 0; i < keymap_row_count() && count < capacity; i++) {
			const struct keymap_row *row = keymap_row(i);
			if ((row->scenes & AT_VIEWS) && rank(row, typed, length) == wanted)
				matches[count++] =
					(struct command_match){.row = row, .by_name = wanted != 2};
		}
	}
	return count;
}

/* The user's own programs: all of them before anything is typed. */
static size_t match_own(const struct screen *screen, const char *typed,
	struct command_match *matches, size_t capacity)
{
	const struct bound_commands *commands = &screen->options.commands;
	const struct bound_command *command;
	char name[BOUND_NAME_SIZE];
	size_t count = 0;

	for (size_t i = 0; count < capacity && (command = bound_commands_at(commands, i)); i++) {
		bound_command_name(commands, command, name);
		if (strcasestr(name, typed) || strcasestr(command->text, typed))
			matches[count++] = (struct command_match){
				.row = keymap_row_named("run"), .own = command, .by_name = true};
	}
	return count;
}

/* Those that hold what was typed, the best first; at most capacity. */
static size_t palette_match(const struct screen *screen, const char *typed,
	struct command_match *matches, size_t capacity)
{
	size_t count = match_own(screen, typed, matches, capacity);

	count = match_commands(typed, 0, 1, matches, count, capacity);
	for (size_t i = 0; *typed && i < screen->searches.count && count < capacity; i++) {
		const struct saved_search *search = &screen->searches.all[i];
		if (strcasestr(search->name, typed))
			matches[count++] =
				(struct command_match){.row = keymap_row_named("searches"),
					.search = search,
					.by_name = true};
	}
	return match_commands(typed, 2, 3, matches, count, capacity);
}

/* What stands in the line for one; yours to free. */
static char *command_match_line(const struct screen *screen, const struct command_match *match)
{
	char name[BOUND_NAME_SIZE];

	if (match->search)
		return memory_print("%s %s", match->row->name, match->search->name);
	if (!match->own)
		return memory_copy_string(match->row->name);
	bound_command_name(&screen->options.commands, match->own, name);
	return memory_print("%s %s", match->row->name, name);
}

void palette_complete_command(
	const struct screen *screen, struct completion *completion, const struct line_editor *line)
{
	struct command_match matches[MATCHES_MOST];
	size_t count = palette_match(screen, line->text, matches, MATCHES_MOST);

	if (strchr(line->text, ' '))
		return;
	completion->from = 0;
	completion->typed = memory_copy_string(line->text);
	for (size_t i = 0; i < count && matches[i].by_name; i++) {
		char *word = command_match_line(screen, &matches[i]);
		completion_add(completion, word);
		free(word);
	}
}

/* Three columns: the line, what it does, its key. */
static void draw_entry(struct canvas *canvas, const struct area *area, int line, const char *name,
	const char *help, enum style style, const char *key)
{
	int keys = area->columns - 10 < KEYS_MOST ? area->columns - 10 : KEYS_MOST;
	struct area left = *area;
	int used = canvas_write(canvas, area, line, 1, name, STYLE_ACCENT, true);

	if (area->columns < 50)
		return;
	left.columns = keys - 2;
	canvas_write(canvas, &left, line, used < 24 ? 26 : used + 3, help, style, true);
	canvas_write(canvas, area, line, keys, key, STYLE_KEY, true);
}

static void draw_match(struct screen *screen, const struct command_match *match,
	struct canvas *canvas, const struct area *area, int line)
{
	const struct keymap_row *row = match->row;
	bool plain = !match->search && !match->own;
	char *name = plain && row->argument ? memory_print("%s %s", row->name, row->argument)
					    : command_match_line(screen, match);
	char key[KEY_NAME_SIZE] = "";

	if (plain)
		keymap_key_named(screen->options.keymap, row->name, key);
	else if (match->own)
		key_print(match->own->key, key);
	draw_entry(canvas, area, line, name,
		match->search ? match->search->query
		: match->own  ? match->own->text
			      : row->help,
		plain ? STYLE_TEXT : STYLE_DIM, plain && *key == ':' ? "" : key);
	free(name);
}

static void draw_rule(struct canvas *canvas, const struct area *body, int row)
{
	struct area rule = {row, body->column, 1, body->columns};

	for (int column = 0; row >= body->row && column < rule.columns; column++)
		canvas_write_glyph(canvas, &rule, 0, column, GLYPH_HORIZONTAL, STYLE_DIM);
}

/* What is said beside a word that the line can be completed by. */
static void draw_candidate(struct screen *screen, size_t index, struct canvas *canvas,
	const struct area *area, int line)
{
	const struct completion *completion = &screen->prompt.completion;
	const char *word = completion->words[index];
	const struct bound_command *own = bound_commands_named(&screen->options.commands, word);
	const char *beside = "";
	char number[NUMBER_SIZE];
	char key[KEY_NAME_SIZE] = "";

	if (completion->counts) {
		number_print(completion->counts[index], number);
		beside = number;
	} else if (screen->prompt.completes == COMPLETES_SEARCHES) {
		beside = saved_searches_find(&screen->searches, word);
	} else if (own && strncmp(screen->prompt.line.text, "run ", 4) == 0) {
		beside = own->text;
		key_print(own->key, key);
	}
	draw_entry(canvas, area, line, word, beside, STYLE_DIM, key);
}

/* The first line of a list that is drawn, so that the chosen one is in sight. */
static size_t first_drawn(const struct completion *completion, size_t lines)
{
	size_t chosen = completion->chosen < completion->count ? completion->chosen : 0;

	return chosen >= lines ? chosen - lines + 1 : 0;
}

/* The words that the line can be completed by. */
static void draw_candidates(
	struct screen *screen, struct canvas *canvas, const struct area *body, int most)
{
	const struct completion *completion = &screen->prompt.completion;
	int count = completion->count < (size_t)most ? (int)completion->count : most;
	int lines = screen->prompt.kind == PROMPT_COMMAND ? most : count;
	struct area area = {body->row + body->rows - lines, body->column, lines, body->columns};
	size_t top = first_drawn(completion, (size_t)count);

	canvas_clear(canvas, &area);
	for (int line = 0; line < count; line++) {
		draw_candidate(screen, top + (size_t)line, canvas, &area, line);
		if (top + (size_t)line == completion->chosen)
			canvas_emphasise(canvas, &area, line, 0, area.columns, EMPHASIS_CURSOR);
	}
	draw_rule(canvas, body, area.row - 1);
}

/* As many lines whatever is typed, so that nothing jumps meanwhile. */
static void draw_commands(
	struct screen *screen, struct canvas *canvas, const struct area *body, int lines)
{
	const struct completion *completion = &screen->prompt.completion;
	const char *typed = completion->count > 0 ? completion->typed : screen->prompt.line.text;
	struct command_match matches[MATCHES_MOST];
	size_t count = palette_match(screen, typed, matches, MATCHES_MOST);
	struct area area = {body->row + body->rows - lines, body->column, lines, body->columns};
	size_t top = first_drawn(completion, (size_t)lines);

	canvas_clear(canvas, &area);
	for (int line = 0; line < lines && top + (size_t)line < count; line++) {
		draw_match(screen, &matches[top + (size_t)line], canvas, &area, line);
		if (top + (size_t)line == completion->chosen && completion->count > 0)
			canvas_emphasise(canvas, &area, line, 0, area.columns, EMPHASIS_CURSOR);
	}
	if (count == 0)
		canvas_write(canvas, &area, 0, 1, "No command is called so", STYLE_DIM, true);
	draw_rule(canvas, body, area.row - 1);
}

/* A third of what there is, but no fewer than a few, and never more than half. */
static int palette_rows(int rows)
{
	int most = rows / 3 > PALETTE_ROWS ? rows / 3 : PALETTE_ROWS;

	return most < rows / 2 ? most : rows / 2;
}

void palette_draw(struct screen *screen, struct canvas *canvas, const struct area *body)
{
	const struct prompt *prompt = &screen->prompt;
	int most = palette_rows(body->rows);

	if (prompt->kind == PROMPT_NONE || most < 1)
		return;
	if (prompt->completion.count > 0 &&
		(prompt->kind != PROMPT_COMMAND || prompt->completion.from > 0))
		draw_candidates(screen, canvas, body, most);
	else if (prompt->kind == PROMPT_COMMAND)
		draw_commands(screen, canvas, body, most);
}
