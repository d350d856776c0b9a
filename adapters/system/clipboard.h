#ifndef ADAPTERS_SYSTEM_CLIPBOARD_H
#define ADAPTERS_SYSTEM_CLIPBOARD_H

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * Hands a text to the desktop's clipboard, by wl-copy, xclip, xsel or pbcopy, whichever is there
 * and has a display; the text goes to its standard input. Line breaks and other controls are left
 * out, as one that is pasted into a shell would run. STATUS_NOT_FOUND if there is no helper.
 */
enum status clipboard_copy(const char *text, struct error *error);

#endif
