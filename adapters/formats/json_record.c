#include "adapters/formats/json_record.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/formats/dates.h"
#include "domain/base/memory.h"
#include "domain/base/timestamp.h"
#include "domain/links/link_look.h"

/* The values of an object by what they are; of two names of one field the better. */
struct parts {
	const json_t *values[FIELD_COUNT];
	const char *keys[FIELD_COUNT];
	int ranks[FIELD_COUNT];
};

static const json_t *member(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_null(value) ? NULL : value;
}

/* The text of an object that stands for its name: {"name": "a"}; NULL if there is none. Lent. */
static const char *json_name(const json_t *value)
{
	static const char *const keys[] = {"name", "title", "label", "tag"};

	if (json_is_string(value))
		return json_string_value(value);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *name = json_string_value(json_object_get(value, keys[i]));

		if (name)
			return name;
	}
	return NULL;
}

/* Pinboard calls its title a description, and its description "extended". */
static bool is_pinboard(const json_t *object)
{
	return member(object, "href") && !member(object, "title") && !member(object, "url");
}

/* Whether there is anything that can be lost: not "", 0, false, []. */
static bool is_said(const json_t *value)
{
	if (json_is_string(value))
		return loss_is_said(json_string_value(value));
	if (json_is_integer(value))
		return json_integer_value(value) != 0;
	return json_is_true(value) || json_array_size(value) > 0 || json_object_size(value) > 0;
}

static bool is_empty(const json_t *value)
{
	return json_is_string(value) && json_string_length(value) == 0;
}

/*
 * Of two names the better counts, of what is empty neither. Notes are gathered on the way. False if
 * one of them is not text.
 */
static bool sort_member(struct record *record, struct parts *parts, const struct field_name *name,
	const char *key, const json_t *value, struct error *error)
{
	if (name->field == FIELD_LOST) {
		if (is_said(value) && !(name->rank == LOSS_CONTENT && json_is_object(value)))
			record_lose(record, (enum loss)name->rank);
	} else if (name->field == FIELD_NOTES) {
		if (json_is_string(value))
			record_add_notes(
				record, json_string_value(value), json_string_length(value));
		if (json_is_number(value) || json_is_boolean(value)) {
			error_set(error, "its \"%s\" is not text", key);
			return false;
		}
	} else if (!parts->values[name->field] || is_empty(parts->values[name->field]) ||
		   (name->rank < parts->ranks[name->field] && !is_empty(value))) {
		parts->values[name->field] = value;
		parts->keys[name->field] = key;
		parts->ranks[name->field] = name->rank;
	}
	return true;
}

static bool sort_members(
	struct record *record, struct parts *parts, const json_t *object, struct error *error)
{
	const struct field_name pinboards = {"description", FIELD_TITLE, 0};
	bool of_pinboard = is_pinboard(object);
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value)
	{
		const struct field_name *name = field_find(key, strlen(key));

		if (of_pinboard && strcmp(key, "description") == 0)
			name = &pinboards;
		if (name && !json_is_null(value) &&
			!sort_member(record, parts, name, key, value, error))
			return false;
	}
	return true;
}

static bool take_text(
	struct buffer *text, const struct parts *parts, enum field field, struct error *error)
{
	const json_t *value = parts->values[field];

	if (!value)
		return true;
	if (!json_is_string(value)) {
		error_set(error, "its \"%s\" is not text", parts->keys[field]);
		return false;
	}
	buffer_add(text, json_string_value(value), json_string_length(value));
	return true;
}

static int64_t date_of(const json_t *value)
{
	if (json_is_string(value))
		return date_of_text(json_string_value(value));
	if (json_is_integer(value))
		return date_of_number(json_integer_value(value));
	if (json_is_real(value) && json_real_value(value) > -9e18 && json_real_value(value) < 9e18)
		return date_of_number((int64_t)json_real_value(value));
	return NO_DATE;
}

/* Only Pinboard, which allows no blanks in a tag, puts blanks between them. */
static enum tag_style tag_style_of(const json_t *object)
{
	if (is_pinboard(object))
		return TAGS_BY_COMMAS_OR_BLANKS;
	return member(object, "time_added") && member(object, "status") ? TAGS_BY_BARS
									: TAGS_LISTED;
}

/* A list of texts or of objects with names, an object whose keys they are, or one text. */
static bool take_tags(
	struct record *record, const struct parts *parts, const json_t *object, struct error *error)
{
	const json_t *value = parts->values[FIELD_TAGS];
	const char *key;
	size_t index;
	json_t *tag;

