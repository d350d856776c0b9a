#ifndef TESTS_TEMPORARY_FOLDER_H
#define TESTS_TEMPORARY_FOLDER_H

/* A folder of a test's own, 0700, below $TMPDIR or /tmp. The caller hands it to the next. */
char *temporary_folder_make(void);

/* Removes it with all that is in it, and frees the path. */
void temporary_folder_remove(char *path);

/* "FOLDER/NAME"; the caller frees it. */
char *temporary_folder_file(const char *folder, const char *name);

#endif
