#ifndef ADAPTERS_SYSTEM_SHARED_LIBRARY_H
#define ADAPTERS_SYSTEM_SHARED_LIBRARY_H

#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * A function of a library, and where its pointer stands in the caller's struct. One that has
 * another name in another release has both, with a "|" between them: "new_free|old_free".
 */
struct library_function {
	const char *name;
	size_t offset;
};

/*
 * Opens a library that is heavy or seldom needed when it is first needed, and fills the pointers to
 * its functions. It stays open until the program ends. STATUS_IO with words: it is not there, or
 * lacks one of them.
 */
enum status shared_library_open(const char *soname, const struct library_function *functions,
	size_t count, void *pointers, struct error *error);

#endif
