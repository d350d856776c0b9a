#ifndef ADAPTERS_CLI_OPTION_TABLE_H
#define ADAPTERS_CLI_OPTION_TABLE_H

#include <stdbool.h>
#include <stddef.h>

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

#endif
