#include "adapters/formats/formats.h"

#include <string.h>

static const struct format formats[] = {
	{"netscape", &netscape_reader, &netscape_writer},
	{"json", &json_reader, &json_format_writer},
	{"jsonl", &jsonl_reader, &jsonl_format_writer},
	{"csv", &csv_reader, &csv_writer},
	{"markdown", &markdown_reader, &markdown_writer},
	{"org", &org_reader, &org_writer},
	{"urls", &urls_reader, &urls_writer},
	{"xbel", &xbel_reader, &xbel_writer},
	{"opml", &opml_reader, &opml_writer},
	{"plist", &plist_reader, NULL},
	{"shortcut", &shortcut_reader, NULL},
	{"firefox", &firefox_reader, NULL},
	{"chrome", &chrome_reader, NULL},
	{"buku", &buku_reader, NULL},
	{"pinboard", &pinboard_reader, NULL},
	{"bark", &bark_reader, NULL},
	{"github", &github_reader, NULL},
	{"barky", &barky_reader, NULL},
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

const struct format *format_detect(struct input *input)
{
	const struct format *best = NULL;
	int most = 0;

	for (const struct format *format = formats; format->name; format++) {
		int detected = format->reader->detect(format->reader, input);

		if (detected > most) {
			best = format;
			most = detected;
		}
	}
	return best;
}
