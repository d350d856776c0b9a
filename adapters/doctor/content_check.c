#include "adapters/doctor/content_check.h"

#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/schema.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/tag_set.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url.h"

/* Findings of one kind after which the rest is not told any more. */
#define TOLD_MAX 10

/* What helps against damage. */
#define MEND "put a copy in its place (barky restore FILE), or export and import"

/* A statement that yields the number of each thing that is wrong, and what is wrong with it. */
struct rule {
	const char *sql;
	const char *thing;
	const char *mistake;
};

static const struct rule rules[] = {
	{"SELECT change FROM change_images WHERE change NOT IN (SELECT id FROM changes)", "change",
		"is not there, but its images are"},
	{"SELECT change FROM made_bookmarks WHERE change NOT IN (SELECT id FROM changes)", "change",
		"is not there, but what it made is named"},
	{"SELECT id FROM changes WHERE id NOT IN (SELECT change FROM change_images)"
	 " AND id NOT IN (SELECT change FROM made_bookmarks)",
		"change", "changed nothing"},
	{"SELECT change FROM made_bookmarks WHERE last < first", "change",
		"made bookmarks from a later to an earlier number"},
	{"SELECT b.id FROM bookmarks b, sqlite_sequence s WHERE s.name = 'bookmarks'"
	 " AND b.id > s.seq",
		"bookmark", "has a number that may be given again"},
	{"SELECT fkid + 1 FROM pragma_foreign_key_check", "reference", "leads nowhere"},
	{"SELECT bookmark FROM links WHERE bookmark NOT IN (SELECT id FROM bookmarks)", "bookmark",
		"is not there, but its link is"},
	{"SELECT count(*) FROM library HAVING count(*) <> 1", "library",
		"names: there has to be one"},
};

/* What one kind of checking has found. */
struct tally {
	const struct check *check;
	size_t found;
};

static void tell(struct tally *tally, const char *thing, long long number, const char *mistake)
{
	if (tally->found++ < TOLD_MAX)
		check_say(tally->check, CHECK_WRONG, "%s %lld %s: " MEND, thing, number, mistake);
}

static enum status end(enum status status, const struct tally *tally)
{
	if (tally->found > TOLD_MAX)
		check_say(tally->check, CHECK_WRONG, "and %zu more of this kind",
			tally->found - TOLD_MAX);
	if (status == STATUS_NOT_FOUND)
		status = STATUS_OK;
	else if (status != STATUS_OK && !tally->found)
		check_say(tally->check, CHECK_WRONG, "it cannot be read through: " MEND);
	return status == STATUS_OK && tally->found ? STATUS_DAMAGED : status;
}

static enum status check_pages(struct database *database, const struct check *check)
{
	static const char sql[] = "PRAGMA integrity_check(10)";
	sqlite3_stmt *statement = database_statement(database, sql);
	struct tally tally = {.check = check};
	enum status status;

	while ((status = database_step(database, statement)) == STATUS_OK) {
		const char *line = database_text(statement, 0);

		if (strcmp(line, "ok") == 0)
			continue;
		tally.found++;
		check_say(check, CHECK_WRONG, "SQLite finds: %s", line);
	}
	return end(status, &tally);
}

static enum status check_rule(
	struct database *database, const struct rule *rule, const struct check *check)
{
	sqlite3_stmt *statement = database_statement(database, rule->sql);
	struct tally tally = {.check = check};
	enum status status;

	while ((status = database_step(database, statement)) == STATUS_OK)
		tell(&tally, rule->thing, sqlite3_column_int64(statement, 0), rule->mistake);
	return end(status, &tally);
}

static bool has_its_normal_form(sqlite3_stmt *statement)
{
	char *normal = NULL;
	bool same = url_normal_form(database_text(statement, 1), &normal, NULL) == STATUS_OK &&
		    strcmp(normal, database_text(statement, 2)) == 0;

	free(normal);
	return same;
}

static bool has_sorted_tags(sqlite3_stmt *statement)
{
	struct tag_set tags = {0};
	char *joined;
	bool same;

	tag_set_add_list(&tags, database_text(statement, 3), NULL);
	joined = tag_set_join(&tags);
	same = strcmp(joined, database_text(statement, 3)) == 0;
	tag_set_finish(&tags);
	free(joined);
	return same;
}

static bool is_text(sqlite3_stmt *statement)
{
	for (int column = 1; column < sqlite3_column_count(statement); column++)
		if (!text_is_valid(database_text(statement, column),
			    (size_t)sqlite3_column_bytes(statement, column)))
			return false;
	return true;
}

static enum status check_bookmarks(struct database *database, const struct check *check)
{
	static const char sql[] = "SELECT id, url, coalesce(address, url), tags, title, notes,"
				  " source FROM bookmarks ORDER BY id";
	sqlite3_stmt *statement = database_statement(database, sql);
	struct tally tally = {.check = check};
	enum status status;

	while ((status = database_step(database, statement)) == STATUS_OK) {
		long long id = sqlite3_column_int64(statement, 0);

		if (!is_text(statement))
			tell(&tally, "bookmark", id, "holds what is no UTF-8");
		else if (!has_its_normal_form(statement))
			tell(&tally, "bookmark", id, "is kept under another address");
		else if (!has_sorted_tags(statement))
			tell(&tally, "bookmark", id, "has tags out of order");
	}
	return end(status, &tally);
}

static void tell_of_size(struct database *database, const struct check *check)
{
	static const char sql[] = "SELECT count(*) FILTER (WHERE deleted = 0),"
				  " count(*) FILTER (WHERE deleted <> 0) FROM bookmarks";
	sqlite3_stmt *statement = database_statement(database, sql);

	if (database_step(database, statement) != STATUS_OK)
		return;
	check_say(check, CHECK_FINE, "%lld bookmarks, and %lld in the trash",
		sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1));
	sqlite3_reset(statement);
}

/* Every command needs every table, whatever it does. */
static enum status check_schema(struct database *database, const struct check *check)
{
	struct error error = {0};
	enum status status = schema_check(database_handle(database), &error);

	if (status != STATUS_OK)
		check_say(check, CHECK_WRONG, "%s: " MEND, error.text);
	return status;
}

static enum status worse(enum status one, enum status other)
{
	return one == STATUS_OK ? other : one;
}

enum status content_check(struct database *database, const struct check *check)
{
	struct error error = {0};
	enum status status = database_begin(database, false, &error);

	if (status != STATUS_OK) {
		check_say(check, CHECK_WRONG, "%s", error.text);
		return status;
	}
	status = check_pages(database, check);
	status = worse(status, check_schema(database, check));
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		status = worse(status, check_rule(database, &rules[i], check));
	status = worse(status, check_bookmarks(database, check));
	tell_of_size(database, check);
	database_rollback(database);
	if (status == STATUS_OK)
		check_say(check, CHECK_FINE, "the file is sound: every page, index and rule holds");
	return status;
}
