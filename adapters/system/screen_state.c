#include "adapters/system/screen_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/system/folder.h"
#include "adapters/system/paths.h"
#include "adapters/system/whole_file.h"
#include "domain/base/memory.h"

#define FORM "preview %d %d\n"

bool screen_state_read(struct screen_state *state)
{
	char *path = path_of_screen_state();
	FILE *file = path ? fopen(path, "re") : NULL;
	struct screen_state found;
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
	struct whole_file file;

	if (whole_file_begin(&file, path, NULL) != STATUS_OK)
		return;
	if (whole_file_write(&file, text, strlen(text), NULL) == STATUS_OK)
		whole_file_commit(&file, true, NULL);
	else
		whole_file_cancel(&file);
}

void screen_state_write(const struct screen_state *state)
{
	char *path = path_of_screen_state();

	if (!path)
		return;
	char *folder = folder_of(path);
	char *text = memory_print(FORM, state->preview_place, state->preview_grow);
	if (folder_make(folder, NULL) == STATUS_OK)
		write_file(path, text);
	free(text);
	free(folder);
	free(path);
}
