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
#define REDIRECTS_MAX 10
#define GLANCE_MS     200 /* how long a stop may go unnoticed */

struct page_title {
	struct http_client *client;
	struct http_exchange *exchange;
	struct http_cookies *cookies; /* of this chain of redirects */
	size_t looked_at;             /* bytes of the page in which no title ends */
	page_title_done_fn done;
	void *self;
	char *url;
	bool described;    /* it is wanted */
	char *description; /* NULL: none */
	int redirects;
	long long until; /* milliseconds on the monotonic clock */
};

static void title_free(struct page_title *title)
{
	http_cookies_free(title->cookies);
	free(title->url);
	free(title->description);
	free(title);
}

static void title_tell(
	struct page_title *title, enum status status, const char *text, const struct error *error)
{
	title->done(title->self, status, text, error);
	title_free(title);
}

static void on_answer(void *self, const struct http_answer *answer);

/* Asked as the page comes: the whole of it is only looked through where a title may end. */
static bool has_title(void *self, const char *page, size_t length)
{
	static const char mark[] = "</title", end[] = "</head", body[] = "<body";
	struct page_title *title = self;
	const char *from = page + title->looked_at;
	bool may_be;

	title->looked_at = length < sizeof(mark) ? 0 : length - sizeof(mark);
	if (title->described)
		may_be = strcasestr(from, end) || strcasestr(from, body);
	else
		may_be = strcasestr(from, mark);
	return may_be && html_title_is_whole(page, length);
}

static void title_ask(struct page_title *title)
{
	static const char *const headers[] = {HTTP_ACCEPT_PAGE};
	long long left = title->until - steady_clock_ms();
	char *url = origin_wire_form(title->url);
	struct http_request request = {
		.url = url,
		.headers = headers,
		.header_count = 1,
		.body_max = PAGE_MAX,
		.keep_beginning = true,
		.enough = has_title,
		.cookies = title->cookies,
		.total_ms = left > 1 ? (long)left : 1,
		.plain = true,
		.direct = origin_is_loopback(url),
	};

	title->looked_at = 0;
	title->exchange = http_client_get(title->client, &request, on_answer, title);
	free(url);
}

/* OK if the answer was a redirect that is followed; NOT_FOUND of another; else why it is not. */
static enum status page_follow(
	struct page_title *title, const struct http_answer *answer, struct error *error)
{
	char *target = http_answer_redirect(answer);
	enum status status = STATUS_REMOTE;

	if (!target)
		return STATUS_NOT_FOUND;
	if (title->redirects++ >= REDIRECTS_MAX) {
		error_set(error, "too many redirects");
	} else if (!url_is_web(target)) {
		error_set(error, "it redirects to what is no page of the web");
	} else {
		free(title->url);
		title->url = target;
		title_ask(title);
		return STATUS_OK;
	}
	free(target);
	return status;
}

static bool is_html(const char *type)
{
	return !type || strncasecmp(type, "text/html", 9) == 0 ||
	       strncasecmp(type, "application/xhtml", 17) == 0;
}

static char *read_head(struct page_title *title, const struct http_answer *answer, const char *type)
{
	struct html_head head;

	if (!title->described)
		return html_title_read(answer->body, answer->length, type);
	html_head_read(answer->body, answer->length, type, &head);
	free(title->description);
	title->description = head.description;
	return head.title;
}

/* What came of a page that stalls or breaks off may hold its title all the same. */
static enum status read_page(struct page_title *title, const struct http_answer *answer,
	char **text, struct error *error)
{
	char *type = http_answer_header(answer, "content-type");
	enum status status = answer->status;

	*error = answer->error;
	if (answer->code && (answer->code < 200 || answer->code >= 300)) {
		status = error_fail(
			STATUS_REMOTE, error, "the page cannot be had: %ld", answer->code);
	} else if (answer->code && is_html(type)) {
		*text = read_head(title, answer, type);
		if (**text)
			status = STATUS_OK;
	}
	free(type);
	return status;
}

static void on_answer(void *self, const struct http_answer *answer)
{
	struct page_title *title = self;
	struct error error = {0};
	char *text = NULL;
	enum status status = page_follow(title, answer, &error);

	if (status == STATUS_OK)
		return;
	if (status == STATUS_NOT_FOUND)
		status = read_page(title, answer, &text, &error);
	title_tell(title, status, text ? text : "", &error);
	free(text);
}

static struct page_title *begin(struct http_client *client, const char *url, bool described,
	page_title_done_fn done, void *self)
{
	struct page_title *title = memory_new(sizeof(*title));

	title->described = described;
	title->client = client;
	title->done = done;
	title->self = self;
	title->url = memory_copy_string(url);
	title->cookies = http_cookies_new();
	title->until = steady_clock_ms() + TITLE_MS;
	title_ask(title);
	return title;
}

struct page_title *page_title_ask(
	struct http_client *client, const char *url, page_title_done_fn done, void *self)
{
	return begin(client, url, false, done, self);
}

struct page_title *page_title_ask_with_description(
	struct http_client *client, const char *url, page_title_done_fn done, void *self)
{
	return begin(client, url, true, done, self);
}

const char *page_title_description(const struct page_title *title)
{
	return title->description ? title->description : "";
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

static void wait_for(struct waiting *waiting, struct http_client *client, const char *url,
	const volatile sig_atomic_t *stop)
{
	struct page_title *title = page_title_ask(client, url, on_title, waiting);

	while (!waiting->over && !(stop && *stop))
		http_client_wait(client, NULL, 0, GLANCE_MS);
	if (!waiting->over) {
		page_title_cancel(title);
		waiting->status = STATUS_INTERRUPTED;
	}
}

enum status page_title_fetch(struct http_client *client, const char *url,
	const volatile sig_atomic_t *stop, char **title, struct error *error)
{
	struct waiting waiting = {.status = STATUS_INVALID};

	if (url_is_web(url))
		wait_for(&waiting, client, url, stop);
	else
		error_set(&waiting.error, "only pages of the web have a title");
	if (error)
		*error = waiting.error;
	*title = waiting.title ? waiting.title : memory_copy_string("");
	return waiting.status;
}
