#include "adapters/sqlite/schema.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sqlite3.h>

/*
 * STRICT tables throughout; no triggers, no views. Times are seconds since 1970, UTC. Text in
 * lists (tags, ids) is compact, since it is only ever read whole.
 *
 * bookmarks.address is the normal form, NULL where that is the url itself, as it mostly is. The
 * short columns come first, so that scanning them leaves the pages of long notes alone.
 *
 * A change keeps its images in the order of their numbers. made_bookmarks are runs of bookmarks
 * that a change made, of which nothing else is kept: first to last, the number being first's.
 */
static const char *const steps[] = {
	/* Version 1. */
	"CREATE TABLE library ("
	"	uuid TEXT NOT NULL"
	") STRICT;"

	"CREATE TABLE bookmarks ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	added INTEGER NOT NULL,"
	"	modified INTEGER NOT NULL,"
	"	deleted INTEGER NOT NULL,"
	"	unstarred INTEGER NOT NULL,"
	"	source TEXT NOT NULL,"
	"	url TEXT NOT NULL,"
	"	address TEXT,"
	"	title TEXT NOT NULL,"
	"	tags TEXT NOT NULL,"
	"	notes TEXT NOT NULL"
	") STRICT;"
	"CREATE UNIQUE INDEX bookmarks_by_address"
	"	ON bookmarks (coalesce(address, url)) WHERE deleted = 0;"
	"CREATE INDEX bookmarks_by_added ON bookmarks (added, id) WHERE deleted = 0;"
	"CREATE INDEX bookmarks_in_trash ON bookmarks (deleted) WHERE deleted <> 0;"
	"CREATE INDEX bookmarks_in_trash_by_address"
	"	ON bookmarks (coalesce(address, url), deleted) WHERE deleted <> 0;"

	"CREATE TABLE events ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	at INTEGER NOT NULL,"
	"	event TEXT NOT NULL,"
	"	command TEXT NOT NULL,"
	"	change INTEGER NOT NULL,"
	"	mark INTEGER NOT NULL," /* random: tells two histories of one library apart */
	"	subject TEXT NOT NULL,"
	"	bookmarks TEXT NOT NULL" /* "3-7,12" */
	") STRICT;"

	"CREATE TABLE changes ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	at INTEGER NOT NULL,"
	"	command TEXT NOT NULL,"
	"	subject TEXT NOT NULL,"
	"	taken_back INTEGER NOT NULL"
	") STRICT;"
	"CREATE INDEX changes_taken_back ON changes (id) WHERE taken_back <> 0;"

	"CREATE TABLE change_images ("
	"	change INTEGER NOT NULL,"
	"	number INTEGER NOT NULL,"
	"	bookmark INTEGER NOT NULL,"
	"	before TEXT,"
	"	after TEXT,"
	"	PRIMARY KEY (change, number)"
	") STRICT, WITHOUT ROWID;"
	"CREATE UNIQUE INDEX change_images_by_bookmark ON change_images (bookmark, change);"

	"CREATE TABLE made_bookmarks ("
	"	first INTEGER PRIMARY KEY,"
	"	last INTEGER NOT NULL,"
	"	change INTEGER NOT NULL,"
	"	number INTEGER NOT NULL"
	") STRICT;"
	"CREATE INDEX made_bookmarks_by_change ON made_bookmarks (change, number);"

	/*
	 * Users in lower case; name is as the forge spells it. kind is an enum star_walk_kind.
	 *
	 * Of a star the baseline: what the forge said last; bookmark is 0 once the user dropped it
	 * for good. Numbers of repositories come in any order, so what is long is in the order of
	 * coming, and only a short index is not: a page of stars then touches few of the file's.
	 */
	"CREATE TABLE star_lists ("
	"	id INTEGER PRIMARY KEY,"
	"	forge TEXT NOT NULL,"
	"	user TEXT NOT NULL,"
	"	name TEXT NOT NULL,"
	"	walk INTEGER NOT NULL,"
	"	kind INTEGER NOT NULL,"
	"	complete INTEGER NOT NULL,"
	"	change INTEGER NOT NULL,"
	"	cursor TEXT NOT NULL,"
	"	etag TEXT NOT NULL,"
	"	UNIQUE (forge, user)"
	") STRICT;"

	"CREATE TABLE stars ("
	"	id INTEGER PRIMARY KEY,"
	"	forge TEXT NOT NULL,"
	"	repository INTEGER NOT NULL,"
	"	bookmark INTEGER NOT NULL,"
	"	starred_at INTEGER NOT NULL,"
	"	title TEXT NOT NULL,"
	"	url TEXT NOT NULL,"
	"	notes TEXT NOT NULL,"
	"	tags TEXT NOT NULL,"
	"	given TEXT NOT NULL,"
	"	UNIQUE (repository, forge)"
	") STRICT;"
	"CREATE INDEX stars_by_bookmark ON stars (bookmark);"

	"CREATE TABLE star_sightings ("
	"	list INTEGER NOT NULL REFERENCES star_lists,"
	"	star INTEGER NOT NULL REFERENCES stars,"
	"	since INTEGER NOT NULL,"
	"	seen INTEGER NOT NULL,"
	"	PRIMARY KEY (list, star)"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX star_sightings_by_star ON star_sightings (star);",

	/*
	 * Version 2. The history is another one in every copy, so that whoever remembers a number
	 * of an event knows whether it is one of this library's: a copy that was put in its place
	 * has gone on otherwise.
	 */
	"ALTER TABLE library ADD COLUMN history TEXT NOT NULL DEFAULT '';" SCHEMA_NEW_HISTORY ";"

	/* fields: "tags,title"; detail: lines of a key and a value. Both mostly empty. */
	"ALTER TABLE events ADD COLUMN origin TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE events ADD COLUMN fields TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE events ADD COLUMN detail TEXT NOT NULL DEFAULT '';"

	/* What the last walk of everything brought along, as its importer writes it. */
	"ALTER TABLE star_lists ADD COLUMN covers TEXT NOT NULL DEFAULT '';"

	/* What was never asked has no row. state is a name of domain/bookmarks/link.h. */
	"CREATE TABLE links ("
	"	bookmark INTEGER PRIMARY KEY,"
	"	state TEXT NOT NULL,"
	"	since INTEGER NOT NULL,"
	"	checked INTEGER NOT NULL,"
	"	missing_since INTEGER NOT NULL,"
	"	status INTEGER NOT NULL,"
	"	url TEXT NOT NULL,"
	"	reason TEXT NOT NULL"
	") STRICT;"

	/* holder and held_until are not used. */
	"CREATE TABLE consumers ("
	"	name TEXT PRIMARY KEY,"
	"	position INTEGER NOT NULL,"
	"	history TEXT NOT NULL,"
	"	attempts INTEGER NOT NULL," /* that failed, at the event after position */
	"	retry_at INTEGER NOT NULL,"
	"	holder TEXT NOT NULL,"
	"	held_until INTEGER NOT NULL"
	") STRICT, WITHOUT ROWID;"

	/* holder is who is at it, held_until how long if nothing more is heard of them. */
	"CREATE TABLE due_jobs ("
	"	name TEXT PRIMARY KEY,"
	"	next INTEGER NOT NULL,"
	"	ran INTEGER NOT NULL,"
	"	attempts INTEGER NOT NULL," /* that failed, since one went well */
	"	result TEXT NOT NULL,"
	"	holder TEXT NOT NULL,"
	"	held_until INTEGER NOT NULL"
	") STRICT, WITHOUT ROWID;"

	/* gone is the run that did not see an entry any more, 0 if it is there; of what the user
	 * dropped for good the bookmark is 0. */
	"CREATE TABLE browser_profiles ("
	"	id INTEGER PRIMARY KEY,"
	"	browser TEXT NOT NULL,"
	"	path TEXT NOT NULL,"
	"	run INTEGER NOT NULL,"
	"	UNIQUE (browser, path)"
	") STRICT;"
	"CREATE TABLE browser_entries ("
	"	profile INTEGER NOT NULL REFERENCES browser_profiles,"
	"	entry TEXT NOT NULL,"
	"	bookmark INTEGER NOT NULL,"
	"	seen INTEGER NOT NULL,"
	"	gone INTEGER NOT NULL,"
	"	PRIMARY KEY (profile, entry)"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX browser_entries_by_bookmark ON browser_entries (bookmark);",
};

