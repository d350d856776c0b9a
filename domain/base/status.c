#include "domain/base/status.h"

#include <stddef.h>

/* A row that misses a field, or a status without a row, does not compile. */
#pragma GCC diagnostic error "-Wmissing-field-initializers"

/* What each status is called, says, and ends the program with. */
static const struct status_row {
	enum status status;
	int exit_code;
	const char *name;
	const char *message;
} rows[] = {
	{STATUS_OK, 0, "ok", "done"},
	{STATUS_INVALID, 1, "invalid", "the value cannot be used"},
	{STATUS_DUPLICATE, 1, "duplicate", "the address is in the library already"},
	{STATUS_NOT_FOUND, 3, "not_found", "no such bookmark"},
	{STATUS_NOTHING_LEFT, 1, "nothing_left", "nothing is left to undo"},
	{STATUS_REFUSED, 1, "refused", "the change was refused"},
	{STATUS_CONFLICT, 1, "conflict", "it is not what it was any more"},
	{STATUS_INTERRUPTED, 130, "interrupted", "stopped"},
	{STATUS_BUSY, 6, "busy", "another program holds the library"},
	{STATUS_DAMAGED, 6, "damaged", "the library is damaged"},
	{STATUS_FULL, 6, "full", "the disk is full"},
	{STATUS_READ_ONLY, 6, "read_only", "the library cannot be written"},
	{STATUS_TOO_NEW, 6, "too_new", "the library was written by a later barky"},
	{STATUS_FOREIGN, 6, "foreign", "the file is not a barky library"},
	{STATUS_IO, 6, "io", "the file cannot be read or written"},
	{STATUS_NETWORK, 4, "network", "the network failed"},
	{STATUS_REMOTE, 4, "remote", "the remote side failed"},
	{STATUS_UNAUTHORISED, 4, "unauthorised", "the token was refused"},
	{STATUS_NO_SUCH_USER, 4, "no_such_user", "no such user"},
	{STATUS_RATE_LIMITED, 5, "rate_limited", "the rate limit is reached"},
};

_Static_assert(sizeof(rows) / sizeof(rows[0]) == STATUS_COUNT, "a status has no row");

static const struct status_row *row_of(enum status status)
{
	for (size_t i = 0; i < STATUS_COUNT; i++)
		if (rows[i].status == status)
			return &rows[i];
	return row_of(STATUS_IO);
}

const char *status_message(enum status status)
{
	return row_of(status)->message;
}

const char *status_name(enum status status)
{
	return row_of(status)->name;
}

int status_exit_code(enum status status)
{
	return row_of(status)->exit_code;
}
