#ifndef TUI_MESSAGES_H
#define TUI_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/page.h"

enum message_kind { MESSAGE_INFO, MESSAGE_GOOD, MESSAGE_ERROR };

struct message {
	enum message_kind kind;
	int64_t wall; /* when it was said */
	char *text;
};

/*
 * What was said in this session, and what of it stands in the status line: information for 4 s
 * or until the next key, an error for 10 s or until the next key; least_ms, where it is longer.
 * {0} is empty.
 */
struct messages {
	struct message *all; /* the latest last */
	size_t count;
	size_t capacity;
	int64_t least_ms;    /* for slow readers, and for tests on a busy machine */
	int64_t shown_until; /* ms; 0: nothing is shown; INT64_MAX: until a key */
};

void messages_finish(struct messages *messages);

/* Takes text. now is the clock of the screen in ms, wall the time of day in s. */
void messages_say(
	struct messages *messages, enum message_kind kind, char *text, int64_t now, int64_t wall);

/* What was said last stays until the next key. */
void messages_keep(struct messages *messages);

/* What is to be shown, NULL if nothing. Lent. */
const struct message *messages_shown(const struct messages *messages);

/* A key was pressed. */
void messages_seen(struct messages *messages);

void messages_print(const struct messages *messages, struct page *page);

/* True if what was shown has had its time. */
bool messages_expire(struct messages *messages, int64_t now);

/* ms until then; -1: nothing is shown, or until a key. */
int messages_wait(const struct messages *messages, int64_t now);

#endif
