#ifndef ADAPTERS_SQLITE_LOCK_HOLDER_H
#define ADAPTERS_SQLITE_LOCK_HOLDER_H

/*
 * The process that holds the write lock of a library, 0 if that cannot be known: as
 * /proc/locks tells on Linux, else as a child is told by F_GETLK. This process opens nothing, since
 * closing a descriptor of the file would drop our own locks.
 */
long lock_holder(const char *path);

#endif
