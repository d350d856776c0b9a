#include "adapters/html/html_cut.h"

#include <stdbool.h>
#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* The length of the tag at "<"; 0 if its ">" is not there. Quotes count behind "=" only. */
static size_t tag_length(const char *at, const char *end)
{
	bool value_next = false;

	for (const char *c = at + 1; c < end; c++) {
		if (*c == '>')
			return (size_t)(c - at) + 1;
		if (value_next && (*c == '"' || *c == '\'')) {
			c = memchr(c + 1, *c, (size_t)(end - c - 1));
			if (!c)
				return 0;
		}
		if (!is_blank(*c))
			value_next = *c == '=';
	}
	return 0;
}

/* At a "<": the length of what must not be cut; 0 if it is not all there. */
static size_t whole_length(const char *at, const char *end)
{
	if (end - at < 2)
		return 0;
	if (is_letter(at[1]) || at[1] == '/')
		return tag_length(at, end);
	return 1;
}

size_t html_cut(const char *text, size_t length, size_t most)
{
	const char *end, *at = text;

	if (!length)
		return 0;
	end = text + length;
	while (at < end && (size_t)(at - text) < most) {
		const char *tag = memchr(at, '<', (size_t)(end - at));
		size_t whole = tag ? whole_length(tag, end) : 0;

		if (!tag)
			return length;
		if (!whole)
			return (size_t)(tag - text);
		at = tag + whole;
	}
	return (size_t)(at - text);
}
