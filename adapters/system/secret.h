#ifndef ADAPTERS_SYSTEM_SECRET_H
#define ADAPTERS_SYSTEM_SECRET_H

#include <stddef.h>

/* No core file, and where the system can, no look into our memory by others, from now on. */
void secret_guard(void);

/* Overwrites what nobody is to find in memory afterwards. */
void secret_wipe(void *bytes, size_t length);

#endif
