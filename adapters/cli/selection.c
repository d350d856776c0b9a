#include "adapters/cli/selection.h"

#include <stdlib.h>

#include "adapters/cli/complaint.h"
#include "domain/base/memory.h"

/* A selection that is being filled. They come in the order of the ids, but some may be missing. */
struct filling {
	struct selection *selection;
	size_t next;
};

static bool keep(void *self, const struct bookmark *bookmark)
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
	struct catalogue *catalogue = cli_catalogue(cli);
	struct filling filling = {.selection = selection};
	struct error error = {0};

	selection->bookmarks = memory_array(count, sizeof(*selection->bookmarks));
	for (size_t i = 0; i < count; i++) {
		bookmark_init(&selection->bookmarks[i]);
		selection->bookmarks[i].id = ids[i];
	}
	selection->count = count;
	return cli_fail(
		cli, catalogue->each_of(catalogue, ids, count, keep, &filling, &error), &error);
}

enum exit_code selection_read(struct selection *selection, struct cli *cli)
{
	int64_t *ids = NULL;
	size_t count = 0;
	enum exit_code code;

	*selection = (struct selection){0};
	code = cli_ids(cli, 0, &ids, &count);
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

bool selection_is_there(const struct selection *selection, size_t at)
{
	const struct bookmark *bookmark = &selection->bookmarks[at];

	return *bookmark->url && !bookmark->deleted;
}

enum exit_code selection_complain(const struct selection *selection, size_t at, const char *what)
{
	const struct bookmark *bookmark = &selection->bookmarks[at];

	if (bookmark->deleted)
		complain("%s: bookmark %lld is in the trash: see barky trash restore", what,
			(long long)bookmark->id);
	else
		complain("%s: no bookmark %lld", what, (long long)bookmark->id);
	return EXIT_NOT_FOUND;
}
