#include "adapters/http_api/api_access.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/directory.h"
#include "domain/base/memory.h"

#define DEFAULT_ADDRESS "127.0.0.1"
#define DEFAULT_PORT    "9090"
#define FIRST_PASSED_FD 3
#define BACKLOG         128

/* "[::1]:9090", "127.0.0.1:9090", "9090": what stands where. */
static bool listener_split(const char *given, char address[64], char port[8])
{
	const char *colon = strrchr(given, ':');
	const char *closing = *given == '[' ? strchr(given, ']') : NULL;
	const char *from = closing ? given + 1 : given;
	size_t length;

	snprintf(address, 64, "%s", DEFAULT_ADDRESS);
	snprintf(port, 8, "%s", DEFAULT_PORT);
	if (*given && given[strspn(given, "0123456789")] == '\0') {
		snprintf(port, 8, "%s", given);
		return strlen(given) < 6;
	}
	if (!closing && colon && strchr(given, ':') != colon)
		colon = NULL; /* an IPv6 address without brackets */
	if (closing)
		colon = closing[1] == ':' ? closing + 1 : NULL;
	length = closing ? (size_t)(closing - from) : colon ? (size_t)(colon - from) : strlen(from);
	if (length >= 64 || (closing && closing[1] && !colon))
		return false;
	if (length)
		snprintf(address, 64, "%.*s", (int)length, from);
	if (!strcmp(address, "localhost"))
		snprintf(address, 64, "%s", DEFAULT_ADDRESS);
	if (!colon)
		return true;
	snprintf(port, 8, "%.6s", colon + 1);
	return colon[1] && strlen(colon + 1) < 6 && !colon[1 + strspn(colon + 1, "0123456789")];
}

static bool is_loopback(const struct sockaddr *address)
{
	const struct sockaddr_in *four = (const void *)address;
	const struct sockaddr_in6 *six = (const void *)address;

	if (address->sa_family == AF_INET)
		return ntohl(four->sin_addr.s_addr) >> 24 == 127;
	return address->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
}

static void listener_name(struct listener *listener)
{
	struct sockaddr_storage bound;
	socklen_t length = sizeof(bound);
	char host[64] = "", port[8] = "";

	snprintf(listener->name, sizeof(listener->name), "a socket");
	if (getsockname(listener->fd, (struct sockaddr *)&bound, &length) != 0 ||
		getnameinfo((struct sockaddr *)&bound, length, host, sizeof(host), port,
			sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return;
	snprintf(listener->name, sizeof(listener->name), strchr(host, ':') ? "[%s]:%s" : "%s:%s",
		host, port);
}

/* given is what people call it. */
static enum status listener_bind(struct listener *listener, const struct addrinfo *where,
	const char *given, struct error *error)
{
	const int on = 1;

	listener->fd = socket(where->ai_family, SOCK_STREAM, 0);
	if (listener->fd < 0)
		return error_fail(STATUS_IO, error, "no socket can be made: %s", strerror(errno));
	fcntl(listener->fd, F_SETFD, FD_CLOEXEC);
	fcntl(listener->fd, F_SETFL, O_NONBLOCK);
	setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(listener->fd, where->ai_addr, where->ai_addrlen) == 0 &&
		listen(listener->fd, BACKLOG) == 0) {
		listener_name(listener);
		return STATUS_OK;
	}
	if (errno == EADDRINUSE)
		error_set(
			error, "another program listens on %s already: choose another port", given);
	else
		error_set(error, "cannot listen on %s: %s", given, strerror(errno));
	close(listener->fd);
	listener->fd = -1;
	return STATUS_REFUSED;
}

enum status listener_open(
	struct listener *listener, const char *given, bool remote, struct error *error)
{
	const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
		.ai_socktype = SOCK_STREAM};
	struct addrinfo *where = NULL;
	char address[64], port[8], name[80];
	enum status status;

	listener->fd = -1;
	if (!listener_split(given ? given : "", address, port) || strtol(port, NULL, 10) > 65535 ||
		getaddrinfo(address, port, &hints, &where) != 0)
		return error_fail(STATUS_INVALID, error, "\"%s\" is not ADDRESS:PORT", given);
	if (remote || is_loopback(where->ai_addr)) {
		snprintf(name, sizeof(name), strchr(address, ':') ? "[%s]:%s" : "%s:%s", address,
			port);
		status = listener_bind(listener, where, name, error);
	} else {
		status = error_fail(STATUS_REFUSED, error,
			"%s can be reached from other machines: say --allow-remote if that is "
			"meant",
			address);
	}
	freeaddrinfo(where);
	return status;
}

bool listener_take_over(struct listener *listener)
{
	const char *process = getenv("LISTEN_PID");
	const char *count = getenv("LISTEN_FDS");

	if (!process || !count || strtol(process, NULL, 10) != (long)getpid() ||
		strtol(count, NULL, 10) < 1)
		return false;
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	listener->fd = FIRST_PASSED_FD;
	fcntl(listener->fd, F_SETFD, FD_CLOEXEC);
	fcntl(listener->fd, F_SETFL, O_NONBLOCK);
	listener_name(listener);
	return true;
}

