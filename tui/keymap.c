#include "tui/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"

#define KEYS_MAX 8

struct binding {
	int32_t keys[KEYS_MAX];
	size_t count;
	char text[KEYS_MAX * KEY_NAME_SIZE];
};

struct keymap {
	struct binding *bindings; /* one a row */
};

static bool read_keys(const char *keys, struct binding *binding, struct error *error)
{
	char buffer[KEYS_MAX * KEY_NAME_SIZE];
	char *rest = buffer;
	char *word;

	snprintf(buffer, sizeof(buffer), "%s", keys);
	while ((word = strtok_r(rest, " \t", &rest))) {
		int32_t key = key_read(word);
		if (key == KEYCAP_NONE || binding->count == KEYS_MAX) {
			error_set(error, "\"%s\" is no key", word);
			return false;
		}
		binding->keys[binding->count++] = key;
	}
	return true;
}

static void print_keys(struct binding *binding)
{
	char name[KEY_NAME_SIZE];
	size_t used = 0;

	binding->text[0] = '\0';
	for (size_t i = 0; i < binding->count && used < sizeof(binding->text); i++) {
		key_print(binding->keys[i], name);
		used += (size_t)snprintf(binding->text + used, sizeof(binding->text) - used, "%s%s",
			i > 0 ? " " : "", name);
	}
}

static bool has(const struct binding *binding, int32_t key)
{
	for (size_t i = 0; i < binding->count; i++) {
		if (binding->keys[i] == key)
			return true;
	}
	return false;
}

static void drop(struct binding *binding, int32_t key)
{
	size_t kept = 0;

	for (size_t i = 0; i < binding->count; i++) {
		if (binding->keys[i] != key)
			binding->keys[kept++] = binding->keys[i];
	}
	binding->count = kept;
	print_keys(binding);
}

static void take_from_others(struct keymap *keymap, size_t index)
{
	const struct binding *mine = &keymap->bindings[index];

	for (size_t i = 0; i < keymap_row_count(); i++) {
		if (i == index || !(keymap_row(i)->scenes & keymap_row(index)->scenes))
			continue;
		for (size_t k = 0; k < mine->count; k++)
			drop(&keymap->bindings[i], mine->keys[k]);
	}
}

struct keymap *keymap_new(void)
{
	struct keymap *keymap = memory_new(sizeof(*keymap));

	keymap->bindings = memory_array(keymap_row_count(), sizeof(*keymap->bindings));
	for (size_t i = 0; i < keymap_row_count(); i++) {
		read_keys(keymap_row(i)->keys, &keymap->bindings[i], NULL);
		print_keys(&keymap->bindings[i]);
	}
	return keymap;
}

void keymap_free(struct keymap *keymap)
{
	if (!keymap)
		return;
	free(keymap->bindings);
	free(keymap);
}

enum status keymap_bind(
	struct keymap *keymap, const char *name, const char *keys, struct error *error)
{
	for (size_t i = 0; i < keymap_row_count(); i++) {
		if (strcasecmp(name, keymap_row(i)->name) != 0)
			continue;
		struct binding binding = {.count = 0};
		if (!read_keys(keys, &binding, error))
			return STATUS_INVALID;
		print_keys(&binding);
		keymap->bindings[i] = binding;
		take_from_others(keymap, i);
		return STATUS_OK;
	}
	return error_fail(STATUS_INVALID, error, "there is no action \"%s\"", name);
}

void keymap_release(struct keymap *keymap, unsigned scenes, int32_t key)
{
	for (size_t i = 0; i < keymap_row_count(); i++) {
		if (keymap_row(i)->scenes & scenes)
			drop(&keymap->bindings[i], key);
	}
}

enum action keymap_action(const struct keymap *keymap, enum scene scene, int32_t key)
{
	for (size_t i = 0; i < keymap_row_count(); i++) {
		if ((keymap_row(i)->scenes & scene) && has(&keymap->bindings[i], key))
			return keymap_row(i)->action;
	}
	return ACTION_NONE;
}

const char *keymap_keys(const struct keymap *keymap, size_t index)
{
	return keymap->bindings[index].text;
}

const char *keymap_key_of(
	const struct keymap *keymap, const struct keymap_row *row, char key[static KEY_NAME_SIZE])
{
	const char *keys = keymap_keys(keymap, (size_t)(row - keymap_row(0)));
	size_t length = strcspn(keys, " ");

	if (length == 0) {
		snprintf(key, KEY_NAME_SIZE, ":%s", row->name);
		return key;
	}
	memcpy(key, keys, length);
	key[length] = '\0';
	return key;
}

const char *keymap_key_named(
	const struct keymap *keymap, const char *name, char key[static KEY_NAME_SIZE])
{
	const struct keymap_row *row = keymap_row_named(name);

	if (row)
		return keymap_key_of(keymap, row, key);
	snprintf(key, KEY_NAME_SIZE, ":%s", name);
	return key;
}
