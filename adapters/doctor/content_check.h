#ifndef ADAPTERS_DOCTOR_CONTENT_CHECK_H
#define ADAPTERS_DOCTOR_CONTENT_CHECK_H

#include "adapters/doctor/check.h"
#include "domain/base/status.h"

struct database;

/*
 * Looks at what is in an open library, and changes nothing: every page and index, by SQLite's own
 * check, and what barky relies on beyond them. STATUS_OK if all of it holds, STATUS_DAMAGED if
 * not, or why it cannot be read; each has been told as a finding.
 */
enum status content_check(struct database *database, const struct check *check);

#endif
