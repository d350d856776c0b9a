#include "adapters/cli/command_line.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

/* What getopt_long() answers for an option of the table: beyond any character. */
#define FIRST_CODE 256

/* What getopt is shown in place of a word that it must not take for options. */
static char plain_word[] = "word";

/* One pass of getopt over arguments. */
struct reading {
	struct command_line *line;
	struct option *options; /* for getopt_long */
	char **arguments;       /* as given */
	char **shown;           /* as getopt sees them */
	int count;
	struct error *error;
};

static void add_option(struct option *options, enum option_id id)
{
	const struct option_row *row = &option_table[id];
	size_t count = 0;

	while (options[count].name) {
		if (!strcmp(options[count].name, row->name))
			return;
		count++;
	}
	options[count].name = row->name;
	options[count].has_arg = option_takes_argument(row)  ? required_argument
				 : row->kind == OPTION_QUERY ? optional_argument
							     : no_argument;
	options[count].val = FIRST_CODE + (int)id;
}

/* The options of a command; of none: of all, so that they may stand before it. */
static struct option *options_of(const struct cli_command *command)
{
	struct option *options = memory_array(OPTION_IDS + 1, sizeof(*options));

	for (int id = 0; id < OPTION_IDS; id++)
		if (!command || cli_command_takes(command, (enum option_id)id))
			add_option(options, (enum option_id)id);
	return options;
}

static bool option_read_number(const char *text, long long *number)
{
	char *end;

	if (strspn(text, "0123456789") != strlen(text) || !*text || strlen(text) > 19)
		return false;
	*number = (long long)strtoull(text, &end, 10);
	return *number >= 0;
}

static enum status check_value(
	const struct reading *reading, const struct option_row *row, const char *value)
{
	long long number;

	if (row->kind == OPTION_NUMBER &&
		(!option_read_number(value, &number) || number < row->least || number > row->most))
		return error_fail(STATUS_INVALID, reading->error,
			"--%s: \"%s\" is not a number that can be used here", row->name, value);
	if (row->kind == OPTION_PATH && !*value)
		return error_fail(
			STATUS_INVALID, reading->error, "--%s needs the name of a file", row->name);
	if (row->kind == OPTION_CHOICE && !option_has_choice(row->choices, value))
		return error_fail(STATUS_INVALID, reading->error, "--%s: \"%s\" is none of: %s",
			row->name, value, row->choices);
	return STATUS_OK;
}

static enum status take_option(const struct reading *reading, enum option_id id)
{
	struct command_line *line = reading->line;
	const char *value = optarg == plain_word ? reading->arguments[optind - 1] : optarg;

	if (option_table[id].repeats) {
		if (line->repeat_count == sizeof(line->repeated) / sizeof(line->repeated[0]))
			return error_fail(STATUS_INVALID, reading->error, "--%s is given too often",
				option_table[id].name);
		line->repeated[line->repeat_count++] = value;
	}
	line->given[id] = true;
	line->values[id] = value;
	line->before[id] = line->word_count;
	if (!value || !(line->command || option_is_listed(option_globals, id)))
		return STATUS_OK; /* before the command a name may mean several options */
	return check_value(reading, &option_table[id], value);
}

static enum status refuse_unknown(const struct reading *reading)
{
	const char *word = reading->arguments[optind > 1 ? optind - 1 : 1];
	size_t length = strcspn(word, "=");
	size_t matches = 0;

	if (optopt >= FIRST_CODE)
		return error_fail(STATUS_INVALID, reading->error, "--%s takes no argument",
			option_table[optopt - FIRST_CODE].name);
	if (optopt)
		return error_fail(STATUS_INVALID, reading->error, "unknown option \"-%c\"", optopt);
	for (const struct option *option = reading->options; option->name && length > 2; option++)
		matches += !strncmp(option->name, word + 2, length - 2);
	return error_fail(STATUS_INVALID, reading->error, "%s option \"%.*s\"",
		matches > 1 ? "ambiguous" : "unknown", (int)length, word);
}

static enum status take_code(const struct reading *reading, int code)
{
	struct command_line *line = reading->line;

	if (code == 1)
		line->words[line->word_count++] = reading->arguments[optind - 1];
	else if (code == 'h')
		line->given[OPTION_HELP] = true;
	else if (code == 'V')
		line->given[OPTION_VERSION] = true;
	else if (code >= FIRST_CODE)
		return take_option(reading, (enum option_id)(code - FIRST_CODE));
	else if (code == ':') {
		return error_fail(STATUS_INVALID, reading->error, "--%s needs an argument",
			option_table[optopt - FIRST_CODE].name);
	} else
		return refuse_unknown(reading);
	return STATUS_OK;
}

/* mode: "+" stops at the first word, "-" gives words in their place. */
static enum status run_getopt(const struct reading *reading, const char *letters)
{
	enum status status = STATUS_OK;
	int code;

