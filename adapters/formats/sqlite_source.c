#include "adapters/formats/sqlite_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/platform.h"
#include "adapters/sqlite/connection.h"
#include "domain/base/memory.h"

/* Instructions of SQLite's machine: some tens of seconds, and a hundred times what is needed. */
#define STEPS_AT_A_TIME 100000
#define STEPS_MAX       INT64_C(4000000000)

#define TRIES           5

struct sqlite_source {
	sqlite3 *handle;
	struct lock_wait wait;
	char *folder; /* of the copy */
	int64_t steps;
	enum status status; /* of opening, and why */
	struct error error;
};

static const char *const companions[] = {"-wal", "-journal", "-shm"};

bool sqlite_source_is_one(const struct input *input)
{
	return input->head_length >= 16 && memcmp(input->head, "SQLite format 3", 16) == 0;
}

static char *copy_path(const struct sqlite_source *database, const char *ending)
{
	return memory_print("%s/copy%s", database->folder, ending);
}

static void close_database(void *self)
{
	struct sqlite_source *database = self;
	char *path;

	sqlite3_close(database->handle);
	if (database->folder) {
		path = copy_path(database, "");
		unlink(path);
		free(path);
		for (size_t i = 0; i < sizeof(companions) / sizeof(companions[0]); i++) {
			path = copy_path(database, companions[i]);
			unlink(path);
			free(path);
		}
		rmdir(database->folder);
	}
	free(database->folder);
	free(database);
}

static char *make_folder(void)
{
	const char *base = platform_secure_env("XDG_RUNTIME_DIR");
	char *folder = memory_print("%s/barky-copy-XXXXXX", base && *base == '/' ? base : "/tmp");

	if (mkdtemp(folder))
		return folder;
	free(folder);
	folder = memory_copy_string("/tmp/barky-copy-XXXXXX");
	if (mkdtemp(folder))
		return folder;
	free(folder);
	return NULL;
}

static enum status write_copy(
	struct sqlite_source *database, struct input *from, const char *ending, struct error *error)
{
	char *path = copy_path(database, ending);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	enum status status = STATUS_IO;

	if (fd < 0)
		error_set(error, "it cannot be copied: %s", strerror(errno));
	else
		status = input_copy(from, fd, error);
	if (fd >= 0)
		close(fd);
	free(path);
	return status;
}

/* A companion that is not there is no trouble; one that is there belongs to what is read. */
static enum status copy_companion(
	struct sqlite_source *database, const char *real, const char *ending, struct error *error)
{
	char *path = memory_print("%s%s", real, ending);
	struct input *input = NULL;
	enum status status = input_open(path, &input, error);

