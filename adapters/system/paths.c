#include "adapters/system/paths.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "adapters/system/platform.h"
#include "domain/base/memory.h"

static const char *variable(const char *name)
{
	const char *value = platform_secure_env(name);

	return value && *value ? value : NULL;
}

static const char *home(void)
{
	const char *from_environment = variable("HOME");
	const struct passwd *entry;

	if (from_environment)
		return from_environment;
	entry = getpwuid(getuid());
	return entry && entry->pw_dir && *entry->pw_dir ? entry->pw_dir : NULL;
}

static char *below(const char *xdg_name, const char *in_home, const char *rest)
{
	const char *base = variable(xdg_name);

	if (base && *base == '/')
		return memory_print("%s/%s", base, rest);
	base = home();
	return base ? memory_print("%s/%s/%s", base, in_home, rest) : NULL;
}

static char *chosen(const char *given, const char *name)
{
	const char *path = given ? given : variable(name);

	return path ? memory_copy_string(path) : NULL;
}

char *path_of_library(const char *given)
{
	char *path = chosen(given, "BARKY_DB");

	return path ? path : below("XDG_DATA_HOME", ".local/share", "barky/barky.db");
}

char *path_of_config(const char *given)
{
	char *path = chosen(given, "BARKY_CONFIG");

	return path ? path : below("XDG_CONFIG_HOME", ".config", "barky/config");
}

char *path_of_screen_state(void)
{
	return below("XDG_STATE_HOME", ".local/state", "barky/screen");
}

char *path_of_cache(void)
{
	return below("XDG_CACHE_HOME", ".cache", "barky");
}
