#include "adapters/http/http_exchange.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "domain/base/memory.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEADERS_MAX  ((size_t)256 * 1024)

static size_t take_body(char *from, size_t size, size_t count, void *self)
{
	struct http_exchange *exchange = self;
	size_t length = size * count;
	size_t room = exchange->body_max - exchange->body.length;

	if (length <= room) {
		buffer_add(&exchange->body, from, length);
		return length;
	}
	if (exchange->keep_beginning)
		buffer_add(&exchange->body, from, room);
	exchange->cut = exchange->keep_beginning;
	exchange->too_long = !exchange->keep_beginning;
	return 0;
}

/* A status line begins the headers anew: those of a "100 Continue" are nobody's. */
static size_t take_header(char *from, size_t size, size_t count, void *self)
{
	struct http_exchange *exchange = self;
	size_t length = size * count;

	if (length >= 5 && memcmp(from, "HTTP/", 5) == 0)
		exchange->headers.length = 0;
	if (exchange->headers.length + length > HEADERS_MAX) {
		exchange->too_long = true;
		return 0;
	}
	buffer_add(&exchange->headers, from, length);
	return length;
}

/* Programs that are started while a request is under way must not inherit its socket. */
static curl_socket_t open_socket(void *self, curlsocktype purpose, struct curl_sockaddr *address)
{
	(void)self;
	(void)purpose;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

struct http_exchange *http_exchange_new(const struct http_library *library,
	const struct http_request *request, http_done_fn done, void *self)
{
	struct http_exchange *exchange = memory_new(sizeof(*exchange));

	exchange->library = library;
	exchange->done = done;
	exchange->self = self;
	exchange->url = memory_copy_string(request->url);
	exchange->body_max = request->body_max ? request->body_max : HTTP_BODY_MAX;
	exchange->keep_beginning = request->keep_beginning;
	buffer_add(&exchange->headers, "", 0);
	buffer_add(&exchange->body, "", 0);
	return exchange;
}

void http_exchange_free(struct http_exchange *exchange)
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

/* A certificate authority of one's own, where OpenSSL's and curl's own programs look for it. */
static const char *authority(void)
{
	const char *file = secure_getenv("CURL_CA_BUNDLE");

	return file && *file ? file : secure_getenv("SSL_CERT_FILE");
}

static void set_receivers(struct http_exchange *exchange)
{
	const struct http_library *library = exchange->library;
	CURL *easy = exchange->easy;

	library->easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	library->easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
	library->easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	library->easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
	library->easy_setopt(easy, CURLOPT_PRIVATE, exchange);
	library->easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
}

bool http_exchange_set_up(
	struct http_exchange *exchange, const struct http_request *request, const char *ca_file)
{
	const struct http_library *library = exchange->library;
	CURL *easy = exchange->easy = library->easy_init();

	if (!easy)
		return false;
	set_limits(exchange, request);
	set_receivers(exchange);
	for (size_t i = 0; i < request->header_count; i++)
		exchange->lines = library->slist_append(exchange->lines, request->headers[i]);
	library->easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->lines);
	library->easy_setopt(easy, CURLOPT_USERAGENT, "barky/" BARKY_VERSION);
	library->easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	library->easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	library->easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
	if (!ca_file)
		ca_file = authority();
	if (ca_file)
		library->easy_setopt(easy, CURLOPT_CAINFO, ca_file);
	library->easy_setopt(easy, CURLOPT_FRESH_CONNECT, request->fresh ? 1L : 0L);
	if (request->direct)
		library->easy_setopt(easy, CURLOPT_PROXY, "");
	return library->easy_setopt(easy, CURLOPT_URL, request->url) == CURLE_OK;
}

/* What is the server's doing rather than the network's. */
static const CURLcode remote_codes[] = {
	CURLE_PARTIAL_FILE,
	CURLE_BAD_CONTENT_ENCODING,
	CURLE_WRITE_ERROR,
	CURLE_WEIRD_SERVER_REPLY,
	CURLE_UNSUPPORTED_PROTOCOL,
	CURLE_HTTP2,
	CURLE_HTTP2_STREAM,
};

/* Before anything was asked. */
static const CURLcode unreachable_codes[] = {
	CURLE_COULDNT_RESOLVE_PROXY,
	CURLE_COULDNT_RESOLVE_HOST,
	CURLE_COULDNT_CONNECT,
	CURLE_SSL_CONNECT_ERROR,
	CURLE_PEER_FAILED_VERIFICATION,
	CURLE_SSL_CACERT_BADFILE,
	CURLE_SSL_ISSUER_ERROR,
	CURLE_PROXY,
};

static bool is_one_of(CURLcode code, const CURLcode *codes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (codes[i] == code)
			return true;
	return false;
}

void http_exchange_end(struct http_exchange *exchange, CURLcode code)
{
	exchange->ended = true;
	if (code == CURLE_OK || exchange->cut)
		return;
	exchange->status =
		is_one_of(code, remote_codes, COUNT(remote_codes)) ? STATUS_REMOTE : STATUS_NETWORK;
	exchange->unreachable = is_one_of(code, unreachable_codes, COUNT(unreachable_codes));
	exchange->timed_out = code == CURLE_OPERATION_TIMEDOUT;
	if (exchange->too_long)
		error_set(&exchange->error, "the answer is longer than %zu bytes",
			exchange->body_max);
	else
		error_set_default(&exchange->error, "%s", exchange->library->easy_strerror(code));
}

void http_exchange_tell(struct http_exchange *exchange)
{
	struct http_answer answer = {
		.status = exchange->status,
		.error = exchange->error,
		.unreachable = exchange->unreachable,
		.timed_out = exchange->timed_out,
		.too_long = exchange->too_long,
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
