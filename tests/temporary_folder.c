#include "tests/temporary_folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "domain/memory.h"

char *temporary_folder_make(void)
{
	const char *base = getenv("TMPDIR");
	char *path = memory_print("%s/barky-test-XXXXXX", base && *base ? base : "/tmp");

	if (!mkdtemp(path)) {
		perror(path);
		abort();
	}
	return path;
}

static int remove_one(const char *path, const struct stat *found, int kind, struct FTW *place)
{
	(void)found;
	(void)kind;
	(void)place;
	return remove(path);
}

void temporary_folder_remove(char *path)
{
	chmod(path, 0700);
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(path);
}

char *temporary_folder_file(const char *folder, const char *name)
{
	return memory_print("%s/%s", folder, name);
}
