#include "domain/base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*exhaustion_hook)(void);

void memory_on_exhaustion(void (*hook)(void))
{
	exhaustion_hook = hook;
}

_Noreturn static void give_up(void)
{
	static const char line[] = "barky: out of memory: close something and try again\n";

	if (exhaustion_hook)
		exhaustion_hook();
	if (write(STDERR_FILENO, line, sizeof(line) - 1) < 0)
		_exit(1);
	_exit(1);
}

static void *or_give_up(void *memory)
{
	if (!memory)
		give_up();
	return memory;
}

void *memory_array(size_t count, size_t size)
{
	return or_give_up(calloc(count ? count : 1, size ? size : 1));
}

void *memory_new(size_t size)
{
	return memory_array(1, size);
}

void *memory_resize(void *old, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		give_up();
	return or_give_up(realloc(old, count && size ? count * size : 1));
}

char *memory_copy_bytes(const char *bytes, size_t length)
{
	char *copy = memory_resize(NULL, length + 1, 1);

	memcpy(copy, bytes, length);
	copy[length] = '\0';
	return copy;
}

char *memory_copy_string(const char *string)
{
	return memory_copy_bytes(string, strlen(string));
}

char *memory_vprint(const char *format, va_list arguments)
{
	char *text;

	if (vasprintf(&text, format, arguments) < 0)
		give_up();
	return text;
}

char *memory_print(const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = memory_vprint(format, arguments);
	va_end(arguments);
	return text;
}

void *memory_grow(void *items, size_t count, size_t *capacity, size_t item_size)
{
	if (count < *capacity)
		return items;
	*capacity = *capacity + *capacity / 2 + 8;
	return memory_resize(items, *capacity, item_size);
}
