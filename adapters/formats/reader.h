#ifndef ADAPTERS_FORMATS_READER_H
#define ADAPTERS_FORMATS_READER_H

#include "adapters/files/input.h"
#include "domain/bookmarks/bookmark_source.h"

/*
 * How a format comes in. open() returns a source that borrows the input, or NULL with a status
 * and a reason if the file is not what it claims to be; close() frees it.
 *
 * likeness() tells from the beginning of a file (input->head, input->text_head) how much it looks
 * like this format: 0 not at all, LIKENESS_CERTAIN no doubt.
 */
#define LIKENESS_CERTAIN 100
#define LIKENESS_GOOD    70
#define LIKENESS_WEAK    30

struct format_reader {
	int (*likeness)(const struct input *input);
	struct bookmark_source *(*open)(
		struct input *input, enum status *status, struct error *error);
	void (*close)(struct bookmark_source *source);
};

#endif
