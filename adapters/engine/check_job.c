#include "adapters/engine/check_job.h"

#include "adapters/sqlite/database.h"

static bool add_bookmark(void *self, const struct bookmark *bookmark)
{
	struct check_job *job = self;

	if (!bookmark->deleted)
		link_checker_add(job->checker, bookmark->id, bookmark->url);
	return true;
}

static enum status add_bookmarks(
	struct check_job *job, const int64_t *bookmarks, size_t count, struct error *error)
{
	struct catalogue *catalogue = job->library->catalogue;
	enum status status =
		catalogue->each_of(catalogue, bookmarks, count, add_bookmark, job, error);

	if (status == STATUS_OK && !link_checker_is_busy(job->checker)) {
		error_set(error, "there is no bookmark to check");
		status = STATUS_NOT_FOUND;
	}
	return status;
}

static void tell_progress(struct check_job *job)
{
	struct links_progress progress;
	bool changed = link_checker_progress(job->checker, &progress);

	if (!pace_turn(&job->pace, changed, !progress.running))
		return;
	progress_slot_put_links(job->slot, &progress);
	mailbox_wake(job->reports);
}

/* Of one that is over. */
static void end(struct check_job *job)
{
	link_checker_free(job->checker);
	job->checker = NULL;
	link_turn_give(&job->turn);
}

enum status check_job_start(
	struct check_job *job, const int64_t *bookmarks, size_t count, struct error *error)
{
	struct library *library = job->library;
	struct link_checker_setup setup = {
		.bus = library->bus,
		.clock = &library->clock,
		.client = job->http,
	};
	enum status status;

	if (job->checker) {
		error_set(error, "a check is under way already");
		return STATUS_REFUSED;
	}
	status = link_turn_take(&job->turn, database_path(library->database), error);
	if (status != STATUS_OK)
		return status;
	job->checker = link_checker_new(&setup);
	status = add_bookmarks(job, bookmarks, count, error);
	if (status == STATUS_OK)
		tell_progress(job);
	else
		end(job);
	return status;
}

void check_job_stop(struct check_job *job)
{
	if (!job->checker)
		return;
	link_checker_stop(job->checker);
	check_job_turn(job, NULL, 0);
}

void check_job_drop(struct check_job *job)
{
	struct links_progress over = {.status = STATUS_CONFLICT};

	if (!job->checker)
		return;
	error_set(&over.error, "another library is in its place");
	progress_slot_put_links(job->slot, &over);
	mailbox_wake(job->reports);
	end(job);
}

void check_job_prepare(void *self, struct poll_loop *loop)
{
	struct check_job *job = self;

	if (job->checker)
		poll_loop_watch(loop, link_checker_fd(job->checker), POLLIN);
}

int check_job_timeout(void *self)
{
	const struct check_job *job = self;
	int timeout = job->checker ? link_checker_timeout(job->checker) : -1;
	int untold = pace_timeout(&job->pace);

	return timeout < 0 || (untold >= 0 && untold < timeout) ? untold : timeout;
}

void check_job_turn(void *self, const struct pollfd *fds, size_t count)
{
	struct check_job *job = self;

	(void)fds;
	(void)count;
	if (!job->checker)
		return;
	link_checker_step(job->checker);
	tell_progress(job);
	if (!link_checker_is_busy(job->checker))
		end(job);
}
