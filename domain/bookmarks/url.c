#include "domain/bookmarks/url.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url_parts.h"

#define PORT_MAX 65535

/* Schemes whose addresses may begin with digits, so that they look like a host and a port. */
static bool is_numeric_scheme(const char *url, size_t length)
{
	static const char *const schemes[] = {"tel", "sms", "fax", "callto", "javascript"};

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strlen(schemes[i]) == length && strncasecmp(schemes[i], url, length) == 0)
			return true;
	return false;
}

/* "8080", "8080/path": what stands behind the colon of a host. */
static bool is_port(const char *text)
{
	size_t digits = 0;

	while (text_is_digit(text[digits]))
		digits++;
	return digits > 0 && (!text[digits] || strchr("/?#", text[digits]));
}

bool url_has_scheme(const char *url)
{
	size_t length = url_scheme_length(url);

	if (!length)
		return false;
	return !is_port(url + length + 1) || is_numeric_scheme(url, length);
}

/* Compares as a browser reads it: tabs and line ends within do not count, nor does the case. */
static bool reads_as(const char *url, const char *scheme)
{
	for (; *scheme; url++) {
		char c = *url >= 'A' && *url <= 'Z' ? *url | 0x20 : *url;

		if (c == *scheme)
			scheme++;
		else if (!c || !strchr("\t\n\r", c))
			return false;
	}
	return true;
}

bool url_is_web(const char *url)
{
	while (*url && (unsigned char)*url <= ' ')
		url++;
	return reads_as(url, "http:") || reads_as(url, "https:");
}

static bool is_control(utf8proc_int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* Why a character may not be in an address; NULL if it may. */
static const char *fault_of(const utf8proc_uint8_t *at, utf8proc_ssize_t *length)
{
	utf8proc_int32_t c = *at;

	*length = 1;
	if (c >= 0x80)
		*length = utf8proc_iterate(at, -1, &c);
	if (*length < 1)
		return "the address is not UTF-8";
	return is_control(c) ? "the address holds a control character" : NULL;
}

static enum status check_characters(const char *url, struct error *error)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)url;

	while (*at) {
		utf8proc_ssize_t length;
		const char *fault = fault_of(at, &length);

		if (fault)
			return error_fail(STATUS_INVALID, error, "%s", fault);
		at += length;
	}
	return STATUS_OK;
}

/* What follows "javascript://" is a comment, not a host. */
static bool has_host(const struct url_parts *parts)
{
	return parts->host.length > 0 && !url_scheme_is(parts, "javascript");
}

static bool holds_blank(struct url_span span)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)span.start;
	const utf8proc_uint8_t *end = at + span.length;
	utf8proc_int32_t c;

	while (at < end) {
		utf8proc_ssize_t length = 1;

		c = *at;
		if (c >= 0x80)
			length = utf8proc_iterate(at, end - at, &c);
		if (length < 1)
			return false;
		if (c == ' ' || (c >= 0x80 && utf8proc_category(c) == UTF8PROC_CATEGORY_ZS))
			return true;
		at += length;
	}
	return false;
}

/* RFC 3986 section 3.2.2: brackets hold an IPv6 address, and stand nowhere else in a host. */
static bool has_bad_brackets(struct url_span host)
{
	char text[INET6_ADDRSTRLEN];
	unsigned char address[16];

	if (!host.length || host.start[0] != '[')
		return memchr(host.start, '[', host.length) || memchr(host.start, ']', host.length);
	if (host.start[host.length - 1] != ']' || host.length - 2 >= sizeof(text))
		return true;
	memcpy(text, host.start + 1, host.length - 2);
	text[host.length - 2] = '\0';
	return inet_pton(AF_INET6, text, address) != 1;
}

/* A port that is no number is left in the host by url_split(). */
static bool has_bad_port(const struct url_parts *parts)
{
	unsigned long port = 0;

	if (parts->host.length && parts->host.start[0] != '[' &&
		memchr(parts->host.start, ':', parts->host.length))
		return true;
	for (size_t i = 0; i < parts->port.length && port <= PORT_MAX; i++)
		port = port * 10 + (unsigned long)(parts->port.start[i] - '0');
	return port > PORT_MAX;
}

static enum status check_web_host(const struct url_parts *parts, struct error *error)
{
	if (!url_parts_are_web(parts))
		return STATUS_OK;
	if (has_bad_brackets(parts->host))
		return error_fail(STATUS_INVALID, error,
			"the brackets in the address's host hold no IPv6 address");
	if (has_bad_port(parts))
		return error_fail(STATUS_INVALID, error,
			"the address's port is not a number up to %d", PORT_MAX);
	return STATUS_OK;
}

static enum status url_check(const char *url, struct error *error)
{
	enum status status = check_characters(url, error);
	struct url_parts parts;

	if (status != STATUS_OK)
		return status;
	if (!url_has_scheme(url))
		return error_fail(
			STATUS_INVALID, error, "the address has no scheme, such as https:");
	url_split(url, &parts);
	if (has_host(&parts) && holds_blank(parts.host))
		return error_fail(STATUS_INVALID, error, "there is a blank in the address's host");
	return check_web_host(&parts, error);
}

static enum status refuse_without_host(const char *url, struct error *error)
{
	struct url_parts parts;

	url_split(url, &parts);
	if (!url_parts_are_web(&parts) || !parts.has_authority || parts.host.length)
		return STATUS_OK;
	return error_fail(STATUS_INVALID, error, "the address has no host");
}

static char *with_scheme(const char *text)
{
	if (url_has_scheme(text))
		return memory_copy_string(text);
	return memory_print("https:%s%s", strncmp(text, "//", 2) == 0 ? "" : "//", text);
}

enum status url_from_typed(const char *typed, char **url, struct error *error)
{
	char *text = text_trim(memory_copy_string(typed));
	enum status status;
	char *made;

	if (!*text) {
		free(text);
		return error_fail(STATUS_INVALID, error, "the address is empty");
	}
	made = with_scheme(text);
	free(text);
	status = url_check(made, error);
	if (status == STATUS_OK)
		status = refuse_without_host(made, error);
	if (status != STATUS_OK) {
		free(made);
		return status;
	}
	*url = made;
	return STATUS_OK;
}

enum status url_normal_form(const char *url, char **normal, struct error *error)
{
	struct url_parts parts;
	enum status status;

	if (url_is_plainly_normal(url)) {
		*normal = memory_copy_string(url);
		return STATUS_OK;
	}
	status = url_check(url, error);
	if (status != STATUS_OK)
		return status;
	url_split(url, &parts);
	if (url_parts_are_web(&parts))
		*normal = url_parts_normal(&parts);
	else
		*normal = memory_copy_string(url);
	return STATUS_OK;
}

char *url_host(const char *url)
{
	struct url_parts parts;

	url_split(url, &parts);
	if (!parts.scheme.length || !has_host(&parts))
		return memory_copy_string("");
	return url_host_normal(parts.host);
}
