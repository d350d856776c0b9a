#include "adapters/cli/cli_command.h"

#include <limits.h>
#include <string.h>

bool option_is_listed(const enum option_id *options, enum option_id option)
{
	for (; *options != OPTIONS_END; options++)
		if (*options == option)
			return true;
	return false;
}

bool option_takes_argument(const struct option_row *row)
{
	return row->kind != OPTION_FLAG && row->kind != OPTION_QUERY;
}

bool option_has_choice(const char *choices, const char *word)
{
	size_t length = strlen(word);

	for (const char *choice = choices; *choice;) {
		size_t size = strcspn(choice, " ");

		if (size == length && !memcmp(choice, word, size))
			return true;
		choice += size;
		choice += strspn(choice, " ");
	}
	return false;
}

const enum option_id option_globals[] = {OPTION_DB, OPTION_CONFIG, OPTION_COLOR, OPTION_QUIET,
	OPTION_VERBOSE, OPTION_HELP, OPTIONS_END};

const enum option_id option_commandless[] = {OPTION_DEMO, OPTION_VERSION, OPTIONS_END};

const struct option_row option_table[OPTION_IDS] = {
	[OPTION_ACK] = {.name = "ack",
		.kind = OPTION_NUMBER,
		.argument = "ID",
		.most = LLONG_MAX,
		.help = "the consumer is done with every event up to this one"},
	[OPTION_ALLOW_REMOTE] = {.name = "allow-remote",
		.help = "listen on an address that other machines can reach"},
	[OPTION_ANY_SCHEME] = {.name = "any-scheme",
		.help = "open addresses that are neither http nor https too"},
	[OPTION_API] = {.name = "api",
		.kind = OPTION_TEXT,
		.argument = "URL",
		.help = "the server whose API is asked; only https, but for this machine"},
	[OPTION_ARCHIVED] = {.name = "archived",
		.help = "the copy that the Wayback Machine has of the page"},
	[OPTION_BROWSERS] = {.name = "browsers",
		.help = "take in the bookmarks of every browser that is found"},
	[OPTION_COLOR] = {.name = "color",
		.kind = OPTION_CHOICE,
		.argument = "WHEN",
		.choices = "auto always never",
		.help = "colours and marks: auto (on a terminal), always or never"},
	[OPTION_CONFIG] = {.name = "config",
		.kind = OPTION_PATH,
		.argument = "FILE",
		.help = "the configuration file"},
	[OPTION_CONSUMER] = {.name = "consumer",
		.kind = OPTION_TEXT,
		.argument = "NAME",
		.help = "what this consumer has not acknowledged yet"},
	[OPTION_CONSUMERS] = {.name = "consumers",
		.help = "list the consumers, with their positions and how far behind they are"},
	[OPTION_DB] = {.name = "db",
		.kind = OPTION_PATH,
		.argument = "FILE",
		.help = "the library file"},
	[OPTION_DEMO] = {.name = "demo",
		.help = "open a sample library that is thrown away at the end"},
	[OPTION_DETECT] = {.name = "detect",
		.help = "say what browsers' bookmarks are found, and import nothing"},
	[OPTION_DRY_RUN] = {.name = "dry-run", .help = "say what would happen, and change nothing"},
	[OPTION_EVENT] = {.name = "event",
		.kind = OPTION_TEXT,
		.argument = "NAME",
		.repeats = true,
		.help = "only events of this name; may be given several times"},
	[OPTION_FILE_FORMAT] = {.name = "format",
		.kind = OPTION_CHOICE,
		.argument = "FORMAT",
		.choices = "netscape json jsonl csv markdown org urls xbel opml",
		.help = "the format to write; else by the file's name, else json"},
	[OPTION_FOLLOW] = {.name = "follow", .help = "go on, and print events as they happen"},
	[OPTION_FOLLOW_MOVED] = {.name = "follow-moved",
		.help = "take the new address where a check found that it has moved"},
	[OPTION_FORGET] = {.name = "forget",
		.kind = OPTION_TEXT,
		.argument = "NAME",
		.help = "forget a consumer and its position"},
	[OPTION_FORGET_BEFORE] = {.name = "forget-before",
		.kind = OPTION_TEXT,
		.argument = "DATE",
		.help = "drop older events, but none that a consumer has to come to"},
	[OPTION_FORMAT] = {.name = "format",
		.kind = OPTION_TEXT,
		.argument = "STRING",
		.help = "print STRING for each: {id} {url} {title} {notes} {tags} {date_added}"},
	[OPTION_FULL] = {.name = "full",
		.help = "walk every page, and mark what is no longer starred"},
	[OPTION_HELP] = {.name = "help", .help = "print help and exit"},
	[OPTION_IMPORT_FORMAT] = {.name = "format",
		.kind = OPTION_CHOICE,
		.argument = "FORMAT",
		.choices = "netscape json jsonl csv markdown org urls xbel opml plist shortcut "
			   "firefox chrome buku pinboard bark github barky",
		.help = "the format of the file; else it is recognised by content"},
	[OPTION_JOBS] = {.name = "jobs",
		.kind = OPTION_NUMBER,
		.argument = "N",
		.least = 1,
		.most = 10,
		.help = "pages in flight, 1 to 10; 4 if not given"},
	[OPTION_JSON] = {.name = "json", .help = "print JSON"},
	[OPTION_JSONL] = {.name = "jsonl", .help = "print JSON, one object a line"},
	[OPTION_LIMIT] = {.name = "limit",
		.kind = OPTION_NUMBER,
		.argument = "N",
		.most = LLONG_MAX,
		.help = "print at most N"},
	[OPTION_LINK_JOBS] = {.name = "jobs",
		.kind = OPTION_NUMBER,
		.argument = "N",
		.least = 1,
		.most = 64,
		.help = "requests in flight, 1 to 64; 16 if not given"},
	[OPTION_LISTEN] = {.name = "listen",
		.kind = OPTION_TEXT,
		.argument = "ADDRESS:PORT",
		.help = "where to listen; 127.0.0.1:9090 if not given"},
	[OPTION_MATCHING] = {.name = "matching",
		.kind = OPTION_QUERY,
		.argument = "QUERY",
		.help = "every bookmark that matches the query"},
	[OPTION_ME] = {.name = "me", .help = "the stars of the token's owner"},
	[OPTION_MULTI] = {.name = "multi", .help = "let several be marked, and print them all"},
	[OPTION_NO_TIMESTAMPS] = {.name = "no-timestamps",
		.help = "date them now, not when they were starred"},
	[OPTION_NO_TOPICS] = {.name = "no-topics", .help = "make no tags of topics and languages"},
	[OPTION_NOTES] = {.name = "notes",
		.kind = OPTION_TEXT,
		.argument = "TEXT",
		.help = "the notes"},
	[OPTION_OFFLINE] = {.name = "offline", .help = "do not fetch the page's title"},
	[OPTION_OFFSET] = {.name = "offset",
		.kind = OPTION_NUMBER,
		.argument = "N",
		.most = LLONG_MAX,
		.help = "pass over the first N"},
	[OPTION_OLDER_THAN] = {.name = "older-than",
		.kind = OPTION_NUMBER,
		.argument = "DAYS",
		.most = 100000,
		.help = "only what was not asked for so many days"},
	[OPTION_OUTPUT] = {.name = "output",
		.kind = OPTION_PATH,
		.argument = "FILE",
		.help = "write FILE, whole or not at all"},
	[OPTION_PRINT_TOKEN] = {.name = "print-token",
		.help = "print the token that every request needs, and exit"},
	[OPTION_PROGRESS] = {.name = "progress",
		.kind = OPTION_CHOICE,
		.argument = "WHEN",
		.choices = "auto always never",
		.help = "progress on standard error: auto (on a terminal), always or never"},
	[OPTION_QUIET] = {.name = "quiet", .help = "print results and errors only"},
	[OPTION_REVERSE] = {.name = "reverse", .help = "the other way round"},
	[OPTION_SINCE] = {.name = "since",
		.kind = OPTION_TEXT,
		.argument = "ID",
		.help = "only events after this one; now: only what happens from now on"},
	[OPTION_SORT] = {.name = "sort",
		.kind = OPTION_CHOICE,
		.argument = "KEY",
		.choices = "added modified title url random",
		.help = "order by added, modified, title or url; random: by chance"},
	[OPTION_TAG_EDITS] = {.name = "tags",
		.kind = OPTION_TEXT,
		.argument = "LIST",
		.help = "the tags: a,b sets them, +a,-b adds and removes"},
	[OPTION_TAGS] = {.name = "tags",
		.kind = OPTION_TEXT,
		.argument = "LIST",
		.help = "tags, as a,b"},
	[OPTION_TITLE] = {.name = "title",
		.kind = OPTION_TEXT,
		.argument = "TEXT",
		.help = "the title"},
	[OPTION_TSV] = {.name = "tsv", .help = "print id, url, title and tags, separated by tabs"},
	[OPTION_UPDATE] = {.name = "update",
		.help = "where the address is known, change the given fields"},
	[OPTION_URL] = {.name = "url",
		.kind = OPTION_TEXT,
		.argument = "URL",
		.help = "the address"},
	[OPTION_VERBOSE] = {.name = "verbose", .help = "say more on standard error"},
	[OPTION_VERSION] = {.name = "version", .help = "print the version and exit"},
	[OPTION_WAIT] = {.name = "wait", .help = "sleep through a rate limit"},
	[OPTION_YES] = {.name = "yes", .help = "do not ask"},
};

