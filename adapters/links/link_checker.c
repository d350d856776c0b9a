#include "adapters/links/link_checker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "adapters/http/name_lookup.h"
#include "adapters/http/origin.h"
#include "adapters/links/link_host.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"

#define REQUEST_MS    15000
#define HOST_PAUSE_MS 1000
#define REDIRECTS_MAX 10
#define PATIENCE_S    60    /* a Retry-After up to this is waited for */
#define RETRY_LATER_S 60    /* of one that cannot be read */
#define DEAF_MAX      5     /* times in a row without an answer before a host is left alone */
#define DOWN_HOSTS    10    /* that do not answer before anyone did: the network is down */
#define BATCH         64    /* looks written down in one transaction */
#define BATCH_MS      1000  /* or what was found in this time */
#define GLANCE_MS     250   /* how often the headless loop looks around */
#define DAY_S         86400 /* no Retry-After is longer: a clock is wrong */

/* One bookmark on its way: to be asked, asked, or found out about. */
struct link_job {
	struct link_work work; /* first: what waits in a host's line is its job */
	struct link_checker *checker;
	struct link_host *host;         /* of the address that is asked now */
	struct http_exchange *exchange; /* NULL while none is under way */
	int64_t bookmark;
	char *url;    /* NULL once it is done */
	char *target; /* after redirects; NULL before one */
	bool get;     /* HEAD was of no use */
	bool permanent;
	int redirects;
	int first_redirect;
};

struct link_checker {
	struct link_checker_setup setup;
	struct link_hosts *hosts;
	struct name_lookups *lookups;
	struct link_job **jobs; /* all of them */
	size_t job_count;
	size_t job_capacity;
	size_t in_flight;
	size_t looking_up;
	struct link_look *looks; /* that wait to be written down; their strings are their own */
	size_t look_count;
	size_t look_capacity;
	long long looked_at; /* the first of them, on the steady clock */
	long long began;
	bool answered;     /* somebody did: the network is there */
	size_t deaf_hosts; /* before anybody did */
	bool stopped;      /* no more is asked */
	bool changed;
	struct links_progress progress;
};

struct link_checker *link_checker_new(const struct link_checker_setup *setup)
{
	struct link_checker *checker = memory_new(sizeof(*checker));

	checker->setup = *setup;
	if (setup->jobs <= 0)
		checker->setup.jobs = LINK_JOBS_DEFAULT;
	if (checker->setup.jobs > LINK_JOBS_MAX)
		checker->setup.jobs = LINK_JOBS_MAX;
	checker->hosts = link_hosts_new();
	checker->lookups = name_lookups_new();
	checker->progress.seconds_left = -1;
	checker->began = steady_clock_ms();
	return checker;
}

static void job_clear(struct link_job *job)
{
	if (job->exchange)
		http_client_cancel(job->checker->setup.client, job->exchange);
	free(job->url);
	free(job->target);
	job->exchange = NULL;
	job->url = job->target = NULL;
}

static void looks_clear(struct link_checker *checker)
{
	for (size_t i = 0; i < checker->look_count; i++) {
		free((char *)checker->looks[i].url);
		free((char *)checker->looks[i].target);
		free((char *)checker->looks[i].reason);
	}
	checker->look_count = 0;
}

void link_checker_free(struct link_checker *checker)
{
	if (!checker)
		return;
	for (size_t i = 0; i < checker->job_count; i++) {
		job_clear(checker->jobs[i]);
		free(checker->jobs[i]);
	}
	looks_clear(checker);
	name_lookups_free(checker->lookups);
	link_hosts_free(checker->hosts);
	free(checker->jobs);
	free(checker->looks);
	free(checker);
}

