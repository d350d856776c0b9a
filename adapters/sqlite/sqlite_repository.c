#include "adapters/sqlite/sqlite_ports.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/sqlite/bookmark_row.h"
#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url.h"

/* A tag looked for, without regard to case, in many lists "a,b" as the library keeps them. */
struct wanted_tag {
	char *folded;
	bool ascii;
};

static void wanted_tag_init(struct wanted_tag *wanted, const char *tag)
{
	wanted->folded = text_fold_case(tag);
	wanted->ascii = text_is_ascii(wanted->folded, strlen(wanted->folded));
}

static void wanted_tag_finish(struct wanted_tag *wanted)
{
	free(wanted->folded);
	*wanted = (struct wanted_tag){0};
}

static bool equal_ascii(const char *tag, size_t length, const char *folded)
{
	for (size_t i = 0; i < length; i++) {
		char c = tag[i] >= 'A' && tag[i] <= 'Z' ? (char)(tag[i] + 32) : tag[i];

		if (c != folded[i]) /* the NUL at its end differs too */
			return false;
	}
	return folded[length] == '\0';
}

/* A tag beyond ASCII can fold to one within it: the Kelvin sign is a k. */
static bool equal(const char *tag, size_t length, const struct wanted_tag *wanted)
{
	char *copy, *folded;
	bool same;

	if (text_is_ascii(tag, length))
		return wanted->ascii && equal_ascii(tag, length, wanted->folded);
	copy = memory_copy_bytes(tag, length);
	folded = text_fold_case(copy);
	same = strcmp(folded, wanted->folded) == 0;
	free(folded);
	free(copy);
	return same;
}

static bool tag_list_has(const char *list, const struct wanted_tag *wanted)
{
	while (*list) {
		size_t length = strcspn(list, ",");

		if (equal(list, length, wanted))
			return true;
		list += length + (list[length] == ',');
	}
	return false;
}

struct sqlite_repository {
	struct repository port;
	struct database *database;
	struct bookmark_row row;
};

static const char find_sql[] =
	"SELECT id FROM bookmarks WHERE coalesce(address, url) = ? AND deleted = 0";
static const char renew_link_sql[] =
	"DELETE FROM links WHERE bookmark = ?1 AND ?2 <> (SELECT url FROM bookmarks WHERE id = ?1)";
static const char remove_sql[] = "DELETE FROM bookmarks WHERE id = ?";
static const char remove_link_sql[] = "DELETE FROM links WHERE bookmark = ?";
static const char tags_sql[] = "SELECT id, tags FROM bookmarks WHERE tags <> '' ORDER BY id";
static const char trashed_sql[] =
	"SELECT id FROM bookmarks WHERE deleted <> 0 AND deleted <= ? ORDER BY deleted, id";

static struct sqlite_repository *sqlite_repository_of(struct repository *repository)
{
	return (struct sqlite_repository *)repository;
}

static enum status get(struct repository *port, int64_t id, struct bookmark *bookmark)
{
	struct sqlite_repository *self = sqlite_repository_of(port);
	sqlite3_stmt *statement = database_statement_of(self->database, bookmark_row_get_sql, id);
	enum status status;

	status = database_step(self->database, statement);
	if (status != STATUS_OK)
		return status;
	bookmark_copy(bookmark, bookmark_row_read(&self->row, statement));
	sqlite3_reset(statement);
	return STATUS_OK;
}

static enum status repository_find(struct repository *port, const char *normal_form, int64_t *id)
{
	struct sqlite_repository *self = sqlite_repository_of(port);
	sqlite3_stmt *statement = database_statement(self->database, find_sql);

	sqlite3_bind_text(statement, 1, normal_form, -1, SQLITE_STATIC);
	return database_number(self->database, statement, id);
}

static enum status write_row(
	struct sqlite_repository *self, const char *sql, const struct bookmark *bookmark)
{
	sqlite3_stmt *statement;
	enum status status;
	char *normal, *tags;

