#ifndef DOMAIN_BUS_SIGNAL_H
#define DOMAIN_BUS_SIGNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/bus/event.h"
#include "domain/bus/result.h"

/*
 * Signals, after Django's: a sender does not know its receivers. What is told depends on the
 * moment; the fields that do not apply are NULL or 0.
 */
struct signal_args {
	int sender; /* what connections are filtered by: a command_type, an event_type */
	const struct command *command;
	const struct event *event;
	const struct result *result; /* of a command that is finished */
	enum status status;          /* of a command that is finished or refused */
	struct error *error;         /* where a receiver says why it objects, or failed */
	const struct error *reason;  /* of a command that was refused: why */
};

/*
 * A receiver. In the moment before, anything but STATUS_OK refuses; in the moment after, it is
 * counted and reported as the receiver's own failure (signals_on_failure; the bus puts it into the
 * log), and the rest still hear.
 */
typedef enum status (*receive_fn)(void *self, const struct signal_args *args);

/* Hears of a receiver that failed: what it was told, and why it failed. */
typedef void (*receiver_failed_fn)(
	void *self, const struct signal_args *args, const struct error *why);

struct receiver {
	receive_fn receive; /* NULL: disconnected during a send, swept after it */
	void *self;
	int sender;
};

struct signal {
	struct receiver *receivers;
	size_t count;
	size_t capacity;
	size_t sending; /* depth of sends under way */
	receiver_failed_fn on_failure;
	void *on_failure_self;
};

#define ANY_SENDER (-1)

/*
 * A second connection of the same receiver, self and sender changes nothing. False: there was no
 * function, and nothing is connected.
 */
bool signal_connect(struct signal *signal, int sender, receive_fn receive, void *self);

/*
 * Safe during a send, also of the receiver being called: it hears nothing more. Whether it was
 * connected.
 */
bool signal_disconnect(struct signal *signal, int sender, receive_fn receive, void *self);

/* Every receiver hears, with an args->error of its own. Returns the number that failed. */
size_t signal_send(struct signal *signal, const struct signal_args *args);

/* Asks each in turn, until one objects: its status, and its words in args->error. */
enum status signal_ask(struct signal *signal, const struct signal_args *args);

void signal_finish(struct signal *signal);

/* The moments that barky tells of. */
struct signals {
	struct signal command_about_to; /* by command_type; may refuse: before a save, a delete … */
	struct signal command_finished; /* by command_type, after the commit */
	struct signal command_refused;  /* by command_type */
	struct signal event_happened;   /* by event_type, after the commit, in order */
};

/* Who hears of the receivers that fail, of whatever signal. */
void signals_on_failure(struct signals *signals, receiver_failed_fn on_failure, void *self);

void signals_finish(struct signals *signals);

#endif
