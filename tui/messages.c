#include "tui/messages.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "tui/relative_time.h"

#define MESSAGES_MAX 500
#define INFO_MS      4000
#define ERROR_MS     10000

static const enum style styles[] = {
	[MESSAGE_INFO] = STYLE_TEXT,
	[MESSAGE_GOOD] = STYLE_GOOD,
	[MESSAGE_ERROR] = STYLE_ERROR,
};

static void forget_first(struct messages *messages)
{
	free(messages->all[0].text);
	memmove(messages->all, messages->all + 1, --messages->count * sizeof(*messages->all));
}

void messages_finish(struct messages *messages)
{
	for (size_t i = 0; i < messages->count; i++)
		free(messages->all[i].text);
	free(messages->all);
	*messages = (struct messages){0};
}

void messages_say(
	struct messages *messages, enum message_kind kind, char *text, int64_t now, int64_t wall)
{
	int64_t stay = kind == MESSAGE_ERROR ? ERROR_MS : INFO_MS;

	if (messages->count == MESSAGES_MAX)
		forget_first(messages);
	messages->all = memory_grow(
		messages->all, messages->count, &messages->capacity, sizeof(*messages->all));
	messages->all[messages->count++] = (struct message){kind, wall, text};
	messages->shown_until = now + (stay > messages->least_ms ? stay : messages->least_ms);
}

void messages_keep(struct messages *messages)
{
	messages->shown_until = INT64_MAX;
}

const struct message *messages_shown(const struct messages *messages)
{
	return messages->shown_until ? &messages->all[messages->count - 1] : NULL;
}

void messages_seen(struct messages *messages)
{
	messages->shown_until = 0;
}

bool messages_expire(struct messages *messages, int64_t now)
{
	if (!messages->shown_until || now < messages->shown_until)
		return false;
	messages->shown_until = 0;
	return true;
}

void messages_print(const struct messages *messages, struct page *page)
{
	char time[DAY_SIZE];

	for (size_t i = 0; i < messages->count; i++) {
		const struct message *message = &messages->all[i];
		clock_print(message->wall, false, time);
		page_add_labelled(page, time, STYLE_DIM, 7, message->text, styles[message->kind]);
	}
}

int messages_wait(const struct messages *messages, int64_t now)
{
	int64_t left = messages->shown_until - now;

	if (!messages->shown_until || messages->shown_until == INT64_MAX)
		return -1;
	return left > 0 ? (int)left : 0;
}
