#ifndef ADAPTERS_CLI_STAR_SUMMARY_JSON_H
#define ADAPTERS_CLI_STAR_SUMMARY_JSON_H

#include "adapters/json/json_writer.h"
#include "adapters/stars/star_importer.h"

/*
 * What became of an import of stars, as an object. user is who was asked for, NULL for the token's
 * owner; the summary knows better once an answer came.
 */
void star_summary_json(struct json_writer *json, const struct star_summary *summary,
	const char *forge, const char *user);

#endif