	optind = 0;
	opterr = 0;
	while (!status && (code = getopt_long(reading->count, reading->shown, letters,
				   reading->options, NULL)) != -1)
		status = take_code(reading, code);
	return status;
}

/* Without a command only a few options mean anything. */
static enum status check_alone(const struct command_line *line, struct error *error)
{
	for (int id = 0; id < OPTION_IDS; id++) {
		if (!line->given[id] || option_is_listed(option_globals, (enum option_id)id) ||
			option_is_listed(option_commandless, (enum option_id)id))
			continue;
		return error_fail(
			STATUS_INVALID, error, "--%s needs a command", option_table[id].name);
	}
	return STATUS_OK;
}

static void refuse_command(const char *name, struct error *error)
{
	const struct cli_command *nearest = cli_command_nearest(name);

	if (nearest)
		error_set(error, "there is no command \"%s\"; did you mean \"%s\"?", name,
			nearest->name);
	else
		error_set(error, "there is no command \"%s\"", name);
}

/* Reads up to the command's name; *place is where it stands, argc if there is none. */
static enum status find_command(
	struct command_line *line, int argc, char **argv, int *place, struct error *error)
{
	struct reading reading = {line, options_of(NULL), argv, argv, argc, error};
	enum status status = run_getopt(&reading, "+:hV");

	free(reading.options);
	if (status)
		return status;
	*place = optind;
	if (optind >= argc)
		return check_alone(line, error);
	line->command = cli_command_find(argv[optind]);
	if (line->command)
		return STATUS_OK;
	refuse_command(argv[optind], error);
	return STATUS_INVALID;
}

/* A word of a query may begin with a "-"; an option has two, or stands before the command. */
static bool is_query_word(const struct cli_command *command, const char *word)
{
	return command->query && word[0] == '-' && word[1] && word[1] != '-';
}

static void show_word(struct reading *reading, char *word, bool hidden)
{
	reading->arguments[reading->count] = word;
	reading->shown[reading->count++] = hidden ? plain_word : word;
}

static enum status read_rest(
	struct command_line *line, int argc, char **argv, int place, struct error *error)
{
	struct reading reading = {
		.line = line, .options = options_of(line->command), .error = error};
	enum status status;

	reading.arguments = memory_array((size_t)argc + 1, sizeof(char *));
	reading.shown = memory_array((size_t)argc + 1, sizeof(char *));
	for (int i = 0; i < argc; i++)
		if (i != place)
			show_word(&reading, argv[i],
				i > place && is_query_word(line->command, argv[i]));
	status = run_getopt(&reading, "-:h");
	while (!status && optind < reading.count)
		line->words[line->word_count++] = reading.arguments[optind++];
	free(reading.options);
	free(reading.arguments);
	free(reading.shown);
	return status;
}

static enum status count_words(const struct command_line *line, struct error *error)
{
	const struct cli_command *command = line->command;

	if (line->given[OPTION_HELP])
		return STATUS_OK;
	if (line->word_count < command->least)
		return error_fail(STATUS_INVALID, error,
			line->word_count ? "too few arguments" : "an argument is missing");
	if (line->word_count > command->most)
		return error_fail(STATUS_INVALID, error, "too many arguments: \"%s\"",
			line->words[command->most]);
	return STATUS_OK;
}

enum status command_line_read(struct command_line *line, int argc, char **argv, struct error *error)
{
	enum status status;
	int place = argc;

	*line = (struct command_line){.words = memory_array((size_t)argc + 1, sizeof(char *))};
	status = find_command(line, argc, argv, &place, error);
	if (status || !line->command)
		return status;
	memset(line->given, 0, sizeof(line->given));
	status = read_rest(line, argc, argv, place, error);
	return status ? status : count_words(line, error);
}

void command_line_finish(struct command_line *line)
{
	free(line->words);
	*line = (struct command_line){0};
}

long long command_line_number(
	const struct command_line *line, enum option_id option, long long fallback)
{
	long long number;

	return line->given[option] && option_read_number(line->values[option], &number) ? number
											: fallback;
}

char *command_line_join(const struct command_line *line, size_t from)
{
	size_t length = 1;
	char *joined;
	char *end;

	for (size_t i = from; i < line->word_count; i++)
		length += strlen(line->words[i]) + 1;
	joined = memory_new(length);
	end = joined;
	for (size_t i = from; i < line->word_count; i++) {
		end = stpcpy(end, line->words[i]);
		if (i + 1 < line->word_count)
			*end++ = ' ';
	}
	return joined;
}

bool command_line_id(const char *word, int64_t *id)
{
	long long number;

	if (!option_read_number(word, &number) || !number)
		return false;
	*id = number;
	return true;
}
