#ifndef ADAPTERS_SYSTEM_DESCRIPTOR_H
#define ADAPTERS_SYSTEM_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Descriptors that no program we start inherits. Where the system cannot make them so in one step
 * (no pipe2(2)), a program started by another thread at that moment could; spawn.h closes what is
 * above its three, so that it does not matter to those that we start.
 */
bool descriptor_pipe(int ends[2]); /* both close-on-exec; false: errno says why */
bool descriptor_close_on_exec(int fd);
bool descriptor_unblock(int fd);

/* All of it, whatever signals come in between; false: errno says why not. */
bool descriptor_write(int fd, const void *bytes, size_t length);

#endif
