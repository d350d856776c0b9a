#ifndef ADAPTERS_HTML_HTML_CUT_H
#define ADAPTERS_HTML_HTML_CUT_H

#include <stddef.h>

/*
 * Where HTML that comes piece by piece may be cut. libxml2's push parser (2.9.14) loses count of
 * the quotes of a tag that reaches it in two pieces, and then waits for its end until the file's;
 * so it gets every tag whole.
 *
 * Returns the length of the longest beginning of text, of about most bytes, that does not end
 * inside a tag; a single longer tag is given whole; 0 if all there is is a tag without its end.
 * text begins outside of any tag.
 */
size_t html_cut(const char *text, size_t length, size_t most);

#endif