	if (json_is_string(value))
		record_add_tags(record, json_string_value(value), tag_style_of(object));
	json_object_foreach((json_t *)value, key, tag) record_add_folder(record, key);
	json_array_foreach((json_t *)value, index, tag)
	{
		const char *name = json_name(tag);

		if (!name) {
			error_set(error, "one of its \"%s\" is not text", parts->keys[FIELD_TAGS]);
			return false;
		}
		record_add_folder(record, name);
	}
	if (value && !json_is_string(value) && !json_is_array(value) && !json_is_object(value)) {
		error_set(error, "its \"%s\" are neither a list nor text", parts->keys[FIELD_TAGS]);
		return false;
	}
	return true;
}

static void take_folder(struct record *record, const json_t *value)
{
	const char *name = json_name(value);

	if (json_is_string(value))
		record_add_path(record, name);
	else if (name && !record_is_no_folder(name, strlen(name)))
		record_add_folder(record, name);
}

/* Firefox kept descriptions as annotations, Vivaldi keeps them beside what Chrome has. */
static void take_browser_notes(struct record *record, const json_t *object)
{
	const char *description = json_string_value(
		json_object_get(json_object_get(object, "meta_info"), "Description"));
	size_t index;
	json_t *note;

	if (description)
		record_add_notes(record, description, strlen(description));
	json_array_foreach(json_object_get(object, "annos"), index, note)
	{
		const char *name = json_string_value(json_object_get(note, "name"));
		const char *value = json_string_value(json_object_get(note, "value"));

		if (name && value && strcmp(name, "bookmarkProperties/description") == 0)
			record_add_notes(record, value, strlen(value));
	}
}

static int64_t moment_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	int64_t seconds = 0;

	return text && timestamp_read(text, &seconds) ? seconds : 0;
}

static char *words_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text && *text ? memory_copy_string(text) : NULL;
}

/* What a check found of it in another library. */
static void take_link(struct record *record, const json_t *object)
{
	const json_t *known = json_object_get(object, "link");
	const char *name = json_string_value(json_object_get(known, "state"));
	json_int_t status = json_integer_value(json_object_get(known, "status"));
	struct bookmark_link *link = &record->bookmark.link;
	enum link_state state;

	if (!name || !link_state_of(name, &state) || state == LINK_UNCHECKED ||
		moment_of(known, "checked") <= 0)
		return;
	bookmark_link_finish(link);
	link->state = state;
	link->checked = moment_of(known, "checked");
	link->since = moment_of(known, "since");
	link->status = status > 0 && status < 1000 ? (int)status : 0;
	link->url = words_of(known, "url");
	link->reason = words_of(known, "reason");
	if (state == LINK_DEAD) /* twice, a day apart, it was missing */
		link->missing_since = link->since - LINK_DAY;
}

/* A field that other programs have too is among the parts. */
static void take_own(
	struct record *record, const json_t *object, const struct bookmark_field *field)
{
	bool is_flag = field->type == BOOKMARK_FLAG;
	const json_t *value;

	if (!is_flag && field->type != BOOKMARK_TIME)
		return;
	if (!field->is_shown || field_find(field->name, strlen(field->name)))
		return;
	value = json_object_get(object, field->name);
	if (is_flag)
		record_set_own(record, field, json_is_true(value) ? "true" : "false");
	else if (json_is_string(value))
		record_set_own(record, field, json_string_value(value));
}

/* Where it came from, in barky's own form. */
static void take_origin(struct record *record, const json_t *object)
{
	const char *source = json_string_value(json_object_get(object, "source"));

	if (!source || !json_object_get(object, "date_added"))
		return;
	record_set_origin(record, source);
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		take_own(record, object, &bookmark_fields[i]);
	take_link(record, object);
}

static const json_t *content_of(const json_t *object)
{
	const json_t *content = json_object_get(object, "content");

	return json_is_object(content) ? content : NULL;
}

static bool fill_bookmark(struct record *record, const json_t *object, struct error *error)
{
	const json_t *content = content_of(object);
	struct parts parts = {0};

	if (!sort_members(record, &parts, object, error))
		return false;
	if (content && !parts.values[FIELD_URL] && !sort_members(record, &parts, content, error))
		return false;
	record->bookmark.added = date_of(parts.values[FIELD_ADDED]);
	record->bookmark.modified = date_of(parts.values[FIELD_MODIFIED]);
	take_folder(record, parts.values[FIELD_FOLDER]);
	take_browser_notes(record, object);
	take_origin(record, object);
	return take_text(&record->url, &parts, FIELD_URL, error) &&
	       take_text(&record->title, &parts, FIELD_TITLE, error) &&
	       take_tags(record, &parts, object, error);
}

