#ifndef DOMAIN_BASE_ERROR_H
#define DOMAIN_BASE_ERROR_H

#include "domain/base/status.h"

/*
 * Why something failed, in words for people: one line, no newline, cut if it is too long. It is
 * always optional: every function that takes a struct error takes NULL as well. The text may
 * quote what came from outside, so it goes through text_printable() before a terminal sees it.
 */
struct error {
	char text[512];
};

__attribute__((format(printf, 2, 3))) void error_set(struct error *error, const char *format, ...);

/*
 * The same, for the road out: its value is the status. A macro, so that compilers and analysers see
 * that what fails is not STATUS_OK.
 */
#define error_fail(status, error, ...) (error_set(error, __VA_ARGS__), (status))

/* Keeps what is there already: the first cause is the one people need. */
__attribute__((format(printf, 2, 3))) void error_set_default(
	struct error *error, const char *format, ...);

#endif
