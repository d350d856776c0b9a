#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/http/page_title.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/address_line.h"
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
	struct catalogue *catalogue = titles->cli->library.catalogue;
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
	struct result result = {0};

	if (bus_handle(item->titles->cli->library.bus, &command, &result) != STATUS_OK)
		complain("add: the title of bookmark %lld: %s", (long long)item->id,
			result.error.text);
	result_finish(&result);
}

static void add_on_title(
	void *self, enum status status, const char *title, const struct error *error)
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

			item->page = page_title_ask(titles->client, item->url, add_on_title, item);
		}
		if (titles->asked == titles->answered)
			break;
		http_client_wait(titles->client, &stop, 1, -1);
	}
	for (size_t i = 0; i < titles->asked; i++)
		page_title_cancel(titles->items[i].page);
	http_client_free(titles->client);
}

static void add_finish(struct late_titles *titles)
{
	for (size_t i = 0; i < titles->count; i++)
		free(titles->items[i].url);
	free(titles->items);
}

/*
 * Fetches the titles of pages whose bookmarks are in the library already, but without one, and
 * makes them part of the change that added them. It gives up when several pages in a row cannot
 * be reached; a bookmark without a title is whole too.
 */
static void late_titles_fetch(struct cli *cli, const struct result *added)
{
	struct late_titles titles = {.cli = cli, .change = added->change};

	find_untitled(&titles, added);
	if (titles.count)
		fetch(&titles);
	if (titles.asked < titles.count && !interruption_signal() && !cli->quiet)
		complain("add: the pages do not answer: the titles that are left were not fetched");
	add_finish(&titles);
}

/* The bookmark with this address, 0 if there is none: of a known one no page is asked. */
static enum exit_code add_look_up(struct cli *cli, const char *url, int64_t *id)
{
	struct catalogue *catalogue = cli->library.catalogue;
	struct error error = {0};
	char *normal = NULL;
	enum status status = url_normal_form(url, &normal, &error);

	*id = 0;
	if (!status)
		status = catalogue->find(catalogue, normal, id, &error);
	free(normal);
	return cli_fail(cli, status, &error);
}

/* The page's title, NULL if none is wanted or it cannot be had: that is no reason not to add. */
static char *fetch_title(struct cli *cli, const char *url)
{
	struct error error = {0};
	struct http_client *client;
	char *title = NULL;
	enum status status;

	if (cli->line.given[OPTION_TITLE] || cli->line.given[OPTION_OFFLINE] || !url_is_web(url))
		return NULL;
	client = cli_http_client(cli);
	status = page_title_fetch(client, url, interruption_flag(), &title, &error);
	http_client_free(client);
	if (status && status != STATUS_INTERRUPTED && !cli->quiet)
		complain("add: the page's title could not be fetched: %s",
			error.text[0] ? error.text : status_message(status));
	return title;
}

static enum exit_code hand_in(struct cli *cli, struct bookmark_draft *draft)
{
	const struct command command = {
		.type = ADD_BOOKMARKS,
		.as.add_bookmarks =
			{
				.drafts = draft,
				.count = 1,
				.update = cli->line.given[OPTION_UPDATE],
			},
	};
	struct result result = {0};
	enum exit_code code = cli_handle(cli, &command, &result);

	if (!code)
		output_format(&cli->out, "%lld\n", (long long)result.items[0].id);
	result_finish(&result);
	return code;
}

static enum exit_code add_address(struct cli *cli, const char *url, struct bookmark_draft *draft)
{
	char *title = NULL;
	int64_t known;
	enum exit_code code = add_look_up(cli, url, &known);

	if (code)
		return code;
	if (!known)
		title = fetch_title(cli, url);
	if (interruption_signal())
		code = EXIT_INTERRUPTED;
	if (title)
		draft->title = title;
	draft->url = url;
	if (!code)
		code = hand_in(cli, draft);
	free(title);
	return code;
}

