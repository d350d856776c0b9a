#ifndef TUI_ERROR_OUTPUT_H
#define TUI_ERROR_OUTPUT_H

/*
 * Standard error, which must never reach the screen while curses is up: it is turned to a log
 * (or to nowhere, of a log of -1) and back.
 */
struct error_output {
	int before; /* where it went; -1: it is not turned */
};

void error_output_turn(struct error_output *errors, int log);
void error_output_restore(struct error_output *errors);

#endif
