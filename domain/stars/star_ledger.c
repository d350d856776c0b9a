#include "domain/stars/star_ledger.h"

#include <stdlib.h>

#include "domain/bookmarks/bookmark_source.h"
#include "domain/base/memory.h"

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
