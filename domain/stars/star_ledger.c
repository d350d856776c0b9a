#include "domain/stars/star_ledger.h"

#include <stdlib.h>
#include <string.h>

#include "domain/bookmarks/bookmark_source.h"
#include "domain/base/memory.h"

struct star_request star_list_covers(const struct star_list *list, struct tag_set *tags)
{
	const char *colon = strchr(list->covers, ':');
	const char *timestamps = strstr(list->covers, "timestamps");
	const char *topics = strstr(list->covers, "topics");

	if (colon)
		tag_set_add_list(tags, colon + 1, NULL);
	return (struct star_request){
		.timestamps = colon && timestamps && timestamps < colon,
		.topics = colon && topics && topics < colon,
		.tags = tags,
	};
}

void star_init(struct star *star)
{
	*star = (struct star){
		.title = memory_copy_string(""),
		.url = memory_copy_string(""),
		.notes = memory_copy_string(""),
		.starred_at = NO_DATE,
	};
}

void star_finish(struct star *star)
{
	free(star->title);
	free(star->url);
	free(star->notes);
	tag_set_finish(&star->tags);
	tag_set_finish(&star->given);
	*star = (struct star){0};
}
