#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/http_api/api_call.h"
#include "adapters/http_api/linkding_json.h"
#include "adapters/json/json_writer.h"
#include "adapters/rows/library_search.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/base/timestamp.h"
#include "domain/bookmarks/url.h"
#include "domain/search/query.h"

/* A page of a list on its way out. */
struct page {
	struct json_writer json;
	int64_t added_since;
	int64_t modified_since;
	size_t offset; /* of rows that pass the dates */
	size_t limit;
	size_t passed;
};

static bool put_row(void *self, const struct bookmark *bookmark)
{
	struct page *page = self;

	linkding_put_bookmark(&page->json, bookmark);
	return true;
}

/* With dates the rows are looked at one by one, as no query is so fine. */
static bool put_recent_row(void *self, const struct bookmark *bookmark)
{
	struct page *page = self;

	if (bookmark->added < page->added_since || bookmark->modified < page->modified_since)
		return true;
	if (page->passed >= page->offset && page->passed < page->offset + page->limit)
		linkding_put_bookmark(&page->json, bookmark);
	page->passed++;
	return true;
}

/* A parameter that is a date of ours or a longer one of RFC 3339; 0 where there is none. */
static bool read_since(struct api_call *call, const char *name, int64_t *since)
{
	const char *text = api_argument(call, name);

	*since = INT64_MIN;
	if (!text || !*text || timestamp_read(text, since))
		return true;
	api_refuse_field(call, name, "Not a valid date: give 2024-01-31T08:15:00Z.");
	return false;
}

/* RFC 3986, 2.3: what stays as it is. */
static void query_add_escaped(struct buffer *text, const char *value)
{
	for (; *value; value++)
		if (isalnum((unsigned char)*value) || strchr("-._~", *value))
			buffer_add_char(text, *value);
		else
			buffer_print(text, "%%%02X", (unsigned char)*value);
}

static void put_neighbour(struct json_writer *json, const struct api_call *call, const char *key,
	bool exists, size_t offset, size_t limit)
{
	char *address = api_own_address(call);
	struct buffer text = {0};
	const char *query = api_argument(call, "q");

	buffer_print(&text, "%s?limit=%zu&offset=%zu", address, limit, offset);
	if (query && *query) {
		buffer_add_string(&text, "&q=");
		query_add_escaped(&text, query);
	}
	json_add_string(json, key, exists ? buffer_text(&text) : NULL);
	buffer_finish(&text);
	free(address);
}

/* {"count": found, "next": …, "previous": …, "results": [rows]}; rows have their commas. */
static void linkding_answer_page(
	struct api_call *call, struct buffer *rows, size_t found, size_t offset, size_t limit)
{
	struct json_writer json = {.out = &call->out};

	json_open_object(&json);
	json_add_integer(&json, "count", (int64_t)found);
	put_neighbour(&json, call, "next", offset + limit < found, offset + limit, limit);
	put_neighbour(
		&json, call, "previous", offset > 0, offset > limit ? offset - limit : 0, limit);
	json_add_array(&json, "results");
	buffer_add(&call->out, buffer_text(rows), rows->length);
	json_close_array(&json);
	json_close_object(&json);
	api_answer(call, 200);
}

static void find_page(struct api_call *call, const struct query *query, struct page *page)
{
	bool dated = page->added_since != INT64_MIN || page->modified_since != INT64_MIN;
	const struct search_options finding = {
		.query = query,
		.order = NEWEST_FIRST,
		.offset = dated ? 0 : page->offset,
		.limit = dated ? 0 : page->limit,
	};
	struct buffer rows = {0};
	struct error error = {0};
	size_t found = 0;
	enum status status;

	page->json.out = &rows;
	status = library_search_again(
		call->search, &finding, dated ? put_recent_row : put_row, page, &found, &error);
	if (status != STATUS_OK)
		api_fail(call, status, &error, NULL);
	else
		linkding_answer_page(
			call, &rows, dated ? page->passed : found, page->offset, page->limit);
	buffer_finish(&rows);
}

