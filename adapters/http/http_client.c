#include "adapters/http/http_client.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "adapters/system/descriptor.h"
#include "adapters/system/platform.h"
#include "adapters/http/http_library.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"

#define STRANGER_SECONDS 2 /* a redirect, or GET after HEAD, comes within */
#define COUNT(array)     (sizeof(array) / sizeof((array)[0]))

struct http_exchange {
	struct http_exchange *next;
	const struct http_library *library; /* borrowed; filled once it was opened */
	http_done_fn done;
	http_enough_fn enough;
	void *self;
	CURL *easy; /* NULL if it could not be started */
	struct curl_slist *lines;
	struct http_cookies *cookies;
	char *url;
	struct buffer headers;
	struct buffer body;
	size_t body_max;
	bool keep_beginning;
	bool cut;  /* the beginning is there, and all that was wanted */
	bool sent; /* libcurl has begun to send it */
	bool held; /* and is not to send it again */
	bool body_too_long;
	bool headers_too_long;
	bool ended; /* its answer waits to be told */
	enum status status;
	enum http_failure failure;
	struct error error;
	char words[CURL_ERROR_SIZE]; /* libcurl's own */
};

/* Lines of libcurl's cookie engine, in the form of Netscape's file. */
struct http_cookies {
	char **lines;
	size_t count;
};

struct http_client {
	struct http_library library;
	CURLM *multi; /* NULL until the first request */
	struct http_exchange *exchanges;
	size_t in_flight;
	char *ca_file;    /* NULL: the system's */
	char *user_agent; /* NULL: ours */
};

/* -- cookies */

struct http_cookies *http_cookies_new(void)
{
	return memory_new(sizeof(struct http_cookies));
}

static void cookies_clear(struct http_cookies *cookies)
{
	for (size_t i = 0; i < cookies->count; i++)
		free(cookies->lines[i]);
	free(cookies->lines);
	*cookies = (struct http_cookies){0};
}

void http_cookies_free(struct http_cookies *cookies)
{
	if (!cookies)
		return;
	cookies_clear(cookies);
	free(cookies);
}

static void cookies_give(struct http_exchange *exchange)
{
	const struct http_library *library = exchange->library;

	library->easy_setopt(exchange->easy, CURLOPT_COOKIEFILE, ""); /* the engine, no file */
	for (size_t i = 0; i < exchange->cookies->count; i++)
		library->easy_setopt(
			exchange->easy, CURLOPT_COOKIELIST, exchange->cookies->lines[i]);
}

static void cookies_take(struct http_exchange *exchange)
{
	struct http_cookies *cookies = exchange->cookies;
	struct curl_slist *lines = NULL;

	exchange->library->easy_getinfo(exchange->easy, CURLINFO_COOKIELIST, &lines);
	cookies_clear(cookies);
	for (struct curl_slist *line = lines; line; line = line->next) {
		cookies->lines =
			memory_resize(cookies->lines, cookies->count + 1, sizeof(*cookies->lines));
		cookies->lines[cookies->count++] = memory_copy_string(line->data);
	}
	exchange->library->slist_free_all(lines);
}

/* -- what libcurl calls */

static size_t on_body(char *from, size_t size, size_t count, void *self)
{
	struct http_exchange *exchange = self;
	size_t length = size * count;
	size_t room = exchange->body_max - exchange->body.length;

	buffer_add(&exchange->body, from, length < room ? length : room);
	if (exchange->enough &&
		exchange->enough(exchange->self, exchange->body.text, exchange->body.length)) {
		exchange->cut = true;
		return 0;
	}
	if (length <= room)
		return length;
	exchange->cut = exchange->keep_beginning;
	exchange->body_too_long = !exchange->keep_beginning;
	return 0;
}

/* A status line begins the headers anew: those of a "100 Continue" are nobody's. */
static size_t on_header(char *from, size_t size, size_t count, void *self)
{
	struct http_exchange *exchange = self;
	size_t length = size * count;

	if (length >= 5 && memcmp(from, "HTTP/", 5) == 0)
		exchange->headers.length = 0;
	if (exchange->headers.length + length > HTTP_HEADERS_MAX) {
		exchange->headers_too_long = true;
		return 0;
	}
	buffer_add(&exchange->headers, from, length);
	return length;
}

/* Programs that are started while a request is under way must not inherit its socket. */
static curl_socket_t on_socket(void *self, curlsocktype purpose, struct curl_sockaddr *address)
{
	int fd = socket(address->family, address->socktype, address->protocol);

	(void)self;
	(void)purpose;
	if (fd >= 0 && !descriptor_close_on_exec(fd)) {
		close(fd);
		fd = -1;
	}
	return fd < 0 ? CURL_SOCKET_BAD : fd;
}

