#include "adapters/engine/engine_port.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/row_segment.h"

struct request *request_new(enum request_type type, answer_fn on_answer, void *self)
{
	struct request *request = memory_new(sizeof(*request));

	request->type = type;
	request->on_answer = on_answer;
	request->self = self;
	return request;
}

void request_add_word(struct request *request, const char *word)
{
	request->words =
		memory_resize(request->words, request->word_count + 1, sizeof(*request->words));
	request->words[request->word_count++] = memory_copy_string(word);
}

void request_set_ids(struct request *request, const int64_t *ids, size_t count)
{
	free(request->ids);
	request->ids = memory_array(count + 1, sizeof(*ids));
	if (count > 0)
		memcpy(request->ids, ids, count * sizeof(*ids));
	request->id_count = count;
}

void request_free(struct request *request)
{
	if (!request)
		return;
	command_free(request->command);
	for (size_t i = 0; i < request->word_count; i++)
		free(request->words[i]);
	free(request->words);
	free(request->ids);
	free(request->draft);
	free(request->note);
	free(request);
}

struct report *report_new(enum report_type type, struct request *take)
{
	struct report *report = memory_new(sizeof(*report));

	report->type = type;
	report->request = take;
	return report;
}

void report_free(struct report *report)
{
	if (!report)
		return;
	if (!report->more)
		request_free(report->request);
	for (size_t i = 0; i < report->row_count; i++)
		bookmark_finish(&report->rows[i]);
	free(report->rows);
	free(report->gone);
	free((void *)report->event.bookmarks);
	free((void *)report->event.subject);
	free((void *)report->event.origin);
	free((void *)report->event.fields);
	free((void *)report->event.detail);
	row_segment_free(report->block);
	bookmark_history_finish(&report->history);
	result_finish(&report->result);
	free(report->text);
	free(report);
}

bool report_deliver(struct report *report)
{
	const struct request *request = report->request;

	if (!request)
		return false;
	if (request->on_answer)
		request->on_answer(request->self, request, report);
	return true;
}
