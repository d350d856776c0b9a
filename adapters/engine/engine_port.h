#ifndef ADAPTERS_ENGINE_ENGINE_PORT_H
#define ADAPTERS_ENGINE_ENGINE_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/bookmark_history.h"
#include "domain/bus/command.h"
#include "domain/bus/event.h"
#include "domain/bus/result.h"
#include "domain/links/links_progress.h"
#include "domain/stars/stars_progress.h"

/*
 * Port: the engine as the screen sees it, across two mailboxes and a slot with the latest progress.
 * Nothing here waits for the library or the network. Requests and reports own what they carry and
 * are moved from thread to thread, never shared.
 *
 * A request knows what is to be done with its answer: it goes to the engine, and comes back inside
 * the report that answers it, whose reader calls report_deliver(). A report without a request is
 * news that nobody asked for.
 */
enum request_type {
	ASK_COMMAND, /* command → REPORT_RESULT */
	ASK_TITLE,   /* words[0] = address → REPORT_TEXT with the page's title, "" if none */
	ASK_FIND,    /* words[0] = address as typed → REPORT_RESULT: its status (INVALID and the
			reason, or OK), and of one that is known an item: DUPLICATE with its id */
	ASK_OPEN,    /* words = addresses, flag = of any scheme → REPORT_DONE or REPORT_ERROR */
	ASK_COPY,    /* words[0] = text for the helpers (wl-copy, xclip …) → nothing */
	ASK_TRASH,   /* → REPORT_ROWS (kind trashed), then REPORT_DONE */
	ASK_EVENTS,  /* → REPORT_EVENT of each of the latest, newest last, then REPORT_DONE */
	ASK_RELOAD,  /* → nothing itself; the news are those of the start */
	ASK_STOP_STARS,  /* the import under way stops after the page in flight → nothing */
	ASK_IMPORT_FILE, /* words[0] = file, words[1] = format or "", words[2] = tags or "",
			    words[3] = the browser whose it is, or "" or left out; flag = dry run →
			    REPORT_RESULT */
	ASK_BROWSERS, /* → REPORT_TEXT: the bookmarks that browsers here have, one profile a line:
			 its browser, how many there are, the program, the file; between tabs */
	ASK_FILES, /* words[0] = the beginning of a path → REPORT_TEXT: those that begin so, sorted,
		       one a line, folders with a "/" behind them */
	ASK_EXPORT, /* words[0] = file, words[1] = format, words[2] = query, flag = replaces a file
		       → REPORT_TEXT, or an error: DUPLICATE, there is one and no flag */
	ASK_BACKUP, /* words[0] = file → REPORT_TEXT */
	ASK_DOCTOR, /* → REPORT_TEXT lines */
	ASK_SERVE,  /* words[0] = ADDRESS:PORT, or ""; flag = no more → REPORT_TEXT, a line */
	ASK_CHECK, /* ids = whose links are checked, in the background → REPORT_DONE: it begins */
	ASK_FOLLOW, /* ids = those that are to have the addresses they have moved to → REPORT_RESULT
		       of EDIT_BOOKMARKS; items that are DUPLICATE are left: another has it */
	ASK_BOOKMARKS,   /* ids → REPORT_ROWS (those that are there, the trash too), then
			    REPORT_DONE */
	ASK_SAVE_SEARCH, /* words[0] = name, words[1] = query, into the configuration →
			    REPORT_TEXT */
	ASK_RUN, /* words[0] = a command of the user's, in the background, on ids → REPORT_DONE
		    once it has ended well */
	ASK_DETAILS,    /* ids[0] → REPORT_DETAILS, or an error: NOT_FOUND */
	ASK_STOP_CHECK, /* what was asked is kept → nothing */
	REQUEST_TYPES
}; /* whatever is answered may be answered by a REPORT_ERROR instead */

struct request;
struct report;

/* What the asker does with an answer, in its own thread. Both are lent for the call. */
typedef void (*answer_fn)(void *self, const struct request *request, struct report *report);

struct request {
	enum request_type type;
	struct command *command; /* a command_clone() */
	char **words;
	size_t word_count;
	int64_t *ids;
	size_t id_count;
	bool flag;

	/*
	 * A file with what the user typed, by editor_edit(), or NULL. Removed once the command has
	 * done its work; else it stays, and the error says where.
	 */
	char *draft;

	/* The asker's own, which the engine leaves alone and brings back. */
	answer_fn on_answer; /* NULL: no answer is wanted */
	void *self;
	char *note;
	int64_t id;     /* of a bookmark */
	int64_t change; /* that the answer belongs to */
};

struct request *request_new(enum request_type type, answer_fn on_answer, void *self);
void request_add_word(struct request *request, const char *word);
void request_set_ids(struct request *request, const int64_t *ids, size_t count); /* copied */
void request_free(struct request *request);

enum report_type {
	REPORT_ROWS,    /* rows to put (or, with deleted set, to take out) */
	REPORT_BLOCK,   /* the whole library at once, as a row block: replaces all rows */
	REPORT_DONE,    /* all of it has arrived; what was asked for is done */
	REPORT_EVENT,   /* what happened, here or in another program; its rows came before it */
	REPORT_RESULT,  /* of a command: status and result */
	REPORT_TEXT,    /* as news: a line for people */
	REPORT_DETAILS, /* rows[0], with its link, and its history */
	REPORT_ERROR,   /* status and a line for people */
	REPORT_WAITING, /* news: what is waited for, for people; an empty text: it is over */
};

struct row_segment; /* domain/search/row_segment.h */

struct report {
	enum report_type type;
	struct request *request; /* that it answers; NULL: news */
	bool more;               /* another report answers it too, and the last one owns it */
	struct bookmark *rows;
	size_t row_count;
	int64_t *gone; /* ids that are not in the library (any more) */
	size_t gone_count;
	struct row_segment *block;
	struct bookmark_history history;
	struct event event;  /* its bookmarks and texts are owned by the report */
	bool from_elsewhere; /* the event is another program's */
	enum command_type command;
	enum status status;
	struct result result;
	char *text; /* lines separated by '\n' */
};

struct report *report_new(enum report_type type, struct request *take);
void report_free(struct report *report);

/* Calls back whoever asked; false, and nothing is done, for news. The report stays the caller's. */
bool report_deliver(struct report *report);

struct engine {
	int wake_fd; /* readable while reports or a new progress wait */
	void (*ask)(struct engine *engine, struct request *request); /* takes it */
	struct report *(*next_report)(struct engine *engine); /* yours; NULL when there is none */
	bool (*progress)(struct engine *engine, struct stars_progress *progress); /* true: new */
	bool (*links)(struct engine *engine, struct links_progress *progress);    /* true: new */
};

#endif
