#ifndef ADAPTERS_SYSTEM_PROCESS_SIGNALS_H
#define ADAPTERS_SYSTEM_PROCESS_SIGNALS_H

/*
 * The signals that the screen takes by itself (a new size, its end, C-z and what comes after it),
 * as something to wait for beside its keys. By signalfd(2) on Linux, else by handlers that write
 * into a pipe.
 */

/*
 * From now on these signals do nothing but make the descriptor readable that is returned; -1: they
 * cannot be taken. Before the first thread is started, and once in a program.
 */
int process_signals_take(void);
void process_signals_finish(void);

/* The next of those that arrived; 0 if there is none. Never blocks. */
int process_signals_next(void);

/* Stops the whole job, as C-z does, and comes back when it goes on. */
void process_signals_stop_job(void);

/*
 * Another program has the terminal: C-c and C-\ are that program's alone; C-z stops us too, or the
 * shell would never get the terminal back. Then as before; what arrived meanwhile counts for
 * nothing but the signals that end us.
 */
void process_signals_lend(void);
void process_signals_reclaim(void);

/* Ends the program by a signal that was taken, so that its parent sees it. */
void process_signals_end_by(int number);

#endif
