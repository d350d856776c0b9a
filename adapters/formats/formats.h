#ifndef ADAPTERS_FORMATS_FORMATS_H
#define ADAPTERS_FORMATS_FORMATS_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/formats/reader.h"
#include "adapters/formats/writer.h"

/*
 * The formats, one file each in this folder, and one table of them, from which recognition, help,
 * completion and the manual are made.
 */
struct format {
	const char *name;  /* of the family: "netscape" */
	const char *about; /* for people: "bookmarks of a browser, HTML" */
	const struct format_reader *reader;
	const struct format_writer *writer; /* NULL: it can only be read */
};

/* The table; it ends with a format without a name. */
const struct format *formats_all(void);

/* NULL if there is no such name. */
const struct format *format_find(const char *name);

/* The one that the beginning of a file looks like most; NULL if it looks like none. */
const struct format *format_recognise(const struct input *input);

#endif
