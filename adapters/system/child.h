#ifndef ADAPTERS_SYSTEM_CHILD_H
#define ADAPTERS_SYSTEM_CHILD_H

#include <sys/types.h>

/*
 * A descriptor that is readable once this child of ours has ended (pidfd_open(2)), the caller's to
 * close; -1 where there is none, and who waits looks now and then.
 */
int child_fd(pid_t process);

#endif
