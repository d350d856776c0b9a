#ifdef HAVE_MICROHTTPD

#include "adapters/http_api/http_api.h"

#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include "adapters/bootstrap.h"
#include "adapters/http_api/api_call.h"
#include "adapters/json/event_json.h"
#include "adapters/json/json_guard.h"
#include "adapters/json/json_writer.h"
#include "adapters/rows/library_search.h"
#include "adapters/system/shared_library.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"

#define BODY_MAX         ((size_t)1024 * 1024)
#define HEADERS_MAX      ((size_t)16 * 1024)
#define CONNECTION_BYTES ((size_t)48 * 1024) /* headers as they come and as they are read */
#define CONNECTIONS_MAX  64
#define CONNECTIONS_MORE 16 /* that wait for the closing of those that give way */
#define SILENCE_SECONDS  10
#define PAGE_MAX         5000
#define STREAM_BLOCK     4096

/*
 * libmicrohttpd, opened by barky serve alone, so that no other command pays for it. Each member is
 * the function of the library of that name, without its MHD_. It stays open until the program ends.
 */
struct microhttpd_library {
	struct MHD_Daemon *(*start_daemon)(unsigned int flags, uint16_t port,
		MHD_AcceptPolicyCallback accept, void *accept_self,
		MHD_AccessHandlerCallback handler, void *handler_self, ...);
	void (*stop_daemon)(struct MHD_Daemon *daemon);
	const union MHD_DaemonInfo *(*get_daemon_info)(
		struct MHD_Daemon *daemon, enum MHD_DaemonInfoType type, ...);
	enum MHD_Result (*get_timeout)(struct MHD_Daemon *daemon, unsigned long long *timeout);
	enum MHD_Result (*run)(struct MHD_Daemon *daemon);
	const char *(*lookup_connection_value)(
		struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *key);
	int (*get_connection_values)(struct MHD_Connection *connection, enum MHD_ValueKind kind,
		MHD_KeyValueIterator iterator, void *self);
	const union MHD_ConnectionInfo *(*get_connection_info)(
		struct MHD_Connection *connection, enum MHD_ConnectionInfoType type, ...);
	enum MHD_Result (*set_connection_option)(
		struct MHD_Connection *connection, enum MHD_CONNECTION_OPTION option, ...);
	void (*suspend_connection)(struct MHD_Connection *connection);
	void (*resume_connection)(struct MHD_Connection *connection);
	struct MHD_Response *(*create_response_from_buffer)(
		size_t size, void *buffer, enum MHD_ResponseMemoryMode mode);
	struct MHD_Response *(*create_response_from_callback)(uint64_t size, size_t block_size,
		MHD_ContentReaderCallback reader, void *self, MHD_ContentReaderFreeCallback finish);
	enum MHD_Result (*add_response_header)(
		struct MHD_Response *response, const char *header, const char *content);
	enum MHD_Result (*queue_response)(struct MHD_Connection *connection, unsigned int status,
		struct MHD_Response *response);
	void (*destroy_response)(struct MHD_Response *response);
	size_t (*http_unescape)(char *text);
};

static const struct library_function mhd_functions[] = {
	{"MHD_start_daemon", offsetof(struct microhttpd_library, start_daemon)},
	{"MHD_stop_daemon", offsetof(struct microhttpd_library, stop_daemon)},
	{"MHD_get_daemon_info", offsetof(struct microhttpd_library, get_daemon_info)},
	{"MHD_get_timeout", offsetof(struct microhttpd_library, get_timeout)},
	{"MHD_run", offsetof(struct microhttpd_library, run)},
	{"MHD_lookup_connection_value",
		offsetof(struct microhttpd_library, lookup_connection_value)},
	{"MHD_get_connection_values", offsetof(struct microhttpd_library, get_connection_values)},
	{"MHD_get_connection_info", offsetof(struct microhttpd_library, get_connection_info)},
	{"MHD_set_connection_option", offsetof(struct microhttpd_library, set_connection_option)},
	{"MHD_suspend_connection", offsetof(struct microhttpd_library, suspend_connection)},
	{"MHD_resume_connection", offsetof(struct microhttpd_library, resume_connection)},
	{"MHD_create_response_from_buffer",
		offsetof(struct microhttpd_library, create_response_from_buffer)},
	{"MHD_create_response_from_callback",
		offsetof(struct microhttpd_library, create_response_from_callback)},
	{"MHD_add_response_header", offsetof(struct microhttpd_library, add_response_header)},
	{"MHD_queue_response", offsetof(struct microhttpd_library, queue_response)},
	{"MHD_destroy_response", offsetof(struct microhttpd_library, destroy_response)},
	{"MHD_http_unescape", offsetof(struct microhttpd_library, http_unescape)},
};