/* There is a connection, and the request goes out: the last moment to hold it back. */
static int on_sending(void *self, char *ip, char *own_ip, int port, int own_port)
{
	struct http_exchange *exchange = self;

	(void)ip, (void)own_ip, (void)port, (void)own_port;
	if (exchange->held)
		return CURL_PREREQFUNC_ABORT;
	exchange->sent = true;
	return CURL_PREREQFUNC_OK;
}

/* -- an exchange */

static struct http_exchange *exchange_new(struct http_client *client,
	const struct http_request *request, http_done_fn done, void *self)
{
	struct http_exchange *exchange = memory_new(sizeof(*exchange));

	exchange->library = &client->library;
	exchange->done = done;
	exchange->enough = request->enough;
	exchange->self = self;
	exchange->cookies = request->cookies;
	exchange->url = memory_copy_string(request->url);
	exchange->body_max = request->body_max ? request->body_max : HTTP_BODY_MAX;
	exchange->keep_beginning = request->keep_beginning;
	buffer_add(&exchange->headers, "", 0);
	buffer_add(&exchange->body, "", 0);
	return exchange;
}

static void exchange_free(struct http_exchange *exchange)
{
	if (exchange->easy)
		exchange->library->easy_cleanup(exchange->easy);
	if (exchange->lines)
		exchange->library->slist_free_all(exchange->lines);
	free(exchange->headers.text);
	free(exchange->body.text);
	free(exchange->url);
	free(exchange);
}

static void set_limits(struct http_exchange *exchange, const struct http_request *request)
{
	const struct http_library *library = exchange->library;
	CURL *easy = exchange->easy;

	library->easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)HTTP_CONNECT_MS);
	library->easy_setopt(easy, CURLOPT_TIMEOUT_MS,
		request->total_ms ? request->total_ms : (long)HTTP_TOTAL_MS);
	library->easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 100L);
	library->easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, 20L);
	library->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, request->plain ? "http,https" : "https");
	library->easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	library->easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	library->easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	library->easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	library->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	library->easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

static void set_receivers(struct http_exchange *exchange)
{
	const struct http_library *library = exchange->library;
	CURL *easy = exchange->easy;

	library->easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	library->easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
	library->easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	library->easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
	library->easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	library->easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_sending);
	library->easy_setopt(easy, CURLOPT_PREREQDATA, exchange);
	library->easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->words);
	library->easy_setopt(easy, CURLOPT_PRIVATE, exchange);
}

/* A certificate authority of one's own, where OpenSSL's and curl's own programs look for it. */
static const char *certificates_of(const struct http_client *client)
{
	const char *file = client->ca_file;

	if (!file)
		file = platform_secure_env("CURL_CA_BUNDLE");
	if (!file || !*file)
		file = platform_secure_env("SSL_CERT_FILE");
	return file && *file ? file : NULL;
}

/* Makes the easy handle with every limit and setting; false if libcurl cannot. */
static bool exchange_set_up(struct http_client *client, struct http_exchange *exchange,
	const struct http_request *request)
{
	const struct http_library *library = &client->library;
	const char *certificates = certificates_of(client);
	CURL *easy = exchange->easy = library->easy_init();

	if (!easy)
		return false;
	set_limits(exchange, request);
	set_receivers(exchange);
	for (size_t i = 0; i < request->header_count; i++)
		exchange->lines = library->slist_append(exchange->lines, request->headers[i]);
	library->easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->lines);
	library->easy_setopt(easy, CURLOPT_USERAGENT,
		client->user_agent ? client->user_agent : "barky/" BARKY_VERSION);
	library->easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	library->easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	library->easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
	library->easy_setopt(easy, CURLOPT_NOBODY, request->head ? 1L : 0L);
	library->easy_setopt(easy, CURLOPT_FRESH_CONNECT, request->fresh ? 1L : 0L);
	if (request->stranger) /* libcurl walks over all that it knows with every connection */
		library->easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, (long)STRANGER_SECONDS);
	if (certificates)
		library->easy_setopt(easy, CURLOPT_CAINFO, certificates);
	if (request->direct)
		library->easy_setopt(easy, CURLOPT_PROXY, "");
	if (exchange->cookies)
		cookies_give(exchange);
	return library->easy_setopt(easy, CURLOPT_URL, request->url) == CURLE_OK;
}

/* -- how an exchange ended */

/* What libcurl's codes mean here. Without words, libcurl's own are taken. */
struct ending {
	CURLcode code;
	enum status status;
	enum http_failure failure;
	const char *words;
};

