#include <sys/syscall.h>
#include <unistd.h>

#include "adapters/system/child.h"

int child_fd(pid_t process)
{
	return (int)syscall(SYS_pidfd_open, process, 0);
}
