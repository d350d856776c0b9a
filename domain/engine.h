#ifndef DOMAIN_ENGINE_H
#define DOMAIN_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bus/command.h"
#include "domain/bus/event.h"
#include "domain/bus/result.h"

/*
 * Port: the engine as the screen sees it, across two mailboxes. Nothing here blocks, and nothing
 * is shared: requests and reports own what they carry and are moved.
 */
enum request_type {
	ASK_COMMAND, /* command → REPORT_RESULT */
	ASK_TITLE,   /* words[0] = address → REPORT_TEXT with the page's title, "" if none */
	ASK_FIND,    /* words[0] = address as typed → REPORT_RESULT: its status (INVALID and the
			reason, or OK), and of one that is known an item: DUPLICATE with its id */
	ASK_OPEN,    /* words = addresses, flag = of any scheme → nothing, or REPORT_TROUBLE */
	ASK_COPY,    /* words[0] = text for the helpers (wl-copy, xclip …) → nothing */
	ASK_TRASH,   /* → REPORT_ROWS (kind trashed), then REPORT_DONE */
	ASK_EVENTS,  /* → REPORT_TEXT lines, newest last */
	ASK_RELOAD,  /* → REPORT_ROWS … REPORT_DONE, as at the start */
	ASK_STOP_STARS,  /* the import under way stops after the page in flight */
	ASK_IMPORT_FILE, /* words[0] = file, words[1] = format or "", words[2] = tags or "";
			    flag = dry run → REPORT_RESULT */
	ASK_FILES, /* words[0] = the beginning of a path → REPORT_TEXT: those that begin so, sorted,
		       one a line, folders with a "/" behind them */
	ASK_EXPORT, /* words[0] = file, words[1] = format, words[2] = query → REPORT_TEXT or TROUBLE
		     */
	ASK_BACKUP, /* words[0] = file → REPORT_TEXT or TROUBLE */
	ASK_DOCTOR, /* → REPORT_TEXT lines */
	REQUEST_TYPES
};

struct request {
	enum request_type type;
	uint64_t token;          /* given by the asker, comes back in the answers */
	struct command *command; /* a command_clone() */
	char **words;
	size_t word_count;
	bool flag;
};

struct request *request_new(enum request_type type, uint64_t token);
void request_add_word(struct request *request, const char *word);
void request_free(struct request *request);

enum report_type {
	REPORT_ROWS,   /* rows to put (or, with deleted set, to take out) */
	REPORT_BLOCK,  /* the whole library at once, as a row block: replaces all rows */
	REPORT_DONE,   /* the rows of a request have all arrived */
	REPORT_EVENT,  /* what happened, here or in another program; its rows came before it */
	REPORT_RESULT, /* of a command: status and outcome */
	REPORT_TEXT,
	REPORT_TROUBLE, /* status and a line for people */
	REPORT_TYPES
};

struct row_block; /* domain/search/row_block.h */

struct report {
	enum report_type type;
	uint64_t token; /* of the request, 0 if none */
	struct bookmark *rows;
	size_t row_count;
	int64_t *gone; /* ids that are not in the library (any more) */
	size_t gone_count;
	struct row_block *block;
	struct event event;  /* its bookmarks and subject are owned by the report */
	bool from_elsewhere; /* the event is another program's */
	enum command_type command;
	enum status status;
	struct result result;
	char *text; /* lines separated by '\n' */
};

struct report *report_new(enum report_type type, uint64_t token);
void report_free(struct report *report);

/* Latest-value slot: how the import of stars stands. */
enum stars_phase {
	STARS_IDLE,
	STARS_CONNECTING,
	STARS_FETCHING,
	STARS_WAITING_FOR_LIMIT, /* until, a wall time */
	STARS_RETRYING,          /* until, a wall time */
	STARS_STOPPING,
	STARS_COMPLETE,
	STARS_STOPPED,
	STARS_FAILED
};

struct stars_progress {
	enum stars_phase phase;
	char user[64];
	size_t page;  /* pages taken in */
	size_t pages; /* 0: not known yet */
	size_t added;
	size_t updated;
	size_t unchanged;
	size_t skipped;
	size_t unstarred;
	size_t requests;
	double per_second; /* stars taken in */
	long seconds_left; /* -1: not known */
	int64_t until;
	int64_t change;     /* what undo would take back */
	bool unfinished;    /* a walk of an earlier run can be carried on */
	struct error error; /* of a failure, or of the last item passed over */
};

struct engine {
	int wake_fd; /* readable while reports or a new progress wait */
	void (*ask)(struct engine *engine, struct request *request); /* takes it */
	struct report *(*next_report)(struct engine *engine); /* yours; NULL when there is none */
	bool (*progress)(struct engine *engine, struct stars_progress *progress); /* true: new */
};

#endif
