#ifndef ADAPTERS_FILES_FILE_NAMES_H
#define ADAPTERS_FILES_FILE_NAMES_H

#include "domain/base/buffer.h"

/*
 * The paths that begin with what was typed, sorted, one a line, folders with a "/" behind them;
 * "~/" stands for the home folder and is kept. Hidden ones only if the dot was typed. Those that
 * are not UTF-8 or hold a control character are left out, as nobody can type them; at most 500.
 */
void file_names_list(const char *typed, struct buffer *lines);

#endif
