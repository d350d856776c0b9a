#include "adapters/sqlite/sqlite_ports.h"

#include <stdio.h>
#include <stdlib.h>
#include <sqlite3.h>

#include "adapters/sqlite/database.h"
#include "domain/bookmarks/bookmark.h"
#include "domain/base/memory.h"

struct sqlite_star_ledger {
	struct star_ledger port;
	struct database *database;
};

/* The rows of a forge and a user, and of a forge and a repository. */
#define LIST "(SELECT id FROM star_lists WHERE forge = ?1 AND user = lower(?2))"
#define STAR "(SELECT id FROM stars WHERE forge = ?1 AND repository = ?3)"

static const char get_list_sql[] = "SELECT walk, kind, complete, change, cursor, etag, covers"
				   " FROM star_lists WHERE forge = ? AND user = lower(?)";
static const char put_list_sql[] =
	"INSERT INTO star_lists (forge, user, name, walk, kind, complete, change, cursor, etag,"
	" covers) VALUES (?1, lower(?2), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
	" ON CONFLICT (forge, user) DO UPDATE SET name = ?2, walk = ?3, kind = ?4, complete = ?5,"
	" change = ?6, cursor = ?7, etag = ?8, covers = ?9";
static const char get_star_sql[] = "SELECT bookmark, starred_at, title, url, notes, tags, given"
				   " FROM stars WHERE forge = ? AND repository = ?";
static const char put_star_sql[] =
	"INSERT INTO stars"
	" (forge, repository, bookmark, starred_at, title, url, notes, tags, given)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
	" ON CONFLICT (repository, forge) DO UPDATE SET bookmark = ?3, starred_at = ?4, title = ?5,"
	" url = ?6, notes = ?7, tags = ?8, given = ?9";
static const char aliases_sql[] =
	"SELECT repository FROM stars WHERE bookmark = ?2 AND forge = ?1 ORDER BY repository";
static const char tombstone_sql[] = "UPDATE stars SET bookmark = 0 WHERE bookmark = ?";
static const char get_sighting_sql[] =
	"SELECT since, seen FROM star_sightings WHERE list = " LIST " AND star = " STAR;
static const char put_sighting_sql[] =
	"INSERT OR REPLACE INTO star_sightings (list, star, since, seen)"
	" SELECT list.id, star.id, ?4, ?5 FROM star_lists list, stars star"
	" WHERE list.forge = ?1 AND list.user = lower(?2)"
	" AND star.forge = ?1 AND star.repository = ?3";
static const char forget_sighting_sql[] =
	"DELETE FROM star_sightings WHERE list = " LIST " AND star = " STAR;
static const char unseen_sql[] = "SELECT repository FROM star_sightings JOIN stars ON id = star"
				 " WHERE list = " LIST " AND seen < ?3 ORDER BY star";
static const char starred_sql[] = "SELECT 1 FROM stars JOIN star_sightings ON star = id"
				  " WHERE forge = ? AND repository = ? LIMIT 1";
static const char unmade_sql[] =
	"SELECT 1 FROM star_sightings JOIN stars ON id = star WHERE list = " LIST
	" AND bookmark <> 0 AND NOT EXISTS (SELECT 1 FROM bookmarks WHERE bookmarks.id = bookmark)"
	" LIMIT 1";
static const char each_list_sql[] = "SELECT walk, kind, complete, change, cursor, etag, covers,"
				    " forge, name FROM star_lists ORDER BY id";
static const char unfinished_sql[] =
	"SELECT name, walk, kind, change, cursor FROM star_lists WHERE kind <> 0 LIMIT 1";

static struct database *star_database(struct star_ledger *ledger)
{
	return ((struct sqlite_star_ledger *)ledger)->database;
}

/* A statement whose first two values are a forge and a user. */
static sqlite3_stmt *of_user(
	struct star_ledger *ledger, const char *sql, const char *forge, const char *user)
{
	sqlite3_stmt *statement = database_statement(star_database(ledger), sql);

	database_bind_text(statement, 1, forge);
	database_bind_text(statement, 2, user);
	return statement;
}

static sqlite3_stmt *of_number(
	struct star_ledger *ledger, const char *sql, const char *forge, int64_t number)
{
	sqlite3_stmt *statement = database_statement(star_database(ledger), sql);

	database_bind_text(statement, 1, forge);
	sqlite3_bind_int64(statement, 2, number);
	return statement;
}

