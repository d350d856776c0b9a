#include "tui/pager.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

void pager_finish(struct pager *pager)
{
	free(pager->text);
	free(pager->filter);
	*pager = (struct pager){0};
}

void pager_open(struct pager *pager, enum pager_topic topic, const char *heading)
{
	pager_finish(pager);
	pager->topic = topic;
	snprintf(pager->heading, sizeof(pager->heading), "%s", heading);
}

void pager_filter(struct pager *pager, const char *text)
{
	free(pager->filter);
	pager->filter = memory_copy_string(text);
	pager->scroll = (struct scroll){0};
}

static bool holds(const struct page_line *line, const char *folded)
{
	char *whole = memory_print("%s %s", line->label ? line->label : "", line->text);
	char *text = text_fold(whole, strlen(whole), NULL);
	bool found = strstr(text, folded) != NULL;

	free(text);
	free(whole);
	return found;
}

void pager_sift(const struct pager *pager, struct page *page)
{
	size_t kept = 0;

	if (!pager->filter || !*pager->filter)
		return;
	char *folded = text_fold(pager->filter, strlen(pager->filter), NULL);
	for (size_t i = 0; i < page->count; i++) {
		if (holds(&page->lines[i], folded)) {
			page->lines[kept++] = page->lines[i];
		} else {
			free(page->lines[i].label);
			free(page->lines[i].text);
		}
	}
	page->count = kept;
	free(folded);
}
