#include <sys/resource.h>

#include "adapters/system/secret.h"

void secret_guard(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_CORE, &limit) != 0)
		return;
	limit.rlim_cur = 0;
	setrlimit(RLIMIT_CORE, &limit);
}

/* Each write counts, so that none is left out as useless. */
void secret_wipe(void *bytes, size_t length)
{
	volatile unsigned char *next = bytes;

	while (length-- > 0)
		*next++ = 0;
}
