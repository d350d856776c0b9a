#ifndef ADAPTERS_CLI_COMMAND_LINE_H
#define ADAPTERS_CLI_COMMAND_LINE_H

#include <stdint.h>

#include "adapters/cli/cli_command.h"
#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * The command line, read: which command, which options, which words. Options stand before or
 * after the command and its words, GNU style (getopt_long), "--" ends them. Everything is lent
 * from argv, which must outlive it.
 */
struct command_line {
	const struct cli_command *command; /* NULL: none was named */
	bool given[OPTION_IDS];
	const char *values[OPTION_IDS]; /* NULL of a flag */
	size_t before[OPTION_IDS];      /* how many words stood before it */
	const char *repeated[32];       /* the values of the option that repeats, in order */
	size_t repeat_count;
	const char **words;
	size_t word_count;
};

/*
 * OK, or INVALID with a line that says what is wrong; line->command then says whose help to
 * name. Words are not counted if help is asked for. line is to be finished either way.
 */
enum status command_line_read(
	struct command_line *line, int argc, char **argv, struct error *error);
void command_line_finish(struct command_line *line);

/* The value of an OPTION_NUMBER, checked by the reading already; fallback if it was not given. */
long long command_line_number(
	const struct command_line *line, enum option_id option, long long fallback);

/* The words from one on, joined by blanks; the caller frees it. */
char *command_line_join(const struct command_line *line, size_t from);

/* "12" as the id of a bookmark; false if it is none. */
bool command_line_id(const char *word, int64_t *id);

#endif
