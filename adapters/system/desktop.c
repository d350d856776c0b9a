#include "adapters/system/desktop.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/system/spawn.h"
#include "domain/base/memory.h"

#define PATIENCE_MS 2000

const struct desktop_program *desktop_program_find(
	const struct desktop_program *programs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *variable = programs[i].variable;
		const char *value = variable ? getenv(variable) : "set";

		if (value && *value && spawn_finds(programs[i].words[0]))
			return &programs[i];
	}
	return NULL;
}

enum status desktop_program_run(char *const *words, int input, struct error *error)
{
	const struct spawn spawn = {
		.words = words,
		.input = input,
		.output = SPAWN_NULL,
		.errors = SPAWN_NULL,
		.own_session = true,
	};

	return spawn_run(&spawn, PATIENCE_MS, error);
}

static const struct desktop_program helpers[] = {
	{"WAYLAND_DISPLAY", {"wl-copy", NULL}},
	{"DISPLAY", {"xclip", "-selection", "clipboard", NULL}},
	{"DISPLAY", {"xsel", "-b", "-i", NULL}},
	{NULL, {"pbcopy", NULL}},
};

static char *without_controls(const char *text)
{
	char *copy = memory_copy_string(text);
	char *end = copy;

	for (const char *c = text; *c; c++)
		if ((unsigned char)*c >= 0x20 && *c != 0x7f)
			*end++ = *c;
	*end = '\0';
	return copy;
}

enum status clipboard_copy(const char *text, struct error *error)
{
	const struct desktop_program *helper =
		desktop_program_find(helpers, sizeof(helpers) / sizeof(*helpers));
	enum status status = STATUS_IO;
	char *clean;
	int input;

	if (!helper)
		return error_fail(STATUS_NOT_FOUND, error,
			"no clipboard helper was found (wl-copy, xclip, xsel, pbcopy)");
	clean = without_controls(text);
	input = spawn_input(clean, strlen(clean));
	if (input < 0)
		error_set(error, "cannot hand the text to %s", helper->words[0]);
	else /* xclip and wl-copy stay to serve the text, from a process of their own */
		status = desktop_program_run(helper->words, input, error);
	if (input >= 0)
		close(input);
	free(clean);
	return status;
}
