#include "adapters/formats/json_tree.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/formats/dates.h"
#include "domain/base/memory.h"

/* The children of a folder, and how many of them were seen. */
struct json_branch {
	const json_t *children;
	size_t next;
};

static void enter(struct json_tree *tree, const json_t *children, const char *name)
{
	if (!json_is_array(children))
		return;
	tree->branches =
		memory_grow(tree->branches, tree->depth, &tree->capacity, sizeof(*tree->branches));
	tree->branches[tree->depth++] = (struct json_branch){.children = children};
	folders_enter(&tree->folders, name);
}

/*
 * Chrome's roots have names of their own, in any language: they are no tags. The last that is
 * entered is walked first.
 */
static void enter_chrome(struct json_tree *tree, const json_t *roots)
{
	static const char *const last[] = {"synced", "other", "bookmark_bar"};
	const char *key;
	json_t *root;

	json_object_foreach((json_t *)roots, key, root)
	{
		if (strcmp(key, "trash") != 0 && strcmp(key, last[0]) != 0 &&
			strcmp(key, last[1]) != 0 && strcmp(key, last[2]) != 0)
			enter(tree, json_object_get(root, "children"), NULL);
	}
	for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++)
		enter(tree, json_object_get(json_object_get(roots, last[i]), "children"), NULL);
}

bool json_tree_begin(struct json_tree *tree, const json_t *document)
{
	const json_t *roots = json_object_get(document, "roots");
	const json_t *children = json_object_get(document, "children");

	if (json_is_object(roots))
		enter_chrome(tree, roots);
	else if (json_is_array(children))
		enter(tree, children, NULL);
	else
		return false;
	return true;
}

static const char *text_of(const json_t *node, const char *key)
{
	return json_string_value(json_object_get(node, key));
}

/* The name of a folder that is a tag; NULL of a browser's own. */
static const char *tag_of_folder(const json_t *node)
{
	const char *name = text_of(node, "title");

	if (json_object_get(node, "root"))
		return NULL;
	return name ? name : text_of(node, "name");
}

static bool add_text(struct buffer *field, const json_t *node, const char *key, struct error *error)
{
	const json_t *value = json_object_get(node, key);

	if (!value || json_is_null(value))
		return true;
	if (!json_is_string(value)) {
		error_set(error, "its \"%s\" is not text", key);
		return false;
	}
	buffer_add(field, json_string_value(value), json_string_length(value));
	return true;
}

/* Dates are numbers in Firefox, and numbers in text in Chrome, which count from 1601. */
static int64_t date_of(const json_t *node, const char *firefox, const char *chrome)
{
	const json_t *number = json_object_get(node, firefox);
	const char *text = text_of(node, chrome);

	if (json_is_integer(number))
		return date_of_number(json_integer_value(number));
	return text ? date_of_webkit(strtoll(text, NULL, 10)) : NO_DATE;
}

/* Firefox kept descriptions as annotations, Vivaldi keeps them beside what Chrome has. */
static void add_notes(struct record *record, const json_t *node)
{
	const char *description = text_of(json_object_get(node, "meta_info"), "Description");
	size_t index;
	json_t *note;

	if (description)
		buffer_add_string(&record->notes, description);
	json_array_foreach(json_object_get(node, "annos"), index, note)
	{
		const char *name = text_of(note, "name"), *value = text_of(note, "value");

		if (name && value && strcmp(name, "bookmarkProperties/description") == 0)
			buffer_add_string(&record->notes, value);
	}
}

static enum source_step fill(
	struct json_tree *tree, struct record *record, const json_t *node, struct error *error)
{
	const char *tags = text_of(node, "tags");
	bool is_firefox = json_object_get(node, "uri");

	record->place = ++tree->number;
	record->added = date_of(node, "dateAdded", "date_added");
	record->modified = date_of(node, "lastModified", "date_modified");
	folders_add_to(&tree->folders, record);
	add_notes(record, node);
	if (tags)
		record_add_folder(record, tags);
	if (add_text(&record->url, node, is_firefox ? "uri" : "url", error) &&
		add_text(&record->title, node, is_firefox ? "title" : "name", error))
		return SOURCE_BOOKMARK;
	return SOURCE_SKIPPED;
}

/* Separators, empty folders and what else has neither children nor an address. */
static bool is_bookmark(const json_t *node)
{
	const char *type = text_of(node, "type");

	if (json_object_get(node, "uri") || json_object_get(node, "url"))
		return true;
	return type && (strcmp(type, "text/x-moz-place") == 0 || strcmp(type, "url") == 0);
}

enum source_step json_tree_next(struct json_tree *tree, struct record *record, struct error *error)
{
	while (tree->depth > 0) {
		struct json_branch *branch = &tree->branches[tree->depth - 1];
		const json_t *node = json_array_get(branch->children, branch->next++);

		if (!node) {
			tree->depth--;
			folders_leave(&tree->folders);
			continue;
		}
		record_clear(record);
		if (is_bookmark(node))
			return fill(tree, record, node, error);
		if (json_is_object(node)) {
			enter(tree, json_object_get(node, "children"), tag_of_folder(node));
			continue;
		}
		record->place = ++tree->number;
		error_set(error, "it is not an object");
		return SOURCE_SKIPPED;
	}
	return SOURCE_END;
}

void json_tree_finish(struct json_tree *tree)
{
	free(tree->branches);
	folders_finish(&tree->folders);
	*tree = (struct json_tree){0};
}
