#include "tui/own.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

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