static enum exit_code add_one(struct cli *cli, struct bookmark_draft *draft)
{
	struct error error = {0};
	char *url = NULL;
	enum exit_code code = cli_fail(cli, url_from_typed(draft->url, &url, &error), &error);

	if (!code)
		code = add_address(cli, url, draft);
	free(url);
	return code;
}

/* The lines of a file that hold anything: blanks at their ends dropped, owned. Not checked
 * otherwise. */
struct input_line {
	char *text;
	size_t number; /* from 1 */
};

struct input_lines {
	struct input_line *lines;
	size_t count;
	size_t capacity;
};

/* A NUL would end the text early: as another control character it is refused like the rest. */
static char *copy_line(const char *bytes, size_t length)
{
	char *text = memory_copy_bytes(bytes, length);

	for (size_t i = 0; i < length; i++)
		if (!text[i])
			text[i] = '\001';
	return text_trim(text);
}

static void add_keep(struct input_lines *lines, const char *bytes, size_t length, size_t number)
{
	char *text = copy_line(bytes, length);

	if (!*text) {
		free(text);
		return;
	}
	lines->lines =
		memory_grow(lines->lines, lines->count, &lines->capacity, sizeof(*lines->lines));
	lines->lines[lines->count++] = (struct input_line){text, number};
}

/* Reads to the end, or until a signal arrives. False if the file cannot be read (errno). */
static bool input_lines_read(struct input_lines *lines, FILE *file)
{
	char *line = NULL;
	size_t capacity = 0;
	size_t number = 0;
	ssize_t length;

	*lines = (struct input_lines){0};
	while (!interruption_signal() && (length = getline(&line, &capacity, file)) >= 0)
		add_keep(lines, line, (size_t)length, ++number);
	free(line);
	return !ferror(file);
}

static void input_lines_finish(struct input_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->lines[i].text);
	free(lines->lines);
	*lines = (struct input_lines){0};
}

/* Why an address cannot be used: the domain keeps only the last reason of many. */
static void find_error(const char *typed, struct error *error)
{
	char *url = NULL;
	char *normal = NULL;

	if (!url_from_typed(typed, &url, error))
		url_normal_form(url, &normal, error);
	error_set_default(error, "%s", status_message(STATUS_INVALID));
	free(normal);
	free(url);
}

static void complain_of_line(
	const struct input_line *line, const char *url, const struct result_item *item)
{
	struct error error = {0};

	if (item->status == STATUS_DUPLICATE)
		error_set(&error, "bookmark %lld has this address", (long long)item->id);
	else
		find_error(url, &error);
	complain("add: line %zu: \"%s\": %s", line->number, line->text, error.text);
}

/* What was read, line by line, and the drafts that borrow it. */
struct batch {
	const struct input_lines *lines;
	struct address_line *addresses;
	struct bookmark_draft *drafts;
};

static enum exit_code report(
	struct cli *cli, const struct batch *batch, const struct result *result)
{
	enum exit_code code = EXIT_DONE;

	for (size_t i = 0; i < result->item_count; i++) {
		const struct result_item *item = &result->items[i];

		if (!item->status) {
			output_format(&cli->out, "%lld\n", (long long)item->id);
			continue;
		}
		complain_of_line(&batch->lines->lines[i], batch->addresses[i].url, item);
		code = EXIT_FAILED;
	}
	output_flush(&cli->out);
	return code;
}

static enum exit_code hand_in_all(struct cli *cli, const struct batch *batch)
{
	const struct command command = {
		.type = ADD_BOOKMARKS,
		.as.add_bookmarks =
			{
				.drafts = batch->drafts,
				.count = batch->lines->count,
				.update = cli->line.given[OPTION_UPDATE],
				.partial = true,
			},
	};
	struct result result = {0};
	enum exit_code code = cli_handle(cli, &command, &result);

	if (!code) {
		code = report(cli, batch, &result);
		if (!cli->line.given[OPTION_OFFLINE])
			late_titles_fetch(cli, &result);
	}
	result_finish(&result);
	return code;
}

