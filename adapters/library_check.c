#include "adapters/library_check.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/safety_copy.h"
#include "domain/url.h"

static const char integrity_sql[] = "PRAGMA integrity_check(1)";
static const char addresses_sql[] =
	"SELECT id, url, coalesce(address, url) FROM bookmarks WHERE deleted = 0";

static const char *column(sqlite3_stmt *statement, int at)
{
	const unsigned char *text = sqlite3_column_text(statement, at);

	return text ? (const char *)text : "";
}

static enum status say_damage(
	const struct database *database, const char *what, struct reason *reason)
{
	const char *path = database_path(database);
	char *copy = path ? safety_copy_newest(path) : NULL;

	reason_say(reason,
		"%s is damaged (%s): put back a backup%s%s, or save what can be read by "
		"barky export",
		path ? path : "the library", what, copy ? ", such as " : "", copy ? copy : "");
	free(copy);
	return STATUS_DAMAGED;
}

static enum status check_file(struct database *database, struct reason *reason)
{
	sqlite3_stmt *statement = database_statement(database, integrity_sql);
	enum status status;

	if (!statement)
		return database_failure(database, 0, reason);
	status = database_step(database, statement);
	if (status == STATUS_OK && strcmp(column(statement, 0), "ok") != 0)
		status = say_damage(database, column(statement, 0), reason);
	else if (status)
		database_failure(database, 0, reason);
	sqlite3_reset(statement);
	return status;
}

static bool is_in_place(sqlite3_stmt *row)
{
	char *normal = NULL;
	enum status status = url_normal_form(column(row, 1), &normal, NULL);
	bool in_place = !status && !strcmp(normal, column(row, 2));

	free(normal);
	return in_place;
}

static enum status check_addresses(struct database *database, struct reason *reason)
{
	sqlite3_stmt *statement = database_statement(database, addresses_sql);
	struct reason what = {0};
	enum status status;

	if (!statement)
		return database_failure(database, 0, reason);
	while ((status = database_step(database, statement)) == STATUS_OK)
		if (!is_in_place(statement)) {
			reason_say(&what, "bookmark %lld is kept under another address",
				(long long)sqlite3_column_int64(statement, 0));
			status = say_damage(database, what.text, reason);
			break;
		}
	sqlite3_reset(statement);
	if (status == STATUS_NOT_FOUND)
		return STATUS_OK;
	if (status != STATUS_DAMAGED)
		database_failure(database, 0, reason);
	return status;
}

enum status library_check(struct database *database, struct reason *reason)
{
	enum status status = check_file(database, reason);

	return status ? status : check_addresses(database, reason);
}
