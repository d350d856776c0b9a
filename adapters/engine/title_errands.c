#include "adapters/engine/title_errands.h"

#include <stdlib.h>

#include "adapters/http/page_title.h"
#include "domain/base/memory.h"

struct title_errand {
	struct title_errands *all;
	struct title_errand *next;
	struct page_title *page;
	uint64_t token;
};

static void take_out(struct title_errand *errand)
{
	struct title_errand **place = &errand->all->first;

	while (*place != errand)
		place = &(*place)->next;
	*place = errand->next;
}

static void on_title(void *self, enum status status, const char *title, const struct error *error)
{
	struct title_errand *errand = self;

	(void)status;
	(void)error;
	reporter_send_text(errand->all->reporter, errand->token, title);
	take_out(errand);
	free(errand);
}

void title_errands_send(struct title_errands *errands, const char *url, uint64_t token)
{
	struct title_errand *errand = memory_new(sizeof(*errand));

	*errand = (struct title_errand){
		.all = errands,
		.next = errands->first,
		.token = token,
	};
	errands->first = errand;
	errand->page = page_title_ask(errands->http, url, on_title, errand);
}

void title_errands_finish(struct title_errands *errands)
{
	struct title_errand *next;

	for (struct title_errand *errand = errands->first; errand; errand = next) {
		next = errand->next;
		page_title_cancel(errand->page);
		free(errand);
	}
	errands->first = NULL;
}