const struct cli_command *cli_command_find(const char *name)
{
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

/* How many letters are left out, put in, exchanged or swapped with their neighbour: at most this.
 */
#define NEAR            2
#define NAME_MAX_LENGTH 32

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The distance of Damerau and Levenshtein (optimal string alignment), row by row. */
static size_t edit_distance(const char *a, const char *b)
{
	size_t rows[3][NAME_MAX_LENGTH + 1];
	size_t length = strlen(b);

	for (size_t j = 0; j <= length; j++)
		rows[0][j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];

		row[0] = i;
		for (size_t j = 1; j <= length; j++) {
			row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]),
				least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], rows[(i + 1) % 3][j - 2] + 1);
		}
	}
	return rows[strlen(a) % 3][length];
}

const struct cli_command *cli_command_nearest(const char *name)
{
	const struct cli_command *nearest = NULL;
	size_t distance = NEAR + 1;

	if (strlen(name) > NAME_MAX_LENGTH)
		return NULL;
	for (const struct cli_command *const *command = cli_commands; *command; command++) {
		size_t its = edit_distance(name, (*command)->name);

		/* Of a short word nothing would be left. */
		if (its < distance && its < strlen(name)) {
			nearest = *command;
			distance = its;
		}
	}
	return nearest;
}

bool cli_command_takes(const struct cli_command *command, enum option_id option)
{
	return option_is_listed(option_globals, option) ||
	       option_is_listed(command->options, option);
}

const struct cli_command *const cli_commands[] = {
	&add_command,
	&list_command,
	&search_command,
	&show_command,
	&edit_command,
	&delete_command,
	&undo_command,
	&redo_command,
	&trash_command,
	&tags_command,
	&open_command,
	&pick_command,
	&check_command,
	&import_command,
	&export_command,
	&events_command,
	&bus_command,
	&serve_command,
	&run_due_command,
	&doctor_command,
	&backup_command,
	&restore_command,
	&completion_command,
	&help_command,
	NULL,
};
