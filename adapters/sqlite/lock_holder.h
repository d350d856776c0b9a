#ifndef ADAPTERS_SQLITE_LOCK_HOLDER_H
#define ADAPTERS_SQLITE_LOCK_HOLDER_H

/*
 * The process that holds the write lock of a library, as /proc/locks tells; 0 if that cannot be
 * known. Nothing is opened, since closing a descriptor of the file would drop our own locks.
 */
long lock_holder(const char *path);

#endif
