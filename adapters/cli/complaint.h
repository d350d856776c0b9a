#ifndef ADAPTERS_CLI_COMPLAINT_H
#define ADAPTERS_CLI_COMPLAINT_H

#include "adapters/cli/exit_code.h"
#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * Lines on standard error: "barky: what failed: why". Whatever they quote is made safe to print,
 * so that each is one line of plain text.
 */
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

/* A note that is no error, without "barky: " before it. */
__attribute__((format(printf, 1, 2))) void remark(const char *format, ...);

/*
 * "barky: what: why", where why is the reason, or the status's own sentence if it says nothing.
 * Nothing is said of STATUS_INTERRUPTED: who pressed Ctrl-C knows. Returns the exit code.
 */
enum exit_code complain_of(const char *what, enum status status, const struct error *error);

#endif
