#ifndef ADAPTERS_CLI_TAG_EDITS_H
#define ADAPTERS_CLI_TAG_EDITS_H

#include "domain/bus/command.h"
#include "domain/base/error.h"

/*
 * What "edit --tags LIST" means: "a,b" sets the tags, "+a,-b" adds and removes; every entry is
 * signed or none is. An empty list sets none. Fills the tag part of a patch, which the caller
 * finishes by tag_edits_finish() either way; INVALID says why.
 */
enum status tag_edits_read(struct bookmark_patch *patch, const char *list, struct error *error);
void tag_edits_finish(struct bookmark_patch *patch);

#endif
