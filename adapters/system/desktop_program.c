#include "adapters/system/desktop_program.h"

#include <stdlib.h>

#include "adapters/system/spawn.h"

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
