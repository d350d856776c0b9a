#ifndef ADAPTERS_SQLITE_SAFETY_COPY_H
#define ADAPTERS_SQLITE_SAFETY_COPY_H

/*
 * The names of the copies of a library that are made before a migration (backup.h), beside it:
 * NAME.before-VERSION.NUMBER, VERSION being the one that is left, NUMBER one more than the last.
 */

/* The newest one's path, the caller's to free; NULL if there is none. */
char *safety_copy_newest(const char *path);

/* The path of the one that is to be made, the caller's to free. */
char *safety_copy_next(const char *path, int version);

/* Removes all but the three newest. */
void safety_copy_prune(const char *path);

#endif