static enum status microhttpd_library_open(struct microhttpd_library *library, struct error *error)
{
	return shared_library_open(MICROHTTPD_SONAME, mhd_functions,
		sizeof(mhd_functions) / sizeof(mhd_functions[0]), library, error);
}

static const struct json_bounds body_bounds = {.values = 20000, .depth = 32};

/* A client that is connected. */
struct connection {
	struct MHD_Connection *handle;
	int fd;
	int64_t active; /* when it came, or its last request began or ended; steady clock, ms */
	bool busy;      /* a request of it is under way that must not be cut: a stream, a title */
	struct connection *previous;
	struct connection *next;
};

/*
 * The log as server-sent events (WHATWG HTML, 9.2) for one client: "id", "event" and "data" with
 * the event's JSON, from one event on; a comment line every 15 seconds of silence. Some events are
 * read at a time, so that a client that does not read holds neither memory nor the library.
 */
struct event_stream {
	struct library *library;
	int64_t last;       /* the event that was written last */
	struct buffer text; /* what the client has not taken yet */
	size_t taken;
	int64_t silent_since; /* on the steady clock, ms */
};

#define SILENCE_MS  15000
#define EVENTS_ONCE 100

struct reading {
	struct event_stream *stream;
	size_t count;
};

/* Beyond the end of the log is where a client was before a copy was put back: it goes on there. */
static void event_stream_stay_in_log(struct event_stream *stream)
{
	struct catalogue *catalogue = stream->library->catalogue;
	int64_t end;

	if (catalogue->last_event(catalogue, &end, NULL) == STATUS_OK && end < stream->last)
		stream->last = end;
}

/* last_event_id is the client's Last-Event-ID header; NULL: what happens from now on. */
static void event_stream_init(
	struct event_stream *stream, struct library *library, const char *last_event_id)
{
	*stream = (struct event_stream){
		.library = library,
		.last = last_event_id ? strtoll(last_event_id, NULL, 10) : INT64_MAX,
		.silent_since = steady_clock_ms(),
	};
	event_stream_stay_in_log(stream);
	/* The first line tells the client that it is heard. */
	buffer_add_string(&stream->text, ": barky\n\n");
}

static void event_stream_finish(struct event_stream *stream)
{
	buffer_finish(&stream->text);
}

static bool event_stream_write(void *self, const struct event *event)
{
	struct reading *reading = self;
	struct buffer *text = &reading->stream->text;
	struct json_writer json = {.out = text};

	buffer_print(
		text, "id: %lld\nevent: %s\ndata: ", (long long)event->id, event_name(event->type));
	event_json_put(&json, event);
	buffer_add_string(text, "\n\n");
	reading->stream->last = event->id;
	return ++reading->count < EVENTS_ONCE;
}

/* Milliseconds until the comment line is due; a read gives it then. */
static int event_stream_timeout(const struct event_stream *stream)
{
	int64_t left = stream->silent_since + SILENCE_MS - steady_clock_ms();

	return left > 0 ? (int)left : 0;
}

/* A library that cannot be read now is read at the next occasion. */
static void event_stream_refill(struct event_stream *stream)
{
	struct catalogue *catalogue = stream->library->catalogue;
	struct reading reading = {.stream = stream};

	buffer_clear(&stream->text);
	stream->taken = 0;
	catalogue->each_event(catalogue, stream->last, event_stream_write, &reading, NULL);
	if (!stream->text.length && event_stream_timeout(stream) == 0)
		buffer_add_string(&stream->text, ": still here\n\n");
}

/* Copies what is there into buffer, at most size bytes; 0: nothing is, for now. */
static size_t event_stream_read(struct event_stream *stream, char *buffer, size_t size)
{
	size_t length;

	if (stream->taken == stream->text.length)
		event_stream_refill(stream);
	length = stream->text.length - stream->taken;
	if (length > size)
		length = size;
	if (length) {
		memcpy(buffer, buffer_text(&stream->text) + stream->taken, length);
		stream->silent_since = steady_clock_ms();
	}
	stream->taken += length;
	return length;
}

/* A client that listens to the log. */
struct stream_client {
	struct event_stream stream;
	struct http_api *api;
	struct MHD_Connection *connection;
	bool suspended;
	struct stream_client *next;
};

