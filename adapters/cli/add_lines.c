#include "adapters/cli/add_lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/cli/complaint.h"
#include "adapters/cli/input_lines.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/late_titles.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/address_line.h"
#include "domain/bookmarks/url.h"

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

static enum exit_code hand_in(struct cli *cli, const struct batch *batch)
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
	code = hand_in(cli, &batch);
	for (size_t i = 0; i < lines->count; i++) {
		address_line_finish(&batch.addresses[i]);
		tag_set_finish(&batch.drafts[i].tags);
	}
	free(batch.addresses);
	free(batch.drafts);
	return code;
}

enum exit_code add_lines(struct cli *cli, const struct bookmark_draft *common)
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
