#ifndef ADAPTERS_CLI_CLI_COMMAND_H
#define ADAPTERS_CLI_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/cli/exit_code.h"

/*
 * Every option of the program as a row, from which the parser, its complaints, --help and the
 * completion scripts are drawn. Rows may share a name where commands mean different things by it
 * (--format), but then take an argument alike, so that options can be read before the command.
 */
enum option_id {
	OPTION_ACK,
	OPTION_ALLOW_REMOTE,
	OPTION_ANY_SCHEME,
	OPTION_API,
	OPTION_ARCHIVED,
	OPTION_BROWSERS,
	OPTION_COLOR,
	OPTION_CONFIG,
	OPTION_CONSUMER,
	OPTION_CONSUMERS,
	OPTION_DB,
	OPTION_DEMO,
	OPTION_DETECT,
	OPTION_DRY_RUN,
	OPTION_EVENT,
	OPTION_FILE_FORMAT,
	OPTION_FOLLOW,
	OPTION_FOLLOW_MOVED,
	OPTION_FORGET,
	OPTION_FORGET_BEFORE,
	OPTION_FORMAT,
	OPTION_FULL,
	OPTION_HELP,
	OPTION_IMPORT_FORMAT,
	OPTION_JOBS,
	OPTION_JSON,
	OPTION_JSONL,
	OPTION_LIMIT,
	OPTION_LINK_JOBS,
	OPTION_LISTEN,
	OPTION_MATCHING,
	OPTION_ME,
	OPTION_MULTI,
	OPTION_NO_TIMESTAMPS,
	OPTION_NO_TOPICS,
	OPTION_NOTES,
	OPTION_OFFLINE,
	OPTION_OFFSET,
	OPTION_OLDER_THAN,
	OPTION_OUTPUT,
	OPTION_PRINT_TOKEN,
	OPTION_PROGRESS,
	OPTION_QUIET,
	OPTION_REVERSE,
	OPTION_SINCE,
	OPTION_SORT,
	OPTION_TAG_EDITS,
	OPTION_TAGS,
	OPTION_TITLE,
	OPTION_TSV,
	OPTION_UPDATE,
	OPTION_URL,
	OPTION_VERBOSE,
	OPTION_VERSION,
	OPTION_WAIT,
	OPTION_YES,
	OPTION_IDS
};

/* Ends a command's list of options. */
#define OPTIONS_END OPTION_IDS

enum option_kind {
	OPTION_FLAG,
	OPTION_TEXT,
	OPTION_PATH,   /* text that is the name of a file */
	OPTION_NUMBER, /* decimal digits, from least to most */
	OPTION_CHOICE, /* one of choices */
	OPTION_QUERY   /* the words that follow, or the text behind a "=" */
};

struct option_row {
	const char *name;
	enum option_kind kind;
	const char *argument; /* what help calls it; NULL of a flag */
	const char *help;     /* a line without a full stop */
	const char *choices;  /* OPTION_CHOICE, and suggestions for OPTION_TEXT: "auto always" */
	long long least;
	long long most;
	bool repeats; /* may be given several times: command_line.repeated */
};

extern const struct option_row option_table[OPTION_IDS];

/* Those that every command takes, and those for no command; ended by OPTIONS_END. */
extern const enum option_id option_globals[];
extern const enum option_id option_commandless[];

/* Whether it is one of a list. */
bool option_is_listed(const enum option_id *options, enum option_id option);

bool option_takes_argument(const struct option_row *row);

/* True if word is one of the words of choices, which are separated by blanks. */
bool option_has_choice(const char *choices, const char *word);

struct cli;
struct output;

/*
 * One command of the headless mode: everything the parser, the help, the completion and the
 * manual need to know of it, and the function that does it. Each lives in a file of its name;
 * search lives in list.c, redo in undo.c.
 */
struct cli_command {
	const char *name;
	const char *usage;   /* its arguments; several forms are separated by a line break */
	const char *summary; /* a line for the list of commands, without a full stop */
	const char *details; /* paragraphs for --help; NULL if the summary says all */
	void (*more)(struct output *output); /* what a table adds to them; may be NULL */
	const char *words; /* what its first word may be, for completion: "list restore" */
	bool query;   /* its words are a query: one that begins with a single "-" is no option */
	bool files;   /* its words are names of files, for completion */
	bool ids;     /* its words are ids of bookmarks, for completion */
	size_t least; /* how many words it needs */
	size_t most;  /* SIZE_MAX: any number */
	const enum option_id *options; /* its own, beside the global ones; ended by OPTIONS_END */
	enum exit_code (*run)(struct cli *cli);
};

/* The table, in the order of the manual; ended by NULL. */
extern const struct cli_command *const cli_commands[];

/* NULL if there is none of that name. */
const struct cli_command *cli_command_find(const char *name);

/* The one that a mistyped name may have meant; NULL if none is near. */
const struct cli_command *cli_command_nearest(const char *name);

/* True if it takes this option, as its own or as one of all. */
bool cli_command_takes(const struct cli_command *command, enum option_id option);

/* What --help prints, drawn from the tables of commands and options. */
void help_print_program(struct output *output);
void help_print_command(struct output *output, const struct cli_command *command);

/*
 * What --version prints: "barky 0.2.0", then a line with the libraries it runs with and their
 * versions, as they say it themselves. screen_library is that of the screen. One that is opened
 * late and cannot be opened is named as missing.
 */
void version_print(struct output *output, const char *screen_library);

/*
 * What may stand at the end of a command line, for the completion scripts, which know nothing
 * themselves: "barky __complete WORD...", the last word being the one under the cursor, which may
 * be empty. Prints a candidate a line, behind a tab what it is; a line that is only a tab stands
 * for names of files. Nothing is complained of: half a command line is no mistake.
 */
#define COMPLETE_WORD "__complete"

void complete_print(struct cli *cli, int count, char **words);

extern const struct cli_command add_command;
extern const struct cli_command backup_command;
extern const struct cli_command restore_command;
extern const struct cli_command bus_command;
extern const struct cli_command check_command;
extern const struct cli_command completion_command;
extern const struct cli_command delete_command;
extern const struct cli_command doctor_command;
extern const struct cli_command edit_command;
extern const struct cli_command events_command;
extern const struct cli_command export_command;
extern const struct cli_command help_command;
extern const struct cli_command import_command;
extern const struct cli_command list_command;
extern const struct cli_command open_command;
extern const struct cli_command pick_command;
extern const struct cli_command redo_command;
extern const struct cli_command run_due_command;
extern const struct cli_command search_command;
extern const struct cli_command serve_command;
extern const struct cli_command show_command;
extern const struct cli_command tags_command;
extern const struct cli_command trash_command;
extern const struct cli_command undo_command;

#endif
