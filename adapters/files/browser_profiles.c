#include "adapters/files/browser_profiles.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/files/input.h"
#include "adapters/formats/formats.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"

/* How a program lays out its folder. */
enum layout {
	LIKE_FIREFOX, /* a folder a profile, with places.sqlite */
	LIKE_CHROME,  /* a folder a profile, with Bookmarks and AccountBookmarks */
	LIKE_OPERA,   /* the same, or none but itself */
	ONE_FILE
};

/* What the patterns of a layout are, behind the folder. */
static const char *const patterns[][5] = {
	[LIKE_FIREFOX] = {"/*/places.sqlite"},
	[LIKE_CHROME] = {"/*/Bookmarks", "/*/AccountBookmarks"},
	[LIKE_OPERA] = {"/Bookmarks", "/AccountBookmarks", "/*/Bookmarks", "/*/AccountBookmarks"},
	[ONE_FILE] = {""},
};

/* "@" is where programs keep their configuration; all else is below the home folder. */
static const struct place {
	const char *browser;
	const char *program;
	enum layout layout;
	const char *folder;
} places[] = {
	{"firefox", "Firefox", LIKE_FIREFOX, ".mozilla/firefox"},
	{"firefox", "Firefox", LIKE_FIREFOX, "@mozilla/firefox"},
	{"firefox", "Firefox (snap)", LIKE_FIREFOX, "snap/firefox/common/.mozilla/firefox"},
	{"firefox", "Firefox (flatpak)", LIKE_FIREFOX,
		".var/app/org.mozilla.firefox/.mozilla/firefox"},
	{"firefox", "Firefox (flatpak)", LIKE_FIREFOX,
		".var/app/org.mozilla.firefox/config/mozilla/firefox"},
	{"firefox", "Firefox", LIKE_FIREFOX, "Library/Application Support/Firefox/Profiles"},
	{"librewolf", "LibreWolf", LIKE_FIREFOX, ".librewolf"},
	{"librewolf", "LibreWolf", LIKE_FIREFOX, "@librewolf/librewolf"},
	{"librewolf", "LibreWolf (flatpak)", LIKE_FIREFOX,
		".var/app/io.gitlab.librewolf-community/.librewolf"},
	{"librewolf", "LibreWolf", LIKE_FIREFOX, "Library/Application Support/librewolf/Profiles"},
	{"waterfox", "Waterfox", LIKE_FIREFOX, ".waterfox"},
	{"waterfox", "Waterfox (flatpak)", LIKE_FIREFOX,
		".var/app/net.waterfox.waterfox/.waterfox"},
	{"waterfox", "Waterfox", LIKE_FIREFOX, "Library/Application Support/Waterfox/Profiles"},
	{"floorp", "Floorp", LIKE_FIREFOX, ".floorp"},
	{"floorp", "Floorp (flatpak)", LIKE_FIREFOX, ".var/app/one.ablaze.floorp/.floorp"},
	{"floorp", "Floorp", LIKE_FIREFOX, "Library/Application Support/Floorp/Profiles"},
	{"zen", "Zen", LIKE_FIREFOX, ".zen"},
	{"zen", "Zen", LIKE_FIREFOX, "@zen"},
	{"zen", "Zen (flatpak)", LIKE_FIREFOX, ".var/app/app.zen_browser.zen/.zen"},
	{"zen", "Zen", LIKE_FIREFOX, "Library/Application Support/zen/Profiles"},
	{"chrome", "Chrome", LIKE_CHROME, "@google-chrome"},
	{"chrome", "Chrome (beta)", LIKE_CHROME, "@google-chrome-beta"},
	{"chrome", "Chrome (dev)", LIKE_CHROME, "@google-chrome-unstable"},
	{"chrome", "Chrome (flatpak)", LIKE_CHROME,
		".var/app/com.google.Chrome/config/google-chrome"},
	{"chrome", "Chrome", LIKE_CHROME, "Library/Application Support/Google/Chrome"},
	{"chromium", "Chromium", LIKE_CHROME, "@chromium"},
	{"chromium", "Chromium (snap)", LIKE_CHROME, "snap/chromium/common/chromium"},
	{"chromium", "Chromium (flatpak)", LIKE_CHROME,
		".var/app/org.chromium.Chromium/config/chromium"},
	{"chromium", "Chromium (flatpak)", LIKE_CHROME,
		".var/app/io.github.ungoogled_software.ungoogled_chromium/config/chromium"},
	{"chromium", "Chromium", LIKE_CHROME, "Library/Application Support/Chromium"},
	{"brave", "Brave", LIKE_CHROME, "@BraveSoftware/Brave-Browser"},
	{"brave", "Brave (snap)", LIKE_CHROME,
		"snap/brave/current/.config/BraveSoftware/Brave-Browser"},
	{"brave", "Brave (flatpak)", LIKE_CHROME,
		".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser"},
	{"brave", "Brave", LIKE_CHROME, "Library/Application Support/BraveSoftware/Brave-Browser"},
	{"edge", "Edge", LIKE_CHROME, "@microsoft-edge"},
	{"edge", "Edge (flatpak)", LIKE_CHROME,
		".var/app/com.microsoft.Edge/config/microsoft-edge"},
	{"edge", "Edge", LIKE_CHROME, "Library/Application Support/Microsoft Edge"},
	{"vivaldi", "Vivaldi", LIKE_CHROME, "@vivaldi"},
	{"vivaldi", "Vivaldi (flatpak)", LIKE_CHROME,
		".var/app/com.vivaldi.Vivaldi/config/vivaldi"},
	{"vivaldi", "Vivaldi", LIKE_CHROME, "Library/Application Support/Vivaldi"},
	{"opera", "Opera", LIKE_OPERA, "@opera"},
	{"opera", "Opera (snap)", LIKE_OPERA, "snap/opera/current/.config/opera"},
	{"opera", "Opera (flatpak)", LIKE_OPERA, ".var/app/com.opera.Opera/config/opera"},
	{"opera", "Opera", LIKE_OPERA, "Library/Application Support/com.operasoftware.Opera"},
	{"yandex", "Yandex", LIKE_CHROME, "@yandex-browser"},
	{"falkon", "Falkon", ONE_FILE, "@falkon/profiles/*/bookmarks.json"},
	{"qutebrowser", "qutebrowser", ONE_FILE, "@qutebrowser/bookmarks/urls"},
	{"safari", "Safari", ONE_FILE, "Library/Safari/Bookmarks.plist"},
	{"buku", "buku", ONE_FILE, ".local/share/buku/bookmarks.db"},
};

