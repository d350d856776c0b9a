#ifndef ADAPTERS_FILES_FILE_IMPORT_H
#define ADAPTERS_FILES_FILE_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/json/json_writer.h"
#include "domain/bus/bus.h"
#include "domain/base/error.h"
#include "domain/base/status.h"
#include "domain/bookmarks/tag_set.h"

/* How far a long import has come. */
struct file_progress {
	int64_t bytes; /* of the file, read */
	int64_t size;  /* of the file; 0 if it is not known */
	size_t records;
};

/* What to take in, and who wants to hear of it. All of it is lent; the functions may be NULL. */
struct file_import {
	const char *path;           /* "-" is standard input */
	const char *library;        /* this file is not read beside itself; NULL: in memory */
	const char *format;         /* its name; NULL: recognised by content */
	const char *browser;        /* whose profile it is; NULL: nobody's */
	const struct tag_set *tags; /* added to each; NULL: none */
	bool dry_run;               /* tells what would happen, and changes nothing */

	/* A record that could not be used: "bookmarks.html:12: it has no address". */
	void (*on_skipped)(void *self, const char *text);
	/* At the end, once for each kind: "a.csv: 42 records: highlights not kept". */
	void (*on_note)(void *self, const char *text);
	void (*on_progress)(void *self, const struct file_progress *progress); /* now and then */
	bool (*is_stopped)(void *self); /* true ends the import, and nothing is changed */
	void *self;
};

/* What became of it. The strings are owned; import_summary_finish() frees them. */
struct import_summary {
	enum status status;
	char *file;
	const char *format;   /* NULL if it was not recognised */
	struct counts counts; /* gone: deleted in the browser, which is marked */
	int64_t change;       /* what undo would take back; 0 if nothing changed */
	bool by_library;      /* the failure is the library's, not the file's */
	double seconds;
	struct error error; /* why, where the status is not OK */
};

/*
 * Takes in one file as one command on the bus: one transaction, one change for undo. The summary
 * is filled whatever the status, which is also returned.
 *
 * STATUS_INVALID: not a file that barky knows, not what it claims to be, too big, or it has
 * records and none can be used. STATUS_NOT_FOUND, STATUS_IO: it is not there, cannot be read.
 * STATUS_INTERRUPTED: is_stopped() said so. Else what the bus answered. In all of them nothing
 * is changed. An empty file is STATUS_OK.
 */
enum status file_import(
	struct bus *bus, const struct file_import *import, struct import_summary *summary);

void import_summary_finish(struct import_summary *summary);

/* The object of "import --json": the keys of an import of stars, and "file" and "format". */
void import_summary_json(const struct import_summary *summary, struct json_writer *json);

#endif
