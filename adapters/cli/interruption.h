#ifndef ADAPTERS_CLI_INTERRUPTION_H
#define ADAPTERS_CLI_INTERRUPTION_H

#include <signal.h>
#include <stdbool.h>

/*
 * SIGINT, SIGTERM and SIGHUP. The first one sets a flag, makes a descriptor readable and ends
 * calls that block; whoever does long work looks, stops, and cleans up. What has not ended a
 * second later is ended as kill -9 would: the library forgives that, nothing acknowledged is
 * lost. So is it at once with the second signal.
 */
void interruption_watch(void);

/* The signal that arrived, 0 if none did. */
int interruption_signal(void);

/* Where that number stands, for who is to look at it without knowing us. */
const volatile sig_atomic_t *interruption_flag(void);

/* Readable once a signal arrived; stays so. -1 before interruption_watch(). */
int interruption_fd(void);

/* For commands that need longer than a second to stop well: the clock is not started. */
void interruption_be_patient(void);

#endif