	status = url_normal_form(bookmark->url, &normal, NULL);
	if (status != STATUS_OK)
		return status;
	tags = tag_set_join(&bookmark->tags);
	statement = database_statement(self->database, sql);
	bookmark_row_bind(statement, bookmark, normal, tags);
	status = database_run(self->database, statement);
	if (statement)
		sqlite3_clear_bindings(statement);
	free(tags);
	free(normal);
	return status;
}

static enum status repository_add(struct repository *port, struct bookmark *bookmark)
{
	struct sqlite_repository *self = sqlite_repository_of(port);
	enum status status = write_row(self, bookmark_row_add_sql, bookmark);

	if (status == STATUS_OK)
		bookmark->id = sqlite3_last_insert_rowid(database_handle(self->database));
	return status;
}

static enum status found_if_changed(struct sqlite_repository *self, enum status status)
{
	if (status == STATUS_OK && sqlite3_changes(database_handle(self->database)) == 0)
		return STATUS_NOT_FOUND;
	return status;
}

/* What was found out about an address says nothing about another one. */
static enum status renew_link(struct sqlite_repository *self, const struct bookmark *bookmark)
{
	sqlite3_stmt *statement =
		database_statement_of(self->database, renew_link_sql, bookmark->id);

	sqlite3_bind_text(statement, 2, bookmark->url, -1, SQLITE_STATIC);
	return database_run(self->database, statement);
}

static enum status update(struct repository *port, const struct bookmark *bookmark)
{
	struct sqlite_repository *self = sqlite_repository_of(port);
	enum status status = renew_link(self, bookmark);

	if (status == STATUS_OK)
		status = found_if_changed(self, write_row(self, bookmark_row_update_sql, bookmark));
	return status;
}

static enum status run_with_id(struct sqlite_repository *self, const char *sql, int64_t id)
{
	return database_run(self->database, database_statement_of(self->database, sql, id));
}

static enum status remove_row(struct repository *port, int64_t id)
{
	struct sqlite_repository *self = sqlite_repository_of(port);
	enum status status = run_with_id(self, remove_link_sql, id);

	if (status == STATUS_OK)
		status = found_if_changed(self, run_with_id(self, remove_sql, id));
	return status;
}

static enum status with_tag(struct repository *port, const char *tag, int64_t **ids, size_t *count)
{
	struct sqlite_repository *self = sqlite_repository_of(port);
	sqlite3_stmt *statement = database_statement(self->database, tags_sql);
	struct wanted_tag wanted;
	size_t capacity = 0;
	enum status status;

	*ids = NULL;
	*count = 0;
	wanted_tag_init(&wanted, tag);
	while ((status = database_step(self->database, statement)) == STATUS_OK) {
		if (!tag_list_has(database_text(statement, 1), &wanted))
			continue;
		*ids = memory_grow(*ids, *count, &capacity, sizeof(**ids));
		(*ids)[(*count)++] = sqlite3_column_int64(statement, 0);
	}
	wanted_tag_finish(&wanted);
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status trashed_until(
	struct repository *port, int64_t deleted_until, int64_t **ids, size_t *count)
{
	struct sqlite_repository *self = sqlite_repository_of(port);

	return database_collect(self->database,
		database_statement_of(self->database, trashed_sql, deleted_until), ids, count);
}

struct repository *sqlite_repository_new(struct database *database)
{
	struct sqlite_repository *self = memory_new(sizeof(*self));

	self->database = database;
	self->port = (struct repository){
		.get = get,
		.find = repository_find,
		.add = repository_add,
		.update = update,
		.remove = remove_row,
		.with_tag = with_tag,
		.trashed_until = trashed_until,
	};
	return &self->port;
}

void sqlite_repository_free(struct repository *repository)
{
	if (!repository)
		return;
	bookmark_row_finish(&sqlite_repository_of(repository)->row);
	free(repository);
}
