#include "adapters/http/http_answer.h"

#include <string.h>
#include <strings.h>

#include "domain/base/buffer.h"

/* The value of a header line of this name, or NULL. */
static const char *value_of(const char *line, size_t length, const char *name)
{
	size_t name_length = strlen(name);

	if (length <= name_length || line[name_length] != ':' ||
		strncasecmp(line, name, name_length) != 0)
		return NULL;
	return line + name_length + 1;
}

static void append_value(struct buffer *values, const char *from, const char *end)
{
	while (from < end && (*from == ' ' || *from == '\t'))
		from++;
	while (end > from && strchr(" \t\r\n", end[-1]))
		end--;
	if (values->length)
		buffer_add(values, ", ", 2);
	buffer_add(values, from, (size_t)(end - from));
}

char *http_answer_header(const struct http_answer *answer, const char *name)
{
	struct buffer values = {0};
	const char *line = answer->headers;
	const char *end = line + answer->headers_length;

	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *next = newline ? newline + 1 : end;
		const char *value = value_of(line, (size_t)(next - line), name);

		if (value)
			append_value(&values, value, next);
		line = next;
	}
	return values.text;
}