void link_checker_add(struct link_checker *checker, int64_t bookmark, const char *url)
{
	struct link_job *job;

	checker->changed = true;
	checker->progress.running = true;
	if (!url_is_web(url)) {
		checker->progress.counts.skipped++;
		return;
	}
	job = memory_new(sizeof(*job));
	*job = (struct link_job){
		.checker = checker,
		.host = link_hosts_of(checker->hosts, url),
		.bookmark = bookmark,
		.url = memory_copy_string(url),
		.permanent = true,
	};
	checker->jobs = memory_grow(
		checker->jobs, checker->job_count, &checker->job_capacity, sizeof(*checker->jobs));
	checker->jobs[checker->job_count++] = job;
	checker->progress.total++;
	link_host_add(checker->hosts, job->host, &job->work);
}

/* -- the end, early or not */

static void checker_halt(struct link_checker *checker, enum status status, const char *why)
{
	if (checker->stopped)
		return;
	checker->stopped = true;
	checker->progress.status = status;
	error_set(&checker->progress.error, "%s", why);
	for (size_t i = 0; i < checker->job_count; i++)
		job_clear(checker->jobs[i]);
	checker->in_flight = checker->looking_up = 0;
}

void link_checker_stop(struct link_checker *checker)
{
	checker_halt(checker, STATUS_INTERRUPTED,
		"stopped; with --older-than 1 it goes on with what was not asked");
}

/* -- writing down */

static void add_link_counts(struct link_counts *counts, const struct link_counts *more)
{
	counts->checked += more->checked;
	for (int state = 0; state < LINK_STATES; state++)
		counts->states[state] += more->states[state];
}

static void tell_recorded(struct link_checker *checker)
{
	int64_t *bookmarks = memory_array(checker->look_count, sizeof(*bookmarks));

	for (size_t i = 0; i < checker->look_count; i++)
		bookmarks[i] = checker->looks[i].bookmark;
	if (checker->setup.recorded)
		checker->setup.recorded(checker->setup.self, bookmarks, checker->look_count);
	free(bookmarks);
}

/* last: the check is over, and its counts are told. */
static void looks_record(struct link_checker *checker, bool last)
{
	struct link_counts counts = checker->progress.counts;
	struct command command = {
		.type = RECORD_LINKS,
		.as.record_links =
			{
				.looks = checker->looks,
				.count = checker->look_count,
				.finished = last ? &counts : NULL,
				.reason = checker->progress.error.text,
			},
	};
	struct result result = {0};
	enum status status;

	status = bus_handle(checker->setup.bus, &command, &result);
	if (status == STATUS_OK) {
		add_link_counts(&checker->progress.counts, &result.links);
		tell_recorded(checker);
	} else {
		checker_halt(checker, status, result.error.text);
	}
	result_finish(&result);
	looks_clear(checker);
	checker->changed = true;
}

static bool is_time_to_record(const struct link_checker *checker)
{
	if (!checker->look_count || !checker->answered)
		return false;
	return checker->look_count >= BATCH || steady_clock_ms() - checker->looked_at >= BATCH_MS;
}

/* -- what an answer means */

static const struct {
	int status;
	const char *words;
} reasons[] = {
	{400, "the request is refused"},
	{404, "not found"},
	{407, "the proxy wants to know who asks"},
	{408, "the server waited too long"},
	{410, "gone"},
	{418, "the request is refused"},
	{423, "locked"},
	{500, "the server failed"},
	{502, "the server behind it failed"},
	{503, "the server is overloaded or closed"},
	{504, "the server behind it does not answer"},
};

static char *reason_of_status(int status)
{
	const char *words = status >= 500   ? "the server failed"
			    : status >= 400 ? "the request is refused"
			    : status >= 300 ? "it redirects to no address"
					    : "an answer that is not understood";

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (reasons[i].status == status)
			words = reasons[i].words;
	return memory_print("%s (%d)", words, status);
}

/* What was found of one job, which is done with that. reason is taken. */
static void job_finish(struct link_job *job, int status, bool no_such_host, char *reason)
{
	struct link_checker *checker = job->checker;
	struct link_look *look;

	checker->looks = memory_grow(
		checker->looks, checker->look_count, &checker->look_capacity, sizeof(*look));
	if (checker->look_count == 0)
		checker->looked_at = steady_clock_ms();
	look = &checker->looks[checker->look_count++];
	*look = (struct link_look){
		.bookmark = job->bookmark,
		.url = job->url,
		.at = checker->setup.clock->now(checker->setup.clock),
		.status = status,
		.no_such_host = no_such_host,
		.redirect = job->first_redirect,
		.permanent = job->permanent,
		.target = job->target,
		.reason = reason,
	};
	job->url = job->target = NULL;
	checker->progress.asked++;
	checker->changed = true;
}

