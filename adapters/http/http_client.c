#include "adapters/http/http_client.h"

#include <limits.h>
#include <stdlib.h>

#include "adapters/http/http_exchange.h"
#include "adapters/http/http_library.h"
#include "domain/base/memory.h"

struct http_client {
	struct http_library library;
	CURLM *multi; /* NULL until the first request */
	struct http_exchange *exchanges;
	size_t in_flight;
	char *ca_file; /* NULL: the system's */
};

struct http_client *http_client_new(void)
{
	return memory_new(sizeof(struct http_client));
}

void http_client_trust(struct http_client *client, const char *ca_file)
{
	free(client->ca_file);
	client->ca_file = ca_file ? memory_copy_string(ca_file) : NULL;
}

static bool take_off(struct http_client *client, struct http_exchange *exchange)
{
	struct http_exchange **link = &client->exchanges;

	while (*link && *link != exchange)
		link = &(*link)->next;
	if (!*link)
		return false;
	*link = exchange->next;
	client->in_flight--;
	if (exchange->easy)
		client->library.multi_remove_handle(client->multi, exchange->easy);
	return true;
}

void http_client_cancel(struct http_client *client, struct http_exchange *exchange)
{
	if (take_off(client, exchange))
		http_exchange_free(exchange);
}

void http_client_free(struct http_client *client)
{
	if (!client)
		return;
	while (client->exchanges)
		http_client_cancel(client, client->exchanges);
	if (client->multi) {
		client->library.multi_cleanup(client->multi);
		client->library.global_cleanup();
	}
	free(client->ca_file);
	free(client);
}

static enum status start(struct http_client *client, struct error *error)
{
	enum status status;

	if (client->multi)
		return STATUS_OK;
	status = http_library_open(&client->library, error);
	if (status != STATUS_OK)
		return status;
	if (client->library.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
		client->multi = client->library.multi_init();
	if (client->multi)
		return STATUS_OK;
	error_set(error, "libcurl cannot be started");
	return STATUS_NETWORK;
}

static bool begin(struct http_client *client, struct http_exchange *exchange,
	const struct http_request *request)
{
	return start(client, &exchange->error) == STATUS_OK &&
	       http_exchange_set_up(exchange, request, client->ca_file) &&
	       client->library.multi_add_handle(client->multi, exchange->easy) == CURLM_OK;
}

struct http_exchange *http_client_get(struct http_client *client,
	const struct http_request *request, http_done_fn done, void *self)
{
	struct http_exchange *exchange = http_exchange_new(&client->library, request, done, self);

	exchange->next = client->exchanges;
	client->exchanges = exchange;
	client->in_flight++;
	if (begin(client, exchange, request))
		return exchange;
	exchange->ended = true;
	exchange->status = STATUS_NETWORK;
	exchange->unreachable = true;
	error_set_default(&exchange->error, "the request cannot be made");
	return exchange;
}

size_t http_client_in_flight(const struct http_client *client)
{
	return client->in_flight;
}

static void collect(struct http_client *client)
{
	CURLMsg *message;
	int left;

	while ((message = client->library.multi_info_read(client->multi, &left))) {
		char *exchange = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		client->library.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
		http_exchange_end((struct http_exchange *)(void *)exchange, message->data.result);
	}
}

/* Moves everything on; true if an answer waits to be told. */
static bool work(struct http_client *client)
{
	int running;

	if (client->multi) {
		client->library.multi_perform(client->multi, &running);
		collect(client);
	}
	for (struct http_exchange *each = client->exchanges; each; each = each->next)
		if (each->ended)
			return true;
	return false;
}

/* A done function may ask and cancel, so the list is looked through anew after each. */
static void tell_all(struct http_client *client)
{
	struct http_exchange *exchange = client->exchanges;

	while (exchange) {
		if (!exchange->ended) {
			exchange = exchange->next;
			continue;
		}
		take_off(client, exchange);
		http_exchange_tell(exchange);
		http_exchange_free(exchange);
		exchange = client->exchanges;
	}
}

static void sleep_with_curl(
	struct http_client *client, const struct pollfd *extra, size_t count, int timeout_ms)
{
	struct curl_waitfd *waits = memory_array(count, sizeof(*waits));
	int ready;

	for (size_t i = 0; i < count; i++) {
		waits[i].fd = extra[i].fd;
		waits[i].events = extra[i].events & POLLOUT ? CURL_WAIT_POLLOUT : CURL_WAIT_POLLIN;
	}
	client->library.multi_poll(client->multi, waits, (unsigned int)count,
		timeout_ms < 0 ? INT_MAX : timeout_ms, &ready);
	free(waits);
}

/* libcurl does not report a hang-up of the extra descriptors, so they are looked at by poll(). */
static void look(struct pollfd *extra, size_t count, int timeout_ms)
{
	if (poll(extra, (nfds_t)count, timeout_ms) >= 0)
		return;
	for (size_t i = 0; i < count; i++)
		extra[i].revents = 0;
}

void http_client_wait(
	struct http_client *client, struct pollfd *extra, size_t count, int timeout_ms)
{
	if (work(client))
		timeout_ms = 0;
	if (client->multi && client->in_flight > 0) {
		if (timeout_ms != 0)
			sleep_with_curl(client, extra, count, timeout_ms);
		timeout_ms = 0;
	}
	look(extra, count, timeout_ms);
	work(client);
	tell_all(client);
}