char *api_token_path(const char *library)
{
	char *folder = directory_of(library);
	char *path = memory_print("%s/api-token", folder);

	free(folder);
	return path;
}

static enum status token_explain(const char *what, const char *path, struct error *error)
{
	error_set(error, "cannot %s %s: %s", what, path, strerror(errno));
	return status_of_errno(errno);
}

static bool token_draw(char token[API_TOKEN_DIGITS + 1])
{
	unsigned char bytes[API_TOKEN_DIGITS / 2];

	if (getentropy(bytes, sizeof(bytes)) != 0)
		return false;
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(token + 2 * i, 3, "%02x", bytes[i]);
	return true;
}

/* EEXIST: another barky was quicker. */
static enum status token_make(
	const char *path, char token[API_TOKEN_DIGITS + 1], struct error *error)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool written;

	if (fd < 0)
		return token_explain("make", path, error);
	written = token_draw(token) && write(fd, token, API_TOKEN_DIGITS) == API_TOKEN_DIGITS &&
		  write(fd, "\n", 1) == 1 && fsync(fd) == 0;
	if (close(fd) == 0 && written)
		return STATUS_OK;
	token_explain("write", path, error);
	unlink(path);
	return STATUS_IO;
}

static enum status token_check(const char *path, int fd, char *token, struct error *error)
{
	struct stat info;
	ssize_t length = read(fd, token, API_TOKEN_DIGITS);

	if (length < 0 || fstat(fd, &info) != 0)
		return token_explain("read", path, error);
	token[length] = '\0';
	if (!S_ISREG(info.st_mode) || info.st_uid != geteuid() || (info.st_mode & 077))
		return error_fail(STATUS_REFUSED, error,
			"%s can be read by others: chmod 600 it, or remove it for a new token",
			path);
	if (length == API_TOKEN_DIGITS && strspn(token, "0123456789abcdef") == API_TOKEN_DIGITS)
		return STATUS_OK;
	return error_fail(
		STATUS_REFUSED, error, "%s holds no token: remove it, and a new one is made", path);
}

enum status api_token_get(const char *path, char token[API_TOKEN_DIGITS + 1], struct error *error)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	enum status status;

	if (fd < 0 && errno == ENOENT)
		return token_make(path, token, error);
	if (fd < 0)
		return token_explain("read", path, error);
	status = token_check(path, fd, token, error);
	close(fd);
	return status;
}

/* Whether what a client sent is the token; takes the same time whatever it sent. */
static bool api_token_is(const char *token, const char *sent)
{
	size_t length = strlen(sent);
	unsigned char differing = length != API_TOKEN_DIGITS;

	for (size_t i = 0; i < API_TOKEN_DIGITS; i++)
		differing |= (unsigned char)(token[i] ^ (i < length ? sent[i] : 0));
	return !differing;
}

bool api_access_has_token(const char *authorization, const char *token)
{
	static const char *const schemes[] = {"Token ", "Bearer "};

	for (size_t i = 0; authorization && i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (!strncasecmp(authorization, schemes[i], strlen(schemes[i])))
			return api_token_is(token, authorization + strlen(schemes[i]));
	return false;
}

/* The numeric address of this end of a connection, "127.0.0.1"; false if it has none. */
static bool local_address(int fd, char *text, size_t size)
{
	struct sockaddr_storage bound;
	socklen_t length = sizeof(bound);

	return getsockname(fd, (struct sockaddr *)&bound, &length) == 0 &&
	       getnameinfo((struct sockaddr *)&bound, length, text, (socklen_t)size, NULL, 0,
		       NI_NUMERICHOST) == 0;
}

/* Without the port and the brackets of an IPv6 address; false if it is no host with a port or none.
 */
static bool host_name(const char *host, char *name, size_t size)
{
	bool in_brackets = *host == '[';
	const char *from = host + in_brackets;
	size_t length = strcspn(from, in_brackets ? "]" : ":");
	const char *behind = from + length;

	if (in_brackets && *behind++ != ']')
		return false;
	if (*behind == ':')
		behind += 1 + strspn(behind + 1, "0123456789");
	if (*behind || length == 0 || length >= size)
		return false;
	snprintf(name, size, "%.*s", (int)length, from);
	return true;
}

/* By the number, never by how it begins: 127.0.0.1.example.org may be anybody's. */
static bool names_loopback(const char *name)
{
	struct in_addr four;
	struct in6_addr six;

	if (inet_pton(AF_INET, name, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	return !strcasecmp(name, "localhost") ||
	       (inet_pton(AF_INET6, name, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six));
}

bool api_access_is_local(const char *host, int fd)
{
	char name[256], ours[256] = "", dotted[264];

	if (!host || !host_name(host, name, sizeof(name)))
		return false;
	if (names_loopback(name))
		return true;
	if (fd >= 0 && local_address(fd, ours, sizeof(ours)) && !strcasecmp(name, ours))
		return true;
	if (gethostname(ours, sizeof(ours) - 1) != 0 || !*ours)
		return false;
	snprintf(dotted, sizeof(dotted), "%s.local", ours);
	return !strcasecmp(name, ours) || !strcasecmp(name, dotted);
}