static const struct ending endings[] = {
	{CURLE_COULDNT_RESOLVE_PROXY, STATUS_NETWORK, HTTP_UNCONNECTED,
		"the proxy's name cannot be looked up"},
	{CURLE_COULDNT_RESOLVE_HOST, STATUS_NETWORK, HTTP_UNRESOLVED,
		"the host's name cannot be looked up"},
	{CURLE_COULDNT_CONNECT, STATUS_NETWORK, HTTP_UNCONNECTED, NULL},
	{CURLE_PROXY, STATUS_NETWORK, HTTP_UNCONNECTED, NULL},
	{CURLE_SSL_CONNECT_ERROR, STATUS_NETWORK, HTTP_INSECURE, NULL},
	{CURLE_PEER_FAILED_VERIFICATION, STATUS_NETWORK, HTTP_INSECURE, NULL},
	{CURLE_SSL_CACERT_BADFILE, STATUS_NETWORK, HTTP_INSECURE, NULL},
	{CURLE_SSL_ISSUER_ERROR, STATUS_NETWORK, HTTP_INSECURE, NULL},
	{CURLE_OPERATION_TIMEDOUT, STATUS_NETWORK, HTTP_TIMED_OUT, "timed out"},
	{CURLE_GOT_NOTHING, STATUS_NETWORK, HTTP_BROKEN,
		"the server closed the connection without an answer"},
	{CURLE_ABORTED_BY_CALLBACK, STATUS_NETWORK, HTTP_BROKEN, "the connection broke"},
	{CURLE_PARTIAL_FILE, STATUS_REMOTE, HTTP_CUT, "the answer is cut off"},
	{CURLE_BAD_CONTENT_ENCODING, STATUS_REMOTE, HTTP_BROKEN, NULL},
	{CURLE_WRITE_ERROR, STATUS_REMOTE, HTTP_BROKEN, NULL},
	{CURLE_WEIRD_SERVER_REPLY, STATUS_REMOTE, HTTP_BROKEN, NULL},
	{CURLE_UNSUPPORTED_PROTOCOL, STATUS_REMOTE, HTTP_BROKEN, NULL},
	{CURLE_HTTP2, STATUS_REMOTE, HTTP_BROKEN, NULL},
	{CURLE_HTTP2_STREAM, STATUS_REMOTE, HTTP_BROKEN, NULL},
};

#define TRUST_ADVICE                                                                               \
	": if it is to be trusted, name its certificate as ca_file in the configuration, or in "   \
	"SSL_CERT_FILE"

/*
 * What is wrong with a certificate, by the words that OpenSSL and GnuTLS have for it: libcurl
 * tells it in no other way that both of them share.
 */
static const char *const certificate_faults[][2] = {
	{"not yet valid", "its certificate is not valid yet, or this machine's clock is wrong"},
	{"not activated", "its certificate is not valid yet, or this machine's clock is wrong"},
	{"expired", "its certificate has expired"},
	{"expiration date", "its certificate has expired"},
	{"revoked", "its certificate was revoked"},
	{"subject name", "its certificate is for another name"},
	{"does not match", "its certificate is for another name"},
	{"self-signed", "its certificate is signed by itself" TRUST_ADVICE},
	{"self signed", "its certificate is signed by itself" TRUST_ADVICE},
	{"issuer", "the issuer of its certificate is not known" TRUST_ADVICE},
	{"verification failed", "the issuer of its certificate is not known" TRUST_ADVICE},
	{"wrong version number", "it does not speak TLS: is it http?"},
	{"packet length", "it does not speak TLS: is it http?"},
};

static const char *certificate_fault(const char *words)
{
	for (size_t i = 0; i < COUNT(certificate_faults); i++)
		if (strcasestr(words, certificate_faults[i][0]))
			return certificate_faults[i][1];
	return NULL;
}

/* "Connection refused" rather than what libcurl makes of it. */
static const char *connection_fault(const struct http_exchange *exchange)
{
	long number = 0;

	exchange->library->easy_getinfo(exchange->easy, CURLINFO_OS_ERRNO, &number);
	return number ? strerror((int)number) : NULL;
}

static void exchange_explain(struct http_exchange *exchange, const struct ending *ending)
{
	const char *words = ending->words;

	if (!words && ending->code == CURLE_COULDNT_CONNECT)
		words = connection_fault(exchange);
	if (!words && ending->failure == HTTP_INSECURE)
		words = certificate_fault(exchange->words);
	if (!words && ending->code == CURLE_SSL_CACERT_BADFILE)
		error_set(&exchange->error,
			"the certificates to trust cannot be read: check ca_file in the "
			"configuration, or SSL_CERT_FILE (%s)",
			exchange->words);
	if (!words)
		words = *exchange->words ? exchange->words
					 : exchange->library->easy_strerror(ending->code);
	error_set_default(&exchange->error, "%s", words);
}

