#ifndef ADAPTERS_CLI_VERSION_H
#define ADAPTERS_CLI_VERSION_H

#include "adapters/cli/output.h"

/*
 * "barky 0.2.0", then a line with the libraries it runs with and their versions, as they say it
 * themselves. screen_library is that of the screen. One that is opened late and cannot be opened is
 * named as missing.
 */
void version_print(struct output *output, const char *screen_library);

#endif
