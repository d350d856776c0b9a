#include "tui/requests.h"

#include "domain/base/memory.h"

void requests_ask(struct screen *screen, enum request_type type, const char *const *words,
	bool flag, answer_fn on_answer, const char *note)
{
	struct request *request = request_new(type, on_answer, screen);

	request->flag = flag;
	request->note = note ? memory_copy_string(note) : NULL;
	for (; words && *words; words++)
		request_add_word(request, *words);
	screen->engine->ask(screen->engine, request);
}

const struct request *requests_command(
	struct screen *screen, const struct command *command, answer_fn on_answer, int64_t id)
{
	struct request *request = request_new(ASK_COMMAND, on_answer, screen);
	struct row row;

	request->id = id;
	if (id &&
		row_store_find(screen->store, id, &row)) /* it may be gone when the answer comes */
		request->note = memory_copy_string(row_label(&row));
	request->command = command_clone(command);
	screen->engine->ask(screen->engine, request);
	return request;
}

void requests_title(
	struct screen *screen, const char *url, answer_fn on_answer, int64_t id, int64_t change)
{
	struct request *request = request_new(ASK_TITLE, on_answer, screen);

	request->id = id;
	request->change = change;
	request_add_word(request, url);
	screen->engine->ask(screen->engine, request);
}
