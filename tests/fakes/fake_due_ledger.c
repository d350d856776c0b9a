#include "tests/fakes/fake_due_ledger.h"

#include <assert.h>
#include <string.h>

/* The row of that name, or the first free one. */
static struct due_job *row_of(struct due_ledger *port, const char *name)
{
	struct fake_due_ledger *ledger = (struct fake_due_ledger *)port;

	for (size_t i = 0; i < sizeof(ledger->jobs) / sizeof(ledger->jobs[0]); i++)
		if (!*ledger->jobs[i].name || strcmp(ledger->jobs[i].name, name) == 0)
			return &ledger->jobs[i];
	assert(!"no more jobs");
	return NULL;
}

static enum status get(struct due_ledger *ledger, const char *name, struct due_job *job)
{
	*job = *row_of(ledger, name);
	return *job->name ? STATUS_OK : STATUS_NOT_FOUND;
}

static enum status put(struct due_ledger *ledger, const struct due_job *job)
{
	*row_of(ledger, job->name) = *job;
	return STATUS_OK;
}

void fake_due_ledger_init(struct fake_due_ledger *ledger)
{
	*ledger = (struct fake_due_ledger){.port = {get, put}};
}

void fake_due_ledger_begin(struct fake_due_ledger *ledger)
{
	memcpy(ledger->before, ledger->jobs, sizeof(ledger->jobs));
}

void fake_due_ledger_rollback(struct fake_due_ledger *ledger)
{
	memcpy(ledger->jobs, ledger->before, sizeof(ledger->jobs));
}
