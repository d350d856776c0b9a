#include "adapters/http_api/api_token.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/directory.h"
#include "domain/base/memory.h"

char *api_token_path(const char *library)
{
	char *folder = directory_of(library);
	char *path = memory_print("%s/api-token", folder);

	free(folder);
	return path;
}

static enum status explain(const char *what, const char *path, struct error *error)
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
		return explain("make", path, error);
	written = token_draw(token) && write(fd, token, API_TOKEN_DIGITS) == API_TOKEN_DIGITS &&
		  write(fd, "\n", 1) == 1 && fsync(fd) == 0;
	if (close(fd) == 0 && written)
		return STATUS_OK;
	explain("write", path, error);
	unlink(path);
	return STATUS_IO;
}

static enum status token_check(const char *path, int fd, char *token, struct error *error)
{
	struct stat info;
	ssize_t length = read(fd, token, API_TOKEN_DIGITS);

	if (length < 0 || fstat(fd, &info) != 0)
		return explain("read", path, error);
	token[length] = '\0';
	if (!S_ISREG(info.st_mode) || info.st_uid != geteuid() || (info.st_mode & 077)) {
		error_set(error,
			"%s can be read by others: chmod 600 it, or remove it for a new token",
			path);
		return STATUS_REFUSED;
	}
	if (length == API_TOKEN_DIGITS && strspn(token, "0123456789abcdef") == API_TOKEN_DIGITS)
		return STATUS_OK;
	error_set(error, "%s holds no token: remove it, and a new one is made", path);
	return STATUS_REFUSED;
}

enum status api_token_get(const char *path, char token[API_TOKEN_DIGITS + 1], struct error *error)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	enum status status;

	if (fd < 0 && errno == ENOENT)
		return token_make(path, token, error);
	if (fd < 0)
		return explain("read", path, error);
	status = token_check(path, fd, token, error);
	close(fd);
	return status;
}

bool api_token_is(const char *token, const char *sent)
{
	size_t length = strlen(sent);
	unsigned char differing = length != API_TOKEN_DIGITS;

	for (size_t i = 0; i < API_TOKEN_DIGITS; i++)
		differing |= (unsigned char)(token[i] ^ (i < length ? sent[i] : 0));
	return !differing;
}
