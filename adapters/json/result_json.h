#ifndef ADAPTERS_JSON_RESULT_JSON_H
#define ADAPTERS_JSON_RESULT_JSON_H

#include "adapters/json/json_writer.h"
#include "domain/bus/result.h"

/* "ok", "status", "error": how a request ended, as keys of an object that the caller opened. */
void result_json_put_status(
	struct json_writer *json, enum status status, const struct error *error);

/*
 * What became of a command, likewise: those three, "change", the counts, "items", "steps", and of a
 * batch "results".
 */
void result_json_put(struct json_writer *json, enum status status, const struct result *result);

#endif
