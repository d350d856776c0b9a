#ifndef ADAPTERS_DOCTOR_PLACE_CHECK_H
#define ADAPTERS_DOCTOR_PLACE_CHECK_H

#include "adapters/doctor/check.h"

/*
 * Looks at a library's files from outside, without opening one: who may read them, hard links,
 * the size of the log, the folder, its file system and its space, what a killed program left over,
 * and the copies of migrations.
 */
void place_check(const char *path, const struct check *check);

#endif
