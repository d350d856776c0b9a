#ifndef ADAPTERS_CLI_IMPORT_FILE_H
#define ADAPTERS_CLI_IMPORT_FILE_H

#include "adapters/cli/cli.h"
#include "domain/bookmarks/tag_set.h"

/* "import FILE...": each file is a change of its own; one that fails does not stop the next. */
enum exit_code import_files(struct cli *cli, const struct tag_set *tags);

#endif
