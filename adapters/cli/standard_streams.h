#ifndef ADAPTERS_CLI_STANDARD_STREAMS_H
#define ADAPTERS_CLI_STANDARD_STREAMS_H

/*
 * Opens /dev/null in the place of standard input, output or error where one is closed, so that no
 * file opened later, the library least of all, takes its number. To be called before anything is
 * opened.
 */
void standard_streams_fill(void);

#endif
