#ifndef ADAPTERS_HTTP_API_BOOKMARK_ROUTES_H
#define ADAPTERS_HTTP_API_BOOKMARK_ROUTES_H

#include "adapters/http_api/api_call.h"

/* The handlers of /api/bookmarks/, and what lists have in common. */
void handle_list_bookmarks(struct api_call *call);
void handle_list_archived(struct api_call *call);
void handle_get_bookmark(struct api_call *call);
void handle_check_address(struct api_call *call);
void handle_add_bookmark(struct api_call *call);
void handle_put_bookmark(struct api_call *call);
void handle_patch_bookmark(struct api_call *call);
void handle_delete_bookmark(struct api_call *call);
void handle_archive_bookmark(struct api_call *call);
void handle_unarchive_bookmark(struct api_call *call);

/* {"count": found, "next": …, "previous": …, "results": [rows]}; rows have their commas. */
void linkding_answer_page(
	struct api_call *call, struct buffer *rows, size_t found, size_t offset, size_t limit);

#endif
