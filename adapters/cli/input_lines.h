#ifndef ADAPTERS_CLI_INPUT_LINES_H
#define ADAPTERS_CLI_INPUT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* The lines of a file that hold anything: blanks at their ends dropped, owned. Not checked
 * otherwise. */
struct input_line {
	char *text;
	size_t number; /* from 1 */
};

struct input_lines {
	struct input_line *lines;
	size_t count;
	size_t capacity;
};

/* Reads to the end, or until a signal arrives. False if the file cannot be read (errno). */
bool input_lines_read(struct input_lines *lines, FILE *file);
void input_lines_finish(struct input_lines *lines);

#endif
