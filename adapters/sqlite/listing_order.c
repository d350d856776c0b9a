#include "adapters/sqlite/listing_order.h"

#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

/* What a row is ordered by: a number, or a text in the arena. */
struct key {
	int64_t id;
	int64_t number;
	const char *text;
};

struct keys {
	struct key *items;
	size_t count;
	size_t capacity;
};

/* Read as the table lies: through an index each row would be looked up by itself. */
static const char *const sql_of[] = {
	[BY_MODIFIED] = "SELECT id, modified FROM bookmarks NOT INDEXED WHERE deleted = 0",
	[BY_TITLE] =
		("SELECT id, coalesce(nullif(title, ''), url) FROM bookmarks NOT INDEXED WHERE "
		 "deleted = 0"),
	[BY_URL] = "SELECT id, url FROM bookmarks NOT INDEXED WHERE deleted = 0",
};

static bool by_text(const struct listing *listing)
{
	return listing->order == BY_TITLE || listing->order == BY_URL;
}

/* Later ids first among equals. */
static int compare_numbers(const void *a, const void *b)
{
	const struct key *left = a, *right = b;

	if (left->number != right->number)
		return left->number > right->number ? -1 : 1;
	return left->id > right->id ? -1 : 1;
}

static int compare_texts(const void *a, const void *b)
{
	const struct key *left = a, *right = b;
	int order = strcmp(left->text, right->text);

	if (order != 0)
		return order;
	return left->id > right->id ? -1 : 1;
}

static struct key *push(struct keys *keys)
{
	keys->items = memory_grow(keys->items, keys->count, &keys->capacity, sizeof(*keys->items));
	return &keys->items[keys->count++];
}

static void read_key(struct key *key, sqlite3_stmt *statement, bool text)
{
	const char *value;
	size_t length;

	*key = (struct key){.id = sqlite3_column_int64(statement, 0)};
	if (!text) {
		key->number = sqlite3_column_int64(statement, 1);
		return;
	}
	value = database_text(statement, 1);
	key->text = text_fold(value, (size_t)sqlite3_column_bytes(statement, 1), &length);
}

static enum status read_keys(
	struct database *database, const struct listing *listing, struct keys *keys)
{
	sqlite3_stmt *statement = database_statement(database, sql_of[listing->order]);
	enum status status;

	while ((status = database_step(database, statement)) == STATUS_OK)
		read_key(push(keys), statement, by_text(listing));
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static void cut(const struct keys *keys, const struct listing *listing, struct id_sequence *ids)
{
	size_t left = listing->offset < keys->count ? keys->count - listing->offset : 0;
	size_t count = listing->limit && listing->limit < left ? listing->limit : left;

	for (size_t i = 0; i < count; i++) {
		size_t place = listing->offset + i;

		id_sequence_put(
			ids, keys->items[listing->reverse ? keys->count - 1 - place : place].id);
	}
}

static enum status sort_ids(
	struct database *database, const struct listing *listing, struct id_sequence *ids)
{
	struct keys keys = {0};
	enum status status = read_keys(database, listing, &keys);

	if (keys.count)
		qsort(keys.items, keys.count, sizeof(*keys.items),
			by_text(listing) ? compare_texts : compare_numbers);
	cut(&keys, listing, ids);
	for (size_t i = 0; i < keys.count; i++)
		free((char *)keys.items[i].text);
	free(keys.items);
	return status;
}

static const char *ordered_sql(const struct listing *listing)
{
	static const char newest[] = "SELECT id FROM bookmarks WHERE deleted = 0"
				     " ORDER BY added DESC, id DESC LIMIT ? OFFSET ?";
	static const char oldest[] = "SELECT id FROM bookmarks WHERE deleted = 0"
				     " ORDER BY added, id LIMIT ? OFFSET ?";
	static const char trash[] = "SELECT id FROM bookmarks WHERE deleted <> 0"
				    " ORDER BY deleted DESC, id DESC LIMIT ? OFFSET ?";

	if (listing->trashed)
		return trash;
	return listing->reverse ? oldest : newest;
}

static enum status ordered_ids(
	struct database *database, const struct listing *listing, struct id_sequence *ids)
{
	sqlite3_stmt *statement = database_statement(database, ordered_sql(listing));
	enum status status;

	sqlite3_bind_int64(statement, 1, listing->limit ? (int64_t)listing->limit : -1);
	sqlite3_bind_int64(statement, 2, (int64_t)listing->offset);
	while ((status = database_step(database, statement)) == STATUS_OK)
		id_sequence_put(ids, sqlite3_column_int64(statement, 0));
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status listing_order_ids(
	struct database *database, const struct listing *listing, struct id_sequence *ids)
{
	enum status status = listing->trashed || listing->order == BY_ADDED
				     ? ordered_ids(database, listing, ids)
				     : sort_ids(database, listing, ids);

	id_sequence_rewind(ids);
	return status;
}
