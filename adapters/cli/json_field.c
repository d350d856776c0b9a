#include "adapters/cli/json_field.h"

#include <string.h>

enum status json_field_refuse(struct error *error, const char *key, const char *expected)
{
	error_set(error, "\"%s\" is to be %s", key, expected);
	return STATUS_INVALID;
}

static bool is_key(const char *keys, const char *key)
{
	size_t length = strlen(key);

	while (*keys) {
		size_t size = strcspn(keys, " ");

		if (size == length && !memcmp(keys, key, size))
			return true;
		keys += size;
		keys += strspn(keys, " ");
	}
	return false;
}

enum status json_field_check_keys(json_t *object, const char *keys, struct error *error)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		if (is_key(keys, key))
			continue;
		error_set(error, "there is no key \"%s\" here; there are: %s", key, keys);
		return STATUS_INVALID;
	}
	return STATUS_OK;
}

enum status json_field_text(json_t *object, const char *key, const char **text, struct error *error)
{
	json_t *value = json_object_get(object, key);

	if (!value)
		return STATUS_OK;
	if (!json_is_string(value))
		return json_field_refuse(error, key, "a string");
	*text = json_string_value(value);
	return STATUS_OK;
}

enum status json_field_flag(json_t *object, const char *key, bool *flag, struct error *error)
{
	json_t *value = json_object_get(object, key);

	if (value && !json_is_boolean(value))
		return json_field_refuse(error, key, "true or false");
	if (value)
		*flag = json_is_true(value);
	return STATUS_OK;
}

enum status json_field_tags(
	json_t *object, const char *key, struct tag_set *tags, struct error *error)
{
	json_t *array = json_object_get(object, key);
	size_t i;
	json_t *value;

	if (array && !json_is_array(array))
		return json_field_refuse(error, key, "an array of tags");
	json_array_foreach(array, i, value)
	{
		const char *tag = json_string_value(value);

		if (!tag || strchr(tag, ',') || !tag_set_add(tags, tag))
			return json_field_refuse(error, key, "an array of tags");
	}
	return STATUS_OK;
}