static void read_list(sqlite3_stmt *statement, struct star_list *list)
{
	struct star_walk *walk = &list->walk;

	walk->number = sqlite3_column_int64(statement, 0);
	walk->kind = (enum star_walk_kind)sqlite3_column_int(statement, 1);
	list->complete = sqlite3_column_int(statement, 2) != 0;
	walk->change = sqlite3_column_int64(statement, 3);
	snprintf(walk->cursor, sizeof(walk->cursor), "%s", database_text(statement, 4));
	snprintf(walk->etag, sizeof(walk->etag), "%s", database_text(statement, 5));
	snprintf(list->covers, sizeof(list->covers), "%s", database_text(statement, 6));
}

static enum status get_list(
	struct star_ledger *ledger, const char *forge, const char *user, struct star_list *list)
{
	sqlite3_stmt *statement = of_user(ledger, get_list_sql, forge, user);
	enum status status = database_step(star_database(ledger), statement);

	*list = (struct star_list){0};
	if (status != STATUS_OK)
		return status;
	read_list(statement, list);
	sqlite3_reset(statement);
	return STATUS_OK;
}

static enum status put_list(struct star_ledger *ledger, const char *forge, const char *user,
	const struct star_list *list)
{
	sqlite3_stmt *statement = of_user(ledger, put_list_sql, forge, user);

	sqlite3_bind_int64(statement, 3, list->walk.number);
	sqlite3_bind_int(statement, 4, (int)list->walk.kind);
	sqlite3_bind_int(statement, 5, list->complete);
	sqlite3_bind_int64(statement, 6, list->walk.change);
	database_bind_text(statement, 7, list->walk.cursor);
	database_bind_text(statement, 8, list->walk.etag);
	database_bind_text(statement, 9, list->covers);
	return database_run(star_database(ledger), statement);
}

static enum status get_star(
	struct star_ledger *ledger, const char *forge, int64_t repository, struct star *star)
{
	sqlite3_stmt *statement = of_number(ledger, get_star_sql, forge, repository);
	enum status status = database_step(star_database(ledger), statement);

	if (status != STATUS_OK)
		return status;
	star->repository = repository;
	star->bookmark = sqlite3_column_int64(statement, 0);
	star->starred_at = sqlite3_column_int64(statement, 1);
	bookmark_set(&star->title, database_text(statement, 2));
	bookmark_set(&star->url, database_text(statement, 3));
	bookmark_set(&star->notes, database_text(statement, 4));
	tag_set_clear(&star->tags);
	tag_set_clear(&star->given);
	tag_set_add_list(&star->tags, database_text(statement, 5), NULL);
	tag_set_add_list(&star->given, database_text(statement, 6), NULL);
	sqlite3_reset(statement);
	return STATUS_OK;
}

static enum status put_star(struct star_ledger *ledger, const char *forge, const struct star *star)
{
	sqlite3_stmt *statement = of_number(ledger, put_star_sql, forge, star->repository);
	char *tags = tag_set_join(&star->tags);
	char *given = tag_set_join(&star->given);
	enum status status;

	sqlite3_bind_int64(statement, 3, star->bookmark);
	sqlite3_bind_int64(statement, 4, star->starred_at);
	database_bind_text(statement, 5, star->title);
	database_bind_text(statement, 6, star->url);
	database_bind_text(statement, 7, star->notes);
	database_bind_text(statement, 8, tags);
	database_bind_text(statement, 9, given);
	status = database_run(star_database(ledger), statement);
	free(tags);
	free(given);
	return status;
}

static enum status aliases(struct star_ledger *ledger, const char *forge, int64_t bookmark,
	int64_t **repositories, size_t *count)
{
	return database_collect(star_database(ledger),
		of_number(ledger, aliases_sql, forge, bookmark), repositories, count);
}

static enum status tombstone(struct star_ledger *ledger, int64_t bookmark)
{
	return database_run(star_database(ledger),
		database_statement_of(star_database(ledger), tombstone_sql, bookmark));
}

static enum status get_sighting(struct star_ledger *ledger, const char *forge, const char *user,
	int64_t repository, struct star_sighting *sighting)
{
	sqlite3_stmt *statement = of_user(ledger, get_sighting_sql, forge, user);
	enum status status;

	sqlite3_bind_int64(statement, 3, repository);
	status = database_step(star_database(ledger), statement);
	if (status != STATUS_OK)
		return status;
	sighting->since = sqlite3_column_int64(statement, 0);
	sighting->seen = sqlite3_column_int64(statement, 1);
	sqlite3_reset(statement);
	return STATUS_OK;
}