struct http_api {
	struct http_api_setup setup;
	struct microhttpd_library mhd;
	struct MHD_Daemon *daemon;
	struct library_search *search;
	int epoll_fd;
	struct connection *connections;
	size_t connection_count;
	struct api_call *waiting; /* for titles */
	struct stream_client *streams;
	bool again; /* something was resumed */
	bool stopping;
};

/* ---- what handlers use */

const char *api_argument(const struct api_call *call, const char *name)
{
	return call->api->mhd.lookup_connection_value(
		call->connection, MHD_GET_ARGUMENT_KIND, name);
}

struct argument_search {
	const char *name;
	bool found;
};

static enum MHD_Result on_argument(
	void *self, enum MHD_ValueKind kind, const char *key, const char *value)
{
	struct argument_search *search = self;

	(void)kind;
	(void)value;
	search->found |= !strcmp(key, search->name);
	return search->found ? MHD_NO : MHD_YES;
}

bool api_has_argument(const struct api_call *call, const char *name)
{
	struct argument_search search = {.name = name};

	call->api->mhd.get_connection_values(
		call->connection, MHD_GET_ARGUMENT_KIND, on_argument, &search);
	return search.found;
}

bool api_number(struct api_call *call, const char *name, size_t fallback, size_t *number)
{
	const char *text = api_argument(call, name);

	*number = fallback;
	if (!text || !*text)
		return true;
	if (strspn(text, "0123456789") != strlen(text) || strlen(text) > 9) {
		api_refuse_field(call, name, "A valid integer is required.");
		return false;
	}
	*number = strtoul(text, NULL, 10);
	if (strcmp(name, "limit") == 0)
		*number = !*number ? fallback : *number > PAGE_MAX ? PAGE_MAX : *number;
	return true;
}

enum status api_handle(struct api_call *call, struct command *command, struct result *result)
{
	command->origin = "serve";
	return bus_handle(call->library->bus, command, result);
}

static const char *header_of(const struct api_call *call, const char *name)
{
	return call->api->mhd.lookup_connection_value(call->connection, MHD_HEADER_KIND, name);
}

/* A proxy in front speaks TLS, and says so. */
char *api_own_address(const struct api_call *call)
{
	const char *scheme = header_of(call, "X-Forwarded-Proto");

	return memory_print("%s://%s%s", scheme && !strcasecmp(scheme, "https") ? "https" : "http",
		header_of(call, MHD_HTTP_HEADER_HOST), call->route->path);
}

/* ---- waiting for a title */