/* What GitHub calls "url" is the API's. */
static bool fill_star(struct record *record, const json_t *repository, const json_t *starred_at,
	struct error *error)
{
	const struct parts parts = {
		.values = {[FIELD_URL] = member(repository, "html_url"),
			[FIELD_TITLE] = member(repository, "full_name"),
			[FIELD_NOTES] = member(repository, "description"),
			[FIELD_TAGS] = member(repository, "topics")},
		.keys = {[FIELD_URL] = "html_url",
			[FIELD_TITLE] = "full_name",
			[FIELD_NOTES] = "description",
			[FIELD_TAGS] = "topics"},
	};
	const json_t *language = json_object_get(repository, "language");

	if (json_is_string(starred_at))
		record->bookmark.added = date_of(starred_at);
	if (json_is_string(language))
		record_add_folder(record, json_string_value(language));
	return take_text(&record->url, &parts, FIELD_URL, error) &&
	       take_text(&record->title, &parts, FIELD_TITLE, error) &&
	       take_text(&record->notes, &parts, FIELD_NOTES, error) &&
	       take_tags(record, &parts, repository, error);
}

static bool is_repository(const json_t *object)
{
	return json_object_get(object, "html_url") && json_object_get(object, "full_name");
}

static bool names_address(const json_t *object)
{
	const char *key;
	json_t *value;

	if (json_is_string(json_object_get(object, "url")))
		return true;
	json_object_foreach((json_t *)object, key, value)
	{
		const struct field_name *name = field_find(key, strlen(key));

		if (name && name->field == FIELD_URL && !json_is_null(value) &&
			!json_is_object(value))
			return true;
	}
	return false;
}

bool json_record_has_address(const json_t *object)
{
	return is_repository(object) || is_repository(json_object_get(object, "repo")) ||
	       names_address(object) || names_address(content_of(object));
}

bool json_record_fill(struct record *record, const json_t *object, struct error *error)
{
	const json_t *repository = json_object_get(object, "repo");

	if (!json_is_object(object)) {
		error_set(error, "it is not an object");
		return false;
	}
	if (json_is_object(repository))
		return fill_star(record, repository, json_object_get(object, "starred_at"), error);
	return is_repository(object) ? fill_star(record, object, NULL, error)
				     : fill_bookmark(record, object, error);
}

/* Roots within roots: Opera's custom_root; deeper there are none. */
#define ROOTS_MAX 4

/* Folders above a Linkwarden collection that are looked for, and among how many. */
#define PARENTS_MAX     8
#define COLLECTIONS_MAX 2000

/* What lists of bookmarks are called in a document. */
struct list_name {
	const char *name;
	bool is_quiet; /* what has no address is no bookmark: a separator, an empty folder */
	bool is_full;  /* by the same name others keep words or numbers: only one that begins with
			  an object or a list is meant */
};

static const struct list_name lists[] = {
	{"children", true, false},
	{"results", false, false},
	{"bookmarks", false, false},
	{"links", false, false},
	{"items", false, false},
	{"data", false, false},
	{"list", false, false},
	{"posts", false, false},
	{"articles", false, false},
	{"collections", false, false},
	{"_embedded", false, false},
	{"folders", true, true},
	{"groups", true, true},
	{"lists", true, true},
	{"cards", false, true},
	{"sessions", true, true},
	{"windows", true, true},
	{"tabs", false, true},
};

#define LISTS (sizeof(lists) / sizeof(lists[0]))

/* A list, and how many of its members were seen. */
struct json_branch {
	const json_t *list; /* an array, or an object whose values are the members */
	size_t next;
	void *iterator; /* of an object */
	bool is_quiet;
};

static bool is_list(const json_t *value)
{
	return json_is_array(value) || json_is_object(value);
}

static const json_t *first_member(const json_t *list)
{
	return json_is_array(list) ? json_array_get(list, 0)
				   : json_object_iter_value(json_object_iter((json_t *)list));
}

/* The list of this name in a node; NULL if it has none. */
static const json_t *list_of(const json_t *node, const struct list_name *name)
{
	const json_t *list = json_object_get(node, name->name);

	return is_list(list) && (!name->is_full || is_list(first_member(list))) ? list : NULL;
}

bool json_tree_holds(const json_t *node)
{
	if (json_is_object(json_object_get(node, "roots")))
		return true;
	for (size_t i = 0; i < LISTS; i++)
		if (list_of(node, &lists[i]))
			return true;
	return false;
}

static void enter(struct json_tree *tree, const json_t *list, const char *name, bool is_quiet)
{
	if (!is_list(list))
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
	for (size_t i = LISTS; i-- > 0;)
		enter(tree, list_of(node, &lists[i]), name, lists[i].is_quiet);
	return tree->depth > depth;
}

bool json_tree_begin(struct json_tree *tree, const json_t *document, bool is_folder)
{
	return enter_lists(tree, document, is_folder ? json_name(document) : NULL);
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
		else if (json_is_object(branch->list) &&
			 json_record_has_address(first_member(node)))
			enter(tree, node, NULL,
				branch->is_quiet); /* the tabs of a window, by number */
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
