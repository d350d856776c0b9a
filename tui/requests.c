#include "tui/requests.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

static struct pending *note(struct screen *screen, enum purpose purpose)
{
	screen->pending = memory_grow(screen->pending, screen->pending_count,
		&screen->pending_capacity, sizeof(*screen->pending));
	struct pending *pending = &screen->pending[screen->pending_count++];
	*pending = (struct pending){.token = ++screen->last_token, .purpose = purpose};
	return pending;
}

static size_t index_of(const struct screen *screen, uint64_t token)
{
	size_t i = 0;

	while (i < screen->pending_count && screen->pending[i].token != token)
		i++;
	return i;
}

static bool is_answered(enum request_type type)
{
	return type != ASK_RELOAD && type != ASK_STOP_STARS && type != ASK_COPY;
}

void requests_ask(struct screen *screen, enum request_type type, const char *const *words,
	bool flag, enum purpose purpose, const char *text)
{
	uint64_t token = 0;

	if (is_answered(type)) {
		struct pending *pending = note(screen, purpose);
		pending->text = text ? memory_copy_string(text) : NULL;
		token = pending->token;
	}
	struct request *request = request_new(type, token);
	request->flag = flag;
	for (; words && *words; words++)
		request_add_word(request, *words);
	screen->engine->ask(screen->engine, request);
}

void requests_command(
	struct screen *screen, const struct command *command, enum purpose purpose, int64_t id)
{
	struct pending *pending = note(screen, purpose);
	struct request *request = request_new(ASK_COMMAND, pending->token);

	struct row row;

	pending->id = id;
	if (id && shelf_find(screen->shelf, id, &row)) /* it may be gone when the answer comes */
		pending->text = memory_copy_string(row_label(&row));
	request->command = command_clone(command);
	screen->engine->ask(screen->engine, request);
}

void requests_title(
	struct screen *screen, const char *url, enum purpose purpose, int64_t id, int64_t change)
{
	struct pending *pending = note(screen, purpose);
	struct request *request = request_new(ASK_TITLE, pending->token);

	pending->id = id;
	pending->change = change;
	pending->text = memory_copy_string(url);
	request_add_word(request, url);
	screen->engine->ask(screen->engine, request);
}

bool requests_find(const struct screen *screen, uint64_t token, struct pending *pending)
{
	size_t i = index_of(screen, token);

	if (token == 0 || i == screen->pending_count)
		return false;
	*pending = screen->pending[i];
	return true;
}

void requests_forget(struct screen *screen, uint64_t token)
{
	size_t i = index_of(screen, token);

	if (i == screen->pending_count)
		return;
	free(screen->pending[i].text);
	memmove(screen->pending + i, screen->pending + i + 1,
		(--screen->pending_count - i) * sizeof(*screen->pending));
}

void requests_finish(struct screen *screen)
{
	for (size_t i = 0; i < screen->pending_count; i++)
		free(screen->pending[i].text);
	free(screen->pending);
	screen->pending = NULL;
	screen->pending_count = screen->pending_capacity = 0;
}

bool requests_waiting(const struct screen *screen, enum purpose purpose)
{
	for (size_t i = 0; i < screen->pending_count; i++) {
		if (screen->pending[i].purpose == purpose)
			return true;
	}
	return false;
}
