#ifndef ADAPTERS_FORMATS_FORMATS_H
#define ADAPTERS_FORMATS_FORMATS_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/files/input.h"
#include "domain/base/buffer.h"
#include "domain/bookmarks/bookmark.h"
#include "domain/bookmarks/bookmark_source.h"

/* How much the beginning of a file looks like a format: 0 not at all. */
#define DETECTED_CERTAINLY 100
#define DETECTED_LIKELY    70
#define DETECTED_PERHAPS   30

/*
 * How a format comes in. detect() tells from the beginning of a file (input->head,
 * input->text_head) how much it looks like this format. open() returns a source that borrows the
 * input, or NULL with a status and a reason if the file is not what it claims to be; close() frees
 * it. Formats that are read alike share their functions and differ in their variant.
 */
struct format_reader {
	int (*detect)(const struct format_reader *reader, struct input *input);
	struct bookmark_source *(*open)(const struct format_reader *reader, struct input *input,
		enum status *status, struct error *error);
	void (*close)(struct bookmark_source *source);
	const void *variant;
};

/*
 * How a format goes out: each adds its text to a buffer that the caller empties in between, so
 * that memory stays flat. number counts the bookmarks from 0; end() is told how many there were.
 * begin and end may be NULL.
 */
struct format_writer {
	const char *const *endings; /* of file names: ".html"; NULL ends them */
	bool is_for_people;         /* who would have the newest first */
	void (*begin)(struct buffer *out);
	void (*bookmark)(struct buffer *out, const struct bookmark *bookmark, size_t number);
	void (*end)(struct buffer *out, size_t count);
};

/*
 * The formats, and one table of them, from which recognition, help, completion and the manual are
 * made.
 */
struct format {
	const char *name; /* of the family: "netscape" */
	const struct format_reader *reader;
	const struct format_writer *writer; /* NULL: it can only be read */
};

/* The table; it ends with a format without a name. */
const struct format *formats_all(void);

/* NULL if there is no such name. */
const struct format *format_find(const char *name);

/* The one that the beginning of a file looks like most; NULL if it looks like none. */
const struct format *format_detect(struct input *input);

/*
 * The bookmark file of Netscape Navigator, which every browser and every service writes in a
 * dialect of its own: Firefox, Chrome, Safari, Internet Explorer, Delicious, Pinboard, Shaarli;
 * and the lists of links of Pocket and Instapaper. The nearest thing to a standard is
 * https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)
 */
extern const struct format_reader netscape_reader;
extern const struct format_writer netscape_writer;

/*
 * JSON (RFC 8259). json is an array of bookmarks or a document that holds them somewhere, jsonl
 * one a line, in barky's own form or in that of another program (json_record.h). The others are
 * told apart by their keys. Arrays are read an element at a time.
 */
extern const struct format_reader json_reader;
extern const struct format_reader jsonl_reader;
extern const struct format_reader pinboard_reader;
extern const struct format_reader github_reader;
extern const struct format_reader chrome_reader;
extern const struct format_writer json_format_writer;
extern const struct format_writer jsonl_format_writer;

/*
 * Comma-separated values (RFC 4180) with a header row: barky's own names, and those of others
 * (fields.h).
 *
 * A spreadsheet takes a cell that begins with "=", "+", "-", "@", TAB or CR for a formula. Such a
 * cell, and one that has "'" before one of these, goes out with one more "'" in front, which is
 * taken off again on the way in.
 */
extern const struct format_reader csv_reader;
extern const struct format_writer csv_writer;

/*
 * Lists for people, read a line at a time.
 *
 * markdown (CommonMark): "- [title](<url>) `tag` `another tag`"; also any other link in a line,
 * an address in angle brackets, "#tag" and buku's "<!-- TAGS: a,b -->" behind it.
 * org (Org 9): "* [[url][title]] :tag:", with a property drawer for what a headline cannot hold.
 * urls: one address a line, perhaps with a title (address_line.h); "#" begins a comment.
 */
extern const struct format_reader markdown_reader;
extern const struct format_reader org_reader;
extern const struct format_reader urls_reader;
extern const struct format_writer markdown_writer;
extern const struct format_writer org_writer;
extern const struct format_writer urls_writer;

/*
 * XBEL, the XML Bookmark Exchange Language (http://pyxml.sourceforge.net/topics/xbel/), as KDE,
 * GNOME and floccus keep theirs, with the tags in a <metadata>; OPML 2.0 (http://opml.org/spec2).
 */
extern const struct format_reader xbel_reader;
extern const struct format_reader opml_reader;
extern const struct format_writer xbel_writer;
extern const struct format_writer opml_writer;

/* Apple's property lists, XML or binary: Safari's Bookmarks.plist, and a .webloc. */
extern const struct format_reader plist_reader;

/* A file that is one link: ".url" of Windows, ".desktop" with Type=Link. */
extern const struct format_reader shortcut_reader;

/*
 * SQLite databases of others: Firefox's places.sqlite, buku's and bark's bookmarks.db, and a
 * barky library that is not the one in use. Only what is bookmarks is read; what is in the trash
 * of another library stays there.
 */
extern const struct format_reader firefox_reader;
extern const struct format_reader buku_reader;
extern const struct format_reader bark_reader;
extern const struct format_reader barky_reader;

#endif
