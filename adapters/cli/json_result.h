#ifndef ADAPTERS_CLI_JSON_RESULT_H
#define ADAPTERS_CLI_JSON_RESULT_H

#include "adapters/json/json_writer.h"
#include "domain/bus/result.h"

/*
 * What became of a command, as keys of an object that the caller opened: "ok", "status", "error",
 * "change", the counts, "items", "steps".
 */
void json_outcome_keys(struct json_writer *json, enum status status, const struct result *result);

#endif
