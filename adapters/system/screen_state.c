#include "adapters/system/screen_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/system/directory.h"
#include "adapters/system/paths.h"
#include "adapters/system/atomic_file.h"
#include "domain/base/memory.h"

#define PREVIEW "preview %d %d\n"
#define SORT    "sort %d %d\n"
#define LINE    64

static void screen_state_read_line(const char *line, struct screen_state *state)
{
	int first, second;

	if (sscanf(line, PREVIEW, &first, &second) == 2) {
		state->preview_place = first;
		state->preview_grow = second;
	} else if (sscanf(line, SORT, &first, &second) == 2) {
		state->order = first;
		state->reverse = second;
	}
}

bool screen_state_read(struct screen_state *state)
{
	char *path = path_of_screen_state();
	FILE *file = path ? fopen(path, "re") : NULL;
	char line[LINE];

	free(path);
	if (!file)
		return false;
	while (fgets(line, sizeof(line), file))
		screen_state_read_line(line, state);
	fclose(file);
	return true;
}

static void write_file(const char *path, const char *text)
{
	struct atomic_file file;

	if (atomic_file_begin(&file, path, NULL) == STATUS_OK)
		atomic_file_end(
			&file, atomic_file_write(&file, text, strlen(text), NULL), true, NULL);
}

void screen_state_write(const struct screen_state *state)
{
	char *path = path_of_screen_state();

	if (!path)
		return;
	char *folder = directory_of(path);
	char *text = memory_print(PREVIEW SORT, state->preview_place, state->preview_grow,
		state->order, state->reverse);
	if (directory_make(folder, NULL) == STATUS_OK)
		write_file(path, text);
	free(text);
	free(folder);
	free(path);
}
