#ifndef ADAPTERS_SYSTEM_NAMELESS_FILE_H
#define ADAPTERS_SYSTEM_NAMELESS_FILE_H

/*
 * Files without a name, which are gone when they are closed: in memory for what is small, on the
 * disk ($TMPDIR, else /tmp) for what is not. Close-on-exec, to read and write; -1: errno says why.
 */
int nameless_file_in_memory(void);
int nameless_file_on_disk(void);

#endif
