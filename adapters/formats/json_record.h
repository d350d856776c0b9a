#ifndef ADAPTERS_FORMATS_JSON_RECORD_H
#define ADAPTERS_FORMATS_JSON_RECORD_H

#include <jansson.h>
#include <stdbool.h>

#include "adapters/formats/record.h"

/*
 * One JSON object made a bookmark, by the names that programs give to its parts (fields.h). A
 * repository of GitHub is one too, alone or as "repo" beside "starred_at". Karakeep keeps the
 * address within "content".
 *
 * Returns false with a reason if a part that is needed is of the wrong type. A date that cannot be
 * read is none.
 */
bool json_record_fill(struct record *record, const json_t *object, struct error *error);

/* Whether it names an address: else it is a folder, or nothing of ours. */
bool json_record_has_address(const json_t *object);

/*
 * A JSON document that holds bookmarks somewhere: the browsers' trees of folders (Firefox's
 * backup, Chrome's Bookmarks, what chrome.bookmarks.getTree() answers), the lists that services
 * put theirs into ("results", "bookmarks", "collections"). It is walked without recursion; what is
 * entered is lent by the document. { 0 } is a tree without anything.
 */
struct json_tree {
	struct json_branch *branches;
	size_t depth;
	size_t capacity;
	struct folders folders;
	long number; /* of the record, from 1 */
};

/* Whether a document holds bookmarks in some list. */
bool json_tree_holds(const json_t *document);

/* If it does, the walk begins; else false. The name of one that is a folder becomes a tag. */
bool json_tree_begin(struct json_tree *tree, const json_t *document, bool is_folder);

/*
 * Fills the record with the next bookmark: SOURCE_BOOKMARK (not yet checked), SOURCE_SKIPPED with
 * a reason, or SOURCE_END.
 */
enum source_step json_tree_next(struct json_tree *tree, struct record *record, struct error *error);

void json_tree_finish(struct json_tree *tree);

#endif