/* Files that were visited: two places may lead to one. */
struct visited {
	char **paths;
	size_t count;
	size_t capacity;
};

/* A folder's name as a pattern that is only itself. */
static void add_quoted(struct buffer *pattern, const char *name)
{
	for (; *name; name++) {
		if (strchr("*?[]\\", *name))
			buffer_add_char(pattern, '\\');
		buffer_add_char(pattern, *name);
	}
}

static bool is_visited(struct visited *visited, const char *path)
{
	for (size_t i = 0; i < visited->count; i++)
		if (strcmp(visited->paths[i], path) == 0)
			return true;
	visited->paths = memory_grow(
		visited->paths, visited->count, &visited->capacity, sizeof(*visited->paths));
	visited->paths[visited->count++] = memory_copy_string(path);
	return false;
}

static void visit_file(const struct place *place, const char *path, struct visited *visited,
	browser_profile_fn visit, void *self)
{
	char *real = realpath(path, NULL);

	if (real && !is_visited(visited, real))
		visit(self, &(struct browser_profile){place->browser, place->program, path});
	free(real);
}

static void visit_pattern(const struct place *place, const char *pattern, struct visited *visited,
	browser_profile_fn visit, void *self)
{
	glob_t found;

	if (glob(pattern, 0, NULL, &found))
		return;
	for (size_t i = 0; i < found.gl_pathc; i++)
		visit_file(place, found.gl_pathv[i], visited, visit, self);
	globfree(&found);
}

static void visit_place(const struct place *place, const char *base, struct visited *visited,
	browser_profile_fn visit, void *self)
{
	const char *folder = place->folder + (*place->folder == '@');

	for (const char *const *behind = patterns[place->layout]; *behind; behind++) {
		struct buffer pattern = {0};

		add_quoted(&pattern, base);
		buffer_print(&pattern, "/%s%s", folder, *behind);
		visit_pattern(place, pattern.text, visited, visit, self);
		buffer_finish(&pattern);
	}
}

void browser_profiles_each(const char *home, const char *config, const char *browser,
	browser_profile_fn visit, void *self)
{
	char *usual = memory_print("%s/.config", home);
	struct visited visited = {0};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const struct place *place = &places[i];
		bool is_config = *place->folder == '@';

		if (browser && strcmp(browser, place->browser) != 0)
			continue;
		if (is_config && config && *config == '/')
			visit_place(place, config, &visited, visit, self);
		visit_place(place, is_config ? usual : home, &visited, visit, self);
	}
	for (size_t i = 0; i < visited.count; i++)
		free(visited.paths[i]);
	free(visited.paths);
	free(usual);
}

bool browser_is_known(const char *browser)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(browser, places[i].browser) == 0)
			return true;
	return false;
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
	error_set(error, "%s", passed_over.text);
	return source->status;
}

static enum status count_in(
	struct input *input, const char **name, size_t *count, struct error *error)
{
	const struct format *format = format_detect(input);
	struct bookmark_source *source;
	enum status status = STATUS_OK;

	if (!format)
		return error_fail(
			STATUS_INVALID, error, "not a file of bookmarks that is known here");
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

static void keep_found(void *self, const struct browser_profile *profile)
{
	struct browser_list *list = self;
	struct browser_found found = {.browser = profile->browser, .program = profile->program};

	if (bookmark_file_count(profile->path, &found.format, &found.bookmarks, NULL) ||
		!found.bookmarks)
		return;
	found.path = memory_copy_string(profile->path);
	list->found = memory_grow(list->found, list->count, &list->capacity, sizeof(*list->found));
	list->found[list->count++] = found;
}

void browser_list_fill(struct browser_list *list, const char *home, const char *config)
{
	browser_profiles_each(home, config, NULL, keep_found, list);
}

void browser_list_finish(struct browser_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->found[i].path);
	free(list->found);
	*list = (struct browser_list){0};
}
