#ifndef ADAPTERS_CLI_OUTPUT_H
#define ADAPTERS_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "adapters/cli/exit_code.h"
#include "domain/base/buffer.h"

/*
 * Standard output, which carries results and nothing else. What is written is buffered; the first
 * write that fails is remembered and everything after it is dropped, so that callers need only
 * look at the end. A pipe that was closed by its reader is no failure.
 */
struct output {
	FILE *file;
	bool colors;    /* SGR may be written */
	bool links;     /* OSC 8 too: it is a terminal */
	size_t columns; /* of the terminal; SIZE_MAX where lines may be of any length */
	int error;      /* errno of the first write that failed; 0 */
};

/* How a piece of plain output is drawn where colours are on. */
enum paint { PAINT_NONE, PAINT_ID, PAINT_TITLE, PAINT_URL, PAINT_TAGS, PAINT_LABEL, PAINT_MARK };

/* color is the value of --color; NULL is "auto": a terminal that knows colours, no NO_COLOR. */
void output_init(struct output *output, FILE *file, const char *color);

void output_bytes(struct output *output, const char *bytes, size_t length);
void output_string(struct output *output, const char *safe); /* as it stands */
void output_text(struct output *output, const char *text);   /* made safe to print */
__attribute__((format(printf, 2, 3))) void output_format(
	struct output *output, const char *format, ...);
void output_line(struct output *output, struct buffer *take); /* what is in it, and a line end */
void output_spaces(struct output *output, size_t count);

/* Everything between the two is drawn so; nothing happens where colours are off. */
void output_paint(struct output *output, enum paint paint);
void output_plain(struct output *output);

/* The next text leads to this address of the web (OSC 8), up to output_unlink(). */
void output_link(struct output *output, const char *url);
void output_unlink(struct output *output);

/* True once there is no use in writing more. */
bool output_broken(const struct output *output);

/* Sends what is buffered. */
void output_flush(struct output *output);

/* Flushes; complains and returns FAILED if anything was lost but for a closed pipe, else DONE. */
enum exit_code output_finish(struct output *output);

#endif