const struct schema schema_current = {steps, sizeof(steps) / sizeof(*steps)};

/* RFC 9562, version 4. */
static int name_library(sqlite3 *handle)
{
	uint8_t random[16];
	char sql[100];

	sqlite3_randomness(sizeof(random), random);
	random[6] = (random[6] & 0x0f) | 0x40;
	random[8] = (random[8] & 0x3f) | 0x80;
	snprintf(sql, sizeof(sql),
		"INSERT INTO library VALUES ('%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
		"%02x%02x%02x%02x%02x%02x')",
		random[0], random[1], random[2], random[3], random[4], random[5], random[6],
		random[7], random[8], random[9], random[10], random[11], random[12], random[13],
		random[14], random[15]);
	return sqlite3_exec(handle, sql, NULL, NULL, NULL);
}

static int set_versions(sqlite3 *handle, int version)
{
	char sql[100];

	snprintf(sql, sizeof(sql), "PRAGMA application_id = %d; PRAGMA user_version = %d",
		SCHEMA_APPLICATION_ID, version);
	return sqlite3_exec(handle, sql, NULL, NULL, NULL);
}

int schema_apply(struct sqlite3 *handle, const struct schema *schema, int from)
{
	int code = SQLITE_OK;

	for (int step = from; step < schema->version && code == SQLITE_OK; step++) {
		code = sqlite3_exec(handle, schema->steps[step], NULL, NULL, NULL);
		if (code == SQLITE_OK && step == 0)
			code = name_library(handle);
	}
	return code == SQLITE_OK ? set_versions(handle, schema->version) : code;
}

