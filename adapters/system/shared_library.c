#include "adapters/system/shared_library.h"

#include <dlfcn.h>
#include <string.h>

enum status shared_library_open(const char *soname, const struct library_function *functions,
	size_t count, void *pointers, struct error *error)
{
	void *handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL);

	if (!handle) {
		error_set(error, "%s cannot be opened: %s: install it", soname, dlerror());
		return STATUS_IO;
	}
	for (size_t i = 0; i < count; i++) {
		void *function = dlsym(handle, functions[i].name);

		if (!function) {
			error_set(error, "%s is too old: it has no %s", soname, functions[i].name);
			return STATUS_IO;
		}
		memcpy((char *)pointers + functions[i].offset, &function, sizeof(function));
	}
	return STATUS_OK;
}
