#ifndef TUI_EVENT_LOOP_H
#define TUI_EVENT_LOOP_H

#include "tui/foreground.h"
#include "tui/screen.h"
#include "tui/terminal.h"

/*
 * Port: the signals that the loop takes by itself, as adapters/system/process_signals.h has them.
 */
struct signal_port {
	int fd;            /* readable when one has arrived */
	int (*next)(void); /* its number; 0: there is none */
	void (*stop_job)(void);
	void (*lend)(void);
	void (*reclaim)(void);
};

/*
 * The screen's one wait: for keys, signals, the engine. Each wake-up takes all there is and draws
 * one frame; when nothing happens there is no wake-up at all.
 */
struct event_loop {
	struct screen *screen;
	struct terminal *terminal;
	struct engine *engine;
	struct foreground *foreground; /* NULL: no program but us gets the terminal */
	struct signal_port signals;
};

/* Runs until the user quits: 0; or a signal or the end of the terminal ends it: its number. */
int event_loop_run(struct event_loop *loop);

/* Sets the screen's clocks; the loop does so before each thing it tells the screen. */
void event_loop_tell_time(struct screen *screen);

#endif