/* One row of sqlite_schema, as it has to be. */
static bool schema_has(sqlite3 *handle, const char *name, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	bool has = false;

	if (sqlite3_prepare_v2(handle, "SELECT 1 FROM sqlite_schema WHERE name = ? AND sql = ?", -1,
		    &statement, NULL) == SQLITE_OK) {
		sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
		sqlite3_bind_text(statement, 2, sql, -1, SQLITE_STATIC);
		has = sqlite3_step(statement) == SQLITE_ROW;
	}
	sqlite3_finalize(statement);
	return has;
}

/* A new library in memory is the measure. */
static enum status schema_compare(sqlite3 *measure, sqlite3 *handle, struct error *error)
{
	sqlite3_stmt *statement = NULL;
	enum status status = STATUS_OK;
	const char *type, *name, *sql;

	if (sqlite3_prepare_v2(measure,
		    "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
		    " AND name NOT LIKE 'sqlite%'",
		    -1, &statement, NULL) != SQLITE_OK)
		return STATUS_IO;
	while (status == STATUS_OK && sqlite3_step(statement) == SQLITE_ROW) {
		type = (const char *)sqlite3_column_text(statement, 0);
		name = (const char *)sqlite3_column_text(statement, 1);
		sql = (const char *)sqlite3_column_text(statement, 2);
		if (schema_has(handle, name, sql))
			continue;
		status = error_fail(STATUS_DAMAGED, error,
			"the %s %s is missing, or not what it has to be", type, name);
	}
	sqlite3_finalize(statement);
	return status;
}

enum status schema_check(struct sqlite3 *handle, struct error *error)
{
	sqlite3 *measure = NULL;
	enum status status = STATUS_IO;

	if (sqlite3_open(":memory:", &measure) == SQLITE_OK &&
		schema_apply(measure, &schema_current, 0) == SQLITE_OK)
		status = schema_compare(measure, handle, error);
	sqlite3_close(measure);
	return status;
}
