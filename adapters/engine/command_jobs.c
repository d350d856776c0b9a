#include "adapters/engine/command_jobs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/system/child.h"
#include "adapters/system/nameless_file.h"
#include "adapters/system/spawn.h"
#include "adapters/system/user_command.h"
#include "domain/base/memory.h"

/* Where no descriptor tells of the end, one looks so often. */
#define LOOK_MS    200

#define SAID_BYTES 400

struct command_job {
	struct command_job *next;
	struct request *request;
	pid_t process;
	int fd;     /* readable at its end; -1: there is none */
	int errors; /* what it said on standard error; -1: nobody knows */
};

/* The selection, in its order. */
struct selected {
	struct bookmark *bookmarks;
	size_t count;
};

static bool add_selected(void *self, const struct bookmark *bookmark)
{
	struct selected *selected = self;

	bookmark_init(&selected->bookmarks[selected->count]);
	bookmark_copy(&selected->bookmarks[selected->count++], bookmark);
	return true;
}

static enum status read_selected(struct library *library, const struct request *request,
	struct selected *selected, struct error *error)
{
	struct catalogue *catalogue = library->catalogue;
	enum status status = STATUS_OK;

	selected->bookmarks = memory_array(request->id_count + 1, sizeof(*selected->bookmarks));
	for (size_t i = 0; status == STATUS_OK && i < request->id_count; i++)
		status = catalogue->each_of(
			catalogue, &request->ids[i], 1, add_selected, selected, error);
	return status;
}

static void selected_finish(struct selected *selected)
{
	for (size_t i = 0; i < selected->count; i++)
		bookmark_finish(&selected->bookmarks[i]);
	free(selected->bookmarks);
}

static enum status start(struct command_jobs *jobs, struct command_job *job, struct error *error)
{
	struct user_command command;
	struct selected selected = {0};
	enum status status = user_command_read(&command, job->request->words[0], error);

	if (status == STATUS_OK)
		status = read_selected(jobs->library, job->request, &selected, error);
	job->errors = nameless_file_in_memory();
	if (status == STATUS_OK)
		status = user_command_start(&command, selected.bookmarks, selected.count,
			job->errors, &job->process, error);
	selected_finish(&selected);
	user_command_finish(&command);
	return status;
}

static void command_job_free(struct command_job *job)
{
	if (job->fd >= 0)
		close(job->fd);
	if (job->errors >= 0)
		close(job->errors);
	request_free(job->request);
	free(job);
}

void command_jobs_start(struct command_jobs *jobs, struct request *take)
{
	struct command_job *job = memory_new(sizeof(*job));
	struct error error = {0};
	enum status status;

	job->request = take;
	job->fd = job->errors = -1;
	status = start(jobs, job, &error);
	if (status != STATUS_OK) {
		job->request = NULL;
		reporter_send_error(jobs->reporter, take, status, &error);
		command_job_free(job);
		return;
	}
	job->fd = child_fd(job->process);
	job->next = jobs->first;
	jobs->first = job;
}

void command_jobs_finish(struct command_jobs *jobs)
{
	while (jobs->first) {
		struct command_job *job = jobs->first;

		jobs->first = job->next;
		command_job_free(job);
	}
}

void command_jobs_prepare(void *self, struct poll_loop *loop)
{
	const struct command_jobs *jobs = self;

	for (const struct command_job *job = jobs->first; job; job = job->next)
		if (job->fd >= 0)
			poll_loop_watch(loop, job->fd, POLLIN);
}

int command_jobs_timeout(void *self)
{
	const struct command_jobs *jobs = self;

	for (const struct command_job *job = jobs->first; job; job = job->next)
		if (job->fd < 0)
			return LOOK_MS;
	return -1;
}

/* Its first line on standard error; "" if there is none. */
static void read_said(const struct command_job *job, char said[static SAID_BYTES])
{
	ssize_t length = job->errors < 0 ? 0 : pread(job->errors, said, SAID_BYTES - 1, 0);
	char *line = said;

	said[length > 0 ? length : 0] = '\0';
	line += strspn(line, "\r\n \t");
	line[strcspn(line, "\r\n")] = '\0';
	memmove(said, line, strlen(line) + 1);
}

static void tell_end(struct command_jobs *jobs, struct command_job *job, int code)
{
	struct request *request = job->request;
	struct error error = {0};
	char said[SAID_BYTES];

	job->request = NULL;
	if (!code) {
		reporter_send_done(jobs->reporter, request);
		return;
	}
	read_said(job, said);
	error_set(&error, "%s failed with exit code %d%s%s", request->note, code, *said ? ": " : "",
		said);
	reporter_send_error(jobs->reporter, request, STATUS_IO, &error);
}

void command_jobs_turn(void *self, const struct pollfd *fds, size_t count)
{
	struct command_jobs *jobs = self;
	struct command_job **place = &jobs->first;
	int code = 0;

	(void)fds;
	(void)count;
	while (*place) {
		struct command_job *job = *place;
		enum spawn_end end = spawn_wait(job->process, 0, &code);

		if (end == SPAWN_RUNNING) {
			place = &job->next;
			continue;
		}
		*place = job->next;
		tell_end(jobs, job, end == SPAWN_ENDED ? code : 0);
		command_job_free(job);
	}
}
