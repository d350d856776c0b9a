#include "adapters/cli/complete.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/cli/cli_command.h"
#include "domain/base/memory.h"

/* More ids than a shell would list anyway. */
#define IDS_MAX 200

/* A command line up to the word under the cursor. */
struct completion {
	struct cli *cli;
	const struct cli_command *command; /* NULL: none yet */
	bool unknown;                      /* what stands for the command is none */
	const char *first;                 /* the command's first word; NULL: none yet */
	const struct option_row *option;   /* whose value is the current word; NULL */
	bool matching;                     /* --matching was given */
	bool no_options;                   /* behind "--" */
	char *kept;                        /* of the current word: "--sort=", "a,b," */
	const char *current;               /* the rest of it */
};

static void print_candidate(
	const struct completion *completion, const char *candidate, const char *about)
{
	struct output *output = &completion->cli->out;

	if (strncmp(candidate, completion->current, strlen(completion->current)) != 0)
		return;
	output_text(output, completion->kept);
	output_text(output, candidate);
	if (about && *about) {
		output_string(output, "\t");
		output_text(output, about);
	}
	output_string(output, "\n");
}

/* Each of a list of words that are separated by blanks. */
static void print_words(const struct completion *completion, const char *words)
{
	char *copy = memory_copy_string(words ? words : "");
	char *rest = copy;
	char *word;

	while ((word = strsep(&rest, " ")))
		if (*word)
			print_candidate(completion, word, NULL);
	free(copy);
}

static void print_files(const struct completion *completion)
{
	output_string(&completion->cli->out, "\t\n");
}

/* From here on the current word begins behind length bytes of what it was. */
static void keep_beginning(struct completion *completion, size_t length)
{
	char *kept = memory_print("%s%.*s", completion->kept, (int)length, completion->current);

	free(completion->kept);
	completion->kept = kept;
	completion->current += length;
}

static bool print_tag(void *self, const char *tag, size_t count)
{
	char about[32];

	snprintf(about, sizeof(about), "%zu", count);
	print_candidate(self, tag, about);
	return true;
}

static void print_tags(struct completion *completion)
{
	struct catalogue *catalogue;

	if (cli_try_open(completion->cli, true, NULL) != STATUS_OK)
		return;
	catalogue = cli_catalogue(completion->cli);
	catalogue->each_tag(catalogue, print_tag, completion, NULL);
}

/* "a,+b,c": the last one, without its sign. */
static void print_tag_list(struct completion *completion)
{
	const char *comma = strrchr(completion->current, ',');
	size_t length = comma ? (size_t)(comma + 1 - completion->current) : 0;

	length += completion->current[length] == '+' || completion->current[length] == '-';
	keep_beginning(completion, length);
	print_tags(completion);
}

static bool print_id(void *self, const struct bookmark *bookmark)
{
	char id[24];

	snprintf(id, sizeof(id), "%lld", (long long)bookmark->id);
	print_candidate(self, id, *bookmark->title ? bookmark->title : bookmark->url);
	return true;
}

static void print_ids(struct completion *completion, bool trashed)
{
	const struct listing newest = {
		.limit = *completion->current ? 0 : IDS_MAX, .trashed = trashed};
	struct catalogue *catalogue;

	if (cli_try_open(completion->cli, true, NULL) != STATUS_OK)
		return;
	catalogue = cli_catalogue(completion->cli);
	catalogue->each(catalogue, &newest, print_id, completion, NULL);
}

static void print_query(struct completion *completion)
{
	static const char fields[] =
		"title: url: notes: tag: site: source: added: modified: checked: is:untagged "
		"is:unstarred is:duplicate is:dead is:moved is:failing is:unchecked";
	const char *current = completion->current;
	size_t sign = *current == '-';
	size_t length = !strncmp(current + sign, "tag:", 4) ? sign + 4
			: current[sign] == '#'              ? sign + 1
							    : sign;

	keep_beginning(completion, length);
	if (length > sign)
		print_tags(completion);
	else
		print_words(completion, fields);
}

static void print_option_names(struct completion *completion, const enum option_id *options)
{
	for (; *options != OPTIONS_END; options++) {
		char *name = memory_print("--%s", option_table[*options].name);

		print_candidate(completion, name, option_table[*options].help);
		free(name);
	}
}

static void print_options(struct completion *completion)
{
	print_option_names(completion,
		completion->command ? completion->command->options : option_commandless);
	print_option_names(completion, option_globals);
}

