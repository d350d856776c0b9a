#include "adapters/http_api/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define DEFAULT_ADDRESS "127.0.0.1"
#define DEFAULT_PORT    "9090"
#define FIRST_PASSED_FD 3
#define BACKLOG         128

/* "[::1]:9090", "127.0.0.1:9090", "9090": what stands where. */
static bool split(const char *given, char address[64], char port[8])
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

static void name_socket(struct listener *listener)
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
static enum status bind_and_listen(struct listener *listener, const struct addrinfo *where,
	const char *given, struct error *error)
{
	const int on = 1;

	listener->fd = socket(where->ai_family, SOCK_STREAM, 0);
	if (listener->fd < 0) {
		error_set(error, "no socket can be made: %s", strerror(errno));
		return STATUS_IO;
	}
	fcntl(listener->fd, F_SETFD, FD_CLOEXEC);
	fcntl(listener->fd, F_SETFL, O_NONBLOCK);
	setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(listener->fd, where->ai_addr, where->ai_addrlen) == 0 &&
		listen(listener->fd, BACKLOG) == 0) {
		name_socket(listener);
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
	if (!split(given ? given : "", address, port) || strtol(port, NULL, 10) > 65535 ||
		getaddrinfo(address, port, &hints, &where) != 0) {
		error_set(error, "\"%s\" is not ADDRESS:PORT", given);
		return STATUS_INVALID;
	}
	if (remote || is_loopback(where->ai_addr)) {
		snprintf(name, sizeof(name), strchr(address, ':') ? "[%s]:%s" : "%s:%s", address,
			port);
		status = bind_and_listen(listener, where, name, error);
	} else {
		error_set(error,
			"%s can be reached from other machines: say --allow-remote if that is "
			"meant",
			address);
		status = STATUS_REFUSED;
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
	name_socket(listener);
	return true;
}

bool listener_local_address(int fd, char *text, size_t size)
{
	struct sockaddr_storage bound;
	socklen_t length = sizeof(bound);

	return getsockname(fd, (struct sockaddr *)&bound, &length) == 0 &&
	       getnameinfo((struct sockaddr *)&bound, length, text, (socklen_t)size, NULL, 0,
		       NI_NUMERICHOST) == 0;
}
