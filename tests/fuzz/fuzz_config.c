#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "adapters/system/config.h"
#include "domain/base/memory.h"
#include "tests/fuzz/fuzz_case.h"

static void promise(bool kept)
{
	if (!kept)
		abort();
}

/* A mistake is a warning that names its line, whatever it is; what is bound has a name. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	char *path = memory_print("/proc/self/fd/%d", fd);
	struct config config;

	promise(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	config_read(&config, path, true);
	for (size_t i = 0; i < config.warning_count; i++)
		promise(strncmp(config.warnings[i], path, strlen(path)) == 0);
	for (size_t i = 0; i < config.binding_count; i++)
		promise(config.bindings[i].action && config.bindings[i].keys &&
			config.bindings[i].line > 0);
	for (size_t i = 0; i < config.style_count; i++)
		promise(config.styles[i].action && config.styles[i].keys);
	for (size_t i = 0; i < config.scheme_count; i++)
		promise(*config.schemes[i] && !strchr(config.schemes[i], ':'));
	config_finish(&config);
	free(path);
	close(fd);
	return 0;
}