/* Those that are archived, or those that are not, among what the client asks for. */
static void find_query(struct api_call *call, struct query *asked, bool archived, struct page *page)
{
	char tag[] = LINKDING_ARCHIVED;
	struct query tagged = {.kind = QUERY_TAG, .text = tag};
	struct query *negated[] = {&tagged};
	struct query without = {.kind = QUERY_NOT, .children = negated, .count = 1};
	struct query *both[] = {archived ? &tagged : &without, asked};
	struct query all = {.kind = QUERY_AND, .children = both, .count = 2};

	if (asked->kind == QUERY_ALL)
		find_page(call, both[0], page);
	else
		find_page(call, &all, page);
}

static void list(struct api_call *call, bool archived)
{
	const char *text = api_argument(call, "q");
	char *translated = linkding_query(text ? text : "");
	struct query_error failure;
	struct query *query = query_parse(translated, &failure);
	struct page page = {0};

	free(translated);
	if (!query)
		api_refuse_field(call, "q", failure.message);
	else if (api_number(call, "limit", 100, &page.limit) &&
		 api_number(call, "offset", 0, &page.offset) &&
		 read_since(call, "added_since", &page.added_since) &&
		 read_since(call, "modified_since", &page.modified_since))
		find_query(call, query, archived, &page);
	query_free(query);
}

/* The handlers of /api/bookmarks/, and what lists have in common. */
static void handle_list_bookmarks(struct api_call *call)
{
	list(call, false);
}

static void handle_list_archived(struct api_call *call)
{
	list(call, true);
}

static bool keep_one(void *self, const struct bookmark *bookmark)
{
	bookmark_copy(self, bookmark);
	return true;
}

/* False: it was answered, as there is none, or it is in the trash. bookmark is to be finished. */
static bool get_bookmark(struct api_call *call, int64_t id, struct bookmark *bookmark)
{
	struct catalogue *catalogue = call->library->catalogue;
	struct error error = {0};
	enum status status;

	bookmark_init(bookmark);
	status = catalogue->each_of(catalogue, &id, 1, keep_one, bookmark, &error);
	if (status == STATUS_OK && (!bookmark->id || bookmark->deleted))
		status = STATUS_NOT_FOUND;
	if (status != STATUS_OK)
		api_fail(call, status, &error, NULL);
	return status == STATUS_OK;
}

static void answer_bookmark(struct api_call *call, int64_t id, unsigned code)
{
	struct json_writer json = {.out = &call->out};
	struct bookmark bookmark;

	if (get_bookmark(call, id, &bookmark)) {
		linkding_put_bookmark(&json, &bookmark);
		api_answer(call, code);
	}
	bookmark_finish(&bookmark);
}

static void handle_get_bookmark(struct api_call *call)
{
	answer_bookmark(call, call->id, 200);
}

/* The bookmark with this address by the library's rule; 0: none. False: it was answered. */
static bool find_address(struct api_call *call, const char *typed, int64_t *id)
{
	struct catalogue *catalogue = call->library->catalogue;
	struct error error = {0};
	char *url = NULL, *normal = NULL;
	enum status status = url_from_typed(typed, &url, &error);

	*id = 0;
	if (status == STATUS_OK)
		status = url_normal_form(url, &normal, &error);
	if (status == STATUS_OK)
		status = catalogue->find(catalogue, normal, id, &error);
	free(normal);
	free(call->url);
	call->url = url;
	if (status != STATUS_OK)
		api_fail(call, status, &error, "url");
	return status == STATUS_OK;
}

/* What is not given stays. NULL patch strings leave a field as it is. */
static void edit(
	struct api_call *call, const struct linkding_bookmark *sent, int64_t id, unsigned code)
{
	struct bookmark known;
	struct bookmark_edit change = {.id = id};
	struct command command = {.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {&change, 1}};
	struct result result = {0};
	struct tag_set tags = {0};
	char *notes = NULL;
	enum status status;

