#include "tui/demo.h"

#define DAY 86400

struct sample {
	const char *url;
	const char *title;
	const char *notes;
	const char *tags;
	int days; /* ago */
};

static const struct sample samples[] = {
	{"https://git-scm.com/", "Git", "Distributed version control", "git,tools", 0},
	{"https://github.com/tmux/tmux", "tmux/tmux", "tmux source code", "c,terminal,tools", 0},
	{"https://www.sqlite.org/", "SQLite Home Page",
		"A small, fast, self-contained, reliable SQL database engine", "c,database,library",
		1},
	{"https://github.com/BurntSushi/ripgrep", "BurntSushi/ripgrep",
		"Recursively searches directories for a regex pattern while respecting gitignore",
		"rust,search,terminal", 2},
	{"https://lobste.rs/", "Lobsters", "Links about computing, with discussion", "news", 3},
	{"https://github.com/junegunn/fzf", "junegunn/fzf", "A command-line fuzzy finder",
		"go,search,terminal", 5},
	{"https://www.postgresql.org/docs/", "PostgreSQL: Documentation", "", "database,docs", 8},
	{"https://man7.org/linux/man-pages/", "Linux man pages online",
		"Every page of section 1 to 8, kept up to date by Michael Kerrisk", "docs,linux",
		12},
	{"https://invisible-island.net/ncurses/", "NCURSES – New Curses",
		"Thomas Dickey's page: announcements, FAQ, manual", "c,library,terminal", 15},
	{"https://ja.wikipedia.org/wiki/UNIX", "UNIX - 日本語版ウィキペディア",
		"オペレーティングシステムの歴史", "history,unix,日本語", 18},
	{"https://en.cppreference.com/w/c", "C reference - cppreference.com",
		"Language and library, with the differences between the standards", "c,docs", 24},
	{"https://www.gutenberg.org/", "Project Gutenberg", "Over 70,000 free eBooks", "books", 31},
	{"https://github.com/neovim/neovim", "neovim/neovim",
		"Vim-fork focused on extensibility and usability", "c,editor,terminal", 38},
	{"https://www.rfc-editor.org/rfc/rfc3986", "RFC 3986: URI Generic Syntax",
		"Normal forms in section 6", "docs,standards,web", 45},
	{"https://unicode.org/reports/tr29/", "UAX #29: Unicode Text Segmentation",
		"Grapheme clusters, words, sentences", "standards,unicode", 52},
	{"https://news.ycombinator.com/", "Hacker News", "", "news", 60},
	{"https://github.com/curl/curl", "curl/curl",
		"A command line tool and library for transferring data with URL syntax",
		"c,library,network,tools", 75},
	{"https://jvns.ca/", "Julia Evans", "Zines and posts that explain how computers work",
		"blog,linux,network", 90},
	{"https://www.debian.org/", "Debian -- The Universal Operating System", "", "debian,linux",
		104},
	{"https://wiki.archlinux.org/", "ArchWiki", "Useful on every distribution", "docs,linux",
		120},
	{"https://www.openstreetmap.org/", "OpenStreetMap", "The free wiki world map", "maps", 135},
	{"https://github.com/sharkdp/bat", "sharkdp/bat", "A cat(1) clone with wings",
		"rust,terminal", 150},
	{"https://www.kernel.org/", "The Linux Kernel Archives", "", "c,linux", 170},
	{"https://doc.rust-lang.org/book/", "The Rust Programming Language",
		"The book, by Klabnik and Nichols", "books,docs,rust", 190},
	{"https://docs.python.org/3/", "3 Documentation – Python", "", "docs,python", 215},
	{"https://arxiv.org/", "arXiv.org e-Print archive", "", "science", 240},
	{"https://github.com/jqlang/jq", "jqlang/jq", "Command-line JSON processor",
		"c,json,terminal", 270},
	{"https://danluu.com/", "Dan Luu", "Latency, bugs, and what is measured about both",
		"blog,performance", 300},
	{"https://www.wikipedia.org/", "Wikipedia", "The free encyclopedia", "reference", 330},
	{"https://archive.org/web/", "Wayback Machine", "What a page said before", "history,web",
		365},
	{"https://mirrors.edge.kernel.org/pub/software/scm/git/docs/", "", "", "docs,git", 400},
	{"https://www.gnu.org/software/autoconf/manual/", "Autoconf manual", "", "build,docs", 460},
	{"https://suckless.org/philosophy/", "Philosophy | suckless.org",
		"Simplicity, clarity, frugality", "unix", 540},
	{"https://xkcd.com/1205/", "xkcd: Is It Worth the Time?", "", "comics", 640},
	{"https://www.nasa.gov/image-of-the-day/", "NASA Image of the Day", "", "science,space",
		760},
	{"https://no-color.org/", "NO_COLOR: disabling ANSI color output by default",
		"Command-line software should not add colour when it is set", "standards,terminal",
		900},
	{"https://htmx.org/", "htmx", "High power tools for HTML", "javascript,web", 1000},
	{"https://catb.org/jargon/", "The Jargon File", "", "history,reference", 1300},
	{"https://www.mozilla.org/firefox/", "Firefox", "", "browser,web", 1700},
	{"https://info.cern.ch/", "http://info.cern.ch", "Where the web was born", "history,web",
		2400},
};

#define SAMPLE_COUNT (sizeof(samples) / sizeof(samples[0]))

static enum source_step next(
	struct bookmark_source *source, struct found_bookmark *found, struct error *error)
{
	struct demo *demo = (struct demo *)source;

	(void)error;
	if (demo->next == SAMPLE_COUNT)
		return SOURCE_END;
	const struct sample *sample = &samples[demo->next++];
	/* Hours apart too, so that their order is the table's. */
	int64_t added = demo->now - (int64_t)sample->days * DAY - (int64_t)demo->next * 3600;
	bookmark_set(&demo->bookmark.url, sample->url);
	bookmark_set(&demo->bookmark.title, sample->title);
	bookmark_set(&demo->bookmark.notes, sample->notes);
	bookmark_set(&demo->bookmark.source, "manual");
	tag_set_clear(&demo->bookmark.tags);
	tag_set_add_list(&demo->bookmark.tags, sample->tags, NULL);
	demo->bookmark.added = demo->bookmark.modified = added;
	*found = (struct found_bookmark){&demo->bookmark, (long)demo->next};
	return SOURCE_BOOKMARK;
}

void demo_init(struct demo *demo, int64_t now)
{
	*demo = (struct demo){.source = {.next = next}, .now = now};
	bookmark_init(&demo->bookmark);
}

void demo_finish(struct demo *demo)
{
	bookmark_finish(&demo->bookmark);
}
