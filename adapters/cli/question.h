#ifndef ADAPTERS_CLI_QUESTION_H
#define ADAPTERS_CLI_QUESTION_H

#include <stdbool.h>

/* True if there is a person to ask: standard input and standard error are a terminal. */
bool question_can_be_asked(void);

/* Asks on standard error, reads a line from standard input; only "y" or "yes" is true. */
__attribute__((format(printf, 1, 2))) bool question_ask(const char *format, ...);

#endif
