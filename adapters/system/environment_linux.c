#include <stdlib.h>

#include "adapters/system/environment.h"

const char *environment_secure(const char *name)
{
	return secure_getenv(name);
}
