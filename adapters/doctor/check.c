#include "adapters/doctor/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void check_say(const struct check *check, enum check_level level, const char *format, ...)
{
	va_list arguments;
	char *line = NULL;

	va_start(arguments, format);
	if (vasprintf(&line, format, arguments) < 0)
		line = NULL;
	va_end(arguments);
	if (line)
		check->say(check->self, level, line);
	free(line);
}
