#include "tui/browser_offers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "tui/number.h"

static void forget_offers(struct browser_offers *browsers)
{
	for (size_t i = 0; i < browsers->count; i++) {
		free(browsers->offers[i].browser);
		free(browsers->offers[i].program);
		free(browsers->offers[i].path);
	}
	browsers->count = 0;
}

static void read_offer(struct browser_offers *browsers, char *line)
{
	const char *browser = strsep(&line, "\t");
	const char *bookmarks = strsep(&line, "\t");
	const char *program = strsep(&line, "\t");

	if (!line)
		return;
	browsers->offers = memory_grow(
		browsers->offers, browsers->count, &browsers->capacity, sizeof(*browsers->offers));
	browsers->offers[browsers->count++] = (struct browser_offer){
		.browser = memory_copy_string(browser),
		.program = memory_copy_string(program),
		.path = memory_copy_string(line),
		.bookmarks = strtoul(bookmarks, NULL, 10),
	};
}

void browser_offers_read(struct browser_offers *browsers, const char *lines)
{
	char *copy = memory_copy_string(lines);

	forget_offers(browsers);
	for (char *rest = copy, *line; (line = strsep(&rest, "\n"));)
		read_offer(browsers, line);
	browsers->known = true;
	browsers->asked = false;
	free(copy);
}

void browser_offers_finish(struct browser_offers *browsers)
{
	forget_offers(browsers);
	free(browsers->offers);
	free(browsers->chosen);
	*browsers = (struct browser_offers){0};
}

size_t browser_offers_want(struct browser_offers *browsers, const char *browser)
{
	size_t count = 0;

	for (size_t i = 0; i < browsers->count; i++) {
		struct browser_offer *offer = &browsers->offers[i];
		offer->wanted = !browser || strcasecmp(browser, offer->browser) == 0;
		count += offer->wanted;
	}
	return count;
}

char *browser_offers_print(const struct browser_offers *browsers, bool counts)
{
	struct buffer text = {0};
	char number[NUMBER_SIZE];

	for (size_t i = 0; i < browsers->count; i++) {
		const struct browser_offer *offer = &browsers->offers[i];
		if (!offer->wanted)
			continue;
		number_print(offer->bookmarks, number);
		buffer_print(&text, "%s%s%s%s", text.length > 0 ? ", " : "", offer->program,
			counts ? " " : "", counts ? number : "");
	}
	return buffer_take(&text);
}
