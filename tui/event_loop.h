#ifndef TUI_EVENT_LOOP_H
#define TUI_EVENT_LOOP_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/bus/command.h"
#include "tui/screen.h"
#include "tui/terminal.h"

/*
 * Port: programs that have the terminal for themselves while the screen has given it back, and
 * are waited for.
 */
struct foreground {
	/*
	 * The user's editor on a text form of some bookmarks. On STATUS_OK edits holds what was
	 * changed (an array of count, 0 if nothing was), until the next call, and *draft, the
	 * caller's, is the file that holds what was typed, for the request that carries it out.
	 */
	enum status (*edit)(struct foreground *foreground, const struct bookmark *bookmarks,
		size_t bookmark_count, const struct bookmark_edit **edits, size_t *count,
		char **draft, struct error *error);

	/* Opens addresses in a text browser, one after the other. */
	enum status (*open)(struct foreground *foreground, const char *const *urls, size_t count,
		bool any_scheme, struct error *error);

	/* A command of the user's, by its place among those of the screen, on some bookmarks. */
	enum status (*run)(struct foreground *foreground, size_t command,
		const struct bookmark *bookmarks, size_t count, struct error *error);
};

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
