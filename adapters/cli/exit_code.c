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

enum exit_code exit_code_of(enum status status)
{
	return (enum exit_code)status_exit_code(status);
}

const char *exit_code_meaning(int code)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if ((int)meanings[i].code == code)
			return meanings[i].meaning;
	return NULL;
}
