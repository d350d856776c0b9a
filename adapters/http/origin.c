#include "adapters/http/origin.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/http/http_library.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/url_parts.h"

/* Servers write blanks and letters beyond ASCII into their redirects, as browsers let them. */
#define REFERENCE_FLAGS (CURLU_URLENCODE | CURLU_ALLOW_SPACE)

struct origin {
	char *scheme;
	char *host;
	char *port;
	char *user; /* NULL if there is none */
};

static char *url_part(const struct http_library *library, CURLU *parsed, CURLUPart part)
{
	unsigned int flags = part == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0;
	char *text = NULL, *copy = NULL;

	if (library->url_get(parsed, part, &text, flags) == CURLUE_OK)
		copy = memory_copy_string(text);
	library->free(text);
	return copy;
}

static void origin_clear(struct origin *origin)
{
	free(origin->scheme);
	free(origin->host);
	free(origin->port);
	free(origin->user);
}

/* False of what is no address; origin is to be finished all the same. */
static bool read_origin(const char *url, struct origin *origin)
{
	struct http_library library;
	CURLU *parsed;
	bool read = false;

	*origin = (struct origin){0};
	if (http_library_open(&library, NULL) != STATUS_OK)
		return false;
	parsed = library.url();
	if (parsed && library.url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK) {
		origin->scheme = url_part(&library, parsed, CURLUPART_SCHEME);
		origin->host = url_part(&library, parsed, CURLUPART_HOST);
		origin->port = url_part(&library, parsed, CURLUPART_PORT);
		origin->user = url_part(&library, parsed, CURLUPART_USER);
		read = origin->scheme && origin->host && *origin->host && origin->port;
	}
	library.url_cleanup(parsed);
	return read;
}

static bool is_loopback(const struct origin *origin)
{
	const char *host = origin->host;

	if (strcasecmp(origin->scheme, "http") != 0 && strcasecmp(origin->scheme, "https") != 0)
		return false;
	if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		return true;
	return strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == strlen(host);
}

bool origin_is_loopback(const char *url)
{
	struct origin origin;
	bool loopback = read_origin(url, &origin) && is_loopback(&origin);

	origin_clear(&origin);
	return loopback;
}

/*
 * An address for people to read: without the user and the password it may hold. Of one that cannot
 * be read everything up to the last "@" may be that.
 */
static char *shown_address(const char *url, const struct origin *origin)
{
	const char *at = strrchr(url, '@');
	const char *scheme = strstr(url, "://");

	if (!at || (origin->host && !origin->user))
		return memory_copy_string(url);
	if (!scheme || scheme > at)
		return memory_copy_string(at + 1);
	return memory_print("%.*s%s", (int)(scheme + 3 - url), url, at + 1);
}

enum status origin_check_base(const char *base, struct error *error)
{
	struct origin origin;
	bool read = read_origin(base, &origin);
	bool secure = read && (strcasecmp(origin.scheme, "https") == 0 || is_loopback(&origin));
	bool good = secure && !origin.user;
	char *shown = shown_address(base, &origin);

	if (!read)
		error_set(error, "%s is no address of an API", shown);
	else if (!secure)
		error_set(error, "%s is not asked: only https, or http on this machine", shown);
	else if (!good)
		error_set(error,
			"%s is not asked with a user in its address: leave that out, and give a "
			"token in GH_TOKEN",
			shown);
	free(shown);
	origin_clear(&origin);
	return good ? STATUS_OK : STATUS_INVALID;
}

static bool is_same_origin(const struct origin *a, const struct origin *b)
{
	return strcasecmp(a->scheme, b->scheme) == 0 && strcasecmp(a->host, b->host) == 0 &&
	       strcmp(a->port, b->port) == 0 && !b->user;
}

static bool has_control(const char *url)
{
	for (; *url; url++)
		if ((unsigned char)*url <= ' ' || *url == 0x7f)
			return true;
	return false;
}

enum status origin_check(const char *base, const char *url, struct error *error)
{
	struct origin ours, theirs;
	bool read = read_origin(url, &theirs) && !has_control(url);
	bool good = read_origin(base, &ours) && read && is_same_origin(&ours, &theirs);

	if (!read)
		error_set(error, "it points to what is no address");
	else if (!good)
		error_set(error, "it points to %s://%s, which is not asked: another server",
			theirs.scheme, theirs.host);
	origin_clear(&ours);
	origin_clear(&theirs);
	return good ? STATUS_OK : STATUS_REMOTE;
}

static bool is_default(const struct origin *origin)
{
	return strcmp(origin->port, strcasecmp(origin->scheme, "https") == 0 ? "443" : "80") == 0;
}

char *origin_host(const char *url)
{
	struct origin origin;
	char *host;

	if (!read_origin(url, &origin))
		host = memory_copy_string(url);
	else if (is_default(&origin))
		host = memory_copy_string(origin.host);
	else
		host = memory_print("%s:%s", origin.host, origin.port);
	origin_clear(&origin);
	return host;
}

char *origin_wire_form(const char *url)
{
	struct buffer wire = {0};
	struct url_parts parts;
	char *host;

	url_split(url, &parts);
	host = url_host_normal(parts.host);
	buffer_print(&wire, "%s://%s", url_scheme_is(&parts, "https") ? "https" : "http", host);
	if (parts.port.length)
		buffer_print(&wire, ":%.*s", (int)parts.port.length, parts.port.start);
	if (!parts.path.length)
		buffer_add_char(&wire, '/');
	url_escape(parts.path.start, parts.path.length, &wire);
	if (parts.query.length) {
		buffer_add_char(&wire, '?');
		url_escape(parts.query.start, parts.query.length, &wire);
	}
	free(host);
	return buffer_take(&wire);
}

char *origin_resolve(const char *url, const char *reference)
{
	struct http_library library;
	CURLU *parsed;
	char *resolved = NULL;

	if (http_library_open(&library, NULL) != STATUS_OK)
		return NULL;
	parsed = library.url();
	if (parsed && library.url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK &&
		library.url_set(parsed, CURLUPART_URL, reference, REFERENCE_FLAGS) == CURLUE_OK)
		resolved = url_part(&library, parsed, CURLUPART_URL);
	library.url_cleanup(parsed);
	return resolved;
}
