#include "tui/own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "tui/key.h"

void saved_searches_put(struct saved_searches *searches, const char *name, const char *query)
{
	for (size_t i = 0; i < searches->count; i++) {
		if (strcmp(searches->all[i].name, name) != 0)
			continue;
		free(searches->all[i].query);
		searches->all[i].query = memory_copy_string(query);
		return;
	}
	searches->all = memory_grow(
		searches->all, searches->count, &searches->capacity, sizeof(*searches->all));
	searches->all[searches->count++] =
		(struct saved_search){memory_copy_string(name), memory_copy_string(query)};
}

void saved_searches_finish(struct saved_searches *searches)
{
	for (size_t i = 0; i < searches->count; i++) {
		free(searches->all[i].name);
		free(searches->all[i].query);
	}
	free(searches->all);
	*searches = (struct saved_searches){0};
}

const char *saved_searches_find(const struct saved_searches *searches, const char *name)
{
	for (size_t i = 0; i < searches->count; i++) {
		if (strcmp(searches->all[i].name, name) == 0)
			return searches->all[i].query;
	}
	return "";
}

const struct bound_command *bound_commands_of_key(
	const struct bound_commands *commands, int32_t key)
{
	for (size_t i = commands->count; i-- > 0;) {
		if (commands->all[i].key == key)
			return &commands->all[i];
	}
	return NULL;
}

const struct bound_command *bound_commands_at(const struct bound_commands *commands, size_t i)
{
	for (size_t at = 0; at < commands->count; at++) {
		const struct bound_command *command = &commands->all[at];
		if (bound_commands_of_key(commands, command->key) == command && i-- == 0)
			return command;
	}
	return NULL;
}

static const char *program_of(const struct bound_command *command)
{
	const char *folder = strrchr(command->name, '/');

	return folder ? folder + 1 : command->name;
}

void bound_command_name(const struct bound_commands *commands, const struct bound_command *command,
	char name[static BOUND_NAME_SIZE])
{
	const struct bound_command *other;
	size_t alike = 0;

	_Static_assert(BOUND_NAME_SIZE >= KEY_NAME_SIZE, "a key fits, too");
	for (size_t i = 0; (other = bound_commands_at(commands, i)); i++)
		alike += strcasecmp(program_of(other), program_of(command)) == 0;
	if (alike > 1)
		key_print(command->key, name);
	else
		snprintf(name, BOUND_NAME_SIZE, "%s", program_of(command));
}

const struct bound_command *bound_commands_named(
	const struct bound_commands *commands, const char *name)
{
	const struct bound_command *command, *found = NULL;
	char own[BOUND_NAME_SIZE];

	for (size_t i = 0; (command = bound_commands_at(commands, i)); i++) {
		bound_command_name(commands, command, own);
		if (strcmp(own, name) == 0 || key_read(name) == command->key)
			return command;
		if (!found && strncasecmp(own, name, strlen(name)) == 0)
			found = command;
	}
	return found;
}
