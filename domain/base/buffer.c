#include "domain/base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

static void make_room(struct buffer *buffer, size_t more)
{
	size_t needed = buffer->length + more + 1;

	if (needed <= buffer->capacity)
		return;
	buffer->capacity = needed + needed / 2 + 16;
	buffer->text = memory_resize(buffer->text, buffer->capacity, 1);
}

void buffer_finish(struct buffer *buffer)
{
	free(buffer->text);
	*buffer = (struct buffer){0};
}

void buffer_clear(struct buffer *buffer)
{
	buffer->length = 0;
	if (buffer->text)
		buffer->text[0] = '\0';
}

void buffer_add(struct buffer *buffer, const char *bytes, size_t length)
{
	make_room(buffer, length);
	if (length)
		memcpy(buffer->text + buffer->length, bytes, length);
	buffer->length += length;
	buffer->text[buffer->length] = '\0';
}

void buffer_add_char(struct buffer *buffer, char byte)
{
	make_room(buffer, 1);
	buffer->text[buffer->length++] = byte;
	buffer->text[buffer->length] = '\0';
}

void buffer_add_string(struct buffer *buffer, const char *string)
{
	buffer_add(buffer, string, strlen(string));
}

void buffer_print(struct buffer *buffer, const char *format, ...)
{
	va_list arguments, again;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, arguments);
	if (length > 0) {
		make_room(buffer, (size_t)length);
		vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
		buffer->length += (size_t)length;
	}
	va_end(again);
	va_end(arguments);
}

const char *buffer_text(struct buffer *buffer)
{
	make_room(buffer, 0);
	buffer->text[buffer->length] = '\0';
	return buffer->text;
}

char *buffer_take(struct buffer *buffer)
{
	char *text = (char *)buffer_text(buffer);

	*buffer = (struct buffer){0};
	return text;
}
