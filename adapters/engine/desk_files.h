#ifndef ADAPTERS_ENGINE_DESK_FILES_H
#define ADAPTERS_ENGINE_DESK_FILES_H

#include "adapters/engine/desk.h"

/* The screen's requests about files: rows of the desk's table. */
void desk_import_file(struct desk *desk, const struct request *request);
void desk_name_files(struct desk *desk, const struct request *request);
void desk_export(struct desk *desk, const struct request *request);
void desk_backup(struct desk *desk, const struct request *request);

#endif