static void job_finish_status(struct link_job *job, int status)
{
	job_finish(job, status, false, link_status_is_ok(status) ? NULL : reason_of_status(status));
}

static void job_requeue(struct link_job *job)
{
	link_host_add_first(job->checker->hosts, job->host, &job->work);
}

/* HEAD was of no use: once more, with GET, at the same address. */
static bool job_try_get(struct link_job *job)
{
	if (job->get)
		return false;
	job->get = true;
	job_requeue(job);
	return true;
}

/* The jobs in a host's line are not asked this time, nor counted as asked. */
static void host_leave(struct link_checker *checker, struct link_host *host)
{
	struct link_work *work = link_host_drop(checker->hosts, host);

	while (work) {
		struct link_job *job = (struct link_job *)work;

		work = work->next;
		job_clear(job);
		checker->progress.total--;
		checker->progress.counts.skipped++;
	}
	checker->changed = true;
}

/* The same was found of every other address of a host that does not exist. */
static void host_does_not_exist(struct link_checker *checker, struct link_host *host)
{
	struct link_work *work = link_host_drop(checker->hosts, host);

	while (work) {
		struct link_job *job = (struct link_job *)work;

		work = work->next;
		job_finish(job, 0, true, memory_copy_string("no such host"));
	}
}

/* The network is down if nobody answers from the first; a host that is deaf is left alone. */
static void host_failed(struct link_checker *checker, struct link_host *host)
{
	size_t failures = ++*link_host_failures(host);

	if (!checker->answered && failures == 1 && ++checker->deaf_hosts >= DOWN_HOSTS) {
		looks_clear(checker);
		checker->progress.asked = 0;
		checker_halt(checker, STATUS_NETWORK,
			"the first ten hosts do not answer: the network seems to be down; nothing "
			"was marked");
	} else if (failures >= DEAF_MAX) {
		host_leave(checker, host);
	}
}

static void host_answered(struct link_checker *checker, struct link_host *host)
{
	checker->answered = true;
	*link_host_failures(host) = 0;
}

/* An answer whose headers break off is none. */
static bool has_all_headers(const struct http_answer *answer)
{
	size_t length = answer->headers_length;
	const char *end = answer->headers + length;

	if (!answer->code || length < 3)
		return false;
	return memcmp(end - 2, "\n\n", 2) == 0 || memcmp(end - 3, "\n\r\n", 3) == 0;
}

static void on_no_answer(struct link_job *job, const struct http_answer *answer)
{
	struct link_checker *checker = job->checker;
	struct link_host *host = job->host;
	bool reached = !http_answer_is_unreachable(answer);

	if (answer->failure == HTTP_UNRESOLVED) {
		name_lookups_ask(checker->lookups, link_host_name(host), job);
		checker->looking_up++;
		return;
	}
	if (reached && job_try_get(job))
		return;
	job_finish(job, 0, false,
		memory_copy_string(
			*answer->error.text ? answer->error.text : "the answer is cut off"));
	host_failed(checker, host);
}

static void on_existence(struct link_job *job, enum name_existence existence)
{
	struct link_checker *checker = job->checker;
	struct link_host *host = job->host;
	bool missing = existence == NAME_DOES_NOT_EXIST;

	job_finish(job, 0, missing,
		memory_copy_string(missing ? "no such host" : "its name cannot be looked up now"));
	if (missing)
		host_does_not_exist(checker, host);
	host_failed(checker, host);
}

