#include "tui/bookmark_page.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/link_words.h"
#include "tui/relative_time.h"

/* "a,b" → "#a #b". */
static char *with_signs(const char *tags)
{
	char *signs = memory_new(strlen(tags) * 3 + 2);
	char *to = signs;

	*to++ = '#';
	for (; *tags; tags++) {
		if (*tags == ',')
			to = stpcpy(to, " #");
		else
			*to++ = *tags;
	}
	return signs;
}

static char *dates(const struct row *row)
{
	char added[DAY_SIZE];
	char modified[DAY_SIZE];

	day_print(row->added, added);
	day_print(row->modified, modified);
	if (strcmp(added, modified) == 0)
		return memory_print("added %s", added);
	return memory_print("added %s, changed %s", added, modified);
}

static void add_tags(struct page *page, const char *tags)
{
	char *signs = with_signs(tags);

	page_add(page, signs, STYLE_TAG, IN_TAGS);
	free(signs);
}

/* A note may be a book; where only its beginning can be seen, no more of it is looked at. */
static void add_notes(struct page *page, const char *notes, size_t most)
{
	size_t length = strnlen(notes, most);
	char *part = memory_copy_bytes(notes, length);

	page_add(page, part, STYLE_TEXT, IN_NOTES);
	free(part);
}

static void add_remarks(const struct row *row, struct page *page)
{
	const char *link = link_state_words(row->link);

	if (*link)
		page_add(page, link, row->link == LINK_DEAD ? STYLE_ERROR : STYLE_WARNING, 0);
	if (row->unstarred)
		page_add(page, "no longer starred", STYLE_WARNING, 0);
}

void bookmark_page_make(const struct row *row, int columns, size_t most, struct page *page)
{
	page_start(page, columns);
	if (*row->title)
		page_add(page, row->title, STYLE_HEADING, IN_TITLE);
	page_add(page, row->url, STYLE_ADDRESS, IN_URL);
	if (*row->notes) {
		page_blank(page);
		add_notes(page, row->notes, most);
	}
	page_blank(page);
	if (*row->tags)
		add_tags(page, row->tags);
	char *when = dates(row);
	char *last = memory_print("%s, %s, number %lld", when, row->source, (long long)row->id);
	page_add(page, last, STYLE_DIM, 0);
	add_remarks(row, page);
	free(last);
	free(when);
}

void bookmark_page_make_short(const struct row *row, int columns, struct page *page)
{
	page_start(page, columns);
	page_add(page, row_label(row), STYLE_HEADING, *row->title ? IN_TITLE : IN_URL);
	if (*row->title)
		page_add(page, row->url, STYLE_ADDRESS, IN_URL);
	if (*row->tags)
		add_tags(page, row->tags);
	add_remarks(row, page);
	if (*row->notes)
		add_notes(page, row->notes, BOOKMARK_PAGE_PREVIEW);
}
