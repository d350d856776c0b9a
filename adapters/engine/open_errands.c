#include "adapters/engine/open_errands.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "domain/base/memory.h"

struct open_errand {
	struct open_errand *next;
	struct reporter *reporter;
	struct browser browser;
	char **urls;
	size_t count;
	uint64_t token;
	pthread_t thread;
	atomic_bool over;
};

static void *run(void *self)
{
	struct open_errand *errand = self;
	struct error error = {0};
	enum status status = browser_open(
		&errand->browser, (const char *const *)errand->urls, errand->count, &error);

	if (status != STATUS_OK)
		reporter_send_trouble(errand->reporter, errand->token, status, &error);
	atomic_store(&errand->over, true);
	return NULL;
}

static void free_errand(struct open_errand *errand)
{
	for (size_t i = 0; i < errand->count; i++)
		free(errand->urls[i]);
	free(errand->urls);
	free(errand);
}

/* Joins those that are over, or all of them. */
static void reap(struct open_errands *errands, bool all)
{
	struct open_errand **place = &errands->first;

	while (*place) {
		struct open_errand *errand = *place;

		if (!all && !atomic_load(&errand->over)) {
			place = &errand->next;
			continue;
		}
		pthread_join(errand->thread, NULL);
		*place = errand->next;
		free_errand(errand);
	}
}

void open_errands_send(struct open_errands *errands, char *const *urls, size_t count,
	bool any_scheme, uint64_t token)
{
	struct open_errand *errand = memory_new(sizeof(*errand));

	reap(errands, false);
	errand->reporter = errands->reporter;
	errand->browser = errands->browser;
	errand->browser.any_scheme = any_scheme;
	errand->token = token;
	errand->count = count;
	errand->urls = memory_array(count, sizeof(*errand->urls));
	for (size_t i = 0; i < count; i++)
		errand->urls[i] = memory_copy_string(urls[i]);
	if (pthread_create(&errand->thread, NULL, run, errand) != 0) {
		reporter_send_trouble(errands->reporter, token, STATUS_IO, NULL);
		free_errand(errand);
		return;
	}
	errand->next = errands->first;
	errands->first = errand;
}

void open_errands_finish(struct open_errands *errands)
{
	reap(errands, true);
}
