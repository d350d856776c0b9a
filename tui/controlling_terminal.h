#ifndef TUI_CONTROLLING_TERMINAL_H
#define TUI_CONTROLLING_TERMINAL_H

#include <stdbool.h>

#include "domain/base/error.h"

/*
 * The terminal that this process has, wherever its standard input and output lead: while it is
 * taken they are the terminal, so that whoever draws and reads keys need not know.
 */
struct controlling_terminal {
	bool taken;
	int input; /* what they were; -1: closed */
	int output;
};

/* False, and why, if there is none. */
bool controlling_terminal_take(struct controlling_terminal *streams, struct error *error);

/* As before. Does nothing where nothing was taken. */
void controlling_terminal_give_back(struct controlling_terminal *streams);

#endif