static struct connection *connection_of(struct http_api *api, struct MHD_Connection *handle)
{
	const union MHD_ConnectionInfo *info =
		api->mhd.get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

static void set_busy(struct http_api *api, struct MHD_Connection *handle, bool busy)
{
	struct connection *connection = connection_of(api, handle);

	if (!connection)
		return;
	connection->busy = busy;
	connection->active = steady_clock_ms();
}

static void waiting_remove(struct api_call *call)
{
	struct api_call **at = &call->api->waiting;

	while (*at && *at != call)
		at = &(*at)->next;
	if (*at)
		*at = call->next;
}

static void api_on_title(
	void *self, enum status status, const char *title, const struct error *error)
{
	struct api_call *call = self;

	(void)error;
	waiting_remove(call);
	call->on_title(call, status == STATUS_OK ? title : "", page_title_description(call->title));
	call->title = NULL;
	call->api->again = true;
	call->api->mhd.resume_connection(call->connection);
}

void api_ask_title(struct api_call *call, const char *url,
	void (*on_title_of)(struct api_call *, const char *title, const char *description))
{
	call->on_title = on_title_of;
	call->title =
		page_title_ask_with_description(call->api->setup.http, url, api_on_title, call);
	call->next = call->api->waiting;
	call->api->waiting = call;
}

size_t http_api_waiting(const struct http_api *api)
{
	size_t count = 0;

	for (const struct api_call *call = api->waiting; call; call = call->next)
		count++;
	return count;
}

static void call_free(struct api_call *call)
{
	if (call->title) {
		page_title_cancel(call->title);
		waiting_remove(call);
	}
	json_decref(call->body);
	buffer_finish(&call->sent);
	buffer_finish(&call->out);
	free(call->url);
	free(call);
}

static bool call_read_body(struct api_call *call)
{
	const char *text = buffer_text(&call->sent);
	json_error_t failure;

	if (!json_guard_allows(text, call->sent.length, &body_bounds)) {
		api_refuse(call, MHD_HTTP_BAD_REQUEST, "JSON parse error: too much, or too deep");
		return false;
	}
	call->body = json_loadb(text, call->sent.length, JSON_REJECT_DUPLICATES, &failure);
	if (json_is_object(call->body))
		return true;
	api_refuse(call, MHD_HTTP_BAD_REQUEST,
		call->body ? "Invalid data. Expected a dictionary." : "JSON parse error");
	return false;
}

/* All of it has come. */
static void call_handle(struct api_call *call, const char *method, const char *url)
{
	const union MHD_ConnectionInfo *info = call->api->mhd.get_connection_info(
		call->connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	call->started = true;
	if (!api_access_is_local(
		    header_of(call, MHD_HTTP_HEADER_HOST), info ? info->connect_fd : -1)) {
		api_refuse(
			call, MHD_HTTP_BAD_REQUEST, "The Host header does not name this machine.");
	} else if (!api_access_has_token(header_of(call, MHD_HTTP_HEADER_AUTHORIZATION),
			   call->api->setup.token)) {
		api_refuse(call, MHD_HTTP_UNAUTHORIZED, "Invalid token.");
	} else if (call->too_large) {
		api_refuse(call, MHD_HTTP_CONTENT_TOO_LARGE, "The body is larger than 1 MiB.");
	} else {
		if (call->api->setup.follow_place(call->api->setup.self))
			http_api_notify(call->api);
		api_route_find(call, method, url);
		if (!call->route && *call->allow)
			api_refuse(call, MHD_HTTP_METHOD_NOT_ALLOWED, "Method not allowed.");
		else if (!call->route)
			api_refuse(call, MHD_HTTP_NOT_FOUND, "Not found.");
		else if (!call->route->streamed && (!call->route->body || call_read_body(call)))
			call->route->handle(call);
	}
}

static enum MHD_Result call_queue(struct api_call *call, struct MHD_Response *response)
{
	const struct microhttpd_library *mhd = &call->api->mhd;
	enum MHD_Result queued;

	if (!response)
		return MHD_NO;
	mhd->add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	if (call->status == MHD_HTTP_UNAUTHORIZED)
		mhd->add_response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Token");
	if (call->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		mhd->add_response_header(response, MHD_HTTP_HEADER_ALLOW, call->allow);
	queued = mhd->queue_response(call->connection, call->status, response);
	mhd->destroy_response(response);
	return queued;
}

static enum MHD_Result call_send_answer(struct api_call *call)
{
	const struct microhttpd_library *mhd = &call->api->mhd;
	struct MHD_Response *response = mhd->create_response_from_buffer(call->out.length,
		(void *)(uintptr_t)buffer_text(&call->out), MHD_RESPMEM_MUST_COPY);

	if (response && call->out.length)
		mhd->add_response_header(
			response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json; charset=utf-8");
	set_busy(call->api, call->connection, false);
	return call_queue(call, response);
}

/* ---- the log as a stream */

static ssize_t stream_read(void *self, uint64_t position, char *buffer, size_t size)
{
	struct stream_client *client = self;
	size_t length = event_stream_read(&client->stream, buffer, size);

	(void)position;
	if (length)
		return (ssize_t)length;
	if (client->api->stopping)
		return MHD_CONTENT_READER_END_OF_STREAM;
	client->suspended = true;
	client->api->mhd.suspend_connection(client->connection);
	return 0;
}

static void stream_finish(void *self)
{
	struct stream_client *client = self;
	struct stream_client **at = &client->api->streams;

	while (*at && *at != client)
		at = &(*at)->next;
	if (*at)
		*at = client->next;
	event_stream_finish(&client->stream);
	free(client);
}

static enum MHD_Result call_send_stream(struct api_call *call)
{
	struct http_api *api = call->api;
	struct stream_client *client = memory_new(sizeof(*client));
	struct MHD_Response *response;

	client->api = api;
	client->connection = call->connection;
	event_stream_init(&client->stream, call->library, header_of(call, "Last-Event-ID"));
	client->next = api->streams;
	api->streams = client;
	response = api->mhd.create_response_from_callback(
		MHD_SIZE_UNKNOWN, STREAM_BLOCK, stream_read, client, stream_finish);
	if (!response) {
		stream_finish(client);
		return MHD_NO;
	}
	api->mhd.add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
	api->mhd.set_connection_option(
		call->connection, MHD_CONNECTION_OPTION_TIMEOUT, (unsigned int)0);
	set_busy(api, call->connection, true);
	call->status = MHD_HTTP_OK;
	return call_queue(call, response);
}

static void stream_resume(struct stream_client *client)
{
	if (!client->suspended)
		return;
	client->suspended = false;
	client->api->again = true;
	client->api->mhd.resume_connection(client->connection);
}

static void streams_resume(struct http_api *api)
{
	for (struct stream_client *client = api->streams; client; client = client->next)
		stream_resume(client);
}

void http_api_notify(struct http_api *api)
{
	for (struct stream_client *client = api->streams; client; client = client->next)
		event_stream_stay_in_log(&client->stream);
	streams_resume(api);
}

static enum status on_event(void *self, const struct signal_args *args)
{
	(void)args;
	streams_resume(self);
	return STATUS_OK;
}

/* ---- what libmicrohttpd calls */

static enum MHD_Result add_header_size(
	void *self, enum MHD_ValueKind kind, const char *key, const char *value)
{
	size_t *size = self;

	(void)kind;
	*size += strlen(key) + (value ? strlen(value) : 0) + 4;
	return MHD_YES;
}

/* Headers have come; a body may follow. */
static enum MHD_Result call_begin(
	struct http_api *api, struct MHD_Connection *connection, struct api_call **begun)
{
	struct api_call *call = memory_new(sizeof(*call));
	const char *length;
	size_t headers = 0;

	*begun = call;
	call->api = api;
	call->library = api->setup.library;
	call->search = api->search;
	call->connection = connection;
	set_busy(api, connection, false);
	api->mhd.get_connection_values(connection, MHD_HEADER_KIND, add_header_size, &headers);
	length = header_of(call, MHD_HTTP_HEADER_CONTENT_LENGTH);
	if (headers > HEADERS_MAX)
		api_refuse(call, MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE,
			"The headers are larger than 16 KiB.");
	else if (length && strtoull(length, NULL, 10) > BODY_MAX)
		api_refuse(call, MHD_HTTP_CONTENT_TOO_LARGE, "The body is larger than 1 MiB.");
	else
		return MHD_YES;
	call->started = true;
	return call_send_answer(call);
}

static void call_keep_body(struct api_call *call, const char *bytes, size_t length)
{
	call->too_large |= call->sent.length + length > BODY_MAX;
	if (call->too_large)
		buffer_clear(&call->sent);
	else
		buffer_add(&call->sent, bytes, length);
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size,
	void **context)
{
	struct http_api *api = self;
	struct api_call *call = *context;

	(void)version;
	if (!call)
		return call_begin(api, connection, (struct api_call **)context);
	if (*upload_size) {
		call_keep_body(call, upload, *upload_size);
		*upload_size = 0;
		return MHD_YES;
	}
	if (!call->started)
		call_handle(call, method, url);
	if (call->route && call->route->streamed && !call->status)
		return call_send_stream(call);
	if (call->status)
		return call_send_answer(call);
	set_busy(api, connection, true);
	api->mhd.suspend_connection(connection);
	return MHD_YES;
}

static void on_completed(void *self, struct MHD_Connection *connection, void **context,
	enum MHD_RequestTerminationCode code)
{
	(void)code;
	if (*context)
		call_free(*context);
	*context = NULL;
	set_busy(self, connection, false);
}

/* The one that has been idle longest gives way, so that slow clients keep nobody out. */
static void connections_make_room(struct http_api *api)
{
	struct connection *longest = NULL;

	if (api->connection_count < CONNECTIONS_MAX)
		return;
	for (struct connection *one = api->connections; one; one = one->next)
		if (!one->busy && (!longest || one->active <= longest->active))
			longest = one;
	if (!longest)
		return;
	longest->busy = true; /* it goes: not to be chosen again */
	shutdown(longest->fd, SHUT_RDWR);
}

static void connection_open(
	struct http_api *api, struct MHD_Connection *handle, void **socket_context)
{
	const union MHD_ConnectionInfo *info =
		api->mhd.get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct connection *connection = memory_new(sizeof(*connection));

	connections_make_room(api);
	connection->handle = handle;
	connection->fd = info ? info->connect_fd : -1;
	connection->active = steady_clock_ms();
	connection->next = api->connections;
	if (connection->next)
		connection->next->previous = connection;
	api->connections = connection;
	api->connection_count++;
	*socket_context = connection;
}

static void connection_close(struct http_api *api, struct connection *connection)
{
	if (connection->previous)
		connection->previous->next = connection->next;
	else
		api->connections = connection->next;
	if (connection->next)
		connection->next->previous = connection->previous;
	api->connection_count--;
	free(connection);
}

static void on_connection(void *self, struct MHD_Connection *handle, void **socket_context,
	enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		connection_open(self, handle, socket_context);
	} else if (*socket_context) {
		connection_close(self, *socket_context);
		*socket_context = NULL;
	}
}

/* ---- within the wait of the thread */

static void api_prepare(void *self, struct poll_loop *loop)
{
	poll_loop_watch(loop, ((struct http_api *)self)->epoll_fd, POLLIN);
}

static int api_timeout(void *self)
{
	const struct http_api *api = self;
	unsigned long long left;
	int timeout = api->mhd.get_timeout(api->daemon, &left) == MHD_YES
			      ? (int)(left < 60000 ? left : 60000)
			      : -1;

	if (api->again)
		return 0;
	for (const struct stream_client *client = api->streams; client; client = client->next) {
		int its = event_stream_timeout(&client->stream);

		if (client->suspended && (timeout < 0 || its < timeout))
			timeout = its;
	}
	return timeout;
}

static void api_turn(void *self)
{
	struct http_api *api = self;

	api->again = false;
	for (struct stream_client *client = api->streams; client; client = client->next)
		if (event_stream_timeout(&client->stream) == 0)
			stream_resume(client);
	api->mhd.run(api->daemon);
}

/* Of a path or an argument, in place. What is behind a NUL would not be seen: it becomes U+FFFD. */
static size_t on_unescape(void *self, struct MHD_Connection *connection, char *text)
{
	static const char replacement[] = {'\xef', '\xbf', '\xbd'};
	const struct http_api *api = self;

	(void)connection;
	for (char *at = text; (at = strstr(at, "%00")); at += sizeof(replacement))
		memcpy(at, replacement, sizeof(replacement));
	return api->mhd.http_unescape(text);
}

static bool api_start_daemon(struct http_api *api)
{
	const union MHD_DaemonInfo *info;

	api->daemon = api->mhd.start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
		on_request, api, MHD_OPTION_LISTEN_SOCKET, (MHD_socket)api->setup.listener.fd,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, api, MHD_OPTION_NOTIFY_CONNECTION,
		on_connection, api, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned int)(CONNECTIONS_MAX + CONNECTIONS_MORE), MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned int)SILENCE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES,
		MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, api, MHD_OPTION_END);
	info = api->daemon ? api->mhd.get_daemon_info(api->daemon, MHD_DAEMON_INFO_EPOLL_FD) : NULL;
	api->epoll_fd = info ? info->epoll_fd : -1;
	return api->epoll_fd >= 0;
}