static struct ending find_ending(CURLcode code)
{
	for (size_t i = 0; i < COUNT(endings); i++)
		if (endings[i].code == code)
			return endings[i];
	return (struct ending){code, STATUS_NETWORK, HTTP_BROKEN, NULL};
}

/*
 * A line of headers that is longer than libcurl can hold is "out of memory" to it, once the answer
 * has begun (in later versions it is a code of its own, 100).
 */
static bool is_long_line(const struct http_exchange *exchange, CURLcode code)
{
	curl_off_t began = 0;

	exchange->library->easy_getinfo(exchange->easy, CURLINFO_STARTTRANSFER_TIME_T, &began);
	return (int)code == 100 || (code == CURLE_OUT_OF_MEMORY && began > 0);
}

static void exchange_end(struct http_exchange *exchange, CURLcode code)
{
	struct ending ending = find_ending(code);

	exchange->ended = true;
	if (exchange->cookies)
		cookies_take(exchange);
	if (code == CURLE_OK || exchange->cut)
		return;
	if (exchange->body_too_long)
		error_set(&exchange->error, "the answer is longer than %zu bytes",
			exchange->body_max);
	else if (exchange->headers_too_long || is_long_line(exchange, code))
		error_set(&exchange->error, "the answer's headers are too long");
	if (*exchange->error.text)
		ending = (struct ending){code, STATUS_REMOTE, HTTP_TOO_LONG, ""};
	exchange->status = ending.status;
	exchange->failure = ending.failure;
	exchange_explain(exchange, &ending);
}

static void exchange_tell(struct http_exchange *exchange)
{
	struct http_answer answer = {
		.status = exchange->status,
		.failure = exchange->failure,
		.error = exchange->error,
		.url = exchange->url,
		.body = exchange->body.text,
		.length = exchange->body.length,
		.headers = exchange->headers.text,
		.headers_length = exchange->headers.length,
	};

	if (exchange->easy)
		exchange->library->easy_getinfo(
			exchange->easy, CURLINFO_RESPONSE_CODE, &answer.code);
	exchange->done(exchange->self, &answer);
}

/* -- the client */

static char *copy_setting(const char *value)
{
	return value && *value ? memory_copy_string(value) : NULL;
}

struct http_client *http_client_new(const struct http_settings *settings)
{
	struct http_client *client = memory_new(sizeof(*client));

	if (settings) {
		client->ca_file = copy_setting(settings->ca_file);
		client->user_agent = copy_setting(settings->user_agent);
	}
	return client;
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
		exchange_free(exchange);
}

bool http_client_withdraw(struct http_client *client, struct http_exchange *exchange)
{
	exchange->held = true;
	if (exchange->sent || exchange->ended)
		return false;
	http_client_cancel(client, exchange);
	return true;
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
	free(client->user_agent);
	free(client);
}

static enum status client_start(struct http_client *client, struct error *error)
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
	return error_fail(STATUS_NETWORK, error, "libcurl cannot be started");
}

static bool exchange_begin(struct http_client *client, struct http_exchange *exchange,
	const struct http_request *request)
{
	return client_start(client, &exchange->error) == STATUS_OK &&
	       exchange_set_up(client, exchange, request) &&
	       client->library.multi_add_handle(client->multi, exchange->easy) == CURLM_OK;
}

struct http_exchange *http_client_get(struct http_client *client,
	const struct http_request *request, http_done_fn done, void *self)
{
	struct http_exchange *exchange = exchange_new(client, request, done, self);

	exchange->next = client->exchanges;
	client->exchanges = exchange;
	client->in_flight++;
	if (exchange_begin(client, exchange, request))
		return exchange;
	exchange->ended = true;
	exchange->status = STATUS_NETWORK;
	exchange->failure = HTTP_NOT_STARTED;
	error_set_default(&exchange->error, "the request cannot be made");
	return exchange;
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
		exchange_end((struct http_exchange *)(void *)exchange, message->data.result);
	}
}

/* Moves everything on; true if an answer waits to be told. */
static bool client_perform(struct http_client *client)
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
		exchange_tell(exchange);
		exchange_free(exchange);
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
static void poll_only(struct pollfd *extra, size_t count, int timeout_ms)
{
	if (poll(extra, (nfds_t)count, timeout_ms) >= 0)
		return;
	for (size_t i = 0; i < count; i++)
		extra[i].revents = 0;
}

void http_client_wait(
	struct http_client *client, struct pollfd *extra, size_t count, int timeout_ms)
{
	if (client_perform(client))
		timeout_ms = 0;
	if (client->multi && client->in_flight > 0) {
		if (timeout_ms != 0)
			sleep_with_curl(client, extra, count, timeout_ms);
		timeout_ms = 0;
	}
	poll_only(extra, count, timeout_ms);
	client_perform(client);
	tell_all(client);
}
