#include <stdlib.h>
#include <unistd.h>

#include "adapters/system/environment.h"

const char *environment_secure(const char *name)
{
	return getuid() == geteuid() && getgid() == getegid() ? getenv(name) : NULL;
}
