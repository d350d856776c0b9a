#ifndef TESTS_STUDY_H
#define TESTS_STUDY_H

#include "adapters/bootstrap.h"

/*
 * A library in a folder of its own, with a cache folder beside it ($XDG_CACHE_HOME), and many
 * questions to it. Its rows are changed by SQL, with or without an event that says so.
 */
struct study {
	char *folder;
	char *path;
	struct library library;
};

/* For cmocka; *state is a struct study. */
int study_setup(void **state);
int study_teardown(void **state);

void study_run_sql(struct study *study, const char *sql);
void study_tell(struct study *study, const char *ids); /* an event about these */
void study_fill(struct study *study, int rows);

/* The answers to all questions in one text, through the cache, or from the library alone. */
char *study_ask_all(struct study *study);
char *study_true_answers(struct study *study);

/* The only file in the cache folder, or NULL. */
char *study_cache_file(void);

#endif
