#include "adapters/json/json_guard.h"

/* The closing quote of a string that begins at at, or the end of the text. */
static size_t end_of_string(const char *text, size_t at, size_t length)
{
	for (at++; at < length && text[at] != '"'; at++)
		if (text[at] == '\\')
			at++;
	return at;
}

bool json_guard_allows(const char *text, size_t length, const struct json_bounds *bounds)
{
	size_t values = 1, depth = 0;

	for (size_t at = 0; at < length; at++) {
		switch (text[at]) {
		case '"': at = end_of_string(text, at, length); break;
		case '{':
		case '[':
			values++;
			depth++;
			break;
		case '}':
		case ']': depth -= depth > 0; break;
		case ',': values++; break;
		default: break;
		}
		if (values > bounds->values || depth > bounds->depth)
			return false;
	}
	return true;
}
