#include "adapters/files/browser_profiles.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/formats/formats.h"
#include "adapters/files/input.h"
#include "domain/base/buffer.h"

/* Below the home folder; "*" is a profile. */
static const struct {
	const char *program;
	const char *pattern;
} places[] = {
	{"Firefox", ".mozilla/firefox/*/places.sqlite"},
	{"Firefox (snap)", "snap/firefox/common/.mozilla/firefox/*/places.sqlite"},
	{"Firefox (flatpak)", ".var/app/org.mozilla.firefox/.mozilla/firefox/*/places.sqlite"},
	{"Firefox", ".config/mozilla/firefox/*/places.sqlite"},
	{"LibreWolf", ".librewolf/*/places.sqlite"},
	{"Waterfox", ".waterfox/*/places.sqlite"},
	{"Chrome", ".config/google-chrome/*/Bookmarks"},
	{"Chromium", ".config/chromium/*/Bookmarks"},
	{"Chromium (snap)", "snap/chromium/common/chromium/*/Bookmarks"},
	{"Chromium (flatpak)", ".var/app/org.chromium.Chromium/config/chromium/*/Bookmarks"},
	{"Brave", ".config/BraveSoftware/Brave-Browser/*/Bookmarks"},
	{"Edge", ".config/microsoft-edge/*/Bookmarks"},
	{"Vivaldi", ".config/vivaldi/*/Bookmarks"},
	{"Opera", ".config/opera/Bookmarks"},
	{"buku", ".local/share/buku/bookmarks.db"},
};

/* The home folder as a pattern that is only itself. */
static void add_quoted(struct buffer *pattern, const char *home)
{
	for (; *home; home++) {
		if (strchr("*?[]\\", *home))
			buffer_add_char(pattern, '\\');
		buffer_add_char(pattern, *home);
	}
}

static void visit_place(const char *home, size_t place, browser_profile_fn visit, void *self)
{
	struct buffer pattern = {0};
	glob_t found;

	add_quoted(&pattern, home);
	buffer_add_char(&pattern, '/');
	buffer_add_string(&pattern, places[place].pattern);
	if (!glob(buffer_text(&pattern), 0, NULL, &found)) {
		for (size_t i = 0; i < found.gl_pathc; i++)
			visit(self, &(struct browser_profile){
					    places[place].program, found.gl_pathv[i]});
		globfree(&found);
	}
	buffer_finish(&pattern);
}

void browser_profiles_each(const char *home, browser_profile_fn visit, void *self)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		visit_place(home, i, visit, self);
}

static enum status count_records(struct bookmark_source *source, size_t *count, struct error *error)
{
	struct found_bookmark found;
	struct error passed_over;
	enum source_step step;

	do {
		step = source->next(source, &found, &passed_over);
		*count += step == SOURCE_BOOKMARK;
	} while (step == SOURCE_BOOKMARK || step == SOURCE_SKIPPED);
	if (step == SOURCE_END)
		return STATUS_OK;
	*error = passed_over;
	return source->status;
}

static enum status count_in(
	struct input *input, const char **name, size_t *count, struct error *error)
{
	const struct format *format = format_detect(input);
	struct bookmark_source *source;
	enum status status = STATUS_OK;

	if (!format) {
		error_set(error, "not a file of bookmarks that is known here");
		return STATUS_INVALID;
	}
	*name = format->name;
	source = format->reader->open(format->reader, input, &status, error);
	if (!source)
		return status;
	status = count_records(source, count, error);
	format->reader->close(source);
	return status;
}

enum status bookmark_file_count(
	const char *path, const char **format, size_t *count, struct error *error)
{
	struct input *input = NULL;
	enum status status = input_open(path, &input, error);

	*format = NULL;
	*count = 0;
	if (!status && !input_is_blank(input))
		status = count_in(input, format, count, error);
	input_close(input);
	return status;
}
