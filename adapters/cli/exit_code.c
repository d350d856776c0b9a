#include "adapters/cli/exit_code.h"

#include <stddef.h>

static const struct {
	enum exit_code code;
	const char *meaning;
} meanings[] = {
	{EXIT_DONE, "done; list and export of nothing too"},
	{EXIT_FAILED, "refused or failed"},
	{EXIT_MISUSED, "the command line or the query is wrong"},
	{EXIT_NOT_FOUND, "no such bookmark, or nothing matched"},
	{EXIT_REMOTE_FAILED, "the remote side failed"},
	{EXIT_RATE_LIMITED, "stopped by a rate limit; what arrived is kept"},
	{EXIT_LIBRARY_UNUSABLE, "the library cannot be used"},
	{EXIT_INTERRUPTED, "ended by SIGINT"},
	{EXIT_TERMINATED, "ended by SIGTERM"},
};

static const enum exit_code codes[STATUS_COUNT] = {
	[STATUS_OK] = EXIT_DONE,
	[STATUS_INVALID] = EXIT_FAILED,
	[STATUS_DUPLICATE] = EXIT_FAILED,
	[STATUS_NOT_FOUND] = EXIT_NOT_FOUND,
	[STATUS_NOTHING_LEFT] = EXIT_FAILED,
	[STATUS_REFUSED] = EXIT_FAILED,
	[STATUS_CONFLICT] = EXIT_FAILED,
	[STATUS_INTERRUPTED] = EXIT_INTERRUPTED,
	[STATUS_BUSY] = EXIT_LIBRARY_UNUSABLE,
	[STATUS_DAMAGED] = EXIT_LIBRARY_UNUSABLE,
	[STATUS_FULL] = EXIT_LIBRARY_UNUSABLE,
	[STATUS_READ_ONLY] = EXIT_LIBRARY_UNUSABLE,
	[STATUS_TOO_NEW] = EXIT_LIBRARY_UNUSABLE,
	[STATUS_FOREIGN] = EXIT_LIBRARY_UNUSABLE,
	[STATUS_IO] = EXIT_LIBRARY_UNUSABLE,
	[STATUS_NETWORK] = EXIT_REMOTE_FAILED,
	[STATUS_REMOTE] = EXIT_REMOTE_FAILED,
	[STATUS_UNAUTHORISED] = EXIT_REMOTE_FAILED,
	[STATUS_NO_SUCH_USER] = EXIT_REMOTE_FAILED,
	[STATUS_RATE_LIMITED] = EXIT_RATE_LIMITED,
};

enum exit_code exit_code_of(enum status status)
{
	return codes[status];
}

const char *exit_code_meaning(int code)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if ((int)meanings[i].code == code)
			return meanings[i].meaning;
	return NULL;
}
