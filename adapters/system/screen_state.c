#include "adapters/system/screen_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/system/directory.h"
#include "adapters/system/paths.h"
#include "adapters/system/atomic_file.h"
#include "domain/base/memory.h"

#define FORM "preview %d %d\n"

bool screen_state_read(struct screen_state *state)
{
	char *path = path_of_screen_state();
	FILE *file = path ? fopen(path, "re") : NULL;
	struct screen_state found = {0};
	bool good = false;

	if (file) {
		good = fscanf(file, FORM, &found.preview_place, &found.preview_grow) == 2;
		fclose(file);
	}
	if (good)
		*state = found;
	free(path);
	return good;
}

static void write_file(const char *path, const char *text)
{
	struct atomic_file file;

	if (atomic_file_begin(&file, path, NULL) != STATUS_OK)
		return;
	if (atomic_file_write(&file, text, strlen(text), NULL) == STATUS_OK)
		atomic_file_commit(&file, true, NULL);
	else
		atomic_file_cancel(&file);
}

void screen_state_write(const struct screen_state *state)
{
	char *path = path_of_screen_state();

	if (!path)
		return;
	char *folder = directory_of(path);
	char *text = memory_print(FORM, state->preview_place, state->preview_grow);
	if (directory_make(folder, NULL) == STATUS_OK)
		write_file(path, text);
	free(text);
	free(folder);
	free(path);
}
