#ifndef ADAPTERS_ENGINE_MAILBOX_H
#define ADAPTERS_ENGINE_MAILBOX_H

#include <stdbool.h>

/*
 * A mailbox carries messages from one thread to another: whole messages, moved, not shared. One
 * mutex and one descriptor to wait for each (adapters/system/wake.h). What a message is, the two
 * sides agree on.
 */
struct mailbox;

struct mailbox *mailbox_new(void);

/* Messages that nobody took are given to dispose, which may be NULL. */
void mailbox_free(struct mailbox *mailbox, void (*dispose)(void *message));

/* Readable while messages wait; for poll(2) and friends, never to be read by others. */
int mailbox_fd(const struct mailbox *mailbox);

void mailbox_put(struct mailbox *mailbox, void *take);

/* The oldest message, now the caller's, or NULL. Taking the last one makes the fd unreadable. */
void *mailbox_take(struct mailbox *mailbox);

/* Makes the fd readable once without a message, so that the other side looks around. */
void mailbox_wake(struct mailbox *mailbox);

#endif
