#include "adapters/sqlite/connection.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

#include "adapters/system/steady_clock.h"

#define LONGEST_SLEEP_US 20000

void lock_wait_begin(struct lock_wait *wait)
{
	wait->started = 0;
	wait->noted = false;
	wait->sleeps = 0;
}

/* Writers that wait together must not wake together, so each adds its own share. */
static void sleep_a_little(struct lock_wait *wait)
{
	unsigned shift = wait->sleeps < 5 ? wait->sleeps : 5;
	long length = 500L << shift;
	long share = ((long)getpid() * 7919 + (long)wait->sleeps * 104729) % 1000;
	struct timespec pause;

	length += length * share / 1000;
	if (length > LONGEST_SLEEP_US)
		length = LONGEST_SLEEP_US;
	pause = (struct timespec){.tv_nsec = length * 1000};
	nanosleep(&pause, NULL);
	wait->sleeps++;
}

bool lock_wait_once(struct lock_wait *wait)
{
	int64_t now = steady_clock_ms();

	if (!wait->started)
		wait->started = now;
	/* it may be set by another thread */
	if (now - wait->started >= wait->limit_ms ||
		(wait->stop && __atomic_load_n(wait->stop, __ATOMIC_RELAXED)))
		return false;
	if (!wait->noted && now - wait->started >= wait->note_ms) {
		wait->noted = true;
		if (wait->note)
			wait->note(wait->self);
	}
	sleep_a_little(wait);
	return true;
}

struct setting {
	int name;
	int value;
};

static const struct setting switches[] = {
	{SQLITE_DBCONFIG_DEFENSIVE, 1},
	{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
	{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
	{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
	{SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
	{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
	{SQLITE_DBCONFIG_DQS_DDL, 0},
	{SQLITE_DBCONFIG_DQS_DML, 0},
	{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
};

static const struct setting limits[] = {
	{SQLITE_LIMIT_LENGTH, 16 << 20},
	{SQLITE_LIMIT_SQL_LENGTH, 100000},
	{SQLITE_LIMIT_ATTACHED, 1}, /* VACUUM INTO needs the one */
	{SQLITE_LIMIT_WORKER_THREADS, 0},
};

/*
 * What the file itself says comes after these. The cache is in KiB, and taken as it is needed. An
 * import touches the index of addresses in random order: pages it changed stay in memory up to
 * cache_spill, or each would go to the log and come back many times. Its end frees what is beyond
 * the cache.
 */
static const char pragmas[] = "PRAGMA cell_size_check = ON;"
			      "PRAGMA mmap_size = 0;"
			      "PRAGMA temp_store = MEMORY;"
			      "PRAGMA cache_size = -16384;"
			      "PRAGMA cache_spill = -65536;"
			      "PRAGMA journal_size_limit = 4194304;"
			      "PRAGMA synchronous = FULL;";

/* Not SQLITE_PROTOCOL: it comes after 10 s of SQLite's own trying. */
static bool is_busy(int code)
{
	return (code & 0xff) == SQLITE_BUSY;
}

static int on_busy(void *self, int count)
{
	(void)count;
	return lock_wait_once(self);
}

static int settle(sqlite3 *handle, struct lock_wait *wait)
{
	int code = SQLITE_OK;

	for (size_t i = 0; i < sizeof(switches) / sizeof(*switches) && code == SQLITE_OK; i++)
		code = sqlite3_db_config(handle, switches[i].name, switches[i].value, NULL);
	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		sqlite3_limit(handle, limits[i].name, limits[i].value);
	if (code == SQLITE_OK)
		code = sqlite3_busy_handler(handle, on_busy, wait);
	return code == SQLITE_OK ? connection_run(handle, pragmas, wait) : code;
}

int connection_open(struct sqlite3 **handle, const char *path, int flags, struct lock_wait *wait,
	int *error_number)
{
	int code = sqlite3_open_v2(path, handle,
		flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
		NULL);

	if (code == SQLITE_OK)
		code = settle(*handle, wait);
	*error_number = 0;
	if (code == SQLITE_OK)
		return code;
	if (*handle)
		*error_number = sqlite3_system_errno(*handle);
	sqlite3_close(*handle);
	*handle = NULL;
	return code;
}

void connection_wait_by(struct sqlite3 *handle, struct lock_wait *wait)
{
	sqlite3_busy_handler(handle, on_busy, wait);
}

int connection_run(struct sqlite3 *handle, const char *sql, struct lock_wait *wait)
{
	int code;

	lock_wait_begin(wait);
	do
		code = sqlite3_exec(handle, sql, NULL, NULL, NULL);
	while (is_busy(code) && lock_wait_once(wait));
	return code;
}

static int ask_once(sqlite3 *handle, const char *sql, long long *number)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW) {
		*number = sqlite3_column_int64(statement, 0);
		code = SQLITE_OK;
	} else if (code == SQLITE_DONE) {
		code = SQLITE_CORRUPT;
	}
	sqlite3_finalize(statement);
	return code;
}

int connection_ask(
	struct sqlite3 *handle, const char *sql, struct lock_wait *wait, long long *number)
{
	int code;

	lock_wait_begin(wait);
	do
		code = ask_once(handle, sql, number);
	while (is_busy(code) && lock_wait_once(wait));
	return code;
}
