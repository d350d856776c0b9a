#include "adapters/formats/json_tree.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/formats/json_record.h"
#include "domain/base/memory.h"

/* Roots within roots: Opera's custom_root; deeper there are none. */
#define ROOTS_MAX 4

/* Folders above a Linkwarden collection that are looked for, and among how many. */
#define PARENTS_MAX     8
#define COLLECTIONS_MAX 2000

/* What lists of bookmarks are called in a document; of "children" what has no address is no
 * bookmark (a separator, an empty folder), of the others it is a damaged one. */
static const char *const lists[] = {"children", "results", "bookmarks", "links", "items", "data",
	"list", "posts", "articles", "collections", "_embedded"};

#define QUIET_LIST 0

/* A list, and how many of its members were seen. */
struct json_branch {
	const json_t *list; /* an array, or an object whose values are the members */
	size_t next;
	void *iterator; /* of an object */
	bool is_quiet;
};

bool json_tree_holds(const json_t *node)
{
	if (json_is_object(json_object_get(node, "roots")))
		return true;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const json_t *list = json_object_get(node, lists[i]);

		if (json_is_array(list) || json_is_object(list))
			return true;
	}
	return false;
}

static void enter(struct json_tree *tree, const json_t *list, const char *name, bool is_quiet)
{
	if (!json_is_array(list) && !json_is_object(list))
		return;
	tree->branches =
		memory_grow(tree->branches, tree->depth, &tree->capacity, sizeof(*tree->branches));
	tree->branches[tree->depth++] = (struct json_branch){
		.list = list,
		.iterator = json_object_iter((json_t *)list),
		.is_quiet = is_quiet,
	};
	folders_enter(&tree->folders, name);
}

static const json_t *next_member(struct json_branch *branch)
{
	const json_t *member;

	if (json_is_array(branch->list))
		return json_array_get(branch->list, branch->next++);
	member = json_object_iter_value(branch->iterator);
	branch->iterator = json_object_iter_next((json_t *)branch->list, branch->iterator);
	return member;
}

/*
 * The roots of Chrome and its kin have names of their own, in any language: they are no tags. The
 * last that is entered is walked first. What is in no folder may be one: Opera's custom_root.
 */
static void enter_roots(struct json_tree *tree, const json_t *roots, int depth)
{
	static const char *const last[] = {"synced", "other", "bookmark_bar"};
	const size_t count = sizeof(last) / sizeof(last[0]);
	const char *key;
	json_t *root;

	json_object_foreach((json_t *)roots, key, root)
	{
		bool is_last = false;

		for (size_t i = 0; i < count; i++)
			is_last |= strcmp(key, last[i]) == 0;
		if (is_last || strcmp(key, "trash") == 0)
			continue;
		if (json_is_array(json_object_get(root, "children")))
			enter(tree, json_object_get(root, "children"), NULL, true);
		else if (json_is_object(root) && depth < ROOTS_MAX)
			enter_roots(tree, root, depth + 1);
	}
	for (size_t i = 0; i < count; i++)
		enter(tree, json_object_get(json_object_get(roots, last[i]), "children"), NULL,
			true);
}

/* False if it holds none. */
static bool enter_lists(struct json_tree *tree, const json_t *node, const char *name)
{
	size_t depth = tree->depth;

	if (json_is_object(json_object_get(node, "roots")))
		enter_roots(tree, json_object_get(node, "roots"), 0);
	for (size_t i = sizeof(lists) / sizeof(lists[0]); i-- > 0;)
		enter(tree, json_object_get(node, lists[i]), name, i == QUIET_LIST);
	return tree->depth > depth;
}

bool json_tree_begin(struct json_tree *tree, const json_t *document)
{
	return enter_lists(tree, document, NULL);
}

static bool is_text(const json_t *value, const char *text)
{
	const char *string = json_string_value(value);

	return string && strcmp(string, text) == 0;
}

/* A browser's own folder: by Firefox's mark or guid, or because Chrome's root is above it. */
static bool is_root(const json_t *node)
{
	static const char *const guids[] = {
		"root________", "toolbar_____", "menu________", "unfiled_____", "mobile______"};

	if (json_object_get(node, "root") || is_text(json_object_get(node, "parentId"), "0"))
		return true;
	for (size_t i = 0; i < sizeof(guids) / sizeof(guids[0]); i++)
		if (is_text(json_object_get(node, "guid"), guids[i]) ||
			is_text(json_object_get(node, "id"), guids[i]))
			return true;
	return false;
}

static const json_t *find_by_id(const json_t *list, json_int_t id)
{
	size_t index;
	json_t *node;

	json_array_foreach((json_t *)list, index,
		node) if (json_integer_value(json_object_get(node, "id")) == id) return node;
	return NULL;
}

/* Linkwarden's collections lie side by side, each with the number of the one above it. */
static void add_parents(struct buffer *name, const json_t *list, const json_t *node)
{
	json_int_t id;

	if (!json_is_array(list) || json_array_size(list) > COLLECTIONS_MAX)
		return;
	for (int i = 0; i < PARENTS_MAX; i++) {
		id = json_integer_value(json_object_get(node, "parentId"));
		node = id ? find_by_id(list, id) : NULL;
		if (!node || !json_name(node))
			return;
		buffer_print(name, ",%s", json_name(node));
	}
}

static void enter_folder(struct json_tree *tree, const json_t *node)
{
	const json_t *siblings = tree->branches[tree->depth - 1].list;
	struct buffer name = {0};

	if (json_name(node))
		buffer_add_string(&name, json_name(node));
	add_parents(&name, siblings, node);
	enter_lists(tree, node, is_root(node) ? NULL : buffer_text(&name));
	buffer_finish(&name);
}

/* Separators, empty folders and what else has neither children nor an address. */
static bool is_nothing(const struct json_branch *branch, const json_t *node)
{
	const json_t *type = json_object_get(node, "type");

	return branch->is_quiet && json_is_object(node) && !is_text(type, "text/x-moz-place") &&
	       !is_text(type, "url");
}

static enum source_step tree_fill(
	struct json_tree *tree, struct record *record, const json_t *node, struct error *error)
{
	record->place = ++tree->number;
	if (!json_record_fill(record, node, error))
		return SOURCE_SKIPPED;
	folders_add_to(&tree->folders, record);
	return SOURCE_BOOKMARK;
}

enum source_step json_tree_next(struct json_tree *tree, struct record *record, struct error *error)
{
	while (tree->depth > 0) {
		struct json_branch *branch = &tree->branches[tree->depth - 1];
		const json_t *node = next_member(branch);

		if (!node) {
			tree->depth--;
			folders_leave(&tree->folders);
			continue;
		}
		record_clear(record);
		if (json_is_array(node))
			enter(tree, node, NULL, branch->is_quiet);
		else if (json_is_object(branch->list) && !json_is_object(node))
			continue; /* what stands beside the lists */
		else if (json_record_has_address(node))
			return tree_fill(tree, record, node, error);
		else if (json_tree_holds(node))
			enter_folder(tree, node);
		else if (!is_nothing(branch, node))
			return tree_fill(tree, record, node, error);
	}
	return SOURCE_END;
}

void json_tree_finish(struct json_tree *tree)
{
	free(tree->branches);
	folders_finish(&tree->folders);
	*tree = (struct json_tree){0};
}
