#include <stdlib.h>
#include <string.h>

#include "adapters/http_api/api_call.h"
#include "adapters/http_api/bookmark_routes.h"
#include "adapters/json/json_writer.h"
#include "adapters/rows/library_search.h"
#include "domain/base/text.h"

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
	json_key(json, "id");
	json_put_integer(json, tag_id(tag));
	json_key(json, "name");
	json_put_string(json, tag);
	json_key(json, "date_added");
	json_put_moment(json, 0);
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

static bool read_tags(struct api_call *call, struct tag_page *page)
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
		api_number(call, "offset", 0, &page.offset) && read_tags(call, &page))
		linkding_answer_page(call, &rows, page.found, page.offset, page.limit);
	buffer_finish(&rows);
}

static void handle_get_tag(struct api_call *call)
{
	struct tag_page page = {.json.out = &call->out, .wanted = call->id};

	if (!read_tags(call, &page))
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

const struct api_route api_routes[] = {
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
	{NULL, NULL, NULL, .body = false},
};
