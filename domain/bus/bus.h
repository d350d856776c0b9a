#ifndef DOMAIN_BUS_BUS_H
#define DOMAIN_BUS_BUS_H

#include "domain/base/clock.h"
#include "domain/bus/result.h"
#include "domain/bus/signal.h"
#include "domain/bus/unit_of_work.h"

/*
 * The bus takes each command to its one handler, inside a unit of work, and tells what happened.
 *
 *   command_about_to asked (may refuse) → begin → handler → events into the journal → commit →
 *   command_finished heard by all, then each event told, in order
 *
 * A handler that fails leaves nothing behind: rollback, then command_refused. A receiver may hand
 * the bus a further command while it is told something: it runs at once, as a transaction of its
 * own, and its events are told after those that wait already.
 *
 * A command that a receiver refused, and a receiver that failed, are put into the log.
 *
 * The bus borrows its parts; it has one thread.
 */
struct bus;

struct bus *bus_new(struct unit_of_work *work, struct clock *clock, struct signals *signals);
void bus_free(struct bus *bus);

/* result is filled whatever the status; the caller finishes it. It may be NULL. */
enum status bus_handle(struct bus *bus, const struct command *command, struct result *result);

/* Who asks, unless a command says so itself: "cli", "screen". Lent; NULL: nobody in particular. */
void bus_origin(struct bus *bus, const char *origin);

/*
 * Puts what happened to barky itself (COMMAND_REFUSED to LIBRARY_MIGRATED) into the log, with its
 * event told like any other; from inside of a receiver, as soon as what is being told was told.
 * Where the library cannot be written it is lost: nobody can be helped by its failure.
 */
void bus_note(struct bus *bus, enum event_type event, const char *subject);

#endif
