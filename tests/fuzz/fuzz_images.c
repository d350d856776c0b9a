#include "adapters/sqlite/change_images.c"

#include <stdbool.h>

#include "adapters/sqlite/id_list.h"
#include "tests/fuzz/fuzz_case.h"

/* No library is needed for the texts. */
struct sqlite3_stmt *database_statement(struct database *database, const char *sql)
{
	(void)database;
	(void)sql;
	return NULL;
}

struct sqlite3_stmt *database_statement_of(
	struct database *database, const char *sql, int64_t number)
{
	(void)number;
	return database_statement(database, sql);
}

enum status database_step(struct database *database, struct sqlite3_stmt *statement)
{
	(void)database;
	(void)statement;
	return STATUS_NOT_FOUND;
}

enum status database_run(struct database *database, struct sqlite3_stmt *statement)
{
	return database_step(database, statement);
}

enum status database_failure(struct database *database, int code, struct error *error)
{
	(void)code;
	(void)error;
	return database_step(database, NULL);
}

static void promise(bool kept)
{
	if (!kept)
		abort();
}

/* What was read and is printed is read as the same, whole and as a difference. */
static void check_image(const char *text)
{
	struct bookmark read, again, plain;
	char *printed, *difference;

	bookmark_init(&read);
	bookmark_init(&again);
	bookmark_init(&plain);
	change_image_read(text, &read);
	printed = image_print(&read, NULL);
	change_image_read(printed, &again);
	promise(bookmark_equal(&read, &again));
	difference = image_print(&read, &plain);
	change_image_read(difference, &plain);
	promise(bookmark_equal(&read, &plain));
	free(difference);
	free(printed);
	bookmark_finish(&plain);
	bookmark_finish(&again);
	bookmark_finish(&read);
}

static void check_ids(const char *text)
{
	int64_t *ids = NULL, *again = NULL;
	size_t capacity = 0, room = 0, count = id_list_read(text, &ids, &capacity, 500);
	char *printed = id_list_print(ids, count);

	promise(count <= 500);
	promise(id_list_read(printed, &again, &room, 500) == count);
	promise(!count || memcmp(ids, again, count * sizeof(*ids)) == 0);
	free(printed);
	free(again);
	free(ids);
}

/* The texts of the journal: an image of a bookmark, and the ids of an event. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = memory_copy_bytes((const char *)data, size);

	check_image(text);
	check_ids(text);
	free(text);
	return 0;
}
