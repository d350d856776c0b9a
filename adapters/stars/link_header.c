#include "adapters/stars/link_header.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"

#define PAGES_MAX 1000000

struct span {
	const char *start;
	size_t length;
};

static const char *skip_blanks(const char *at)
{
	return at + strspn(at, " \t");
}

/* A parameter's value, quoted or not; at is behind it afterwards. */
static struct span read_value(const char **at)
{
	struct span value;

	if (**at == '"') {
		value.start = *at + 1;
		value.length = strcspn(value.start, "\"");
		*at = value.start + value.length;
		*at += **at == '"';
		return value;
	}
	value.start = *at;
	value.length = strcspn(*at, " \t;,");
	*at += value.length;
	return value;
}

/* Whether one of the words of a value is this one. */
static bool has_word(struct span value, const char *word)
{
	const char *end = value.start + value.length;
	const char *at = value.start;

	while (at < end) {
		size_t length = 0;

		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
		while (at + length < end && at[length] != ' ' && at[length] != '\t')
			length++;
		if (length == strlen(word) && strncasecmp(at, word, length) == 0)
			return true;
		at += length;
	}
	return false;
}

/* Reads "; name=value" as often as it comes; true if a rel among them has the relation. */
static bool read_parameters(const char **at, const char *relation)
{
	bool found = false;

	while (*(*at = skip_blanks(*at)) == ';') {
		struct span name, value = {"", 0};

		*at = skip_blanks(*at + 1);
		name.start = *at;
		name.length = strcspn(*at, " \t=;,");
		*at = skip_blanks(*at + name.length);
		if (**at == '=') {
			*at = skip_blanks(*at + 1);
			value = read_value(at);
		}
		if (name.length == 3 && strncasecmp(name.start, "rel", 3) == 0)
			found = found || has_word(value, relation);
	}
	return found;
}

char *link_header_find(const char *header, const char *relation)
{
	const char *at = header;

	while ((at = strchr(at, '<'))) {
		struct span url = {at + 1, strcspn(at + 1, ">")};

		at = url.start + url.length;
		if (*at != '>')
			return NULL;
		at++;
		if (read_parameters(&at, relation))
			return memory_copy_bytes(url.start, url.length);
	}
	return NULL;
}

static int read_number(const char *digits)
{
	char *end;
	long number = strtol(digits, &end, 10);

	if (*digits < '0' || *digits > '9' || (*end && *end != '&' && *end != '#'))
		return 0;
	return number >= 1 && number <= PAGES_MAX ? (int)number : 0;
}

int link_header_page(const char *url)
{
	const char *at = strchr(url, '?');

	while (at) {
		if (strncmp(at + 1, "page=", 5) == 0)
			return read_number(at + 6);
		at = strchr(at + 1, '&');
	}
	return 0;
}
