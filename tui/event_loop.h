#ifndef TUI_EVENT_LOOP_H
#define TUI_EVENT_LOOP_H

#include <signal.h>

#include "tui/foreground.h"
#include "tui/screen.h"
#include "tui/terminal.h"

/*
 * The screen's one wait: for keys, signals, the engine. Each wake-up takes all there is and draws
 * one frame; when nothing happens there is no wake-up at all.
 */
struct event_loop {
	struct screen *screen;
	struct terminal *terminal;
	struct engine *engine;
	struct foreground *foreground; /* NULL: no program but us gets the terminal */
	int signal_fd;
};

/*
 * Blocks the signals that the loop takes by itself, and returns the descriptor that tells of them
 * (-1: it cannot be made). Call it before the first thread is started, so that every thread
 * inherits the mask.
 */
int event_loop_take_signals(void);

/* Runs until the user quits: 0; or a signal or the end of the terminal ends it: its number. */
int event_loop_run(struct event_loop *loop);

/* Sets the screen's clocks; the loop does so before each thing it tells the screen. */
void event_loop_tell_time(struct screen *screen);

/* Ends the program by a signal that the loop has taken, so that the parent sees it. */
void event_loop_end_by(int number);

#endif
