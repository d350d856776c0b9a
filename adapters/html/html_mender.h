#ifndef ADAPTERS_HTML_HTML_MENDER_H
#define ADAPTERS_HTML_HTML_MENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/buffer.h"

/*
 * HTML made fit for libxml2, where that departs from what browsers do (WHATWG HTML, 13.2.5.80):
 * numeric references to what is no character become U+FFFD, and those to 128–159 what they were
 * meant to be in Windows-1252; every line end is a line feed (13.2.3.5); the tags of scripts and
 * styles become text. { 0 } is ready.
 */
struct html_mender {
	struct buffer rest; /* the beginning of a reference or a tag, until more is known */
};

void html_mender_add(struct html_mender *mender, const char *bytes, size_t length, bool last,
	struct buffer *out);
void html_mender_finish(struct html_mender *mender);

#endif
