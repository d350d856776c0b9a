#ifndef ADAPTERS_CLI_MARKED_TEXT_H
#define ADAPTERS_CLI_MARKED_TEXT_H

#include "adapters/cli/output.h"
#include "domain/search/search.h"

/*
 * A text made displayable, with the parts of it that a query matched: a cell of a line, ready to
 * be measured, cut and printed.
 */
struct marked_text {
	char *text;
	struct text_range *marks;
	size_t mark_count;
	size_t width; /* in columns */
};

/* query may be NULL: nothing is marked. */
void marked_text_init(struct marked_text *marked, const char *original, enum place place,
	const struct query *query);
void marked_text_finish(struct marked_text *marked);

/* Prints at most width columns of it, the last of them "…" if it is cut. Returns those used. */
size_t marked_text_print(
	const struct marked_text *marked, struct output *output, enum paint paint, size_t width);

#endif