	if (!get_bookmark(call, id, &known)) {
		bookmark_finish(&known);
		return;
	}
	notes = linkding_notes(sent, known.notes);
	change.patch.url = sent->url;
	change.patch.title = sent->title;
	change.patch.notes = notes;
	status = linkding_tags(sent, &known.tags, &tags, &result.error);
	bookmark_patch_tags(&change.patch, &known.tags, &tags);
	if (status != STATUS_OK)
		api_fail(call, status, &result.error, "tag_names");
	else if ((status = api_handle(call, &command, &result)) != STATUS_OK)
		api_fail(call, status, &result.error, "url");
	else
		answer_bookmark(call, id, code);
	result_finish(&result);
	tag_set_finish(&change.patch.tags);
	tag_set_finish(&change.patch.without);
	tag_set_finish(&tags);
	bookmark_finish(&known);
	free(notes);
}

/* title and description are the page's. */
static void add_sent(struct api_call *call, const struct linkding_bookmark *sent, const char *title,
	const char *description)
{
	const struct tag_set none = {0};
	struct bookmark_draft draft = {.url = call->url, .title = title, .tags_given = true};
	struct command command = {
		.type = ADD_BOOKMARKS, .as.add_bookmarks = {.drafts = &draft, .count = 1}};
	struct result result = {0};
	char *notes = linkding_notes(sent, description);
	enum status status = linkding_tags(sent, &none, &draft.tags, &result.error);

	draft.notes = notes ? notes : description;
	if (status != STATUS_OK)
		api_fail(call, status, &result.error, "tag_names");
	else if ((status = api_handle(call, &command, &result)) != STATUS_OK)
		api_fail(call, status, &result.error, "url");
	else
		answer_bookmark(call, result.items[0].id, 201);
	result_finish(&result);
	tag_set_finish(&draft.tags);
	free(notes);
}

/* Another client may have saved it while the page was asked for its title. */
static void add_or_edit(struct api_call *call, const char *title, const char *description)
{
	struct linkding_bookmark sent;
	const char *field = NULL;
	int64_t known;

	linkding_read(&sent, call->body, &field, NULL);
	if (!find_address(call, sent.url, &known))
		return;
	if (!known) {
		add_sent(call, &sent, sent.title && *sent.title ? sent.title : title, description);
		return;
	}
	sent.url = NULL; /* as it was given stays */
	edit(call, &sent, known, 201);
}

/* True if the body is a bookmark; else it was answered. */
static bool read_body(struct api_call *call, struct linkding_bookmark *sent, bool wants_url)
{
	const char *field = NULL;
	struct error error = {0};

	if (linkding_read(sent, call->body, &field, &error) != STATUS_OK)
		api_refuse_field(call, field, error.text);
	else if ((wants_url && !sent->url) || (sent->url && !*sent->url))
		api_refuse_field(call, "url", "This field is required.");
	else
		return true;
	return false;
}

static void handle_add_bookmark(struct api_call *call)
{
	struct linkding_bookmark sent;
	int64_t known;

	if (!read_body(call, &sent, true) || !find_address(call, sent.url, &known))
		return;
	if (known || (sent.title && *sent.title) || api_has_argument(call, "disable_scraping") ||
		!url_is_web(call->url))
		add_or_edit(call, "", "");
	else
		api_ask_title(call, call->url, add_or_edit);
}

static void change(struct api_call *call, bool wants_url)
{
	struct linkding_bookmark sent;

	if (read_body(call, &sent, wants_url))
		edit(call, &sent, call->id, 200);
}

static void handle_put_bookmark(struct api_call *call)
{
	change(call, true);
}

static void handle_patch_bookmark(struct api_call *call)
{
	change(call, false);
}

static void handle_delete_bookmark(struct api_call *call)
{
	struct command command = {
		.type = DELETE_BOOKMARKS, .as.delete_bookmarks = {.ids = &call->id, .count = 1}};
	struct result result = {0};
	enum status status = api_handle(call, &command, &result);

	if (status == STATUS_OK)
		api_answer(call, 204);
	else
		api_fail(call, status, &result.error, NULL);
	result_finish(&result);
}

static void archive(struct api_call *call, int archived)
{
	const struct linkding_bookmark sent = {.unread = -1, .archived = archived};

	edit(call, &sent, call->id, 204);
	if (call->status == 204)
		buffer_clear(&call->out);
}