static void on_redirect(struct link_job *job, int status, char *target)
{
	bool loops = strcmp(target, job->target ? job->target : job->url) == 0;
	const char *trouble = NULL;

	job->permanent = job->permanent && (status == 301 || status == 308);
	if (!job->redirects)
		job->first_redirect = status;
	if (!url_is_web(target))
		trouble = "it redirects to what is no page of the web";
	else if (++job->redirects > REDIRECTS_MAX || loops)
		trouble = loops ? "it redirects to itself" : "too many redirects";
	if (trouble) {
		free(target);
		job_finish(job, status, false, memory_copy_string(trouble));
		return;
	}
	free(job->target);
	job->target = target;
	job->host = link_hosts_of(job->checker->hosts, target);
	job_requeue(job);
}

static void on_status(struct link_job *job, int status)
{
	bool refused = status >= 400 && status != 429;

	if (!(refused || (status >= 300 && status < 400)) || !job_try_get(job))
		job_finish_status(job, status);
}

/* Seconds for which the server wants to be left alone; 0: it does not. */
static int64_t pause_of(const struct link_checker *checker, const struct http_answer *answer)
{
	int64_t now = checker->setup.clock->now(checker->setup.clock);
	int64_t seconds;

	if (answer->code != 429 && answer->code != 503)
		return 0;
	seconds = http_answer_retry_after(answer, now, RETRY_LATER_S);
	if (seconds < 0)
		return 0;
	return seconds < DAY_S ? seconds : DAY_S;
}

static void on_whole_answer(struct link_job *job, const struct http_answer *answer)
{
	struct link_checker *checker = job->checker;
	struct link_host *host = job->host;
	int64_t pause = pause_of(checker, answer);
	char *target = http_answer_redirect(answer);

	host_answered(checker, host);
	if (target)
		on_redirect(job, (int)answer->code, target);
	else if (pause > PATIENCE_S)
		job_finish_status(job, (int)answer->code);
	else
		on_status(job, (int)answer->code);
	if (pause > PATIENCE_S)
		host_leave(checker, host);
}

static void on_answer(void *self, const struct http_answer *answer)
{
	struct link_job *job = self;
	struct link_checker *checker = job->checker;
	struct link_host *host = job->host;
	int64_t pause = pause_of(checker, answer) * 1000;

	job->exchange = NULL;
	checker->in_flight--;
	link_host_release(checker->hosts, host,
		steady_clock_ms() + (pause > HOST_PAUSE_MS ? pause : HOST_PAUSE_MS));
	if (has_all_headers(answer))
		on_whole_answer(job, answer);
	else
		on_no_answer(job, answer);
}

/* -- asking */

/* One byte of a page is as good as all of them. */
static bool is_enough(void *self, const char *body, size_t length)
{
	(void)self, (void)body;
	return length > 0;
}

static void job_send(struct link_job *job)
{
	static const char *const headers[] = {HTTP_ACCEPT_PAGE};
	struct link_checker *checker = job->checker;
	char *url = origin_wire_form(job->target ? job->target : job->url);
	struct http_request request = {
		.url = url,
		.headers = headers,
		.header_count = 1,
		.body_max = 1,
		.keep_beginning = true,
		.enough = is_enough,
		.total_ms = REQUEST_MS,
		.head = !job->get,
		.stranger = true,
		.plain = true,
		.direct = origin_is_loopback(url),
	};

	checker->in_flight++;
	job->exchange = http_client_get(checker->setup.client, &request, on_answer, job);
	free(url);
}

static void checker_send(struct link_checker *checker)
{
	while (!checker->stopped && checker->in_flight < (size_t)checker->setup.jobs) {
		struct link_work *work = link_hosts_take(checker->hosts, steady_clock_ms());

		if (!work)
			return;
		job_send((struct link_job *)work);
	}
}

static void checker_hear_lookups(struct link_checker *checker)
{
	enum name_existence existence;
	void *job;

	while (!checker->stopped && checker->looking_up > 0 &&
		name_lookups_next(checker->lookups, &job, &existence)) {
		checker->looking_up--;
		on_existence(job, existence);
	}
}

static bool is_all_asked(const struct link_checker *checker)
{
	return checker->stopped || (checker->in_flight == 0 && checker->looking_up == 0 &&
					   link_hosts_next_time(checker->hosts) < 0);
}

