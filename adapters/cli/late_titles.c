#include "adapters/cli/late_titles.h"

#include <poll.h>
#include <stdlib.h>

#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/http/page_title.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"

#define AT_ONCE      8
#define FAILURES_MAX 8 /* in a row, before no more are asked */

struct untitled;

/* The fetching of all of them. */
struct late_titles {
	struct cli *cli;
	struct http_client *client;
	struct untitled *items;
	size_t count;
	size_t capacity;
	size_t asked;
	size_t answered;
	size_t failures; /* in a row */
	int64_t change;
};

struct untitled {
	struct late_titles *titles;
	int64_t id;
	char *url;
	struct page_title *page; /* while it is asked for */
};

static bool keep_untitled(void *self, const struct bookmark *bookmark)
{
	struct late_titles *titles = self;

	if (*bookmark->title || bookmark->deleted || !url_is_web(bookmark->url))
		return true;
	titles->items = memory_grow(
		titles->items, titles->count, &titles->capacity, sizeof(*titles->items));
	titles->items[titles->count++] = (struct untitled){
		.titles = titles,
		.id = bookmark->id,
		.url = memory_copy_string(bookmark->url),
	};
	return true;
}

static void find_untitled(struct late_titles *titles, const struct result *added)
{
	struct catalogue *catalogue = cli_catalogue(titles->cli);
	int64_t *ids = memory_array(added->item_count, sizeof(*ids));
	size_t count = 0;

	for (size_t i = 0; i < added->item_count; i++)
		if (!added->items[i].status)
			ids[count++] = added->items[i].id;
	catalogue->each_of(catalogue, ids, count, keep_untitled, titles, NULL);
	free(ids);
}

static void set_title(const struct untitled *item, const char *title)
{
	const struct bookmark_edit edit = {.id = item->id, .patch = {.title = title}};
	const struct command command = {
		.type = EDIT_BOOKMARKS,
		.change = item->titles->change,
		.as.edit_bookmarks = {.edits = &edit, .count = 1},
	};

	bus_handle(cli_bus(item->titles->cli), &command, NULL);
}

static void on_title(void *self, enum status status, const char *title, const struct error *error)
{
	struct untitled *item = self;
	struct late_titles *titles = item->titles;

	(void)error;
	item->page = NULL;
	titles->answered++;
	titles->failures = status == STATUS_NETWORK ? titles->failures + 1 : 0;
	if (*title)
		set_title(item, title);
}

static bool wants_more(const struct late_titles *titles)
{
	return titles->asked < titles->count && titles->failures < FAILURES_MAX;
}

static void fetch(struct late_titles *titles)
{
	struct pollfd stop = {.fd = interruption_fd(), .events = POLLIN};

	titles->client = cli_http_client(titles->cli);
	while (!interruption_signal()) {
		while (wants_more(titles) && titles->asked - titles->answered < AT_ONCE) {
			struct untitled *item = &titles->items[titles->asked++];

			item->page = page_title_ask(titles->client, item->url, on_title, item);
		}
		if (titles->asked == titles->answered)
			break;
		http_client_wait(titles->client, &stop, 1, -1);
	}
	for (size_t i = 0; i < titles->asked; i++)
		page_title_cancel(titles->items[i].page);
	http_client_free(titles->client);
}

static void finish(struct late_titles *titles)
{
	for (size_t i = 0; i < titles->count; i++)
		free(titles->items[i].url);
	free(titles->items);
}

void late_titles_fetch(struct cli *cli, const struct result *added)
{
	struct late_titles titles = {.cli = cli, .change = added->change};

	find_untitled(&titles, added);
	if (titles.count)
		fetch(&titles);
	if (titles.asked < titles.count && !interruption_signal() && !cli->quiet)
		complain("add: the pages do not answer: the titles that are left were not fetched");
	finish(&titles);
}