static void handle_archive_bookmark(struct api_call *call)
{
	archive(call, 1);
}

static void handle_unarchive_bookmark(struct api_call *call)
{
	archive(call, 0);
}

static void answer_check(struct api_call *call, const struct bookmark *bookmark, const char *title,
	const char *notes)
{
	struct json_writer json = {.out = &call->out};

	json_open_object(&json);
	json_key(&json, "bookmark");
	if (bookmark)
		linkding_put_bookmark(&json, bookmark);
	else
		json_put_null(&json);
	json_add_object(&json, "metadata");
	json_add_string(&json, "url", call->url);
	json_add_string(&json, "title", title && *title ? title : NULL);
	json_add_string(&json, "description", notes && *notes ? notes : NULL);
	json_add_null(&json, "preview_image");
	json_close_object(&json);
	json_add_array(&json, "auto_tags");
	json_close_array(&json);
	json_close_object(&json);
	api_answer(call, 200);
}

static void answer_unknown(struct api_call *call, const char *title, const char *description)
{
	answer_check(call, NULL, title, description);
}

/* Of a known address the bookmark tells what there is; no page is asked. */
static void handle_check_address(struct api_call *call)
{
	const char *url = api_argument(call, "url");
	struct bookmark bookmark;
	int64_t id;

	if (!url || !*url) {
		api_refuse_field(call, "url", "This parameter is required.");
		return;
	}
	if (!find_address(call, url, &id))
		return;
	if (!id && url_is_web(call->url))
		api_ask_title(call, call->url, answer_unknown);
	else if (!id)
		answer_unknown(call, "", "");
	if (!id)
		return;
	if (get_bookmark(call, id, &bookmark))
		answer_check(call, &bookmark, bookmark.title, bookmark.notes);
	bookmark_finish(&bookmark);
}

/* Page and row of the list of tags. */
struct tag_page {
	struct json_writer json;
	size_t offset;
	size_t limit;
	size_t found;
	int64_t wanted; /* the id of the only one that is asked for; 0: a list */
};

/*
 * A tag lives on bookmarks and has no number here; clients want one that stays: FNV-1a of its
 * folded name, cut to what every JSON reader can hold.
 * https://datatracker.ietf.org/doc/draft-eastlake-fnv/
 */
static int64_t tag_id(const char *tag)
{
	size_t length;
	char *folded = text_fold(tag, strlen(tag), &length);
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)folded[i]) * 0x100000001b3u;
	free(folded);
	return (int64_t)(hash >> 12) + 1;
}

static void put_tag(struct json_writer *json, const char *tag)
{
	json_open_object(json);
	json_add_integer(json, "id", tag_id(tag));
	json_add_string(json, "name", tag);
	json_add_moment(json, "date_added", 0);
	json_close_object(json);
}

static bool visit_tag(void *self, const char *tag, size_t count)
{
	struct tag_page *page = self;

	(void)count;
	if (page->wanted ? tag_id(tag) == page->wanted
			 : page->found >= page->offset && page->found < page->offset + page->limit)
		put_tag(&page->json, tag);
	page->found += page->wanted ? tag_id(tag) == page->wanted : 1;
	return !page->wanted || !page->found;
}

static bool read_tag_page(struct api_call *call, struct tag_page *page)
{
	struct error error = {0};
	enum status status = library_search_each_tag(call->search, visit_tag, page, &error);

	if (status != STATUS_OK)
		api_fail(call, status, &error, NULL);
	return status == STATUS_OK;
}

static void handle_list_tags(struct api_call *call)
{
	struct buffer rows = {0};
	struct tag_page page = {.json.out = &rows};

	if (api_number(call, "limit", 100, &page.limit) &&
		api_number(call, "offset", 0, &page.offset) && read_tag_page(call, &page))
		linkding_answer_page(call, &rows, page.found, page.offset, page.limit);
	buffer_finish(&rows);
}

static void handle_get_tag(struct api_call *call)
{
	struct tag_page page = {.json.out = &call->out, .wanted = call->id};

	if (!read_tag_page(call, &page))
		return;
	if (page.found)
		api_answer(call, 200);
	else
		api_refuse(call, 404, "Not found.");
}

