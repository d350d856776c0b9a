#ifndef ADAPTERS_ENGINE_CHECK_JOB_H
#define ADAPTERS_ENGINE_CHECK_JOB_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/bootstrap.h"
#include "adapters/engine/mailbox.h"
#include "adapters/engine/pace.h"
#include "adapters/engine/poll_loop.h"
#include "adapters/engine/progress_slot.h"
#include "adapters/http/http_client.h"
#include "adapters/links/link_checker.h"
#include "adapters/links/link_turn.h"

/*
 * A check of links inside the engine: its steps among the screen's requests, and how it stands in
 * the progress slot. Its setup (all borrowed) is the first four members, and turn = {-1}.
 */
struct check_job {
	struct library *library;
	struct http_client *http;
	struct progress_slot *slot;
	struct mailbox *reports; /* woken when there is a new word in the slot */
	struct link_turn turn;
	struct link_checker *checker; /* NULL: none is under way */
	struct pace pace;
};

/* REFUSED while one is under way, here or in another barky; NOT_FOUND if none is there any more. */
enum status check_job_start(
	struct check_job *job, const int64_t *bookmarks, size_t count, struct error *error);

/* Ends it; what was asked is kept, unless another library has taken the place of this one. */
void check_job_stop(struct check_job *job);
void check_job_drop(struct check_job *job);

/* Its part in the loop, as a struct poll_source has it. */
void check_job_prepare(void *self, struct poll_loop *loop);
int check_job_timeout(void *self);
void check_job_turn(void *self, const struct pollfd *fds, size_t count);

#endif