/* Title and tags of the line itself, and what was asked for all. */
static void fill_draft(struct bookmark_draft *draft, const struct address_line *address,
	const struct bookmark_draft *common)
{
	*draft = *common;
	draft->tags = (struct tag_set){0};
	draft->url = address->url;
	if (*address->title)
		draft->title = address->title;
	tag_set_copy(&draft->tags, &common->tags);
	tag_set_unite(&draft->tags, &address->tags);
	draft->tags_given |= address->tags.count > 0;
}

static enum exit_code add_all(
	struct cli *cli, const struct input_lines *lines, const struct bookmark_draft *common)
{
	struct batch batch = {
		.lines = lines,
		.addresses = memory_array(lines->count, sizeof(*batch.addresses)),
		.drafts = memory_array(lines->count, sizeof(*batch.drafts)),
	};
	enum exit_code code;

	for (size_t i = 0; i < lines->count; i++) {
		address_line_read(&batch.addresses[i], lines->lines[i].text);
		fill_draft(&batch.drafts[i], &batch.addresses[i], common);
	}
	code = hand_in_all(cli, &batch);
	for (size_t i = 0; i < lines->count; i++) {
		address_line_finish(&batch.addresses[i]);
		tag_set_finish(&batch.drafts[i].tags);
	}
	free(batch.addresses);
	free(batch.drafts);
	return code;
}

static enum exit_code add_lines(struct cli *cli, const struct bookmark_draft *common)
{
	struct input_lines lines;
	enum exit_code code = EXIT_DONE;

	if (!input_lines_read(&lines, stdin)) {
		complain("add: standard input cannot be read: %s", strerror(errno));
		code = EXIT_FAILED;
	} else if (interruption_signal()) {
		code = EXIT_INTERRUPTED;
	} else if (lines.count) {
		code = add_all(cli, &lines, common);
	}
	input_lines_finish(&lines);
	return code;
}

static enum exit_code add_add(struct cli *cli, struct bookmark_draft *draft)
{
	enum exit_code code = cli_open(cli);

	if (code)
		return code;
	return strcmp(draft->url, "-") ? add_one(cli, draft) : add_lines(cli, draft);
}

static enum exit_code add_run(struct cli *cli)
{
	const struct command_line *line = &cli->line;
	struct error error = {0};
	struct bookmark_draft draft = {
		.url = line->words[0],
		.title = line->values[OPTION_TITLE],
		.notes = line->values[OPTION_NOTES],
		.tags_given = line->given[OPTION_TAGS],
	};
	enum exit_code code;

	if (!strcmp(draft.url, "-") && draft.title)
		return cli_misused(cli, "--title is for one address");
	if (draft.tags_given && tag_set_add_list(&draft.tags, line->values[OPTION_TAGS], &error))
		code = cli_misused(cli, "--tags: %s", error.text);
	else
		code = add_add(cli, &draft);
	tag_set_finish(&draft.tags);
	return code;
}

static const enum option_id options[] = {
	OPTION_TITLE, OPTION_NOTES, OPTION_TAGS, OPTION_OFFLINE, OPTION_UPDATE, OPTIONS_END};

const struct cli_command add_command = {
	.name = "add",
	.usage = "URL [--title TEXT] [--notes TEXT] [--tags LIST] [--offline] [--update]\n"
		 "- [--notes TEXT] [--tags LIST] [--offline] [--update]",
	.summary = "add a bookmark, and print its id",
	.details = "Without --title the page's title is fetched, unless --offline. An address that "
		   "is\n"
		   "known is refused, with its id; with --update the given fields are changed "
		   "instead.\n"
		   "\"-\" reads addresses from standard input, one a line, and adds what it can as "
		   "one\n"
		   "change; it fails if any was refused.",
	.least = 1,
	.most = 1,
	.options = options,
	.run = add_run,
};