/* It lives once a bookmark has it: nothing is stored. */
static void handle_add_tag(struct api_call *call)
{
	const char *name = json_string_value(json_object_get(call->body, "name"));
	struct json_writer json = {.out = &call->out};
	struct tag_set tags = {0};

	if (!name || !tag_set_add(&tags, name) || strchr(name, ',')) {
		api_refuse_field(call, "name", "Not a valid tag.");
	} else {
		put_tag(&json, tags.tags[0]);
		api_answer(call, 201);
	}
	tag_set_finish(&tags);
}

/* What a client may ask of a user's choices; nothing of it can be chosen here. */
static void handle_profile(struct api_call *call)
{
	buffer_add_string(&call->out,
		"{\"theme\": \"auto\", \"bookmark_date_display\": \"relative\", "
		"\"bookmark_link_target\": \"_blank\", \"web_archive_integration\": \"disabled\", "
		"\"tag_search\": \"lax\", \"enable_sharing\": false, \"enable_public_sharing\": "
		"false, "
		"\"enable_favicons\": false, \"display_url\": false, \"permanent_notes\": false, "
		"\"search_preferences\": {\"sort\": \"added_desc\", \"shared\": \"off\", "
		"\"unread\": "
		"\"off\"}}");
	api_answer(call, 200);
}

/* Bookmarks, tags, the profile, the log. */
static const struct api_route routes[] = {
	{"GET", "/api/bookmarks/", handle_list_bookmarks, .body = false},
	{"POST", "/api/bookmarks/", handle_add_bookmark, .body = true},
	{"GET", "/api/bookmarks/archived/", handle_list_archived, .body = false},
	{"GET", "/api/bookmarks/check/", handle_check_address, .body = false},
	{"GET", "/api/bookmarks/#/", handle_get_bookmark, .body = false},
	{"PUT", "/api/bookmarks/#/", handle_put_bookmark, .body = true},
	{"PATCH", "/api/bookmarks/#/", handle_patch_bookmark, .body = true},
	{"DELETE", "/api/bookmarks/#/", handle_delete_bookmark, .body = false},
	{"POST", "/api/bookmarks/#/archive/", handle_archive_bookmark, .body = false},
	{"POST", "/api/bookmarks/#/unarchive/", handle_unarchive_bookmark, .body = false},
	{"GET", "/api/tags/", handle_list_tags, .body = false},
	{"POST", "/api/tags/", handle_add_tag, .body = true},
	{"GET", "/api/tags/#/", handle_get_tag, .body = false},
	{"GET", "/api/user/profile/", handle_profile, .body = false},
	{"GET", "/api/events/", NULL, .streamed = true},
};

/* "//api/tags" is "/api/tags/": base addresses end in a slash, and paths do not always. */
static char *plain_path(const char *path)
{
	size_t length;

	while (path[0] == '/' && path[1] == '/')
		path++;
	length = strlen(path);
	return memory_print("%s%s", path, length && path[length - 1] == '/' ? "" : "/");
}

static bool path_matches(const char *pattern, const char *path, int64_t *id)
{
	while (*pattern && *path) {
		if (*pattern == '#') {
			size_t digits = strspn(path, "0123456789");

			if (!digits || digits > 18)
				return false;
			*id = strtoll(path, NULL, 10);
			path += digits;
			pattern++;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return !*pattern && !*path;
}

void api_route_find(struct api_call *call, const char *method, const char *url)
{
	char *path = plain_path(url);
	int64_t id;

	if (!strcmp(method, "HEAD"))
		method = "GET";
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		const struct api_route *route = &routes[i];

		id = 0;
		if (!path_matches(route->path, path, &id))
			continue;
		if (!strcmp(route->method, method)) {
			call->route = route;
			call->id = id;
			break;
		}
		snprintf(call->allow + strlen(call->allow),
			sizeof(call->allow) - strlen(call->allow), "%s%s", *call->allow ? ", " : "",
			route->method);
	}
	free(path);
}
