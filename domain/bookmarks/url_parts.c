#include "domain/bookmarks/url_parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/bookmarks/url_escape.h"
#include "domain/bookmarks/url_query.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

size_t url_scheme_length(const char *url)
{
	size_t length = 0;

	if (!is_letter(url[0]))
		return 0;
	while (is_letter(url[length]) || is_digit(url[length]) || url[length] == '+' ||
		url[length] == '-' || url[length] == '.')
		length++;
	return url[length] == ':' ? length : 0;
}

bool url_scheme_is(const struct url_parts *parts, const char *scheme)
{
	return parts->scheme.length == strlen(scheme) &&
	       strncasecmp(parts->scheme.start, scheme, parts->scheme.length) == 0;
}

bool url_parts_are_web(const struct url_parts *parts)
{
	return url_scheme_is(parts, "http") || url_scheme_is(parts, "https");
}

static bool is_plain_path(const char *path)
{
	char before = '/';

	for (; *path; before = *path++)
		if (!url_may_hold(*path) || *path == '?' || *path == '#' ||
			(*path == '.' && before == '/'))
			return false;
	return before != '/';
}

bool url_is_plainly_normal(const char *url)
{
	const char *host = strncmp(url, "https://", 8) == 0  ? url + 8
			   : strncmp(url, "http://", 7) == 0 ? url + 7
							     : NULL;
	const char *at = host;

	if (!host)
		return false;
	while ((*at >= 'a' && *at <= 'z') || is_digit(*at) || *at == '.' || *at == '-')
		at++;
	return at > host && (!*at || (*at == '/' && is_plain_path(at + 1)));
}

static struct url_span span(const char *start, const char *end)
{
	return (struct url_span){start, (size_t)(end - start)};
}

/* Where the port's colon is: the first one behind any brackets, if only digits follow; else end. */
static const char *find_port(const char *host, const char *end)
{
	const char *bracket = *host == '[' ? memchr(host, ']', (size_t)(end - host)) : NULL;
	const char *from = bracket ? bracket : host;
	const char *colon = memchr(from, ':', (size_t)(end - from));
	const char *at = colon ? colon + 1 : end;

	while (at < end && is_digit(*at))
		at++;
	return colon && at == end ? colon : end;
}

static void split_authority(const char *start, const char *end, struct url_parts *parts)
{
	const char *at = memrchr(start, '@', (size_t)(end - start));
	const char *host = at ? at + 1 : start;
	const char *colon = find_port(host, end);

	parts->has_authority = true;
	parts->has_user = at;
	parts->user = span(start, at ? at : start);
	parts->host = span(host, colon);
	parts->port = span(colon < end ? colon + 1 : end, end);
}

static void split_rest(const char *path, struct url_parts *parts)
{
	const char *path_end = path + strcspn(path, "?#");
	const char *query_end = path_end;

	parts->path = span(path, path_end);
	parts->query = span(path_end, path_end);
	if (*path_end == '?') {
		query_end = path_end + strcspn(path_end, "#");
		parts->query = span(path_end + 1, query_end);
	}
	parts->fragment = span(query_end, query_end);
	if (*query_end == '#')
		parts->fragment = span(query_end + 1, query_end + strlen(query_end));
}

/* Where the authority begins; NULL if there is none. "http:/a" and "http:a" have one for browsers.
 */
static const char *find_authority(const char *rest, bool is_web)
{
	if (strncmp(rest, "//", 2) == 0)
		return rest + 2;
	if (!is_web)
		return NULL;
	return *rest == '/' ? rest + 1 : rest;
}

void url_split(const char *url, struct url_parts *parts)
{
	size_t length = url_scheme_length(url);
	const char *rest = length ? url + length + 1 : url, *authority;
	bool is_web;

	*parts = (struct url_parts){.scheme = {url, length}};
	parts->user = parts->host = parts->port = span(rest, rest);
	is_web = url_parts_are_web(parts);
	authority = find_authority(rest, is_web);
	if (authority) {
		rest = authority + strcspn(authority, is_web ? "/?#\\" : "/?#");
		split_authority(authority, rest, parts);
	}
	split_rest(rest, parts);
}

static bool is_default_port(const struct url_parts *parts)
{
	const char *digits = parts->port.start;
	size_t length = parts->port.length;

	for (; length > 0 && *digits == '0'; length--)
		digits++;
	if (url_scheme_is(parts, "http"))
		return length == 2 && strncmp(digits, "80", 2) == 0;
	return length == 3 && strncmp(digits, "443", 3) == 0;
}

static void add_authority(const struct url_parts *parts, struct buffer *out)
{
	char *host = url_host_normal(parts->host);

	buffer_add_string(out, "//");
	if (parts->has_user) {
		url_escape(parts->user.start, parts->user.length, out);
		buffer_add_char(out, '@');
	}
	buffer_add_string(out, host);
	if (parts->port.length && !is_default_port(parts)) {
		buffer_add_char(out, ':');
		buffer_add(out, parts->port.start, parts->port.length);
	}
	free(host);
}

/* Back to before the last segment and its slash, but not before the path's beginning. */
static size_t without_last_segment(const char *path, size_t length)
{
	while (length > 0 && path[length - 1] != '/')
		length--;
	return length > 0 ? length - 1 : 0;
}

/*
 * RFC 3986 section 5.2.4, in place on a path that begins with "/": each segment is copied down
 * with the slash before it, but for "." and "..".
 */
static size_t remove_dot_segments(char *path, size_t length)
{
	size_t from = 0, to = 0;

	while (from < length) {
		const char *next = memchr(path + from + 1, '/', length - from - 1);
		size_t end = next ? (size_t)(next - path) : length;
		const char *segment = path + from + 1;
		size_t size = end - from - 1;
		bool up = size == 2 && segment[0] == '.' && segment[1] == '.';

		if (up || (size == 1 && segment[0] == '.')) {
			if (up)
				to = without_last_segment(path, to);
			if (end == length)
				path[to++] = '/';
		} else {
			memmove(path + to, path + from, end - from);
			to += end - from;
		}
		from = end;
	}
	return to;
}

/* A "\\" that ends the host is the "/" that a browser takes it for. */
static void add_path(const struct url_parts *parts, struct buffer *out)
{
	size_t start = out->length, length;
	struct url_span rest = parts->path;
	char *path;

	if (rest.length && rest.start[0] == '\\') {
		buffer_add_char(out, '/');
		rest.start++;
		rest.length--;
	}
	url_escape(rest.start, rest.length, out);
	path = out->text + start;
	length = out->length - start;
	if (length && path[0] == '/')
		length = remove_dot_segments(path, length);
	while (length && path[length - 1] == '/')
		length--;
	out->length = start + length;
	out->text[out->length] = '\0';
}

static void add_scheme(const struct url_parts *parts, struct buffer *out)
{
	for (size_t i = 0; i < parts->scheme.length; i++)
		buffer_add_char(out, (char)(parts->scheme.start[i] | 0x20));
	buffer_add_char(out, ':');
}

char *url_parts_normal(const struct url_parts *parts)
{
	struct buffer out = {0};

	add_scheme(parts, &out);
	if (parts->has_authority)
		add_authority(parts, &out);
	add_path(parts, &out);
	url_query_normal(parts->query.start, parts->query.length, &out);
	if (parts->fragment.length) {
		buffer_add_char(&out, '#');
		url_escape(parts->fragment.start, parts->fragment.length, &out);
	}
	return buffer_take(&out);
}
