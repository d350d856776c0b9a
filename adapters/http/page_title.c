#include "adapters/http/page_title.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/html/html_title.h"
#include "adapters/http/origin.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"

#define TITLE_MS      10000
#define PAGE_MAX      ((size_t)1024 * 1024)
#define REDIRECTS_MAX 5
#define GLANCE_MS     200 /* how long a stop may go unnoticed */

struct page_title {
	struct http_client *client;
	struct http_exchange *exchange;
	page_title_done_fn done;
	void *self;
	char *url;
	int redirects;
	long long until; /* milliseconds on the monotonic clock */
};

static void title_free(struct page_title *title)
{
	free(title->url);
	free(title);
}

static void tell(
	struct page_title *title, enum status status, const char *text, const struct error *error)
{
	title->done(title->self, status, text, error);
	title_free(title);
}

static void on_answer(void *self, const struct http_answer *answer);

/* What curl is to ask for: letters beyond ASCII in the form that goes over the wire. */
static char *wire_form(const char *url)
{
	char *normal = NULL;

	for (const char *at = url; *at; at++)
		if ((unsigned char)*at >= 0x80 && url_normal_form(url, &normal, NULL) == STATUS_OK)
			return normal;
	return memory_copy_string(url);
}

static void ask(struct page_title *title)
{
	static const char *const headers[] = {"Accept: text/html, application/xhtml+xml"};
	long long left = title->until - steady_clock_ms();
	char *url = wire_form(title->url);
	struct http_request request = {
		.url = url,
		.headers = headers,
		.header_count = 1,
		.body_max = PAGE_MAX,
		.keep_beginning = true,
		.total_ms = left > 1 ? (long)left : 1,
		.plain = true,
		.direct = origin_is_loopback(url),
	};

	title->exchange = http_client_get(title->client, &request, on_answer, title);
	free(url);
}

/* True if the answer was a redirect that is followed. */
static bool follow(struct page_title *title, const struct http_answer *answer)
{
	char *location = NULL, *target = NULL;

	if (answer->code < 300 || answer->code >= 400 || title->redirects >= REDIRECTS_MAX)
		return false;
	location = http_answer_header(answer, "location");
	if (location)
		target = origin_resolve(answer->url, location);
	free(location);
	if (!target || !url_is_web(target)) {
		free(target);
		return false;
	}
	title->redirects++;
	free(title->url);
	title->url = target;
	ask(title);
	return true;
}

static bool is_html(const char *type)
{
	return !type || strncasecmp(type, "text/html", 9) == 0 ||
	       strncasecmp(type, "application/xhtml", 17) == 0;
}

static enum status read_title(const struct http_answer *answer, char **title, struct error *error)
{
	char *type = http_answer_header(answer, "content-type");
	enum status status = STATUS_OK;

	if (answer->status != STATUS_OK) {
		*error = answer->error;
		status = answer->status;
	} else if (answer->code != 200) {
		error_set(error, "the page cannot be had: %ld", answer->code);
		status = STATUS_REMOTE;
	} else if (is_html(type)) {
		status = html_title_read(answer->body, answer->length, type, title, error);
	}
	free(type);
	return status;
}

static void on_answer(void *self, const struct http_answer *answer)
{
	struct page_title *title = self;
	struct error error = {0};
	char *text = NULL;
	enum status status;

	if (answer->status == STATUS_OK && follow(title, answer))
		return;
	status = read_title(answer, &text, &error);
	tell(title, status, text ? text : "", &error);
	free(text);
}

struct page_title *page_title_ask(
	struct http_client *client, const char *url, page_title_done_fn done, void *self)
{
	struct page_title *title = memory_new(sizeof(*title));

	title->client = client;
	title->done = done;
	title->self = self;
	title->url = memory_copy_string(url);
	title->until = steady_clock_ms() + TITLE_MS;
	ask(title);
	return title;
}

void page_title_cancel(struct page_title *title)
{
	if (!title)
		return;
	http_client_cancel(title->client, title->exchange);
	title_free(title);
}

struct waiting {
	bool over;
	enum status status;
	char *title;
	struct error error;
};

static void on_title(void *self, enum status status, const char *title, const struct error *error)
{
	struct waiting *waiting = self;

	waiting->over = true;
	waiting->status = status;
	waiting->title = memory_copy_string(title);
	waiting->error = *error;
}

static void wait_for(struct waiting *waiting, const char *url, const volatile sig_atomic_t *stop)
{
	struct http_client *client = http_client_new();
	struct page_title *title = page_title_ask(client, url, on_title, waiting);

	while (!waiting->over && !(stop && *stop))
		http_client_wait(client, NULL, 0, GLANCE_MS);
	if (!waiting->over) {
		page_title_cancel(title);
		waiting->status = STATUS_INTERRUPTED;
	}
	http_client_free(client);
}

enum status page_title_fetch(
	const char *url, const volatile sig_atomic_t *stop, char **title, struct error *error)
{
	struct waiting waiting = {.status = STATUS_INVALID};

	if (url_is_web(url))
		wait_for(&waiting, url, stop);
	else
		error_set(&waiting.error, "only pages of the web have a title");
	if (error)
		*error = waiting.error;
	*title = waiting.title ? waiting.title : memory_copy_string("");
	return waiting.status;
}