static void print_value(struct completion *completion)
{
	const struct option_row *option = completion->option;

	if (option->kind == OPTION_PATH)
		print_files(completion);
	else if (option->kind == OPTION_QUERY)
		print_query(completion);
	else if (!strcmp(option->name, "tags"))
		print_tag_list(completion);
	else
		print_words(completion, option->choices);
}

static void print_commands(struct completion *completion)
{
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		print_candidate(completion, (*command)->name, (*command)->summary);
}

/* The words of a command: what it says its first may be, then what its words are. */
static void print_arguments(struct completion *completion)
{
	const struct cli_command *command = completion->command;
	const char *first = completion->first;

	if (!first)
		print_words(completion, command->words);
	if (command == &help_command && !first)
		print_commands(completion);
	if (command->files)
		print_files(completion);
	if (command == &trash_command && first && !strcmp(first, "restore"))
		print_ids(completion, true);
	else if (command == &tags_command && first && strcmp(first, "list") != 0)
		print_tags(completion);
	else if (command->ids && !completion->matching)
		print_ids(completion, false);
	else if (command->query)
		print_query(completion);
}

static const struct option_row *find_option(const enum option_id *options, const char *word)
{
	size_t length = strcspn(word + 2, "=");

	for (; *options != OPTIONS_END; options++) {
		const struct option_row *row = &option_table[*options];

		if (strlen(row->name) == length && !memcmp(row->name, word + 2, length))
			return row;
	}
	return NULL;
}

static const struct option_row *option_of(const struct completion *completion, const char *word)
{
	const struct option_row *row = find_option(option_globals, word);

	if (row || !completion->command)
		return row;
	return find_option(completion->command->options, word);
}

/* What is opened, if anything is, is the library that the line names. */
static void note_global(const struct completion *completion, const char *word, const char *value)
{
	if (option_of(completion, word) == &option_table[OPTION_DB] && value)
		completion->cli->line.values[OPTION_DB] = value;
}

/* A word with two dashes in front. True: the next one is its value. */
static bool take_option(struct completion *completion, const char *word)
{
	const struct option_row *row = option_of(completion, word);
	const char *equals = strchr(word, '=');

	completion->matching |= row && row->kind == OPTION_QUERY;
	if (equals)
		note_global(completion, word, equals + 1);
	return row && option_takes_argument(row) && !equals;
}

static void take_word(struct completion *completion, const char *word)
{
	if (completion->command) {
		completion->first = completion->first ? completion->first : word;
		return;
	}
	completion->command = cli_command_find(word);
	completion->unknown = !completion->command;
}

/* All words but the last, which is the current one. */
static void read_line(struct completion *completion, int count, char **words)
{
	for (int i = 0; i < count - 1; i++) {
		if (completion->no_options || strncmp(words[i], "--", 2) != 0) {
			take_word(completion, words[i]);
		} else if (!words[i][2]) {
			completion->no_options = true;
		} else if (take_option(completion, words[i])) {
			completion->option =
				i + 1 == count - 1 ? option_of(completion, words[i]) : NULL;
			if (i + 1 < count - 1)
				note_global(completion, words[i], words[i + 1]);
			i++;
		}
	}
}

/* "--sort=ti" is a value too. */
static void split_option(struct completion *completion)
{
	const char *equals = strchr(completion->current, '=');
	const struct option_row *row;

	if (completion->no_options || completion->option || !equals ||
		strncmp(completion->current, "--", 2) != 0)
		return;
	row = option_of(completion, completion->current);
	if (row && row->kind == OPTION_FLAG)
		return;
	completion->option = row;
	keep_beginning(completion, (size_t)(equals + 1 - completion->current));
}

static void print_all(struct completion *completion)
{
	if (completion->unknown)
		return;
	split_option(completion);
	if (completion->option)
		print_value(completion);
	else if (!completion->no_options && !strncmp(completion->current, "--", 2))
		print_options(completion);
	else if (!completion->command)
		print_commands(completion);
	else
		print_arguments(completion);
}

enum exit_code complete_print(struct cli *cli, int count, char **words)
{
	struct completion completion = {
		.cli = cli,
		.kept = memory_copy_string(""),
		.current = count ? words[count - 1] : "",
	};

	read_line(&completion, count, words);
	print_all(&completion);
	free(completion.kept);
	if (cli->open)
		library_close(&cli->library);
	cli->open = false;
	return EXIT_DONE;
}