struct http_api *http_api_start(const struct http_api_setup *setup, struct error *error)
{
	struct http_api *api = memory_new(sizeof(*api));
	const struct poll_source source = {
		.prepare = api_prepare, .timeout = api_timeout, .turn = api_turn, .self = api};

	api->setup = *setup;
	if (microhttpd_library_open(&api->mhd, error) != STATUS_OK) {
		close(setup->listener.fd);
		free(api);
		return NULL;
	}
	if (!api_start_daemon(api)) {
		error_set(error, "the server cannot be started");
		if (api->daemon)
			api->mhd.stop_daemon(api->daemon);
		free(api);
		return NULL;
	}
	api->search = library_search_new(setup->library);
	signal_connect(&setup->library->signals.event_happened, ANY_SENDER, on_event, api);
	poll_loop_add(setup->loop, &source);
	return api;
}

void http_api_stop(struct http_api *api)
{
	if (!api)
		return;
	poll_loop_remove(api->setup.loop, api);
	signal_disconnect(&api->setup.library->signals.event_happened, ANY_SENDER, on_event, api);
	api->stopping = true;
	streams_resume(api); /* what is suspended cannot be stopped */
	for (struct api_call *call = api->waiting; call; call = call->next) {
		api_refuse(call, MHD_HTTP_SERVICE_UNAVAILABLE, "The server is going down.");
		api->mhd.resume_connection(call->connection);
	}
	api->mhd.run(api->daemon);
	api->mhd.stop_daemon(api->daemon);
	library_search_free(api->search);
	free(api);
}

#else

typedef int http_api_is_not_there;

#endif