static void estimate(struct link_checker *checker)
{
	struct links_progress *progress = &checker->progress;

	progress->seconds = (double)(steady_clock_ms() - checker->began) / 1000;
	progress->seconds_left = -1;
	if (progress->asked > 0)
		progress->seconds_left = (long)(progress->seconds / (double)progress->asked *
						(double)(progress->total - progress->asked));
}

/* What was asked is kept, unless it says only that there is no network. */
static void checker_end(struct link_checker *checker)
{
	bool kept = checker->answered || checker->progress.status == STATUS_OK;
	bool library_failed =
		checker->progress.status >= STATUS_BUSY && checker->progress.status <= STATUS_IO;

	if (!kept)
		looks_clear(checker);
	if (checker->look_count && !library_failed)
		looks_record(checker, false);
	if (kept && !library_failed)
		looks_record(checker, true);
	checker->progress.running = false;
	checker->changed = true;
}

void link_checker_step(struct link_checker *checker)
{
	if (!checker->progress.running)
		return;
	checker_hear_lookups(checker);
	checker_send(checker);
	if (is_time_to_record(checker))
		looks_record(checker, false);
	estimate(checker);
	if (is_all_asked(checker))
		checker_end(checker);
}

bool link_checker_is_busy(const struct link_checker *checker)
{
	return checker->progress.running;
}

static int milliseconds_until(long long when)
{
	long long left = when - steady_clock_ms();

	return left <= 0 ? 0 : (int)(left < 60000 ? left : 60000);
}

int link_checker_timeout(const struct link_checker *checker)
{
	long long next = link_hosts_next_time(checker->hosts);
	int timeout = -1;

	if (!checker->progress.running)
		return -1;
	if (is_all_asked(checker))
		return 0;
	if (next >= 0 && checker->in_flight < (size_t)checker->setup.jobs)
		timeout = milliseconds_until(next);
	if (checker->look_count && checker->answered) {
		int record = milliseconds_until(checker->looked_at + BATCH_MS);

		if (timeout < 0 || record < timeout)
			timeout = record;
	}
	return timeout;
}

int link_checker_fd(const struct link_checker *checker)
{
	return name_lookups_fd(checker->lookups);
}

bool link_checker_progress(struct link_checker *checker, struct links_progress *progress)
{
	bool changed = checker->changed;

	*progress = checker->progress;
	checker->changed = false;
	return changed;
}

enum status link_checker_run(struct link_checker *checker, const volatile sig_atomic_t *stop,
	void (*tick)(void *self), void *self)
{
	link_checker_step(checker);
	while (link_checker_is_busy(checker)) {
		struct pollfd lookups = {.fd = link_checker_fd(checker), .events = POLLIN};
		int timeout = link_checker_timeout(checker);

		if (timeout < 0 || timeout > GLANCE_MS)
			timeout = GLANCE_MS;
		http_client_wait(checker->setup.client, &lookups, lookups.fd >= 0 ? 1 : 0, timeout);
		if (stop && *stop)
			link_checker_stop(checker);
		link_checker_step(checker);
		if (tick)
			tick(self);
	}
	return checker->progress.status;
}

enum status link_turn_take(struct link_turn *turn, const char *path, struct error *error)
{
	char *name = path ? memory_print("%s-links", path) : NULL;

	turn->fd = -1;
	if (!name)
		return STATUS_OK;
	turn->fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (turn->fd < 0) {
		error_set(error, "%s cannot be made: %s", name, strerror(errno));
		free(name);
		return STATUS_IO;
	}
	free(name);
	if (flock(turn->fd, LOCK_EX | LOCK_NB) == 0)
		return STATUS_OK;
	link_turn_give(turn);
	return error_fail(STATUS_REFUSED, error,
		"another barky is checking the links of this library; let it finish");
}

void link_turn_give(struct link_turn *turn)
{
	if (turn->fd >= 0)
		close(turn->fd);
	turn->fd = -1;
}
