#include "adapters/cli/selection.h"

#include <stdlib.h>

#include "adapters/cli/cli_query.h"
#include "adapters/cli/complaint.h"
#include "domain/base/memory.h"

/* A selection that is being filled. They come in the order of the ids, but some may be missing. */
struct filling {
	struct selection *selection;
	size_t next;
};

static bool selection_keep(void *self, const struct bookmark *bookmark)
{
	struct filling *filling = self;
	struct selection *selection = filling->selection;

	for (size_t tried = 0; tried < selection->count; tried++) {
		size_t at = (filling->next + tried) % selection->count;

		if (selection->bookmarks[at].id != bookmark->id)
			continue;
		bookmark_copy(&selection->bookmarks[at], bookmark);
		filling->next = at + 1;
		break;
	}
	return true;
}

static enum exit_code read_rows(
	struct selection *selection, struct cli *cli, const int64_t *ids, size_t count)
{
	struct catalogue *catalogue = cli->library.catalogue;
	struct filling filling = {.selection = selection};
	struct error error = {0};

	selection->bookmarks = memory_array(count, sizeof(*selection->bookmarks));
	for (size_t i = 0; i < count; i++) {
		bookmark_init(&selection->bookmarks[i]);
		selection->bookmarks[i].id = ids[i];
	}
	selection->count = count;
	return cli_fail(cli,
		catalogue->each_of(catalogue, ids, count, selection_keep, &filling, &error),
		&error);
}

static enum exit_code find_ids(
	struct cli *cli, const struct query *query, int64_t **ids, size_t *count)
{
	enum exit_code code = cli_query_ids(cli, query, ids, count);

	if (code || *count)
		return code;
	complain("%s: nothing matches: nothing was done", cli->line.command->name);
	return EXIT_NOT_FOUND;
}

/* --matching=TEXT and the words behind it are one query; words before it would be ids. */
static enum exit_code read_matching(struct cli *cli, struct query **query)
{
	const char *value = cli->line.values[OPTION_MATCHING];
	char *words;
	char *text;
	enum exit_code code;

	if (cli->line.before[OPTION_MATCHING])
		return cli_misused(cli, "\"%s\" stands before --matching: give ids or a query",
			cli->line.words[0]);
	if (!value && !cli->line.word_count)
		return cli_misused(cli, "--matching needs a query");
	words = command_line_join(&cli->line, 0);
	text = memory_print("%s%s%s", value ? value : "", value && *words ? " " : "", words);
	code = cli_query_read(cli, text, query);
	free(text);
	free(words);
	return code;
}

static enum exit_code matching_ids(struct cli *cli, int64_t **ids, size_t *count)
{
	struct query *query = NULL;
	enum exit_code code = read_matching(cli, &query);

	if (!code)
		code = find_ids(cli, query, ids, count);
	query_free(query);
	return code;
}

enum exit_code selection_ids(struct cli *cli, int64_t **ids, size_t *count)
{
	*ids = NULL;
	*count = 0;
	if (cli->line.given[OPTION_MATCHING])
		return matching_ids(cli, ids, count);
	if (!cli->line.word_count)
		return cli_misused(cli, "an argument is missing");
	return cli_ids(cli, 0, ids, count);
}

enum exit_code selection_read(struct selection *selection, struct cli *cli)
{
	int64_t *ids = NULL;
	size_t count = 0;
	enum exit_code code;

	*selection = (struct selection){0};
	code = selection_ids(cli, &ids, &count);
	if (!code)
		code = cli_open_reading(cli);
	if (!code)
		code = read_rows(selection, cli, ids, count);
	free(ids);
	return code;
}

void selection_finish(struct selection *selection)
{
	for (size_t i = 0; i < selection->count; i++)
		bookmark_finish(&selection->bookmarks[i]);
	free(selection->bookmarks);
	*selection = (struct selection){0};
}

bool selection_has(const struct selection *selection, size_t at)
{
	return *selection->bookmarks[at].url && !selection->bookmarks[at].deleted;
}

static void complain_of_missing(const struct bookmark *bookmark, const char *what)
{
	if (bookmark->deleted)
		complain("%s: bookmark %lld is in the trash: see barky trash restore", what,
			(long long)bookmark->id);
	else
		complain("%s: no bookmark %lld", what, (long long)bookmark->id);
}

enum exit_code selection_check(const struct selection *selection, const char *what)
{
	enum exit_code code = EXIT_DONE;

	for (size_t i = 0; i < selection->count; i++) {
		if (selection_has(selection, i))
			continue;
		complain_of_missing(&selection->bookmarks[i], what);
		code = EXIT_NOT_FOUND;
	}
	return code;
}

enum exit_code selection_run(
	struct cli *cli, enum exit_code (*run)(struct cli *cli, const struct selection *selection))
{
	struct selection selection;
	enum exit_code code = selection_read(&selection, cli);

	if (!code)
		code = selection_check(&selection, cli->line.command->name);
	if (!code)
		code = run(cli, &selection);
	selection_finish(&selection);
	return code;
}
