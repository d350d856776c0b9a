#include <stdlib.h>
#include <string.h>

#include "adapters/cli/add_lines.h"
#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/http/page_title.h"
#include "domain/bookmarks/url.h"

/* The bookmark with this address, 0 if there is none: of a known one no page is asked. */
static enum exit_code look_up(struct cli *cli, const char *url, int64_t *id)
{
	struct catalogue *catalogue = cli_catalogue(cli);
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
	enum exit_code code = look_up(cli, url, &known);

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

static enum exit_code add(struct cli *cli, struct bookmark_draft *draft)
{
	enum exit_code code = cli_open(cli);

	if (code)
		return code;
	return strcmp(draft->url, "-") ? add_one(cli, draft) : add_lines(cli, draft);
}

static enum exit_code run(struct cli *cli)
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
		code = add(cli, &draft);
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
	.run = run,
};
