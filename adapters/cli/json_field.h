#ifndef ADAPTERS_CLI_JSON_FIELD_H
#define ADAPTERS_CLI_JSON_FIELD_H

#include <jansson.h>
#include <stdbool.h>

#include "domain/base/error.h"
#include "domain/base/status.h"
#include "domain/bookmarks/tag_set.h"

/*
 * The members of a JSON object that a program wrote, each with what it is to be. INVALID, with a
 * reason that names the key, for anything else. What is missing leaves the value as it was.
 */
enum status json_field_text(
	json_t *object, const char *key, const char **text, struct error *error); /* lent */
enum status json_field_flag(json_t *object, const char *key, bool *flag, struct error *error);
enum status json_field_tags(
	json_t *object, const char *key, struct tag_set *tags, struct error *error);

/* keys are separated by blanks; the object may have no other. */
enum status json_field_check_keys(json_t *object, const char *keys, struct error *error);

/* "key" is to be what was expected. */
enum status json_field_refuse(struct error *error, const char *key, const char *expected);

#endif