static enum status put_sighting(struct star_ledger *ledger, const char *forge, const char *user,
	int64_t repository, const struct star_sighting *sighting)
{
	sqlite3_stmt *statement = of_user(ledger, put_sighting_sql, forge, user);

	sqlite3_bind_int64(statement, 3, repository);
	sqlite3_bind_int64(statement, 4, sighting->since);
	sqlite3_bind_int64(statement, 5, sighting->seen);
	return database_run(star_database(ledger), statement);
}

static enum status forget_sighting(
	struct star_ledger *ledger, const char *forge, const char *user, int64_t repository)
{
	sqlite3_stmt *statement = of_user(ledger, forget_sighting_sql, forge, user);

	sqlite3_bind_int64(statement, 3, repository);
	return database_run(star_database(ledger), statement);
}

static enum status unseen(struct star_ledger *ledger, const char *forge, const char *user,
	int64_t walk, int64_t **repositories, size_t *count)
{
	sqlite3_stmt *statement = of_user(ledger, unseen_sql, forge, user);

	sqlite3_bind_int64(statement, 3, walk);
	return database_collect(star_database(ledger), statement, repositories, count);
}

static enum status starred(struct star_ledger *ledger, const char *forge, int64_t repository)
{
	return database_has_row(
		star_database(ledger), of_number(ledger, starred_sql, forge, repository));
}

static enum status unmade(struct star_ledger *ledger, const char *forge, const char *user)
{
	return database_has_row(star_database(ledger), of_user(ledger, unmade_sql, forge, user));
}

/* Of a small table a copy is visited, so that no statement is open meanwhile. */
struct named_list {
	char *forge;
	char *name;
	struct star_list list;
};

static struct named_list *read_lists(struct star_ledger *ledger, size_t *count, enum status *status)
{
	sqlite3_stmt *statement = database_statement(star_database(ledger), each_list_sql);
	struct named_list *lists = NULL;
	size_t capacity = 0;

	*count = 0;
	while ((*status = database_step(star_database(ledger), statement)) == STATUS_OK) {
		lists = memory_grow(lists, *count, &capacity, sizeof(*lists));
		lists[*count] = (struct named_list){
			.forge = memory_copy_string(database_text(statement, 7)),
			.name = memory_copy_string(database_text(statement, 8)),
		};
		read_list(statement, &lists[(*count)++].list);
	}
	return lists;
}

static enum status each_list(struct star_ledger *ledger, star_list_visit_fn visit, void *self)
{
	size_t count;
	enum status status;
	struct named_list *lists = read_lists(ledger, &count, &status);
	bool more = true;

	if (status == STATUS_NOT_FOUND)
		status = STATUS_OK;
	for (size_t i = 0; i < count; i++) {
		more = more && status == STATUS_OK &&
		       visit(self, lists[i].forge, lists[i].name, &lists[i].list);
		free(lists[i].forge);
		free(lists[i].name);
	}
	free(lists);
	return status;
}

static enum status unfinished(struct star_ledger *ledger, char **user, struct star_walk *walk)
{
	sqlite3_stmt *statement = database_statement(star_database(ledger), unfinished_sql);
	enum status status = database_step(star_database(ledger), statement);

	if (status != STATUS_OK)
		return status;
	*walk = (struct star_walk){
		.number = sqlite3_column_int64(statement, 1),
		.kind = (enum star_walk_kind)sqlite3_column_int(statement, 2),
		.change = sqlite3_column_int64(statement, 3),
	};
	*user = memory_copy_string(database_text(statement, 0));
	snprintf(walk->cursor, sizeof(walk->cursor), "%s", database_text(statement, 4));
	sqlite3_reset(statement);
	return STATUS_OK;
}

struct star_ledger *sqlite_star_ledger_new(struct database *database)
{
	struct sqlite_star_ledger *self = memory_new(sizeof(*self));

	self->database = database;
	self->port = (struct star_ledger){
		.get_list = get_list,
		.put_list = put_list,
		.get_star = get_star,
		.put_star = put_star,
		.aliases = aliases,
		.tombstone = tombstone,
		.get_sighting = get_sighting,
		.put_sighting = put_sighting,
		.forget_sighting = forget_sighting,
		.unseen = unseen,
		.starred = starred,
		.unmade = unmade,
		.each_list = each_list,
		.unfinished = unfinished,
	};
	return &self->port;
}

void sqlite_star_ledger_free(struct star_ledger *ledger)
{
	free(ledger);
}
