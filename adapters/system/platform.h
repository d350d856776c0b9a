#ifndef ADAPTERS_SYSTEM_PLATFORM_H
#define ADAPTERS_SYSTEM_PLATFORM_H

#include <stddef.h>
#include <sys/types.h>

/* Small things that each system does in its own way. */

/*
 * A variable that may decide about files or whom to trust: NULL in a program that runs with more
 * rights than who started it has (secure_getenv(3); elsewhere by the user and group ids).
 */
const char *platform_secure_env(const char *name);

/*
 * A descriptor that is readable once this child of ours has ended (pidfd_open(2)), the caller's to
 * close; -1 where there is none, and who waits looks now and then.
 */
int platform_child_fd(pid_t process);

/*
 * Files without a name, which are gone when they are closed: in memory for what is small, on the
 * disk ($TMPDIR, else /tmp) for what is not. Close-on-exec, to read and write; -1: errno says why.
 */
int platform_memory_file(void);
int platform_disk_file(void);

/* No core file, and where the system can, no look into our memory by others, from now on. */
void platform_guard_memory(void);

/* Overwrites what nobody is to find in memory afterwards. */
void platform_wipe(void *bytes, size_t length);

#endif