	if (status == STATUS_OK)
		status = write_copy(database, input, ending, error);
	input_close(input);
	free(path);
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* When a file and its -wal were last written. */
struct mark {
	struct stat file;
	struct stat wal;
};

static void take_mark(const char *real, struct mark *mark)
{
	char *wal = memory_print("%s-wal", real);

	memset(mark, 0, sizeof(*mark));
	if (stat(real, &mark->file) < 0)
		mark->file.st_size = -1;
	if (stat(wal, &mark->wal) < 0)
		mark->wal.st_size = -1;
	free(wal);
}

static bool same_stat(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static enum status copy_all(
	struct sqlite_source *database, struct input *input, const char *real, struct error *error)
{
	enum status status = write_copy(database, input, "", error);

	for (size_t i = 0; real && i < 2 && status == STATUS_OK; i++)
		status = copy_companion(database, real, companions[i], error);
	return status;
}

/* A program that writes meanwhile would leave a torn copy: then it is made again. */
static enum status source_copy(
	struct sqlite_source *database, struct input *input, struct error *error)
{
	char *real = input->is_standard ? NULL : realpath(input->name, NULL);
	enum status status = STATUS_OK;

	database->folder = make_folder();
	if (!database->folder)
		status = error_fail(STATUS_IO, error, "it cannot be copied: %s", strerror(errno));
	for (int i = 0; i < TRIES && status == STATUS_OK; i++) {
		struct mark before, after;

		if (real)
			take_mark(real, &before);
		status = copy_all(database, input, real, error);
		if (!real)
			break;
		take_mark(real, &after);
		if (same_stat(&before.file, &after.file) && same_stat(&before.wal, &after.wal))
			break;
	}
	free(real);
	return status;
}

static int count_steps(void *self)
{
	struct sqlite_source *database = self;

	database->steps += STEPS_AT_A_TIME;
	return database->steps > STEPS_MAX;
}

void sqlite_source_say(struct sqlite_source *database, struct error *error)
{
	switch (sqlite3_errcode(database->handle) & 0xff) {
	case SQLITE_NOTADB: error_set(error, "it is no SQLite database"); break;
	case SQLITE_CORRUPT: error_set(error, "the database is damaged"); break;
	case SQLITE_INTERRUPT: error_set(error, "reading the database takes too long"); break;
	case SQLITE_TOOBIG: error_set(error, "the database holds too long a text"); break;
	case SQLITE_FULL: error_set(error, "the disk is full"); break;
	default:
		error_set(
			error, "the database cannot be read: %s", sqlite3_errmsg(database->handle));
		break;
	}
}

enum source_step sqlite_source_end(struct sqlite_source *database, int code,
	struct bookmark_source *source, struct error *error)
{
	if (code == SQLITE_DONE)
		return SOURCE_END;
	sqlite_source_say(database, error);
	source->status = STATUS_INVALID;
	return SOURCE_FAILED;
}

static bool is_whole(struct sqlite_source *database, struct error *error)
{
	sqlite3_stmt *statement = sqlite_source_prepare(database, "PRAGMA quick_check(1)", error);
	const unsigned char *answer;
	bool whole = false;

	if (!statement)
		return false;
	if (sqlite3_step(statement) == SQLITE_ROW) {
		answer = sqlite3_column_text(statement, 0);
		whole = answer && strcmp((const char *)answer, "ok") == 0;
		if (!whole)
			error_set(error, "the database is damaged");
	} else {
		sqlite_source_say(database, error);
	}
	sqlite3_finalize(statement);
	return whole;
}

/* For writing too: a -wal that was copied has to be taken in, which concerns the copy alone. */
static enum status open_copy(struct sqlite_source *database, struct error *error)
{
	char *path = copy_path(database, "");
	int failure, code = connection_open(&database->handle, path, SQLITE_OPEN_READWRITE,
			     &database->wait, &failure);

	free(path);
	if (code != SQLITE_OK)
		return error_fail(STATUS_INVALID, error,
			(code & 0xff) == SQLITE_NOTADB ? "it is no SQLite database"
						       : "the database is damaged");
	sqlite3_progress_handler(database->handle, STEPS_AT_A_TIME, count_steps, database);
	return is_whole(database, error) ? STATUS_OK : STATUS_INVALID;
}

static struct sqlite_source *open_database(struct input *input)
{
	struct sqlite_source *database = memory_new(sizeof(*database));

	database->status = source_copy(database, input, &database->error);
	if (database->status == STATUS_OK)
		database->status = open_copy(database, &database->error);
	return database;
}

struct sqlite_source *sqlite_source_of(
	struct input *input, enum status *status, struct error *error)
{
	struct sqlite_source *database = input->kept;

	if (!sqlite_source_is_one(input)) {
		*status = STATUS_INVALID;
		error_set(error, "it is no SQLite database");
		return NULL;
	}
	if (!database) {
		database = input->kept = open_database(input);
		input->drop_kept = close_database;
	}
	*status = database->status;
	if (*status == STATUS_OK)
		return database;
	error_set(error, "%s", database->error.text);
	return NULL;
}

static bool is_table(struct sqlite_source *database, const char *name)
{
	static const char sql[] = "SELECT 1 FROM sqlite_schema WHERE type = 'table'"
				  " AND name = ?1 COLLATE NOCASE AND sql NOT LIKE"
				  " 'CREATE VIRTUAL%'";
	sqlite3_stmt *statement = sqlite_source_prepare(database, sql, NULL);
	bool found;

	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
	found = sqlite3_step(statement) == SQLITE_ROW;
	sqlite3_finalize(statement);
	return found;
}

bool sqlite_source_has(
	struct sqlite_source *database, const char *table, const char *const *columns)
{
	struct buffer sql = {0};
	sqlite3_stmt *statement;

	if (!is_table(database, table))
		return false;
	buffer_add_string(&sql, "SELECT ");
	for (size_t i = 0; columns[i]; i++)
		buffer_print(&sql, "%s\"%s\"", i ? ", " : "", columns[i]);
	buffer_print(&sql, " FROM \"%s\"", table);
	statement = sqlite_source_prepare(database, sql.text, NULL);
	buffer_finish(&sql);
	sqlite3_finalize(statement);
	return statement;
}

sqlite3_stmt *sqlite_source_prepare(
	struct sqlite_source *database, const char *sql, struct error *error)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(database->handle, sql, -1, &statement, NULL) == SQLITE_OK)
		return statement;
	sqlite_source_say(database, error);
	return NULL;
}

bool sqlite_source_add_text(
	sqlite3_stmt *statement, int column, bool may_be_null, struct buffer *out)
{
	int type = sqlite3_column_type(statement, column);
	const unsigned char *text;

	if (type == SQLITE_NULL)
		return may_be_null;
	if (type != SQLITE_TEXT)
		return false;
	text = sqlite3_column_text(statement, column);
	if (!text)
		return false;
	buffer_add(out, (const char *)text, (size_t)sqlite3_column_bytes(statement, column));
	return true;
}
