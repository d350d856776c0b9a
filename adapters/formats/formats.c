#include "adapters/formats/formats.h"

#include <string.h>

static const struct format formats[] = {
	{"netscape", "bookmarks of a browser or a service, HTML", &netscape_reader,
		&netscape_writer},
	{"json", "barky's, Firefox's backup, services' exports", &json_reader, &json_format_writer},
	{"jsonl", "one JSON object a line", &jsonl_reader, &jsonl_format_writer},
	{"csv", "barky's, and services' exports", &csv_reader, &csv_writer},
	{"markdown", "a list of links", &markdown_reader, &markdown_writer},
	{"org", "headlines with links", &org_reader, &org_writer},
	{"urls", "one address a line, perhaps with a title", &urls_reader, &urls_writer},
	{"xbel", "XBEL, of floccus, KDE, GNOME", &xbel_reader, &xbel_writer},
	{"opml", "outlines of links", &opml_reader, &opml_writer},
	{"plist", "Safari's Bookmarks.plist, a .webloc", &plist_reader, NULL},
	{"shortcut", "a file with one link: .url, .desktop", &shortcut_reader, NULL},
	{"firefox", "Firefox's places.sqlite", &firefox_reader, NULL},
	{"chrome", "the Bookmarks file of Chrome and its kin", &chrome_reader, NULL},
	{"buku", "buku's bookmarks.db", &buku_reader, NULL},
	{"pinboard", "Pinboard's JSON", &pinboard_reader, NULL},
	{"bark", "bark's bookmarks.db", &bark_reader, NULL},
	{"github", "saved pages of stars, JSON", &github_reader, NULL},
	{"barky", "another barky library", &barky_reader, NULL},
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
