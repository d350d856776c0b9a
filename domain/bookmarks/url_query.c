#include "domain/bookmarks/url_query.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/url_escape.h"

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

static int by_name(const void *left, const void *right)
{
	const struct parameter *a = left, *b = right;
	size_t shorter = a->name_length < b->name_length ? a->name_length : b->name_length;
	int order = memcmp(a->text, b->text, shorter);

	if (order == 0)
		order = (a->name_length > b->name_length) - (a->name_length < b->name_length);
	return order ? order : (a->place > b->place) - (a->place < b->place);
}

static struct parameter *split(const char *query, size_t length, size_t *count)
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

void url_query_normal(const char *query, size_t length, struct buffer *out)
{
	struct buffer escaped = {0};
	struct parameter *parameters;
	size_t count;

	if (!length)
		return;
	url_escape(query, length, &escaped);
	parameters = split(escaped.text, escaped.length, &count);
	if (count > 1)
		qsort(parameters, count, sizeof(*parameters), by_name);
	for (size_t i = 0; i < count; i++) {
		buffer_add_char(out, i ? '&' : '?');
		buffer_add(out, parameters[i].text, parameters[i].length);
	}
	free(parameters);
	buffer_finish(&escaped);
}
