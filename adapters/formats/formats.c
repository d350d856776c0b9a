#include "adapters/formats/formats.h"

#include <string.h>

#include "adapters/formats/netscape.h"

static const struct format formats[] = {
	{"netscape", "bookmarks of a browser or a service, HTML", &netscape_reader,
		&netscape_writer},
	{0},
};

const struct format *formats_all(void)
{
	return formats;
}

const struct format *format_find(const char *name)
{
	for (const struct format *format = formats; format->name; format++)
		if (strcmp(format->name, name) == 0)
			return format;
	return NULL;
}

const struct format *format_recognise(const struct input *input)
{
	const struct format *best = NULL;
	int most = 0;

	for (const struct format *format = formats; format->name; format++) {
		int likeness = format->reader->likeness(input);

		if (likeness > most) {
			best = format;
			most = likeness;
		}
	}
	return best;
}
