#ifndef ADAPTERS_CLI_STAR_RUN_H
#define ADAPTERS_CLI_STAR_RUN_H

#include "adapters/cli/cli.h"
#include "adapters/json/json_writer.h"
#include "adapters/stars/star_importer.h"

/*
 * The importer of stars with all that it needs in the headless mode: the network, the token's
 * command of the configuration, lines on standard error for people. One is made for all imports
 * of a run, since the importer takes the token out of the environment.
 */
struct star_run;

/* cli was opened. api and progress are the values of --api and --progress, NULL if not given. */
struct star_run *star_run_new(struct cli *cli, const char *api, const char *progress);
void star_run_free(struct star_run *run); /* NULL is fine */

/* Asks for the stars and waits until they are in: what refused it, or what became of it. */
void star_run_take(
	struct star_run *run, const struct star_request *request, struct star_summary *summary);

/*
 * What became of an import of stars, as an object. user is who was asked for, NULL for the token's
 * owner; the summary knows better once an answer came.
 */
void star_summary_json(struct json_writer *json, const struct star_summary *summary,
	const char *forge, const char *user);

#endif
