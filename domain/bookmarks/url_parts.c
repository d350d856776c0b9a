#include "domain/bookmarks/url_parts.h"

#include <idn2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

/* RFC 3986 section 2 of each ASCII character: unreserved, reserved, or held by no URI. */
static const char kinds[] = "................................"
			    ".r.rr.rrrrrrruuruuuuuuuuuurr.r.r"
			    "ruuuuuuuuuuuuuuuuuuuuuuuuuur.r.u"
			    ".uuuuuuuuuuuuuuuuuuuuuuuuuu...u.";

static char kind_of(unsigned char c)
{
	return c < 0x80 ? kinds[c] : '.';
}

/* Whether a URI may hold a character as it is; "%" begins an escape and is none of these. */
static bool url_may_hold(char c)
{
	return kind_of((unsigned char)c) != '.';
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that "%XX" at text stands for, -1 if that is no escape. */
static int escaped_byte(const char *text, size_t length)
{
	int high, low;

	if (length < 3 || text[0] != '%')
		return -1;
	high = hex_value(text[1]);
	low = hex_value(text[2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static void add_escaped(unsigned char byte, struct buffer *out)
{
	static const char hex[] = "0123456789ABCDEF";
	char escape[3] = {'%', hex[byte >> 4], hex[byte & 15]};

	buffer_add(out, escape, sizeof(escape));
}

/* What needs no change. */
static size_t unescaped_length(const char *text, size_t length)
{
	size_t plain = 0;

	while (plain < length && kind_of((unsigned char)text[plain]) != '.')
		plain++;
	return plain;
}

void url_escape(const char *text, size_t length, struct buffer *out)
{
	for (size_t i = 0; i < length; i++) {
		size_t plain = unescaped_length(text + i, length - i);
		int byte;

		buffer_add(out, text + i, plain);
		i += plain;
		if (i == length)
			break;
		byte = escaped_byte(text + i, length - i);
		if (byte >= 0)
			i += 2;
		else
			byte = (unsigned char)text[i];
		if (kind_of((unsigned char)byte) == 'u')
			buffer_add_char(out, (char)byte);
		else
			add_escaped((unsigned char)byte, out);
	}
}

/*
 * Decodes the escapes of unreserved characters and of all that is not ASCII, and keeps the rest. A
 * '%' of no escape becomes one, lest it be the beginning of one with what is decoded behind it.
 */
static void url_unescape(const char *text, size_t length, struct buffer *out)
{
	for (size_t i = 0; i < length; i++) {
		int byte = escaped_byte(text + i, length - i);

		if (byte >= 0x80 || (byte >= 0 && kind_of((unsigned char)byte) == 'u')) {
			buffer_add_char(out, (char)byte);
			i += 2;
		} else if (byte < 0 && text[i] == '%') {
			add_escaped('%', out);
		} else {
			buffer_add_char(out, text[i]);
		}
	}
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

size_t url_scheme_length(const char *url)
{
	size_t length = 0;

	if (!is_letter(url[0]))
		return 0;
	while (is_letter(url[length]) || text_is_digit(url[length]) || url[length] == '+' ||
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
	while ((*at >= 'a' && *at <= 'z') || text_is_digit(*at) || *at == '.' || *at == '-')
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

	while (at < end && text_is_digit(*at))
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

/* But for the digits of escapes, which are in upper case. */
static void host_lower(char *text)
{
	for (; *text; text++) {
		if (*text == '%' && text[1] && text[2])
			text += 2;
		else if (*text >= 'A' && *text <= 'Z')
			*text |= 0x20;
	}
}

/* UTS 46 maps some characters to what would end the host. */
static bool is_plain_label(const char *label)
{
	return *label && !label[strcspn(label, "/?#@:[]%\\ .")];
}

/* As a name of IDNA; false if it allows none. */
static bool host_add_name(const char *label, struct buffer *out)
{
	uint8_t *name = NULL;
	bool added = !text_is_ascii(label, strlen(label)) &&
		     idn2_lookup_u8((const uint8_t *)label, &name,
			     IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) == IDN2_OK &&
		     is_plain_label((const char *)name);

	if (added)
		url_escape((const char *)name, strlen((const char *)name), out);
	idn2_free(name);
	return added;
}

/*
 * A label that IDNA does not allow (an emoji, say) is compared by its escapes; in lower case it may
 * allow it (a palochka).
 */
static void host_add_label(const char *label, size_t length, struct buffer *out)
{
	/* An escape that was kept is no text: no mark behind it is to become one letter with it. */
	if (memchr(label, '%', length)) {
		url_escape(label, length, out);
		return;
	}
	char *text = memory_copy_bytes(label, length);
	char *folded = text_fold_case(text);

	if (!host_add_name(text, out) && !host_add_name(folded, out))
		url_escape(folded, strlen(folded), out);
	free(folded);
	free(text);
}

/* Bytes of the full stop at text, one of the four of UTS 46; 0 if it is none. */
static size_t full_stop(const char *text)
{
	static const char *const stops[] = {".", "。", "．", "｡"};

	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		if (strncmp(text, stops[i], strlen(stops[i])) == 0)
			return strlen(stops[i]);
	return 0;
}

static void host_add_labels(const char *host, struct buffer *out)
{
	while (*host) {
		size_t length = 0, stop = 0;

		while (host[length] && !(stop = full_stop(host + length)))
			length++;
		if (length)
			host_add_label(host, length, out);
		if (stop)
			buffer_add_char(out, '.');
		host += length + stop;
	}
}

/* The escapes of a name stand for its UTF-8 (RFC 3986 section 3.2.2). */
static void host_add_decoded(struct url_span host, struct buffer *out)
{
	struct buffer decoded = {0};

	url_unescape(host.start, host.length, &decoded);
	if (!text_is_ascii(decoded.text, decoded.length) &&
		text_is_valid(decoded.text, decoded.length) &&
		strlen(decoded.text) == decoded.length)
		host_add_labels(decoded.text, out);
	else
		url_escape(host.start, host.length, out);
	buffer_finish(&decoded);
}

char *url_host_normal(struct url_span host)
{
	struct buffer out = {0};
	char *text;

	if (host.length && host.start[0] == '[')
		url_escape(host.start, host.length, &out);
	else if (host.length)
		host_add_decoded(host, &out);
	text = buffer_take(&out);
	host_lower(text);
	return text;
}

struct parameter {
	const char *text;
	size_t length;
	size_t name_length;
	size_t place;
};

static bool is_tracking(const struct parameter *parameter)
{
	static const char *const names[] = {"gclid", "fbclid"};

	if (parameter->name_length >= 4 && memcmp(parameter->text, "utm_", 4) == 0)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (parameter->name_length == strlen(names[i]) &&
			memcmp(parameter->text, names[i], parameter->name_length) == 0)
			return true;
	return false;
}

static int parameter_compare(const void *left, const void *right)
{
	const struct parameter *a = left, *b = right;
	size_t shorter = a->name_length < b->name_length ? a->name_length : b->name_length;
	int order = memcmp(a->text, b->text, shorter);

	if (order == 0)
		order = (a->name_length > b->name_length) - (a->name_length < b->name_length);
	return order ? order : (a->place > b->place) - (a->place < b->place);
}

static struct parameter *query_split(const char *query, size_t length, size_t *count)
{
	struct parameter *parameters = NULL;
	size_t capacity = 0;

	*count = 0;
	for (size_t start = 0, end; start < length; start = end + 1) {
		const char *ampersand = memchr(query + start, '&', length - start);
		const char *equals;
		struct parameter one = {.text = query + start, .place = *count};

		end = ampersand ? (size_t)(ampersand - query) : length;
		one.length = end - start;
		equals = memchr(one.text, '=', one.length);
		one.name_length = equals ? (size_t)(equals - one.text) : one.length;
		if (!one.length || is_tracking(&one))
			continue;
		parameters = memory_grow(parameters, *count, &capacity, sizeof(*parameters));
		parameters[(*count)++] = one;
	}
	return parameters;
}

/*
 * Adds "?" and the parameters of a query in their normal form: escapes made uniform, sorted by
 * name (equal names keep their order), empty ones and utm_*, gclid, fbclid left out. Adds nothing
 * if none is left.
 */
static void query_normal(const char *query, size_t length, struct buffer *out)
{
	struct buffer escaped = {0};
	struct parameter *parameters;
	size_t count;

	if (!length)
		return;
	url_escape(query, length, &escaped);
	parameters = query_split(escaped.text, escaped.length, &count);
	if (count > 1)
		qsort(parameters, count, sizeof(*parameters), parameter_compare);
	for (size_t i = 0; i < count; i++) {
		buffer_add_char(out, i ? '&' : '?');
		buffer_add(out, parameters[i].text, parameters[i].length);
	}
	free(parameters);
	buffer_finish(&escaped);
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

static void normal_add_authority(const struct url_parts *parts, struct buffer *out)
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
static void normal_add_path(const struct url_parts *parts, struct buffer *out)
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

static void normal_add_scheme(const struct url_parts *parts, struct buffer *out)
{
	for (size_t i = 0; i < parts->scheme.length; i++)
		buffer_add_char(out, (char)(parts->scheme.start[i] | 0x20));
	buffer_add_char(out, ':');
}

char *url_parts_normal(const struct url_parts *parts)
{
	struct buffer out = {0};

	normal_add_scheme(parts, &out);
	if (parts->has_authority)
		normal_add_authority(parts, &out);
	normal_add_path(parts, &out);
	query_normal(parts->query.start, parts->query.length, &out);
	if (parts->fragment.length) {
		buffer_add_char(&out, '#');
		url_escape(parts->fragment.start, parts->fragment.length, &out);
	}
	return buffer_take(&out);
}
