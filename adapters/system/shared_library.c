#include "adapters/system/shared_library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

/* By the first of its names that the library has; NULL if it has none. */
static void *find_function(void *handle, const char *names)
{
	char name[64];
	void *function = NULL;

	while (!function && *names) {
		size_t length = strcspn(names, "|");

		snprintf(name, sizeof(name), "%.*s", (int)length, names);
		function = dlsym(handle, name);
		names += length + (names[length] == '|');
	}
	return function;
}

enum status shared_library_open(const char *soname, const struct library_function *functions,
	size_t count, void *pointers, struct error *error)
{
	void *handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL);

	if (!handle)
		return error_fail(
			STATUS_IO, error, "%s cannot be opened: %s: install it", soname, dlerror());
	for (size_t i = 0; i < count; i++) {
		void *function = find_function(handle, functions[i].name);

		if (!function)
			return error_fail(STATUS_IO, error,
				"%s has no %s: another release of it is needed", soname,
				functions[i].name);
		memcpy((char *)pointers + functions[i].offset, &function, sizeof(function));
	}
	return STATUS_OK;
}
