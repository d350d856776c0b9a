#include "tests/program_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/memory.h"
#include "tests/temporary_folder.h"

static const char *const variables[] = {"BROWSER", "VISUAL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY",
	"GH_TOKEN", "GITHUB_TOKEN", "XDG_RUNTIME_DIR"};

int program_fixture_setup(void **state)
{
	char *folder = temporary_folder_make();
	char *path = memory_print("%s:/bin:/usr/bin", folder);

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		unsetenv(variables[i]);
	setenv("PATH", path, 1);
	free(path);
	*state = folder;
	return 0;
}

int program_fixture_teardown(void **state)
{
	temporary_folder_remove(*state);
	return 0;
}

void program_fixture_skip_under_valgrind(void)
{
	const char *preloaded = getenv("LD_PRELOAD");

	if (preloaded && strstr(preloaded, "vgpreload_"))
		skip();
}
