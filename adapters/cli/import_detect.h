#ifndef ADAPTERS_CLI_IMPORT_DETECT_H
#define ADAPTERS_CLI_IMPORT_DETECT_H

#include "adapters/cli/cli.h"

/* "import --detect": what browsers' bookmarks are found, and how many each holds. */
enum exit_code import_detect(struct cli *cli);

#endif
