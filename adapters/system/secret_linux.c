#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "adapters/system/secret.h"

void secret_guard(void)
{
	struct rlimit limit;

	prctl(PR_SET_DUMPABLE, 0); /* no /proc/PID/mem either */
	if (getrlimit(RLIMIT_CORE, &limit) != 0)
		return;
	limit.rlim_cur = 0;
	setrlimit(RLIMIT_CORE, &limit);
}

void secret_wipe(void *bytes, size_t length)
{
	explicit_bzero(bytes, length);
}
